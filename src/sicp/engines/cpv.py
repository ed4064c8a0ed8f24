"""The common procurement vocabulary (CPV 2008): find a code, walk its tree, search it.

The nomenclature is read once, at first need: 9,454 codes with their French labels.
"""

import csv
import gzip
import heapq
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

CODE_PATTERN = re.compile(r"(\d{8})(?:-\d)?")
WORD_PATTERN = re.compile(r"[0-9a-z]+")
LEVELS = ("division", "group", "class", "category", "subcategory")
#: How the label of a service begins.
_SERVICE = "service"
#: Words that say nothing of what is bought.
EMPTY_WORDS = frozenset(
    (
        *("a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et"),
        *("hors", "l", "la", "le", "les", "ou", "par", "pour", "sur", "un", "une"),
    )
)


@dataclass(frozen=True, slots=True)
class CpvCode:
    """One entry: eight digits without the check digit, its level, its French label."""

    code: str
    level: str
    parent: str | None
    label: str


class CpvNomenclature:
    """All entries, with what makes them quick to find."""

    def __init__(self, entries: Iterable[CpvCode]) -> None:
        self._entries = {entry.code: entry for entry in entries}
        self._codes = sorted(self._entries)
        self._children: dict[str | None, list[CpvCode]] = defaultdict(list)
        self._words: dict[str, set[str]] = defaultdict(set)
        self._starts: dict[str, str] = {}
        for code in self._codes:
            self._index(self._entries[code])
        self._sorted_words = sorted(self._words)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def get(self, code: str) -> CpvCode | None:
        """Return the entry of ``code``, written with or without its check digit.

        The check digit is not verified: the Union publishes no way to compute it.
        """
        match = CODE_PATTERN.fullmatch(code.strip())
        return self._entries.get(match[1]) if match else None

    def is_valid(self, code: str) -> bool:
        """Tell whether ``code`` is in the nomenclature."""
        return self.get(code) is not None

    def children(self, code: str | None = None) -> tuple[CpvCode, ...]:
        """Return the entries directly under ``code``; the divisions without it."""
        entry = self.get(code) if code else None
        if code and entry is None:
            return ()
        return tuple(self._children[entry.code if entry else None])

    def path(self, code: str) -> tuple[CpvCode, ...]:
        """Return the entries from the division down to ``code``, itself included."""
        entry = self.get(code)
        steps: list[CpvCode] = []
        while entry is not None:
            steps.append(entry)
            entry = self._entries.get(entry.parent) if entry.parent else None
        return tuple(reversed(steps))

    def search(self, text: str, limit: int = 20) -> tuple[CpvCode, ...]:
        """Return the entries that best answer ``text``, best first.

        Figures are the beginning of a code. Words are found whatever their accents,
        case or plural; the last letters may be missing. Entries that hold every word
        come alone; where there is none, those that hold the most of them.
        """
        text = text.strip()
        if re.fullmatch(r"\d{1,8}(-\d?)?", text):
            return self._starting_with(text.split("-")[0], limit)
        words = significant_words(text)
        if not words:
            return ()
        found = holding_most([self._holding(word) for word in words])
        best = heapq.nsmallest(limit, found, key=lambda code: self._rank(code, words))
        return tuple(self._entries[code] for code in best)

    def _index(self, entry: CpvCode) -> None:
        self._children[entry.parent].append(entry)
        words = significant_words(entry.label)
        self._starts[entry.code] = words[0] if words else ""
        for word in words:
            self._words[word].add(entry.code)

    def _starting_with(self, figures: str, limit: int) -> tuple[CpvCode, ...]:
        start = bisect_left(self._codes, figures)
        near = self._codes[start : start + limit]
        return tuple(self._entries[code] for code in near if code.startswith(figures))

    def _holding(self, word: str) -> set[str]:
        """Return the codes of the labels where a word begins with ``word``."""
        start = bisect_left(self._sorted_words, word)
        end = bisect_left(self._sorted_words, word + "\uffff")
        return set().union(*(self._words[w] for w in self._sorted_words[start:end]))

    def _rank(self, code: str, words: list[str]) -> tuple[int, int, int, int, str]:
        """Order answers: whole words, a label so, or a service of it; wide, short."""
        entry = self._entries[code]
        partial = sum(code not in self._words.get(word, ()) for word in words)
        starts = self._starts[code]
        is_service = starts.startswith(_SERVICE) and partial == 0
        begins = 0 if starts.startswith(words[0]) or is_service else 1
        return partial, begins, LEVELS.index(entry.level), len(entry.label), code


def holding_most(answers: list[set[str]]) -> set[str]:
    """Return the codes that stand in the most ``answers``; none if all are empty."""
    if all_words := set.intersection(*answers):
        return all_words
    counts = Counter(code for answer in answers for code in answer)
    most = max(counts.values(), default=0)
    return {code for code, count in counts.items() if count == most}


def significant_words(text: str) -> list[str]:
    """Return the words of ``text`` that carry meaning, bare of accents and plural."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return [
        singular(word)
        for word in WORD_PATTERN.findall(letters)
        if word not in EMPTY_WORDS
    ]


def singular(word: str) -> str:
    """Drop the mark of the plural, alike in a label and in a question."""
    long_enough = 4
    if len(word) >= long_enough and word[-1] in "sx":
        return word[:-1]
    return word


@cache
def nomenclature() -> CpvNomenclature:
    """Return the CPV 2008, read from the reference list the first time."""
    file = resources.files("sicp") / "seed" / "reference" / "cpv.csv.gz"
    text = gzip.decompress(file.read_bytes()).decode("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return CpvNomenclature(
        CpvCode(row["code"], row["level"], row["parent"] or None, row["label"])
        for row in csv.DictReader(lines)
    )
