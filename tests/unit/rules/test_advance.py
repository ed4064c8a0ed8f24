"""The advance: due or not, between its rates, and how much."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sicp.rules.advance import AdvanceTerms
from sicp.rules.advance import advance_amount
from sicp.rules.advance import check_advance
from sicp.rules.advance import is_advance_due
from sicp.rules.tables import ReferenceTables

ON = date(2026, 9, 1)
TERMS = AdvanceTerms("granted", Decimal(10), Decimal(100000), 12)


def codes(tables: ReferenceTables, terms: AdvanceTerms) -> list[str]:
    return [item.code for item in check_advance(terms, ON, tables)]


@pytest.mark.parametrize(
    ("amount", "months", "due"),
    [
        ("50000", 12, False),
        ("50000.01", 12, True),
        ("50000.01", 2, False),
        ("50000.01", 3, True),
    ],
)
def test_an_advance_is_due_above_50_000_euros_and_two_months(
    tables: ReferenceTables, amount: str, months: int, due: bool
) -> None:
    # R2191-3.
    assert is_advance_due(Decimal(amount), months, ON, tables) is due


@pytest.mark.parametrize(
    ("amount", "months", "rate", "advance"),
    [
        # R2191-7: the whole amount up to twelve months, then twelve months of it.
        ("120000", 12, "10", "12000.00"),
        ("240000", 24, "10", "12000.00"),
        ("100000", 7, "5", "5000.00"),
        ("100001", 13, "5", "4615.43"),
    ],
)
def test_the_advance_of_a_long_contract_is_that_of_twelve_months(
    amount: str, months: int, rate: str, advance: str
) -> None:
    found = advance_amount(Decimal(amount), months, Decimal(rate))
    assert found == Decimal(advance)


def test_an_advance_that_is_due_may_not_be_left_out(tables: ReferenceTables) -> None:
    refused = replace(TERMS, choice="none", rate=None)
    assert codes(tables, refused) == ["advance-is-due"]
    assert codes(tables, replace(refused, months=2)) == []
    assert codes(tables, replace(refused, months=None)) == []
    assert codes(tables, replace(refused, base_amount=None)) == []


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("4.99", ["advance-rate-too-low"]),
        ("5", ["advance-rate-for-small-firms"]),
        ("9.99", ["advance-rate-for-small-firms"]),
        ("10", []),
        ("30", []),
        ("30.01", ["advance-rate-above"]),
    ],
)
def test_the_rate_stays_between_its_bounds(
    tables: ReferenceTables, rate: str, expected: list[str]
) -> None:
    assert codes(tables, replace(TERMS, rate=Decimal(rate))) == expected


def test_a_small_buyer_owes_small_firms_no_more(tables: ReferenceTables) -> None:
    terms = replace(TERMS, rate=Decimal(5), is_large_local_buyer=False)
    assert codes(tables, terms) == []


def test_the_legal_advance_needs_no_check(tables: ReferenceTables) -> None:
    assert codes(tables, replace(TERMS, choice="legal", rate=None)) == []
    assert codes(tables, replace(TERMS, rate=None)) == []
