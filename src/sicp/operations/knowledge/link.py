"""Links of the knowledge base: what a text leads to, who leads to a thing.

Links are kept by number or id, so that a move breaks none. References to articles
written in plain words become links when a text is shown.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

from pyramid.traversal import find_resource
from pyramid.traversal import resource_path
from repoze.catalog.query import Any as AnyOf
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.indexes import known_of
from sicp.catalog.indexes import numbers_with
from sicp.engines.clean_html import INTERNAL
from sicp.engines.clean_html import internal_links
from sicp.engines.clean_html import outline
from sicp.engines.clean_html import plain
from sicp.engines.clean_html import rewrite
from sicp.engines.clean_html import with_anchors
from sicp.engines.drafting.typography import spaced
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import clauses_of
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import numbers_below
from sicp.operations.knowledge.zone import zone_tokens
from sicp.operations.user.right import may
from sicp.rules.legal_reference import CCP
from sicp.rules.legal_reference import references_in

__all__ = [
    "Citations",
    "article_called",
    "cited_by",
    "cites_of",
    "linked",
    "linked_words",
    "names_of",
    "outline",
]

#: So many places that cite a thing are named; beyond, the count says enough.
MOST_NAMED = 20
#: The clauses by what they lead to, by stamp of their library: a mere saving of work,
#: that each process may lose.
_CITING: dict[str, Mapping[str, tuple[tuple[int, int], ...]]] = {}
_MOST_KEPT = 4
SHEET, CLAUSE, ARTICLE = "sheet", "clause", "article"


@dataclass(frozen=True, slots=True)
class Citations:
    """Who leads to a thing, among what the reader may see.

    ``places`` are objects of the site, as many as were asked: sheets, then clauses,
    then canevas.
    """

    sheets: int
    clauses: int
    templates: int
    places: tuple[Any, ...]

    @property
    def count(self) -> int:
        """Return how many places lead there."""
        return self.sheets + self.clauses + self.templates


def cites_of(html: str) -> tuple[str, ...]:
    """Return what a clean text leads to: « sheet:123 », « article:L2123-1 »."""
    linked = (f"{sort}:{name}" for sort, name in internal_links(html))
    named = (f"{ARTICLE}:{found.number}" for found in references_in(plain(html)))
    return tuple(dict.fromkeys((*linked, *named)))


def names_of(item: Any) -> list[str]:
    """Return the words by which texts cite a folder, with all it holds, or a sheet."""
    site = find_objectmap(item).root
    numbers = [item.__oid__]
    if not ISheet.providedBy(item):
        numbers += numbers_below(site, item)
    catalog = site.business_catalog
    articles = (
        f"{ARTICLE}:{known_of(catalog, 'reference', number)}"
        for number in numbers
        if known_of(catalog, "kind", number) == ARTICLE
    )
    return [*(f"{SHEET}:{number}" for number in numbers), *articles]


def cited_by(item: Any, actor: Actor, most: int = MOST_NAMED) -> Citations:
    """Tell who leads to a thing, before it is changed or thrown away.

    What a folder holds may lead to what it holds: this is not counted. So many places
    as ``most`` are named.
    """
    site = find_objectmap(item).root
    names = names_of(item)
    sheets = _citing_sheets(site, names, actor, {item.__oid__})
    if not ISheet.providedBy(item):
        sheets -= set(numbers_below(site, item))
    clauses = _citing_clauses(site, set(names), actor)
    templates = _citing_templates(site, set(names), actor)
    numbers = site[SERVICE].numbers
    named = (*(numbers[n] for n in sorted(sheets)[:most]), *clauses, *templates)
    places = tuple(islice(named, most))
    return Citations(len(sheets), len(clauses), len(templates), places)


def linked(
    html: str,
    site: Any,
    actor: Actor,
    *,
    own: str = "",
    prefix: str = "",
) -> str:
    """Return a clean text as it is shown: every link and reference leads somewhere.

    Args:
        html: the text as it is kept.
        site: the site.
        actor: who reads; what he may not see is no link for him.
        own: the number of the article the text itself is of, which leads nowhere.
        prefix: what stands before addresses where the application has a path of its
            own.
    """
    finder = Links(site, actor, own, prefix)
    return with_anchors(rewrite(html, finder.address, finder.pieces))


def linked_words(
    text: str, site: Any, actor: Actor, *, prefix: str = ""
) -> tuple[tuple[str, str], ...]:
    """Cut plain words into those that lead to an article and those that do not.

    Returns:
        pairs of words and address, empty where there is none.
    """
    return tuple(Links(site, actor, "", prefix).pieces(text))


def links_for(site: Any, actor: Actor, *, prefix: str = "") -> "Links":
    """Return what finds addresses for one reader, for all the texts of a page."""
    return Links(site, actor, "", prefix)


def noted_link(url: str, site: Any, actor: Actor) -> str:
    """Return the address of a sheet as it is kept: by its number, so that it may move.

    Args:
        url: where a page is; one of the application begins with « / ».
        site: the site.
        actor: who wrote it; what he may not see is kept as he typed it.
    """
    base = f"/{SERVICE}/"
    if not url.startswith(base):
        return url
    path = url.partition("?")[0].partition("#")[0].removeprefix(base)
    try:
        found = find_resource(site[SERVICE], unquote(path).strip("/").split("/"))
    except (KeyError, UnicodeError):
        return url
    is_seen = ISheet.providedBy(found) and may(actor, p.VIEW_KNOWLEDGE, found)
    return f"sicp:{SHEET}/{found.__oid__}" if is_seen else url


def article_called(site: Any, number: str, actor: Actor) -> Any:
    """Return the sheet of an article of the code; None when the actor sees none."""
    return Links(site, actor, "", "").article(number)


class Links:
    """Finds addresses for one reader, each once."""

    def __init__(
        self,
        site: Any,
        actor: Actor,
        own: str = "",
        prefix: str = "",
        where: Callable[[Any], str] = resource_path,
    ) -> None:
        self._site = site
        self._actor = actor
        #: The number of the article that leads nowhere, being the text itself.
        self.own = own
        self._prefix = prefix
        self._where = where
        self._tokens: frozenset[str] | None = None
        self._known: dict[tuple[str, str], str] = {}

    def leads_to(self, url: str) -> str:
        """Return where a link leads: itself, unless it is noted by number or id.

        Empty when what it names is gone, or is not for this reader.
        """
        noted = INTERNAL.fullmatch(url)
        return self.address(noted[1], noted[2]) if noted else url

    def cited(self, text: str) -> tuple[tuple[str, str], ...]:
        """Cut plain words as French prints them, each with where it leads."""
        return tuple(self.pieces(spaced(text)))

    def address(self, sort: str, name: str) -> str:
        """Return where a thing is shown, empty when nowhere for this reader."""
        if (sort, name) not in self._known:
            found = self._found(sort, name)
            path = "" if found is None else self._where(found)
            self._known[sort, name] = f"{self._prefix}{path}" if path else ""
        return self._known[sort, name]

    def pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Cut words at the articles they name."""
        at = 0
        for found in references_in(text):
            is_own = found.number == self.own
            href = "" if is_own else self.address(ARTICLE, found.number)
            if not href:
                continue
            yield text[at : found.start], ""
            yield text[found.start : found.end], href
            at = found.end
        yield text[at:], ""

    def article(self, number: str) -> Any:
        """Return the sheet of an article."""
        catalog = self._site.business_catalog
        if self._tokens is None:
            self._tokens = zone_tokens(self._site, self._actor)
        for found in numbers_with(catalog, "reference", number):
            seen = known_of(catalog, "allowed", found) or ()
            is_article = known_of(catalog, "kind", found) == ARTICLE
            if not is_article or self._tokens.isdisjoint(seen):
                continue
            sheet = self._site[SERVICE].numbers[found]
            if sheet.shown.fields.get("code") == CCP:
                return sheet
        return None

    def _found(self, sort: str, name: str) -> Any:
        if sort == ARTICLE:
            return self.article(name)
        if sort == CLAUSE:
            found = clause_called(self._site, name)
            permission = p.VIEW_LIBRARY
        else:
            found = self._site[SERVICE].numbers.get(_number(name))
            permission = p.VIEW_KNOWLEDGE
        return (
            found if found is not None and may(self._actor, permission, found) else None
        )


