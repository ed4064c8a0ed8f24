"""What may complete the typing, among what the asker may see."""

from collections.abc import Iterator

from tantivy import Query
from tantivy import Schema
from tantivy import Searcher

from sicp.engines.search.analysis import Word
from sicp.engines.search.analysis import exact_words
from sicp.engines.search.analysis import stem_of
from sicp.engines.search.answer import best_passages
from sicp.engines.search.asking import Suggestion
from sicp.engines.search.asking import Wanted
from sicp.engines.search.document import clean
from sicp.engines.search.grammar import LONGEST_TEXT
from sicp.engines.search.grammar import Clause
from sicp.engines.search.grammar import ClauseKind
from sicp.engines.search.grammar import Question
from sicp.engines.search.highlight import Marker
from sicp.engines.search.query import all_of
from sicp.engines.search.query import inside
from sicp.engines.search.query import scope
from sicp.engines.search.query import seen_by
from sicp.engines.search.query import starting
from sicp.engines.search.schema import DETAIL
from sicp.engines.search.schema import told_by
from sicp.engines.search.synonym import Expression

#: Letters from which a word is completed: below, everything begins so.
SHORTEST_START = 3
#: Words looked at, in their order, to find the most frequent.
_MOST_WORDS = 60


def suggest(
    searcher: Searcher, schema: Schema, wanted: Wanted
) -> tuple[Suggestion, ...]:
    """Complete what is being typed: titles first, then words, ``size`` in all."""
    text = clean(wanted.text[:LONGEST_TEXT])
    words = exact_words(text)
    if not words:
        return ()
    titles = list(_titles(searcher, schema, wanted, text, words))
    asked = list(_words(searcher, schema, wanted, text, words[-1]))
    # A place is kept for words, which lead to more than one document.
    kept = max(wanted.size - len(asked), wanted.size - 3)
    return tuple((titles[:kept] + asked)[: wanted.size])


def surface_of(searcher: Searcher, schema: Schema, wanted: Wanted, term: str) -> str:
    """Return a folded word as the asker may see it written, accents included."""
    query = inside(Query.term_query(schema, "exact", term), seen_by(schema, wanted))
    found = searcher.search(query, limit=1, count=False).hits
    if not found:
        return term
    address = found[0][1]
    number = int(searcher.fast_field_values("object", [address])[0] or 0)
    in_detail = searcher.fast_field_values("tier", [address])[0] == DETAIL
    title = told_by(searcher.doc(address))
    stemmed = Query.term_query(schema, "passage", stem_of(term))
    best = best_passages(searcher, schema, [(number, in_detail)], [stemmed])
    for text in (*best.get(number, ())[:2], title):
        for word in exact_words(text):
            if word.form == term:
                return text[word.start : word.end].lower()
    return term


def _titles(
    searcher: Searcher, schema: Schema, wanted: Wanted, text: str, words: list[Word]
) -> Iterator[Suggestion]:
    """Find the titles with all words typed, the last of which may go on."""
    is_ended = words[-1].end < len(text)
    whole = words if is_ended else words[:-1]
    named = [Query.term_query(schema, "title_exact", word.form) for word in whole]
    if not is_ended:
        named.append(starting(schema, "title_exact", words[-1].form))
    query = inside(all_of(named), scope(schema, wanted))
    marker = Marker(_as_typed(words, is_ended=is_ended))
    for _, address in searcher.search(query, limit=wanted.size, count=False).hits:
        number = searcher.fast_field_values("object", [address])[0]
        title = told_by(searcher.doc(address))
        yield Suggestion(marker.marked(title), int(number or 0))


def _words(
    searcher: Searcher, schema: Schema, wanted: Wanted, text: str, last: Word
) -> Iterator[Suggestion]:
    if last.end < len(text) or len(last.form) < SHORTEST_START:
        return
    terms = searcher.terms_with_prefix(
        "exact", last.form, seen_by(schema, wanted), _MOST_WORDS
    )
    frequent = sorted(terms, key=lambda term: (-term[1], term[0]))
    for term, _ in [one for one in frequent if one[0] != last.form and stem_of(one[0])][
        : wanted.size
    ]:
        surface = surface_of(searcher, schema, wanted, term)
        parts = ((text[: last.start], False), (surface, True))
        yield Suggestion(tuple(part for part in parts if part[0]))


def _as_typed(words: list[Word], *, is_ended: bool) -> Question:
    """Make of the words typed what a title is marked with."""
    clauses = []
    for word in words:
        going_on = word is words[-1] and not is_ended
        kind = ClauseKind.PREFIX if going_on else ClauseKind.PHRASE
        clauses.append(Clause(kind, (Expression(((0, word.form),)),)))
    return Question("", tuple(clauses), (), is_void=False)
