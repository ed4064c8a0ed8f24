"""How many clauses are found again once somebody changed their words, with figures.

The library is the one shipped. A clause is taken as it is written, or as a document
prints it: filled with values, without the fragments whose condition does not hold.
Then some of its words are replaced by words of other clauses, taken away or followed
by one that is too many.
"""

import random
import re
from functools import cache

import pytest

from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.lines import lines_of
from sicp.engines.drafting.similarity import SimilarityIndex
from sicp.engines.drafting.similarity import stems
from tests.unit.seed.shipped import concrete_canevas
from tests.unit.seed.shipped import draft_of
from tests.unit.seed.shipped import every_set
from tests.unit.seed.shipped import shipped_library

#: A text of so few full words is short.
SHORT = 20
_PART = re.compile(r"\{[^{}]*\}|[^\s{}]+|\s+")
_VARIABLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]+")

Text = tuple[str, str]


@cache
def index() -> SimilarityIndex:
    """The index of the shipped library."""
    return SimilarityIndex(texts())


@cache
def texts() -> dict[str, str]:
    """Every shipped clause that says something beside its variables."""
    return {
        clause.id: clause.text for clause in shipped_library() if stems(clause.text)
    }


@cache
def vocabulary() -> list[str]:
    """The words of the library, as often as it says them."""
    bare = (_VARIABLE.sub(" ", text) for text in texts().values())
    return [word for text in bare for word in _WORD.findall(text)]


@cache
def printed() -> list[Text]:
    """What clauses print in one document of each canevas, and the id of each."""
    names = [
        next(n for n, filled in every_set().items() if filled.canevas.id == canevas)
        for canevas in concrete_canevas()
    ]
    sections = (s for name in names for s in draft_of(name).walk() if s.blocks)
    found = {(s.id, _words(s.blocks)) for s in sections if s.id in texts()}
    return sorted(item for item in found if len(stems(item[1])) > 2)


def _words(blocks: object) -> str:
    lines = lines_of(blocks, FieldSet())
    return " ".join("".join(word.text for word in line.words) for line in lines)


def edited(text: str, share: float, chance: random.Random) -> str:
    """Change that share of the words of a text, one at least."""
    parts = _PART.findall(text)
    places = [rank for rank, part in enumerate(parts) if _WORD.match(part)]
    for rank in chance.sample(places, max(1, round(share * len(places)))):
        other = chance.choice(vocabulary())
        ways = [other, other, other, "", f"{parts[rank]} {other}"]
        parts[rank] = chance.choice(ways)
    return "".join(parts)


def found_again(items: list[Text], share: float) -> float:
    """Return the share of the texts that are found once edited."""
    chance = random.Random(3)
    found = [
        name in dict(index().near_duplicates(edited(text, share, chance)))
        for name, text in items
    ]
    return sum(found) / len(found)


def rates(items: list[Text], every: int, share: float) -> tuple[float, float]:
    """Return what is found of the texts, one in ``every``, and of all short ones."""
    items = [item for item in items if _WORD.search(_VARIABLE.sub("", item[1]))]
    short = [item for item in items if len(stems(item[1])) <= SHORT]
    told = found_again(items[::every], share), found_again(short, share)
    print(f"\n{share:.0%}: {told[0]:.1%}, {told[1]:.1%} of {len(short)} short ones")
    return told


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_clause_whose_words_are_changed_is_found(share: float) -> None:
    assert min(rates(list(texts().items()), 3, share)) >= 0.95


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_what_a_document_prints_of_it_is_found(share: float) -> None:
    all_of_them, short = rates(printed(), 2, share)
    assert all_of_them >= 0.95
    assert short >= 0.80


def test_few_texts_that_the_library_does_not_hold_are_told_near() -> None:
    """A clause of the same theme is a relative: only those of others are mistakes."""
    theme = {clause.id: clause.theme for clause in shipped_library()}
    asked = printed()[::10]
    wrong = 0
    for name, text in asked:
        others = SimilarityIndex({n: t for n, t in texts().items() if n != name})
        told = others.near_duplicates(text)
        wrong += any(theme[near] != theme[name] for near, _score in told)
    print(f"\n{wrong} of {len(asked)} are told near a clause of another theme")
    assert wrong / len(asked) <= 0.15