def _number(name: str) -> int:
    try:
        return int(name)
    except ValueError:
        return 0


def _citing_sheets(
    site: Any, names: Iterable[str], actor: Actor, own: set[int]
) -> set[int]:
    query = everything(
        AnyOf("cites", list(names)), allowed_to(zone_tokens(site, actor))
    )
    _count, numbers = site.business_catalog.query(query)
    return set(numbers) - own


def _citing_clauses(site: Any, names: set[str], actor: Actor) -> list[Any]:
    if not may(actor, p.VIEW_LIBRARY, site["clausier"]):
        return []
    by_name = _clauses_by_name(site["clausier"])
    found = {pair for name in names for pair in by_name.get(name, ())}
    objectmap = find_objectmap(site)
    return [objectmap.object_for(number) for _rank, number in sorted(found)]


def _clauses_by_name(library: Any) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the clauses that lead to each thing: rank in the library, number."""
    kept = _CITING.get(library.stamp) if library.stamp else None
    if kept is not None:
        return kept
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for rank, clause in enumerate(clauses_of(library)):
        if clause.versions:
            for name in set(_cited_in(clause.current.data)):
                found[name] = (*found.get(name, ()), (rank, clause.__oid__))
    if library.stamp:
        if len(_CITING) >= _MOST_KEPT:
            _CITING.clear()
        _CITING[library.stamp] = found
    return found


def _citing_templates(site: Any, names: set[str], actor: Actor) -> list[Any]:
    if not may(actor, p.VIEW_LIBRARY, site["canevas"]):
        return []
    return [
        template
        for template in site["canevas"].values()
        if template.versions
        and not names.isdisjoint(_cited_in(template.versions[-1].data))
    ]


def _cited_in(data: Any) -> Iterator[str]:
    """Walk what the plain data of a clause or of a canevas leads to."""
    if isinstance(data, str):
        yield from (f"{ARTICLE}:{found.number}" for found in references_in(data))
        for part in data.split("sicp:")[1:]:
            sort, _bar, rest = part.partition("/")
            yield f"{sort}:{rest.split()[0].strip('.,;)') if rest.strip() else ''}"
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _cited_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _cited_in(value)
