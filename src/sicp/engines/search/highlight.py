"""Mark what was looked for in a text, and keep the part of it worth reading."""

import re
from collections.abc import Iterator
from functools import lru_cache

from sicp.engines.search.analysis import exact_words
from sicp.engines.search.analysis import stem_of
from sicp.engines.search.asking import Parts
from sicp.engines.search.grammar import ClauseKind
from sicp.engines.search.grammar import Question
from sicp.engines.search.reference import find_references

#: Signs of a passage that is shown.
SHOWN_LENGTH = 320
_ELLIPSIS = "…"
_WORD = re.compile(r"[^\W_]+")
Span = tuple[int, int]


class Marker:
    """What may be seen of a question in a text: stems, words, starts, references."""

    def __init__(self, question: Question) -> None:
        self.stems: set[str] = set()
        self.words: set[str] = set()
        self.starts: tuple[str, ...] = ()
        self.references: set[str] = set()
        self.reference_starts: tuple[str, ...] = ()
        #: Words met so far: the passages of one answer share most of theirs.
        self._met: dict[str, bool] = {}
        for clause in question.clauses:
            forms = [form for one in clause.expressions for _, form in one.words]
            match clause.kind:
                case ClauseKind.WORD:
                    self.stems.update(forms)
                case ClauseKind.PHRASE:
                    self.words.update(forms)
                case ClauseKind.PREFIX:
                    self.starts += tuple(forms)
                case ClauseKind.REFERENCE:
                    self.references.update(forms)
                case ClauseKind.REFERENCE_PREFIX:
                    self.reference_starts += tuple(forms)

    def spans(self, text: str) -> list[Span]:
        """Return where in a text something was looked for, in order, apart."""
        words = set(_WORD.findall(text))
        for unmet in words.difference(self._met):
            self._met[unmet] = self._is_wanted(unmet)
        wanted = filter(self._met.__getitem__, words)
        found = [span for word in wanted for span in _places(text, word)]
        if self.references or self.reference_starts:
            found += [
                (reference.start, reference.end)
                for reference in find_references(text)
                if self.references.intersection(reference.tokens)
                or (
                    self.reference_starts
                    and reference.tokens[0].startswith(self.reference_starts)
                )
            ]
        return _merged(found)

    def marked(self, text: str) -> Parts:
        """Return a whole text with its marks: a title."""
        return _parts(text, self.spans(text), 0, len(text))

    def extract(self, text: str) -> Parts:
        """Return the part of a passage that shows the most of what was looked for."""
        spans = self.spans(text)
        start, end = _window(text, spans)
        parts = _parts(text, spans, start, end)
        before = ((_ELLIPSIS, False),) if start else ()
        after = ((_ELLIPSIS, False),) if end < len(text) else ()
        return (*before, *parts, *after)

    def _is_wanted(self, word: str) -> bool:
        stem, forms = _known(word)
        return bool(
            stem in self.stems
            or self.words.intersection(forms)
            or (self.starts and any(form.startswith(self.starts) for form in forms))
        )


@lru_cache(maxsize=50_000)
def _known(word: str) -> tuple[str, tuple[str, ...]]:
    """Return the stem and the folded forms of a word: texts repeat their words."""
    return stem_of(word), tuple(found.form for found in exact_words(word))


def _places(text: str, word: str) -> Iterator[Span]:
    """Find a word, whole, in a text: quicker than to walk all of its words."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start, end
        start = text.find(word, end)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, spans: list[Span]) -> Span:
    """Choose the window with the most marks, the first of equals, at word ends."""
    if len(text) <= SHOWN_LENGTH:
        return 0, len(text)
    best, most = 0, 0
    for number, (start, _) in enumerate(spans):
        inside = sum(1 for _, end in spans[number:] if end - start <= SHOWN_LENGTH)
        if inside > most:
            best, most = start, inside
    # A few words before the first mark, to read it in its sentence.
    start = max(0, min(best - SHOWN_LENGTH // 5, len(text) - SHOWN_LENGTH))
    return _at_words(text, start, start + SHOWN_LENGTH)


def _at_words(text: str, start: int, end: int) -> Span:
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + SHOWN_LENGTH // 2)
    return start, end


def _parts(text: str, spans: list[Span], start: int, end: int) -> Parts:
    parts: list[tuple[str, bool]] = []
    at = start
    for span in spans:
        first, last = max(span[0], start), min(span[1], end)
        if first >= last:
            continue
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts.append((text[at:end], False))
    return tuple(part for part in parts if part[0])
