"""Lists what waits in the knowledge base: questions, texts under a pen or submitted."""

from typing import Any

from sicp.catalog.indexes import add_missing_indexes
from sicp.catalog.knowledge import FolderIndexView
from sicp.catalog.knowledge import SheetIndexView
from sicp.interfaces.knowledge import ISheet

NAME = "2026-12 list what waits in the knowledge base"


def evolve(site: Any, _registry: Any) -> None:
    """Do it; a second run changes nothing."""
    catalog = site.business_catalog
    add_missing_indexes(catalog)
    for number, item in site["connaissances"].numbers.items():
        is_sheet = ISheet.providedBy(item)
        if not is_sheet and not hasattr(item, "comments"):
            continue
        view = SheetIndexView(item) if is_sheet else FolderIndexView(item)
        catalog["waiting"].index_doc(number, view)


def includeme(config: Any) -> None:
    """Register the step under a name that never changes."""
    config.add_evolution_step(evolve, name=NAME)
