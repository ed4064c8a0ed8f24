"""Answer a question: the page asked, the counts, the best passage of each hit."""

from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from tantivy import DocAddress
from tantivy import Occur
from tantivy import Order
from tantivy import Query
from tantivy import Schema
from tantivy import Searcher

from sicp.engines.search.analysis import stem_of
from sicp.engines.search.asking import FACET_LENGTH
from sicp.engines.search.asking import Answer
from sicp.engines.search.asking import Hit
from sicp.engines.search.asking import Wanted
from sicp.engines.search.document import FACETS
from sicp.engines.search.grammar import ClauseKind
from sicp.engines.search.grammar import Question
from sicp.engines.search.grammar import understand
from sicp.engines.search.highlight import Marker
from sicp.engines.search.query import any_of
from sicp.engines.search.query import clause_query
from sicp.engines.search.query import inside
from sicp.engines.search.query import lesser_last
from sicp.engines.search.query import matching
from sicp.engines.search.query import passages_of
from sicp.engines.search.query import scope
from sicp.engines.search.schema import DETAIL
from sicp.engines.search.schema import facet_field
from sicp.engines.search.schema import told_by

#: More values than any facet has in a segment of the index: counts are exact only when
#: none is left out.
_ALL_VALUES = 65_000
#: Words that a prefix stands for, at most, when its best passage is looked for.
_MOST_COMPLETIONS = 40
#: Passages read for each hit before the long documents are asked by themselves.
_PASSAGES_EACH = 8
_TWO = 2
_SORTED_BY = {
    "recent": ("modified_at", Order.Desc),
    "title": ("title_key", Order.Asc),
}


def check(wanted: Wanted) -> None:
    """Refuse what no page should ask.

    Raises:
        ValueError: an unknown facet or order, or a page below the first.
    """
    unknown = {*wanted.facets, *wanted.counted} - set(FACETS)
    if unknown:
        raise ValueError(f"unknown facets: {', '.join(sorted(unknown))}")
    if wanted.order != "relevance" and wanted.order not in _SORTED_BY:
        raise ValueError(f"unknown order: {wanted.order}")
    if wanted.start < 0 or wanted.size < 1:
        raise ValueError("a page begins at 0 and has one hit at least")


def answer(
    searcher: Searcher, schema: Schema, wanted: Wanted, beside: Executor
) -> Answer:
    """Answer one question on one state of the index.

    Counts are made ``beside``, in another thread, while the page is: the library works
    without the lock of the interpreter, and a wide question takes half the time.
    """
    question = understand(wanted.text, wanted.synonyms)
    if question.is_void:
        return Answer(0, is_void=True)

    def read(found: Query, *, is_partial: bool) -> Answer:
        counting = beside.submit(count, searcher, schema, wanted, found)
        hits = tuple(_hits(searcher, schema, wanted, question, found))
        total, facets = counting.result()
        words = tuple(question.text[c.start : c.end] for c in question.clauses)
        return Answer(total, hits, facets, is_partial=is_partial, words=words)

    whole = read(matching(schema, question), is_partial=False)
    if whole.total or len(question.clauses) == 1:
        return whole
    at_least = _most_clauses(searcher, schema, wanted, question)
    part = read(matching(schema, question, at_least), is_partial=True)
    return part if part.total else whole


def count(
    searcher: Searcher, schema: Schema, wanted: Wanted, found: Query
) -> tuple[int, dict[str, tuple[tuple[str, int], ...]]]:
    """Count what was found, in all and by facet.

    One pass counts everything; one more for each facet that is filtered on, whose
    counts ignore its own filter.
    """
    filtered = [name for name in wanted.counted if wanted.facets.get(name)]
    others = [name for name in wanted.counted if name not in filtered]
    told = _aggregated(searcher, inside(found, scope(schema, wanted)), others)
    total = _total(told.get("kind") or told["total"])
    for name in filtered:
        elsewhere = inside(found, scope(schema, wanted, without=name))
        told |= _aggregated(searcher, elsewhere, [name], size=_ALL_VALUES)
    return total, {
        name: _values(told[name]["buckets"], wanted.facets.get(name, ()))
        for name in wanted.counted
    }


def best_passages(
    searcher: Searcher,
    schema: Schema,
    hits: list[tuple[int, bool]],
    words: list[Query],
) -> dict[int, tuple[str, str, str]]:
    """Return text, heading and place of the passage of each hit with most of the words.

    One search serves all hits, unless long documents fill it: those left are asked one
    by one. A hit is the number of an object and whether its detail is seen.
    """
    best = _first_of_each(searcher, schema, hits, words)
    for hit in hits:
        if hit[0] not in best and len(hits) > 1:
            best |= _first_of_each(searcher, schema, [hit], words)
    return {
        number: tuple(told_by(searcher.doc(address)))
        for number, address in best.items()
    }


