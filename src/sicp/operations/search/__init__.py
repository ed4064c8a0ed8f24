"""Finds what the site holds, for who asks: the service between database and engine.

The database is the only truth. One process follows what is committed and writes the
index; what was committed and is not in it yet is shown to nobody until it is, so that
no count ever tells of what one may not see.
"""

from typing import Any

from pyramid.events import ApplicationCreated

from sicp.operations.search.asking import Found
from sicp.operations.search.asking import SearchPage
from sicp.operations.search.asking import SearchRow
from sicp.operations.search.asking import SearchSuggestion
from sicp.operations.search.asking import SearchWanted
from sicp.operations.search.asking import ask
from sicp.operations.search.asking import suggest
from sicp.operations.search.asking import walk
from sicp.operations.search.facet import Facet
from sicp.operations.search.facet import FacetValue
from sicp.operations.search.service import SearchService
from sicp.operations.search.service import service_of

__all__ = [
    "Facet",
    "FacetValue",
    "Found",
    "SearchPage",
    "SearchRow",
    "SearchService",
    "SearchSuggestion",
    "SearchWanted",
    "ask",
    "service_of",
    "suggest",
    "walk",
]


def includeme(config: Any) -> None:  # noqa: ANN401
    """Give the site its search; a served application follows the commits."""
    settings = config.registry.site_settings
    config.registry.search_service = SearchService(settings.search_folder)
    config.add_subscriber(_follow, ApplicationCreated)


def _follow(event: Any) -> None:  # noqa: ANN401
    registry = event.app.registry
    databases = getattr(registry, "_zodb_databases", {})
    if "" in databases:
        registry.search_service.follow(databases[""])
