"""Sources of many texts and files at once: a folder, a ZIP archive, lines of JSON.

A source tells one by one what it holds, and what it will not give and why: nothing of
it is trusted, neither names, nor sizes, nor links.
"""

from sicp.engines.bulk.record import Fault
from sicp.engines.bulk.record import Record
from sicp.engines.bulk.source import Source
from sicp.engines.bulk.source import SourceError
from sicp.engines.bulk.source import open_source

__all__ = ["Fault", "Record", "Source", "SourceError", "open_source"]
