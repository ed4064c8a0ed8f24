"""Find the clauses of a library that say nearly the same as a text.

A text is its stems and their pairs: an ending, an article, a value that changes costs
little; the order of words counts. A word all clauses share weighs little, and so does
a word that no clause says: in a document it is most often a value.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

import Stemmer

from sicp.engines.drafting.clause import Library

#: How many clauses are compared whole, once their rare words chose them.
_CANDIDATES = 150
#: The rare words of a long text are enough to choose.
_MOST_CHOOSING = 60
#: From this score on, two texts say nearly the same.
_SAME = 0.4
#: A short text filled with values scores less, but stands far before all others.
_ALONE = 0.2
_TIMES_THE_NEXT = 2
#: What a word that the library never says weighs, beside the rarest of those it says;
#: and a pair of words, of which one that is changed makes two.
_UNKNOWN_WORD = 0.5
_UNKNOWN_PAIR = 0.2
_TESTS = re.compile(r"\{if\s[^:{}]*:|\{plural:[^|{}]*\||\{ref:[^{}]*\}|\{[^{}]*\}")
_WORDS = re.compile(r"[^\W_]+")
_EMPTY_WORDS = frozenset({
    "a", "afin", "ainsi", "au", "aux", "avec", "ce", "ces", "cet", "cette", "dans",
    "de", "des", "du", "elle", "elles", "en", "est", "et", "il", "ils", "la", "le",
    "les", "leur", "leurs", "lui", "ne", "on", "ou", "par", "pas", "pour", "qu", "que",
    "qui", "sa", "se", "ses", "si", "son", "sont", "sur", "un", "une", "y", "d", "l",
    "s", "n", "c", "j", "m", "t",
})  # fmt: skip

Weights = Mapping[str, float]


class SimilarityIndex:
    """Texts made ready for comparison; built once, asked many times."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {name: _features(text) for name, text in texts.items()}
        seen = Counter(feature for found in counts.values() for feature in found)
        self._rarity = {
            feature: math.log(1 + len(texts) / count) for feature, count in seen.items()
        }
        self._unknown = math.log(1 + max(len(texts), 1))
        self._weights = {name: self._weighted(found) for name, found in counts.items()}
        self._postings: dict[str, list[str]] = {}
        for name, found in counts.items():
            for feature in found:
                self._postings.setdefault(feature, []).append(name)

    @classmethod
    def of(cls, library: Library) -> "SimilarityIndex":
        """Return the index of the latest version of every clause, without titles."""
        return cls({clause.id: clause.text for clause in library})

    def nearest(self, text: str, limit: int = 5) -> list[tuple[str, float]]:
        """Return the nearest texts, nearest first, with a score from 0 to 1.

        1 is the same words in the same order; below about 0.4 two clauses only speak
        of the same things. A text without any common word is not told.
        """
        asked = self._weighted(_features(text))
        scored = ((_product(asked, self._weights[n]), n) for n in self._choose(asked))
        best = nlargest(limit, scored, key=lambda item: (item[0], item[1]))
        return [(name, min(1.0, round(score, 4))) for score, name in best if score > 0]

    def near_duplicates(self, text: str, limit: int = 5) -> list[tuple[str, float]]:
        """Return the texts that say nearly the same, nearest first, with their scores.

        On the library shipped, of clauses of which one word in five is changed, 98 in
        100 at least are found again as they are written, 96 as a document prints them,
        and 85 of the short ones filled with values; of ten texts it does not hold, nine
        are told near no clause of another theme.
        """
        found = self.nearest(text, max(limit, 2))
        same = [item for item in found if item[1] >= _SAME]
        if not same and found and self._is_alone(found):
            return found[:1]
        return same[:limit]

    def _is_alone(self, found: list[tuple[str, float]]) -> bool:
        following = found[1][1] if len(found) > 1 else 0.0
        return found[0][1] >= max(_ALONE, _TIMES_THE_NEXT * following)

    def _choose(self, asked: Weights) -> list[str]:
        """Return the texts that share the rarest words with what is asked."""
        known = [feature for feature in asked if feature in self._postings]
        known.sort(key=lambda feature: len(self._postings[feature]))
        shared: Counter[str] = Counter()
        for feature in known[:_MOST_CHOOSING]:
            weight = asked[feature] * self._rarity[feature]
            for name in self._postings[feature]:
                shared[name] += weight  # type: ignore[assignment]
        return [name for name, _ in shared.most_common(_CANDIDATES)]

    def _weighted(self, counts: Mapping[str, int]) -> Weights:
        """Return the weights of features, their squares adding up to 1."""
        found = {
            feature: (1 + math.log(count)) * self._rarity_of(feature)
            for feature, count in counts.items()
        }
        norm = math.sqrt(sum(weight * weight for weight in found.values()))
        return {feature: weight / norm for feature, weight in found.items()}

    def _rarity_of(self, feature: str) -> float:
        known = self._rarity.get(feature)
        if known is not None:
            return known
        return self._unknown * (_UNKNOWN_PAIR if " " in feature else _UNKNOWN_WORD)


def nearest(
    text: str, library: Library | SimilarityIndex, limit: int = 5
) -> list[tuple[str, float]]:
    """Return the clauses nearest to ``text``, with a score from 0 to 1.

    Whoever asks many times gives an index: that of a library is made at each call.
    """
    if isinstance(library, Library):
        library = SimilarityIndex.of(library)
    return library.nearest(text, limit)


def stems(text: str) -> list[str]:
    """Return the stems of the full words of a French text or markup, in order."""
    bare = _TESTS.sub(" ", text).lower().replace("œ", "oe").replace("æ", "ae")
    return [stem for stem in map(_stem, _WORDS.findall(bare)) if stem]


def _features(text: str) -> Counter[str]:
    found = stems(text)
    pairs = (f"{a} {b}" for a, b in pairwise(found))
    return Counter((*found, *pairs))


def _product(first: Weights, second: Weights) -> float:
    if len(second) < len(first):
        first, second = second, first
    return sum(weight * second.get(feature, 0.0) for feature, weight in first.items())


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """Return the stem of a word without accents, empty for an empty word."""
    if _unaccented(word) in _EMPTY_WORDS:
        return ""
    # A stemmer is not shared between threads: each word makes its own, once.
    return _unaccented(Stemmer.Stemmer("french", 0).stemWord(word))


def _unaccented(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
