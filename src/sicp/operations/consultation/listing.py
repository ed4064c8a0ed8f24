"""Lists of consultations: always asked of the catalogue, always within the rights."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import Any

from repoze.catalog.query import All
from repoze.catalog.query import Eq
from repoze.catalog.query import Ge
from substanced.util import find_objectmap

from sicp.catalog.indexes import FAMILY
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.words import words_of
from sicp.interfaces.user import Actor

PAGE_SIZE = 50

#: What a list may be sorted by: name in the address, index.
SORTS = {
    "reference": "reference",
    "objet": "title_sort",
    "montant": "amount",
    "procedure": "procedure",
    "etat": "state",
    "lancement": "launch_on",
    "limite": "bids_due_at",
    "modification": "modified_at",
}
#: What a list may be filtered by: name in the address, index.
FILTERS = {
    "nature": "nature",
    "categorie": "category",
    "procedure": "procedure",
    "etat": "state",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of a list.

    ``page`` counts from 1; ``due_from`` keeps those whose bids are due from then on.
    """

    folder: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    sort: str = "reference"
    is_descending: bool = True
    page: int = 1
    due_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``detailed`` are the numbers he may open in full."""

    consultations: tuple[Any, ...]
    total: int
    page: int
    pages: int
    detailed: frozenset[int]


def list_consultations(site: Any, actor: Actor, wanted: Wanted) -> Listing:  # noqa: ANN401
    """Return one page of the consultations ``actor`` may see, and their number."""
    catalog = site.business_catalog
    found = everything(*_queries(actor, wanted))._apply(catalog, None)  # noqa: SLF001
    total = len(found)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    numbers = _slice(catalog, found, wanted, page)
    objectmap = find_objectmap(site)
    return Listing(
        tuple(objectmap.object_for(number) for number in numbers),
        total,
        page,
        pages,
        detailed_among(site, actor, numbers),
    )


def detailed_among(
    site: Any,  # noqa: ANN401
    actor: Actor,
    numbers: Iterable[int],
) -> frozenset[int]:
    """Return those of ``numbers`` whose detailed view is open to ``actor``."""
    index = site.business_catalog["allowed_detail"]
    return frozenset(
        number
        for number in numbers
        if not actor.principals.isdisjoint(index._rev_index.get(number, ()))  # noqa: SLF001
    )


def visible_folders(
    site: Any,  # noqa: ANN401
    actor: Actor,
    limit: int = 30,
) -> list[tuple[Any, list[tuple[Any, int]]]]:
    """Return the bodies where ``actor`` sees something, their years with counts.

    At most ``limit`` bodies, those with most first chosen: a tree of a thousand
    buyers helps nobody, and only the folders shown are woken.
    """
    catalog = site.business_catalog
    allowed = _allowed(catalog, actor)
    bodies = catalog["body"]._fwd_index  # noqa: SLF001
    found = {
        body: here
        for body in bodies
        if (here := _intersection(catalog["body"], body, allowed))
    }
    largest = sorted(found, key=lambda body: len(found[body]), reverse=True)[:limit]
    folders = [
        (folder, _years(catalog, folder, found[body]))
        for body in largest
        if (folder := _folder_of(site, body)) is not None
    ]
    return sorted(folders, key=lambda item: item[0].title)


def counts_by_state(site: Any, actor: Actor) -> dict[str, int]:  # noqa: ANN401
    """Count what ``actor`` sees in each state."""
    catalog = site.business_catalog
    allowed = _allowed(catalog, actor)
    states = catalog["state"]
    return {
        state: len(_intersection(states, state, allowed))
        for state in states._fwd_index  # noqa: SLF001
    }


def _allowed(catalog: Any, actor: Actor) -> Any:  # noqa: ANN401
    """Return the numbers of all the consultations whose short card is open."""
    return allowed_to(actor.principals)._apply(catalog, None)  # noqa: SLF001


def _folder_of(site: Any, body: int) -> Any:  # noqa: ANN401
    entity = find_objectmap(site).object_for(body)
    return site["consultations"].get(entity.__name__) if entity is not None else None


def _years(catalog: Any, folder: Any, here: Any) -> list[tuple[Any, int]]:  # noqa: ANN401
    counted = (
        (year, len(_intersection(catalog["year"], int(year.__name__), here)))
        for year in sorted(folder.values(), key=lambda y: y.__name__, reverse=True)
    )
    return [(year, count) for year, count in counted if count]


def _queries(actor: Actor, wanted: Wanted) -> list[Any]:
    queries: list[Any] = [
        allowed_to(actor.principals),
    ]
    queries += [Eq(name, value) for name, value in wanted.folder.items()]
    queries += [
        Eq(FILTERS[name], value)
        for name, value in wanted.filters.items()
        if name in FILTERS and value
    ]
    if wanted.due_from is not None:
        queries.append(Ge("bids_due_at", wanted.due_from.isoformat()))
    words = words_of(wanted.text)
    if words:
        queries.append(All("words", words))
    return queries


def _slice(catalog: Any, found: Any, wanted: Wanted, page: int) -> list[int]:  # noqa: ANN401
    index = catalog[SORTS.get(wanted.sort, "reference")]
    end = page * PAGE_SIZE
    ordered = index.sort(found, reverse=wanted.is_descending, limit=end)
    return list(ordered)[end - PAGE_SIZE : end]


def _intersection(index: Any, value: Any, numbers: Any) -> Any:  # noqa: ANN401
    return FAMILY.IF.intersection(index._fwd_index.get(value), numbers) or ()  # noqa: SLF001


def sees_something_of(site: Any, actor: Actor, body: int) -> bool:  # noqa: ANN401
    """Tell whether ``actor`` sees one consultation at least of a public body."""
    allowed = _allowed(site.business_catalog, actor)
    return bool(_intersection(site.business_catalog["body"], body, allowed))
