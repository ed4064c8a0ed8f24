"""Delay of payment and retention."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.rules.payment import check_payment_days
from sicp.rules.payment import check_retention
from sicp.rules.tables import ReferenceTables

ON = date(2026, 9, 1)


@pytest.mark.parametrize(("days", "expected"), [(30, []), (31, ["payment-too-late"])])
def test_payment_comes_within_thirty_days(
    tables: ReferenceTables, days: int, expected: list[str]
) -> None:
    # R2192-10.
    found = check_payment_days(days, ON, tables)
    assert [item.code for item in found] == expected


@pytest.mark.parametrize(
    ("rate", "is_large", "expected"),
    [
        ("3", True, []),
        ("3.5", True, ["retention-for-small-firms"]),
        ("5", False, []),
        ("5.01", False, ["retention-too-high"]),
        ("5.01", True, ["retention-too-high"]),
    ],
)
def test_the_retention_is_five_percent_and_three_for_small_firms(
    tables: ReferenceTables, rate: str, is_large: bool, expected: list[str]
) -> None:
    # R2191-33.
    found = check_retention(Decimal(rate), ON, tables, is_large_local_buyer=is_large)
    assert [item.code for item in found] == expected


def test_before_the_rule_of_small_firms_only_the_general_one_holds(
    tables: ReferenceTables,
) -> None:
    before = date(2022, 12, 31)
    assert not check_retention(Decimal(4), before, tables, is_large_local_buyer=True)
