"""Asks the index for a person, and shows nothing but what he may see now."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import lru_cache
from time import perf_counter
from typing import Any
from typing import NamedTuple

from sicp import permissions as p
from sicp.engines.search import FACETS
from sicp.engines.search import Answer
from sicp.engines.search import Hit
from sicp.engines.search import IndexAbsent
from sicp.engines.search import IndexDamaged
from sicp.engines.search import Order
from sicp.engines.search import Parts
from sicp.engines.search import SearchIndex
from sicp.engines.search import Synonyms
from sicp.engines.search import Wanted
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import zone_tokens
from sicp.operations.search.facet import Facet
from sicp.operations.search.facet import Reader
from sicp.operations.search.facet import facets_of
from sicp.operations.search.feed import Feed
from sicp.operations.search.feed import Unseen
from sicp.operations.search.kind import kind_of
from sicp.operations.search.kind import may_find
from sicp.operations.search.kind import thing_numbered
from sicp.operations.search.service import feed_of
from sicp.operations.user.right import may

ORDERS: tuple[Order, ...] = ("relevance", "recent", "title")
LARGEST_PAGE = 100
#: Rows of a long list asked of the index at once.
_CHUNK = 500
_BASE = "connaissances"
#: Places are walked rather than looked for: what they hold comes first.
_LESSER_KINDS = frozenset(("folder",))


@dataclass(frozen=True, slots=True)
class SearchWanted:
    """What a person asks: words, facets chosen, the folder to look under, a page.

    ``as_typed``: the words are right, even where nothing has them; none is mended.
    """

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    under: int = 0
    order: Order = "relevance"
    page: int = 1
    size: int = 20
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: woken, and its right asked once more of its ACL.

    ``title`` and ``passage`` are pieces of text, each with whether it was looked for;
    ``heading`` and ``place`` tell where the passage stands.
    """

    item: Any
    number: int
    kind: str
    title: Parts
    passage: Parts
    heading: str
    place: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what was found.

    ``is_partial``: nothing has all the words, these have the most of them. ``is_void``:
    nothing was asked but signs and words that say nothing. ``mended`` is the text that
    this answers in place of what was typed, ``correction`` one to try instead; both are
    empty for none. ``is_late``: some of what was written lately, or all of the site,
    cannot be found yet.
    """

    total: int = 0
    page: int = 1
    pages: int = 1
    found: tuple[Found, ...] = ()
    facets: tuple[Facet, ...] = ()
    is_partial: bool = False
    is_void: bool = False
    mended: str = ""
    correction: str = ""
    milliseconds: float = 0.0
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One thing found, for a long list."""

    item: Any
    number: int
    kind: str
    title: str


class SearchSuggestion(NamedTuple):
    """What may complete the typing: a thing by its title, or a question (no item)."""

    text: str
    kind: str = ""
    item: Any = None


