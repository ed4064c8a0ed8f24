"""Lists folders of the knowledge base from the catalogue; only a page is woken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from repoze.catalog.query import All
from repoze.catalog.query import Any as AnyOf
from repoze.catalog.query import Eq
from repoze.catalog.query import InRange

from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.indexes import known_of
from sicp.catalog.indexes import numbers_with
from sicp.catalog.knowledge import FOLDER
from sicp.catalog.knowledge import SHEET
from sicp.catalog.words import fold
from sicp.catalog.words import words_of
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import numbers_below
from sicp.operations.knowledge.zone import zone_tokens

PAGE_SIZE = 50
#: Before any day: sheets without a review have an empty text.
_FIRST_DAY = "0001-01-01"
_LIVING = ("draft", "review", "published")
#: What a list may be sorted by, and the index of each; « published » leaves out what
#: never was.
ORDERS = {
    "manual": "rank",
    "title": "title_sort",
    "kind": "kind",
    "date": "dated_on",
    "modified": "modified_at",
    "published": "published_at",
    "state": "state",
    "review": "review_on",
    "reference": "reference",
}


@dataclass(frozen=True, slots=True)
class WantedSheets:
    """A question put to a folder; empty filters ask nothing.

    ``has_below`` asks for what the folders below hold too.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    owner: str = ""
    has_below: bool = False
    order: str = "manual"
    is_descending: bool = False
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page of a list; ``kinds`` and ``states`` count the whole of it."""

    sheets: tuple[Any, ...]
    total: int
    page: int
    pages: int
    kinds: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What a list may be narrowed by: values, each with how many sheets bear it."""

    kinds: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    themes: tuple[tuple[str, int], ...]
    owners: tuple[tuple[str, int], ...]
    total: int


def list_sheets(
    folder: Any, wanted: WantedSheets, actor: Actor, site: Any
) -> SheetPage:
    """Return the sheets of a folder that the actor may read, as asked.

    Without a folder (None), of the whole base.
    """
    catalog = site.business_catalog
    index = ORDERS.get(wanted.order, "rank")
    _total, found = catalog.query(
        _query(folder, wanted, actor, site),
        sort_index=index,
        reverse=wanted.is_descending,
    )
    numbers = list(found)
    pages = max(1, -(-len(numbers) // wanted.size))
    page = min(max(1, wanted.page), pages)
    start = (page - 1) * wanted.size
    base = site[SERVICE]
    return SheetPage(
        tuple(base.numbers[n] for n in numbers[start : start + wanted.size]),
        len(numbers),
        page,
        pages,
        _counts(catalog, "kind", numbers),
        _counts(catalog, "state", numbers),
    )


def subfolders(folder: Any, actor: Actor, site: Any) -> list[Any]:
    """Return the folders in a folder that the actor may read, in their order."""
    _count, numbers = site.business_catalog.query(
        everything(
            Eq("content_type", FOLDER),
            Eq("folder", folder.__oid__),
            allowed_to(zone_tokens(site, actor)),
        ),
        sort_index="rank",
    )
    base = site[SERVICE]
    return [base.numbers[number] for number in numbers]


def count_sheets(folder: Any, actor: Actor, site: Any) -> int:
    """Count the sheets of a folder and of those below that the actor may read."""
    count, _numbers = site.business_catalog.query(
        _query(folder, WantedSheets(has_below=True), actor, site)
    )
    return int(count)


def facets_of(folder: Any, actor: Actor, site: Any, *, has_below: bool) -> Facets:
    """Count what the sheets of a folder are, before any filter."""
    catalog = site.business_catalog
    wanted = WantedSheets(has_below=has_below)
    _count, found = catalog.query(_query(folder, wanted, actor, site))
    numbers = list(found)
    themes = Counter(
        theme for n in numbers for theme in known_of(catalog, "themes", n) or ()
    )
    return Facets(
        _counts(catalog, "kind", numbers),
        _counts(catalog, "state", numbers),
        tuple(themes.most_common()),
        _counts(catalog, "owner", numbers),
        len(numbers),
    )


def theme_title(site: Any, tokens: frozenset[str], theme: str) -> str:
    """Return a folded theme as a sheet that may be read says it.

    One sheet is woken for it; ``tokens`` tell what may be read.
    """
    catalog = site.business_catalog
    for number in numbers_with(catalog, "themes", theme):
        if not tokens.isdisjoint(known_of(catalog, "allowed", number) or ()):
            said = site[SERVICE].numbers[number].shown.themes
            return next((title for title in said if fold(title) == theme), theme)
    return theme


def sheets_to_review(
    site: Any, actor: Actor, on: date, owner: str = "", size: int = PAGE_SIZE
) -> SheetPage:
    """Return the sheets that are to be read again on a day, the oldest review first.

    With an owner, those he answers for. What is obsolete is read by nobody.
    """
    catalog = site.business_catalog
    wanted = WantedSheets(states=_LIVING, owner=owner, size=size)
    _count, found = catalog.query(
        everything(
            _query(None, wanted, actor, site),
            InRange("review_on", _FIRST_DAY, on.isoformat()),
        ),
        sort_index="review_on",
    )
    numbers = list(found)
    base = site[SERVICE]
    sheets = tuple(base.numbers[n] for n in numbers[:size])
    return SheetPage(sheets, len(numbers), 1, 1, (), ())


def themes_of(site: Any, actor: Actor) -> list[tuple[str, int]]:
    """Return the themes of what the actor may read, folded, with their counts."""
    catalog = site.business_catalog
    _count, numbers = catalog.query(
        everything(Eq("content_type", SHEET), allowed_to(zone_tokens(site, actor)))
    )
    counted = Counter(
        theme for n in numbers for theme in known_of(catalog, "themes", n) or ()
    )
    return sorted(counted.items())


def _query(folder: Any, wanted: WantedSheets, actor: Actor, site: Any) -> Any:
    asked: list[Any] = [
        Eq("content_type", SHEET),
        allowed_to(zone_tokens(site, actor)),
    ]
    if folder is not None:
        asked.append(_place(folder, wanted, site))
    words = words_of(wanted.words)
    if words:
        asked.append(All("words", words))
    asked += [
        AnyOf(index, list(values))
        for index, values in (
            ("kind", wanted.kinds),
            ("state", wanted.states),
            ("themes", tuple(fold(theme) for theme in wanted.themes)),
        )
        if values
    ]
    if wanted.owner:
        asked.append(Eq("owner", wanted.owner))
    return everything(*asked)


def _place(folder: Any, wanted: WantedSheets, site: Any) -> Any:
    if not wanted.has_below:
        return Eq("folder", folder.__oid__)
    catalog = site.business_catalog
    below = (
        number
        for number in numbers_below(site, folder)
        if known_of(catalog, "content_type", number) == FOLDER
    )
    return AnyOf("folder", [folder.__oid__, *below])


def _counts(
    catalog: Any, index: str, numbers: Iterable[int]
) -> tuple[tuple[str, int], ...]:
    counted = Counter(str(known_of(catalog, index, n) or "") for n in numbers)
    return tuple(sorted(counted.items()))
