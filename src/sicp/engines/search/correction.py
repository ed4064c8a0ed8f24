"""« Essayez… »: the word that the asker may see, nearest to one that finds nothing."""

from collections.abc import Iterable
from collections.abc import Iterator
from itertools import groupby

from tantivy import Query
from tantivy import Schema
from tantivy import Searcher

from sicp.engines.search.analysis import stem_of
from sicp.engines.search.asking import Wanted
from sicp.engines.search.grammar import Clause
from sicp.engines.search.grammar import ClauseKind
from sicp.engines.search.grammar import understand
from sicp.engines.search.query import clause_query
from sicp.engines.search.query import inside
from sicp.engines.search.query import seen_by
from sicp.engines.search.suggestion import surface_of

#: A shorter word is near to too many others.
SHORTEST_WORD = 4
#: From so many letters on, two errors are forgiven after the first three letters.
LONG_WORD = 8
_SURE_LETTERS = 3
_ERRORS = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def correct(
    searcher: Searcher, schema: Schema, wanted: Wanted, read: Iterable[str] = ()
) -> str | None:
    """Return the text typed with its unknown words mended, or nothing to propose.

    A word is unknown when nothing that the asker may see has it: a correction never
    betrays a word of what is hidden from him. Those he has ``read`` are known.
    """
    known = set(map(stem_of, read))
    question = understand(wanted.text, wanted.synonyms)
    seen = seen_by(schema, wanted)
    mended = question.text
    for clause in reversed(question.clauses):
        if not _may_be_mended(clause) or stem_of(clause.exact) in known:
            continue
        if _count(searcher, clause_query(schema, clause), seen):
            continue
        nearest = _nearest(searcher, schema, clause.exact, seen)
        if nearest:
            surface = surface_of(searcher, schema, wanted, nearest)
            mended = mended[: clause.start] + surface + mended[clause.end :]
    return mended if mended != question.text else None


def _may_be_mended(clause: Clause) -> bool:
    return (
        clause.kind is ClauseKind.WORD
        and len(clause.exact) >= SHORTEST_WORD
        and not any(sign.isdigit() for sign in clause.exact)
    )


def _nearest(searcher: Searcher, schema: Schema, word: str, seen: Query) -> str | None:
    """Choose the likeliest of the words one error away, else two errors away.

    Of words as likely, it is the most frequent.
    """
    for candidates in (_one_error(word), _two_errors(searcher, word)):
        known = [term for term in candidates if searcher.doc_freq("exact", term)]
        ranked = [
            (_unlikelihood(word, term), -count, term)
            for term in known
            if (count := _times(searcher, schema, term, seen))
        ]
        if ranked:
            return min(ranked)[-1]
    return None


def _unlikelihood(word: str, term: str) -> int:
    """Rank an error: a letter doubled or not, another one, the first one of all."""
    if _undoubled(word) == _undoubled(term):
        return 0
    return 1 if word[0] == term[0] else 2


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _same in groupby(word))


def _times(searcher: Searcher, schema: Schema, term: str, seen: Query) -> int:
    return _count(searcher, Query.term_query(schema, "exact", term), seen)


def _count(searcher: Searcher, query: Query, seen: Query) -> int:
    return searcher.search(inside(query, seen), limit=1).count  # type: ignore[attr-defined]


def _one_error(word: str) -> set[str]:
    """Return what one letter less, more, changed or exchanged makes of a word."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {before + after[1:] for before, after in cuts if after}
    exchanged = {
        before + after[1] + after[0] + after[2:]
        for before, after in cuts
        if len(after) > 1
    }
    changed = {
        before + letter + after[1:]
        for before, after in cuts
        if after
        for letter in _LETTERS
    }
    more = {before + letter + after for before, after in cuts for letter in _LETTERS}
    return (less | exchanged | changed | more) - {word}


def _two_errors(searcher: Searcher, word: str) -> Iterator[str]:
    if len(word) < LONG_WORD:
        return
    for term, _ in searcher.terms_with_prefix("exact", word[:_SURE_LETTERS]):
        if abs(len(term) - len(word)) <= _ERRORS and distance(term, word) == _ERRORS:
            yield term


def distance(one: str, other: str) -> int:
    """Count the letters less, more, changed or exchanged between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        previous, before, row = before, row, [at]
        for place, letter_of_other in enumerate(other, 1):
            cost = min(
                before[place] + 1,
                row[-1] + 1,
                before[place - 1] + (letter != letter_of_other),
            )
            is_exchange = (
                at > 1
                and place > 1
                and letter == other[place - 2]
                and one[at - 2] == letter_of_other
            )
            row.append(min(cost, previous[place - 2] + 1) if is_exchange else cost)
    return row[-1]