def ask(site: Any, wanted: SearchWanted, *, actor: Actor, registry: Any) -> SearchPage:
    """Answer a question with a page of what ``actor`` may see, and nothing else.

    Words that nothing has all together, and that are found once their errors of typing
    are mended, are answered so, unless they are asked ``as_typed``.

    Raises:
        ValueError: an unknown facet or order.
    """
    start = perf_counter()
    feed = feed_of(site, registry)
    size = min(max(1, wanted.size), LARGEST_PAGE)
    number = max(1, wanted.page)
    asked = replace(_wanted(site, wanted, actor), size=size)
    mended = None
    try:
        seen = _unseen(feed, site)
        asked = _without(asked, seen)
        page, answer = _page_of(feed.index, asked, number)
        correction = _correction(feed.index, asked, answer)
        if correction and not wanted.as_typed:
            mended = _mended(feed.index, replace(asked, text=correction), number)
        page, answer = mended or (page, answer)
    except (IndexAbsent, IndexDamaged) as error:
        feed.complain(error)
        return SearchPage(is_late=True, milliseconds=_since(start))
    found = tuple(_found(site, actor, answer.hits))
    return SearchPage(
        answer.total,
        page,
        max(1, -(-answer.total // size)),
        found,
        facets_of(Reader(site, actor, asked.tokens), answer.facets, wanted.facets),
        answer.is_partial,
        answer.is_void,
        correction if mended else "",
        correction if not mended else "",
        _since(start),
        seen.is_late,
    )


def suggest(
    site: Any, text: str, *, actor: Actor, registry: Any, limit: int = 8
) -> list[SearchSuggestion]:
    """Complete what is being typed, among what ``actor`` may see."""
    feed = feed_of(site, registry)
    asked = replace(_wanted(site, SearchWanted(text), actor), size=limit)
    try:
        asked = _without(asked, _unseen(feed, site))
        suggested = feed.index.suggest(asked)
    except (IndexAbsent, IndexDamaged) as error:
        feed.complain(error)
        return []
    told = []
    for one in suggested:
        item = _object(site, actor, one.id) if one.id else None
        if item is not None or not one.id:
            kind = kind_of(item) if item is not None else ""
            told.append(SearchSuggestion(one.text, kind, item))
    return told


def walk(
    site: Any,
    wanted: SearchWanted,
    *,
    actor: Actor,
    registry: Any,
    most: int = 50_000,
) -> Iterator[SearchRow]:
    """Walk all that is found, in order, a part at a time; for a spreadsheet."""
    feed = feed_of(site, registry)
    asked = replace(
        _wanted(site, wanted, actor), size=_CHUNK, counted=(), has_passages=False
    )
    for begin in range(0, most, _CHUNK):
        try:
            part = replace(_without(asked, _unseen(feed, site)), start=begin)
            hits = feed.index.search(part).hits
        except (IndexAbsent, IndexDamaged) as error:
            feed.complain(error)
            return
        for found in _found(site, actor, hits[: most - begin]):
            title = "".join(text for text, _ in found.title)
            yield SearchRow(found.item, found.number, found.kind, title)
        if len(hits) < _CHUNK:
            return
        # A long list wakes much and needs none of it any more.
        site._p_jar.cacheGC()  # noqa: SLF001


def tokens_of(site: Any, actor: Actor) -> frozenset[str]:
    """Return all by which ``actor`` finds: his principals, and the zones he reads."""
    return actor.principals | zone_tokens(site, actor)


def _wanted(site: Any, wanted: SearchWanted, actor: Actor) -> Wanted:
    return Wanted(
        text=wanted.text,
        tokens=tokens_of(site, actor),
        facets={name: tuple(values) for name, values in wanted.facets.items()},
        under=wanted.under,
        order=wanted.order,
        synonyms=_synonyms(site),
        counted=FACETS,
        lesser_kinds=_LESSER_KINDS,
    )


def _unseen(feed: Feed, site: Any) -> Unseen:
    return feed.unseen(site._p_jar)  # noqa: SLF001


def _without(asked: Wanted, seen: Unseen) -> Wanted:
    return replace(asked, excluded_under=seen.numbers, excluded=seen.alone)


def _page_of(index: SearchIndex, asked: Wanted, page: int) -> tuple[int, Answer]:
    """Return the page asked, or the last one when there are not so many."""
    answer = index.search(replace(asked, start=(page - 1) * asked.size))
    pages = max(1, -(-answer.total // asked.size))
    if page > pages:
        page = pages
        answer = index.search(replace(asked, start=(page - 1) * asked.size))
    return page, answer


def _correction(index: SearchIndex, asked: Wanted, answer: Answer) -> str:
    is_good = (answer.total and not answer.is_partial) or answer.is_void
    if is_good or not asked.text.strip():
        return ""
    parts = (part for hit in answer.hits for part in (*hit.title, *hit.passage))
    return index.correct(asked, [text for text, is_match in parts if is_match]) or ""


def _mended(index: SearchIndex, asked: Wanted, page: int) -> tuple[int, Answer] | None:
    """Return the page asked with words put right, if something has all of them."""
    found = _page_of(index, asked, page)
    return found if found[1].total and not found[1].is_partial else None


def _found(site: Any, actor: Actor, hits: tuple[Hit, ...]) -> Iterator[Found]:
    for hit in hits:
        item = _object(site, actor, hit.id)
        if item is None:
            continue
        is_seen = not hit.in_detail or not IConsultation.providedBy(item)
        is_seen = is_seen or may(actor, p.VIEW_DETAIL, item)
        passage = (hit.passage, hit.heading, hit.place) if is_seen else ((), "", "")
        yield Found(item, hit.id, kind_of(item), hit.title, *passage, hit.score)


def _object(site: Any, actor: Actor, number: int) -> Any:
    item = thing_numbered(site, number)
    return item if item is not None and may_find(actor, item) else None


def _synonyms(site: Any) -> Synonyms:
    kept = getattr(site.get(_BASE), "synonyms", None) or {}
    return _built(tuple(tuple(group) for group in kept.values()))


@lru_cache(maxsize=4)
def _built(groups: tuple[tuple[str, ...], ...]) -> Synonyms:
    return Synonyms(groups)


def _since(start: float) -> float:
    return (perf_counter() - start) * 1000
