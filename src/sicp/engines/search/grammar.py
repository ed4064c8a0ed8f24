"""What a person types: words, "phrases", -exclusions, prefixes*, references.

Nothing that is typed is an error: what means nothing is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sicp.engines.search.analysis import exact_words
from sicp.engines.search.analysis import stem_of
from sicp.engines.search.document import clean
from sicp.engines.search.reference import Reference
from sicp.engines.search.reference import find_references
from sicp.engines.search.synonym import Expression
from sicp.engines.search.synonym import Synonyms

#: Signs and clauses beyond which a question is cut: no one types more by hand.
LONGEST_TEXT = 300
MOST_CLAUSES = 24
#: A prefix of one letter says nothing and costs much.
SHORTEST_PREFIX = 2
_QUOTES = str.maketrans(dict.fromkeys("«»“”„", '"'))
_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)(?:"|$)'
    r'|(?P<plain>(?:(?!(?<!\S)-")[^"])+)'
)
_CHUNK = re.compile(r"\S+")
#: « l'article L2123-1 du code de la commande publique » is the reference alone.
_BEFORE = re.compile(
    r"(?:(?<!\w)(?:l|d)['’])?(?<!\w)(?:articles?|art)\.?\s+$", re.IGNORECASE
)
_AFTER = re.compile(
    r"\s+du\s+(?:présent\s+|present\s+)?(?:code(?:\s+de\s+la\s+commande\s+publique)?|ccp)(?!\w)",
    re.IGNORECASE,
)


class ClauseKind(Enum):
    """How a clause is looked for."""

    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    REFERENCE = "reference"
    REFERENCE_PREFIX = "reference prefix"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a document must have: one of its ``expressions``.

    Their words are stems for a word; folded words for a phrase or a prefix; one token
    for a reference. ``start`` and ``end`` tell where it stands in the cleaned text.
    """

    kind: ClauseKind
    expressions: tuple[Expression, ...]
    exact: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A text understood: what must be there, what must not, and what said nothing."""

    text: str
    clauses: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    #: Something was typed, and stop words or signs were all of it.
    is_void: bool


def understand(text: str, synonyms: Synonyms) -> Question:
    """Read what was typed, up to 300 signs of it."""
    text = clean(text[:LONGEST_TEXT]).translate(_QUOTES)
    wanted: dict[tuple[Expression, ...], Clause] = {}
    excluded: dict[tuple[Expression, ...], Clause] = {}
    for clause, is_excluded in _clauses(text, synonyms):
        (excluded if is_excluded else wanted).setdefault(clause.expressions, clause)
    return Question(
        text,
        tuple(wanted.values())[:MOST_CLAUSES],
        tuple(excluded.values())[:MOST_CLAUSES],
        is_void=bool(text.strip()) and not wanted and not excluded,
    )


def _clauses(text: str, synonyms: Synonyms) -> Iterator[tuple[Clause, bool]]:
    for part in _PART.finditer(text):
        if part["phrase"] is None:
            yield from _plain_clauses(text, part.start(), part.end(), synonyms)
        elif clause := _phrase(part["phrase"], part.start(), part.end()):
            yield clause, bool(part["minus"])


def _phrase(typed: str, start: int, end: int) -> Clause | None:
    words = tuple((word.rank, word.form) for word in exact_words(typed))
    if not words:
        return None
    return Clause(ClauseKind.PHRASE, (Expression(words),), "", start, end)


def _plain_clauses(
    text: str, start: int, end: int, synonyms: Synonyms
) -> Iterator[tuple[Clause, bool]]:
    """Take the references first, then the words between them."""
    for reference in list(find_references(text[start:end])):
        shifted = Reference(
            start + reference.start, start + reference.end, reference.tokens
        )
        yield from _reference_with_words_before(text, start, shifted, synonyms)
        start = shifted.end
        if following := _AFTER.match(text, start, end):
            start = following.end()
    yield from _word_clauses(text, start, end, synonyms)


def _reference_with_words_before(
    text: str, start: int, reference: Reference, synonyms: Synonyms
) -> Iterator[tuple[Clause, bool]]:
    before = text[start : reference.start]
    is_excluded = before.endswith("-") and not before[-2:-1].strip()
    if named := _BEFORE.search(before):
        before = before[: named.start()]
    yield from _word_clauses(text, start, start + len(before), synonyms)
    is_prefix = text[reference.end : reference.end + 1] == "*"
    kind = ClauseKind.REFERENCE_PREFIX if is_prefix else ClauseKind.REFERENCE
    token = Expression(((0, reference.tokens[0]),))
    clause = Clause(kind, (token,), "", reference.start, reference.end)
    yield clause, is_excluded


def _word_clauses(
    text: str, start: int, end: int, synonyms: Synonyms
) -> Iterator[tuple[Clause, bool]]:
    """Read chunks between blanks; words in a row may be one expression."""
    row: list[Clause] = []
    for chunk in _CHUNK.finditer(text, start, end):
        is_excluded = chunk[0].startswith("-") and (
            chunk.start() == 0 or text[chunk.start() - 1].isspace()
        )
        found = _chunk_clauses(chunk[0], chunk.start())
        plain = all(clause.kind is ClauseKind.WORD for clause in found)
        if plain and not is_excluded:
            row += found
            continue
        for clause in (*_with_synonyms(row, synonyms), *found):
            yield clause, is_excluded and clause in found
        row = []
    for clause in _with_synonyms(row, synonyms):
        yield clause, False


def _chunk_clauses(chunk: str, start: int) -> list[Clause]:
    """Read one chunk: « d'œuvre », « sous-traitance », « trav* »."""
    words = exact_words(chunk)
    clauses = []
    for word in words:
        is_prefix = (
            word is words[-1]
            and chunk.endswith("*")
            and len(word.form) >= SHORTEST_PREFIX
        )
        form = word.form if is_prefix else stem_of(word.form)
        if form:
            kind = ClauseKind.PREFIX if is_prefix else ClauseKind.WORD
            alone = Expression(((0, form),))
            place = start + word.start, start + word.end
            clauses.append(Clause(kind, (alone,), word.form, *place))
    return clauses


def _with_synonyms(row: list[Clause], synonyms: Synonyms) -> Iterator[Clause]:
    """Add to words, or to several in a row, the expressions that mean the same."""
    at = 0
    while at < len(row):
        for length in range(min(synonyms.longest, len(row) - at), 0, -1):
            own = tuple(c.expressions[0].words[0][1] for c in row[at : at + length])
            equals = synonyms.equals_of(own)
            if equals or length == 1:
                yield _widened(row[at : at + length], own, equals)
                at += length
                break


def _widened(
    row: list[Clause], own: tuple[str, ...], equals: tuple[Expression, ...]
) -> Clause:
    alone = Expression(tuple(enumerate(own)), together=False)
    return Clause(
        ClauseKind.WORD,
        (alone, *equals),
        row[0].exact if len(row) == 1 else "",
        row[0].start,
        row[-1].end,
    )
