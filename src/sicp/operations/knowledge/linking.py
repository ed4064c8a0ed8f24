"""What a link of a sheet may lead to, chosen by a few letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from repoze.catalog.query import Any as AnyOf
from repoze.catalog.query import Eq

from sicp import permissions as p
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.knowledge import SHEET
from sicp.catalog.words import words_of
from sicp.interfaces.user import Actor
from sicp.operations.clause.rich_text import clause_titles
from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import zone_tokens
from sicp.operations.user.right import may
from sicp.rules.legal_reference import normalize_article

MOST_FOUND = 30
#: So many words of the index are looked at for the few letters of one.
_MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a link may lead to: its sort (sheet, article, clause), its id, its title.

    ``item`` is the sheet; None for a clause.
    """

    sort: str
    name: str
    title: str
    item: Any = None

    @property
    def href(self) -> str:
        """Return the address the text keeps, which no move breaks."""
        return f"sicp:{self.sort}/{self.name}"


def link_targets(site: Any, actor: Actor, typed: str) -> list[LinkTarget]:
    """Return what the actor may link to, whose words begin as those typed."""
    words = words_of(typed)
    if not words:
        return []
    found = (
        *_article(site, actor, typed),
        *_sheets(site, actor, words),
        *_clauses(site, actor, words),
    )
    return list({target.href: target for target in found}.values())[:MOST_FOUND]


def _article(site: Any, actor: Actor, typed: str) -> Iterator[LinkTarget]:
    number = normalize_article(typed)
    sheet = article_called(site, number, actor) if number else None
    if sheet is not None:
        yield _target(sheet)


def _sheets(site: Any, actor: Actor, words: list[str]) -> Iterator[LinkTarget]:
    catalog = site.business_catalog
    begun = [list(_beginning(catalog, word)) for word in words]
    if not all(begun):
        return
    _count, numbers = catalog.query(
        everything(
            Eq("content_type", SHEET),
            allowed_to(zone_tokens(site, actor)),
            *(AnyOf("words", known) for known in begun),
        ),
        sort_index="title_sort",
        limit=MOST_FOUND,
    )
    base = site[SERVICE]
    yield from (_target(base.numbers[number]) for number in numbers)


def _beginning(catalog: Any, word: str) -> Iterator[str]:
    index = catalog["words"]._fwd_index  # noqa: SLF001
    return islice(index.keys(min=word, max=f"{word}\uffff"), _MOST_WORDS)


def _clauses(site: Any, actor: Actor, words: list[str]) -> Iterator[LinkTarget]:
    if not may(actor, p.VIEW_LIBRARY, site["clausier"]):
        return
    for name, title in clause_titles(site):
        said = words_of(title)
        if all(any(known.startswith(word) for known in said) for word in words):
            yield LinkTarget("clause", name, title)


def _target(sheet: Any) -> LinkTarget:
    number = sheet.shown.fields.get("number") if sheet.kind == "article" else None
    if number:
        return LinkTarget("article", str(number), sheet.title, sheet)
    return LinkTarget("sheet", str(sheet.__oid__), sheet.title, sheet)
