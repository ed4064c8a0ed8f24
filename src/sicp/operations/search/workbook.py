"""What a search finds, as a workbook: the same things as on the page, no other."""

from collections.abc import Iterator
from typing import IO
from typing import Any

from pyramid.traversal import resource_path

from sicp.clock import PARIS
from sicp.engines.xlsx import write_long_table
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.search.asking import SearchRow
from sicp.operations.search.asking import SearchWanted
from sicp.operations.search.asking import walk
from sicp.operations.search.kind import KIND_TITLES
from sicp.operations.search.place import place_of
from sicp.operations.search.place import state_of

MOST_ROWS = 20_000

_TITLE = _("search-workbook", default="Résultats")
_HEAD = (
    (_("facet-kind", default="Nature"), 22),
    (_("column-title", default="Intitulé"), 60),
    (_("column-place", default="Emplacement"), 50),
    (_("facet-state", default="État"), 18),
    (_("column-modified-on", default="Modifié le"), 12),
    (_("column-address", default="Adresse"), 60),
)


def search_workbook(
    site: Any, wanted: SearchWanted, *, actor: Actor, registry: Any
) -> IO[bytes]:
    """Write what the actor may see of what is found, 20,000 rows at most.

    Returns:
        the workbook, at its beginning.
    """
    found = walk(site, wanted, actor=actor, registry=registry, most=MOST_ROWS)
    base_url = registry.site_settings.base_url.rstrip("/")
    return write_long_table(
        french(_TITLE),
        [french(title) for title, _width in _HEAD],
        (tuple(_row(row, actor, base_url)) for row in found),
        [width for _title, width in _HEAD],
    )


def _row(row: SearchRow, actor: Actor, base_url: str) -> Iterator[str]:
    at = getattr(row.item, "modified_at", None)
    yield french(KIND_TITLES[row.kind])
    yield row.title
    yield " > ".join(place.title for place in place_of(row.item, actor))
    yield french(state_of(row.item)[1])
    yield at.astimezone(PARIS).strftime("%d/%m/%Y") if at else ""
    yield f"{base_url}{resource_path(row.item)}"
