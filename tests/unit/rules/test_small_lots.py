"""Small lots may leave the formal procedure, up to a fifth of the whole."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.i18n import french
from sicp.rules.small_lots import check_small_lots
from sicp.rules.small_lots import small_lots
from sicp.rules.tables import ReferenceTables

ON = date(2026, 9, 1)


def amounts(*values: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def test_the_lots_under_their_amount_are_candidates(tables: ReferenceTables) -> None:
    # R2123-1 2°: 80 000 € for services; a fifth of 400 000 € is 80 000 €.
    rule = small_lots("services", amounts(240000, 80000, 79999, 1), ON, tables)
    assert rule.candidates == (2, 3)
    assert rule.exempted == (3,)
    assert rule.ceiling == Decimal(80000)


def test_works_have_their_own_amount(tables: ReferenceTables) -> None:
    rule = small_lots("works", amounts(6000000, 999999, 1000000), ON, tables)
    assert rule.candidates == (1,)


@pytest.mark.parametrize(
    ("lots", "chosen", "expected"),
    [
        (amounts(320000, 40000, 40000), {1, 2}, []),
        (amounts(320000, 40001, 40000), {1, 2}, ["small-lots-share"]),
        (amounts(320000, 80000), {1}, ["small-lot-too-big"]),
        (amounts(100000, 80000), {1}, ["small-lot-too-big", "small-lots-share"]),
        (amounts(320000, 40000), set(), []),
    ],
)
def test_each_lot_is_small_and_together_they_are_a_fifth_at_most(
    tables: ReferenceTables, lots: tuple, chosen: set, expected: list[str]
) -> None:
    found = check_small_lots("services", lots, chosen, ON, tables)
    assert [item.code for item in found] == expected


def test_the_finding_says_the_figures(tables: ReferenceTables) -> None:
    lots = amounts(320000, 79000, 40000)
    (finding,) = check_small_lots("services", lots, {1, 2}, ON, tables)
    assert french(finding.message).replace("\u00a0", " ") == (
        "Les petits lots totalisent 119 000 € HT. Ils ne peuvent dépasser 20 % de la "
        "valeur de tous les lots, soit 87 800 € HT."
    )
