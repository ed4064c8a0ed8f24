"""Pages that are read without any server: from a folder, a key, a plain web space."""

from sicp.engines.static_site.page import Entry
from sicp.engines.static_site.page import Page
from sicp.engines.static_site.page import page_html
from sicp.engines.static_site.page import relative
from sicp.engines.static_site.searching import SEARCH_PAGE
from sicp.engines.static_site.searching import SearchEntry
from sicp.engines.static_site.searching import index_script
from sicp.engines.static_site.searching import index_script_end
from sicp.engines.static_site.searching import index_script_start
from sicp.engines.static_site.searching import search_body

__all__ = [
    "SEARCH_PAGE",
    "Entry",
    "Page",
    "SearchEntry",
    "index_script",
    "index_script_end",
    "index_script_start",
    "page_html",
    "relative",
    "search_body",
]