def _first_of_each(
    searcher: Searcher,
    schema: Schema,
    hits: list[tuple[int, bool]],
    words: list[Query],
) -> dict[int, DocAddress]:
    passages = [
        query
        for number, in_detail in hits
        for query in passages_of(schema, number, in_detail=in_detail)
    ]
    if not passages:
        return {}
    where = Query.const_score_query(any_of(passages), 0.0)
    better = [(Occur.Should, word) for word in words]
    query = Query.boolean_query([(Occur.Must, where), *better])
    limit = _PASSAGES_EACH * len(hits)
    found = [
        address for _, address in searcher.search(query, limit=limit, count=False).hits
    ]
    numbers = searcher.fast_field_values("object", found)
    best: dict[int, DocAddress] = {}
    for number, address in zip(numbers, found, strict=True):
        best.setdefault(int(number or 0), address)
    return best


def passage_words(
    searcher: Searcher, schema: Schema, question: Question, marker: Marker
) -> list[Query]:
    """Return what makes a passage better than the others of its object."""
    forms = set(marker.stems)
    forms.update(filter(None, map(stem_of, marker.words)))
    for start in marker.starts:
        for term, _ in searcher.terms_with_prefix(
            "exact", start, limit=_MOST_COMPLETIONS
        ):
            forms.add(stem_of(term))
    words = [
        Query.term_query(schema, "passage", form) for form in sorted(forms) if form
    ]
    references = [
        clause.expressions[0].words[0][1]
        for clause in question.clauses
        if clause.kind is ClauseKind.REFERENCE
    ]
    return words + [Query.term_query(schema, "refs", token) for token in references]


def _hits(
    searcher: Searcher,
    schema: Schema,
    wanted: Wanted,
    question: Question,
    found: Query,
) -> Iterator[Hit]:
    marker = Marker(question)
    query = inside(found, scope(schema, wanted))
    page = _page(searcher, schema, query, question, wanted)
    addresses = [address for _, address in page]
    numbers = searcher.fast_field_values("object", addresses)
    tiers = searcher.fast_field_values("tier", addresses)
    hits = [
        (int(number or 0), tier == DETAIL)
        for number, tier in zip(numbers, tiers, strict=True)
    ]
    best = {}
    if wanted.has_passages:
        words = passage_words(searcher, schema, question, marker)
        best = best_passages(searcher, schema, hits, words)
    for (score, address), (number, in_detail) in zip(page, hits, strict=True):
        text, heading, place = best.get(number, ("", "", ""))
        yield Hit(
            id=number,
            score=max(score, 0.0),
            title=marker.marked(told_by(searcher.doc(address))),
            passage=marker.extract(text),
            heading=heading,
            place=place,
            in_detail=in_detail,
        )


def _page(
    searcher: Searcher,
    schema: Schema,
    query: Query,
    question: Question,
    wanted: Wanted,
) -> list[tuple[float, DocAddress]]:
    order = wanted.order
    if order == "relevance" and not question.clauses:
        order = "recent"
    if order == "relevance":
        if wanted.lesser_kinds:
            query = lesser_last(schema, query, wanted.lesser_kinds)
        found = searcher.search(
            query, limit=wanted.size, offset=wanted.start, count=False
        )
        return found.hits
    field, direction = _SORTED_BY[order]
    found = searcher.search(
        query,
        limit=wanted.size,
        offset=wanted.start,
        count=False,
        order_by_field=field,
        order=direction,
    )
    return [(0.0, address) for _, address in found.hits]


def _most_clauses(
    searcher: Searcher, schema: Schema, wanted: Wanted, question: Question
) -> int:
    """Find how many clauses the best documents have, 1 when there are only two."""
    if len(question.clauses) == _TWO:
        return 1
    each = [
        (Occur.Should, Query.const_score_query(clause_query(schema, clause), 1.0))
        for clause in question.clauses
    ]
    never = [
        (Occur.MustNot, clause_query(schema, clause)) for clause in question.excluded
    ]
    query = inside(Query.boolean_query([*each, *never]), scope(schema, wanted))
    best = searcher.search(query, limit=1, count=False).hits
    return round(best[0][0]) if best else 1


def _aggregated(
    searcher: Searcher, query: Query, names: list[str], size: int = FACET_LENGTH
) -> dict[str, Any]:
    """Count the values of facets, the most frequent ones, and all of what was found."""
    asked: dict[str, Any] = {
        name: {
            "terms": {
                "field": facet_field(name),
                "size": size,
                "segment_size": _ALL_VALUES,
            }
        }
        for name in names
    }
    if "kind" not in names:
        asked["total"] = {"value_count": {"field": "object"}}
    return searcher.aggregate(query, asked)


def _total(told: dict[str, Any]) -> int:
    """Return how much was found: each has one kind."""
    if "value" in told:
        return int(told["value"])
    counts = (bucket["doc_count"] for bucket in told["buckets"])
    return int(sum(counts) + told["sum_other_doc_count"])


def _values(
    buckets: list[dict[str, Any]], chosen: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    counted = sorted(
        ((bucket["key"], bucket["doc_count"]) for bucket in buckets),
        key=lambda value: (-value[1], value[0]),
    )
    kept = counted[:FACET_LENGTH]
    kept += [value for value in counted[FACET_LENGTH:] if value[0] in chosen]
    known = {value for value, _ in kept}
    return (*kept, *((value, 0) for value in chosen if value not in known))
