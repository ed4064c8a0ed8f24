"""Questions and rights turned into queries of the index."""

from collections.abc import Iterable
from collections.abc import Sequence

from tantivy import Occur
from tantivy import Query
from tantivy import Schema

from sicp.engines.search.asking import Wanted
from sicp.engines.search.document import clean
from sicp.engines.search.grammar import Clause
from sicp.engines.search.grammar import ClauseKind
from sicp.engines.search.grammar import Question
from sicp.engines.search.schema import CARD
from sicp.engines.search.schema import DETAIL
from sicp.engines.search.schema import facet_field
from sicp.engines.search.schema import passages_field
from sicp.engines.search.synonym import Expression

#: Weights of what makes a document better than another that has the same words.
EXACT_WEIGHT = 0.6
TITLE_WEIGHT = 2.0
OWN_REFERENCE_WEIGHT = 20.0
#: More than the few words of a title make: the lesser kinds come after.
LESSER_WEIGHT = -20.0
_SPECIAL = frozenset(r"\.+*?()|[]{}^$#&-~/")


def matching(schema: Schema, question: Question, at_least: int | None = None) -> Query:
    """Return what has all clauses of a question, or ``at_least`` so many of them."""
    occur = Occur.Must if at_least is None else Occur.Should
    wanted = [(occur, clause_query(schema, clause)) for clause in question.clauses]
    must = [(Occur.Must, Query.boolean_query(wanted, at_least))] if at_least else wanted
    better = [
        (Occur.Should, query)
        for clause in question.clauses
        for query in _better(schema, clause)
    ]
    excluded = [
        (Occur.MustNot, clause_query(schema, clause)) for clause in question.excluded
    ]
    # Exclusions alone find nothing: there must be something to exclude from.
    return Query.boolean_query([*(must or [_everything()]), *better, *excluded])


def clause_query(schema: Schema, clause: Clause) -> Query:
    """Return what has one clause."""
    first = clause.expressions[0].words[0][1]
    match clause.kind:
        case ClauseKind.PREFIX:
            return starting(schema, "exact", first)
        case ClauseKind.REFERENCE:
            return Query.term_query(schema, "refs", first)
        case ClauseKind.REFERENCE_PREFIX:
            return starting(schema, "refs", first)
        case ClauseKind.PHRASE:
            return _expression(schema, "exact", clause.expressions[0])
    return any_of(
        [_expression(schema, "text", expression) for expression in clause.expressions]
    )


def starting(schema: Schema, field: str, start: str) -> Query:
    """Return what has a word that begins so."""
    escaped = "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in start)
    return Query.regex_query(schema, field, f"{escaped}.*")


def seen_by(schema: Schema, wanted: Wanted) -> Query:
    """Return the entries that an asker may see, one for each object."""
    tokens = sorted(wanted.tokens)
    allowed = _terms(schema, "allowed", tokens)
    hidden = [
        (Occur.MustNot, _terms(schema, name, values))
        for name, values in (
            ("superseded", tokens),
            ("ancestors", wanted.excluded_under),
            ("object", (*wanted.excluded_under, *wanted.excluded)),
        )
        if values
    ]
    return Query.boolean_query([(Occur.Must, allowed), *hidden])


def scope(schema: Schema, wanted: Wanted, without: str = "") -> Query:
    """Return what is seen and filtered, but for the filter on the facet ``without``."""
    filters = [seen_by(schema, wanted)]
    if wanted.under:
        filters.append(Query.term_query(schema, "ancestors", wanted.under))
    filters += [
        _terms(schema, facet_field(name), list(map(clean, values)))
        for name, values in wanted.facets.items()
        if values and name != without
    ]
    return all_of(filters)


def inside(what: Query, where: Query) -> Query:
    """Return ``what`` is in the scope ``where``, which adds nothing to its score."""
    return all_of([what, Query.const_score_query(where, 0.0)])


def lesser_last(schema: Schema, what: Query, kinds: Iterable[str]) -> Query:
    """Return ``what``, the documents of the lesser ``kinds`` scored below the others.

    A folder is all title: beside it, the text that answers would never be the first.
    """
    lesser = _terms(schema, facet_field("kind"), sorted(kinds))
    worse = Query.const_score_query(lesser, LESSER_WEIGHT)
    return Query.boolean_query([(Occur.Must, what), (Occur.Should, worse)])


def passages_of(schema: Schema, number: int, *, in_detail: bool) -> list[Query]:
    """Return the passages of an object that the bearer of its card, or detail, sees."""
    tiers = [CARD, DETAIL] if in_detail else [CARD]
    fields = map(passages_field, tiers)
    return [Query.term_query(schema, field, number) for field in fields]


def any_of(queries: Sequence[Query]) -> Query:
    """Return what satisfies one query at least."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Sequence[Query]) -> Query:
    """Return what satisfies every query."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _better(schema: Schema, clause: Clause) -> Iterable[Query]:
    first = clause.expressions[0].words[0][1]
    if clause.kind is ClauseKind.REFERENCE:
        own = Query.term_query(schema, "own_refs", first)
        yield Query.boost_query(own, OWN_REFERENCE_WEIGHT)
    if clause.kind is ClauseKind.WORD:
        typed, *others = clause.expressions
        named = [Query.term_query(schema, "title", stem) for _, stem in typed.words]
        # Another name of it is as good in a title, but no better with both in it.
        titles = [_expression(schema, "title", other) for other in others]
        best = Query.disjunction_max_query([any_of(named), *titles])
        yield Query.boost_query(best, TITLE_WEIGHT)
        if clause.exact:
            same = Query.term_query(schema, "exact", clause.exact)
            yield Query.boost_query(same, EXACT_WEIGHT)


def _expression(schema: Schema, field: str, expression: Expression) -> Query:
    if len(expression.words) == 1:
        return Query.term_query(schema, field, expression.words[0][1])
    if expression.together:
        return Query.phrase_query(schema, field, list(expression.words))
    return all_of(
        [Query.term_query(schema, field, word) for _, word in expression.words]
    )


def _terms(schema: Schema, field: str, values: Sequence[str | int]) -> Query:
    # A union of terms: three times quicker than a set of terms, for tens of them.
    if not values:
        return Query.empty_query()
    return any_of([Query.term_query(schema, field, value) for value in values])


def _everything() -> tuple[Occur, Query]:
    return Occur.Must, Query.all_query()
