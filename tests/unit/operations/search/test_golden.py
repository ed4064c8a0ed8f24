"""What people type is answered, over the real code and the sheets of the application.

Prints how well, by form: found first, found among the first five, and the mean of the
inverse of the rank (MRR).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from tests.conftest import all_powerful

FIRST = 5
GOLDEN = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text("utf-8"))
#: The least share of each form found among the first five.
LEAST = {"mistyped": 0.8}
LEAST_BY_DEFAULT = 0.9
LEAST_MRR = 0.85


@dataclass(frozen=True)
class Ranked:
    """One question, and the rank of the first sheet that answers it; 0 for none."""

    form: str
    asked: str
    rank: int
    found: tuple[str, ...]


@pytest.fixture(scope="module")
def answers(whole_base: Any, registry: Any) -> Iterator[list[Ranked]]:
    """Ask everything once."""
    site = whole_base
    names = {number: name for name, number in site["connaissances"].shipped.items()}
    yield [
        _ranked(site, registry, names, form, told)
        for form, every in GOLDEN.items()
        for told in every
    ]
    registry.search_service.close()


def test_there_are_enough_and_each_answer_exists(whole_base: Any) -> None:
    every = [told for questions in GOLDEN.values() for told in questions]
    assert len(every) >= 60
    named = {name for told in every for name in told["expected"]}
    assert named <= set(whole_base["connaissances"].shipped)


def test_each_form_is_answered(answers: list[Ranked], capsys: Any) -> None:
    with capsys.disabled():
        print(f"\n{_table(answers)}")
    missed = [a for a in answers if not 0 < a.rank <= FIRST]
    for form in GOLDEN:
        asked = [answer for answer in answers if answer.form == form]
        found = sum(0 < answer.rank <= FIRST for answer in asked)
        assert found / len(asked) >= LEAST.get(form, LEAST_BY_DEFAULT), missed


def test_what_answers_stands_high(answers: list[Ranked]) -> None:
    assert _mrr(answers) >= LEAST_MRR


def test_an_article_asked_by_its_number_is_first(answers: list[Ranked]) -> None:
    late = [a for a in answers if a.form == "reference" and a.rank != 1]
    assert late == []


def _ranked(
    site: Any, registry: Any, names: dict[int, str], form: str, told: Any
) -> Ranked:
    actor, text = all_powerful(site), told["asked"]
    page = ask(site, SearchWanted(text), actor=actor, registry=registry)
    found = tuple(names.get(one.number, str(one.item)) for one in page.found)
    ranks = (n for n, name in enumerate(found, 1) if name in told["expected"])
    return Ranked(form, text, next(ranks, 0), found[:FIRST])


def _mrr(answers: list[Ranked]) -> float:
    return sum(1 / a.rank for a in answers if a.rank) / len(answers)


def _table(answers: list[Ranked]) -> str:
    lines = [f"{'form':<12}{'asked':>6}{'at 1':>7}{'at 5':>7}{'MRR':>7}"]
    for form in [*GOLDEN, "all"]:
        asked = [a for a in answers if form in {a.form, "all"}]
        first = sum(a.rank == 1 for a in asked) / len(asked)
        five = sum(0 < a.rank <= FIRST for a in asked) / len(asked)
        told = f"{form:<12}{len(asked):>6}{first:>7.0%}{five:>7.0%}"
        lines.append(f"{told}{_mrr(asked):>7.2f}")
    missed = [a for a in answers if not 0 < a.rank <= FIRST]
    lines += [f"missed: {a.asked} ({a.rank}): {', '.join(a.found)}" for a in missed]
    return "\n".join(lines)
