"""Pages of the agents of public bodies."""

from typing import Any

from pyramid.events import BeforeRender

from sicp.views.office.citation import add_citations
from sicp.views.office.citation import cite
from sicp.views.office.citation import links_of
from sicp.views.office.frame import add_layout
from sicp.views.office.frame import layout_of
from sicp.views.office.presence import tell_presence
from sicp.views.office.tree import shelves_of


def includeme(config: Any) -> None:  # noqa: ANN401
    """Give every page its frame."""
    config.include("sicp.views.office.knowledge.redirect")
    config.add_request_method(layout_of, "layout", reify=True)
    config.add_request_method(shelves_of, "shelves", reify=True)
    config.add_request_method(links_of, "links", reify=True)
    config.add_request_method(cite)
    config.add_subscriber(add_layout, BeforeRender)
    config.add_subscriber(add_citations, BeforeRender)
    config.add_subscriber(tell_presence, BeforeRender)
