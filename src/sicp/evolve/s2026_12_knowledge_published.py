"""Lists the sheets of the knowledge base by the day they were last published."""

from typing import Any

from sicp.catalog.indexes import add_missing_indexes
from sicp.catalog.knowledge import SheetIndexView
from sicp.interfaces.knowledge import ISheet

NAME = "2026-12 list sheets by their publication"


def evolve(site: Any, _registry: Any) -> None:
    """Do it; a second run changes nothing."""
    catalog = site.business_catalog
    add_missing_indexes(catalog)
    for number, item in site["connaissances"].numbers.items():
        if ISheet.providedBy(item):
            catalog["published_at"].index_doc(number, SheetIndexView(item))


def includeme(config: Any) -> None:
    """Register the step under a name that never changes."""
    config.add_evolution_step(evolve, name=NAME)
