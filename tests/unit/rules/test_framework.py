"""Framework agreements: maximum, minimum, duration."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sicp.i18n import french
from sicp.rules.framework import Framework
from sicp.rules.framework import check_framework
from sicp.rules.framework import maximum_months
from sicp.rules.tables import ReferenceTables

ON = date(2026, 9, 1)
LAWFUL = Framework(
    maximum=Decimal(400000),
    minimum=Decimal(100000),
    total_months=48,
    estimated_amount=Decimal(400000),
)


def codes(tables: ReferenceTables, framework: Framework, on: date = ON) -> list[str]:
    return [item.code for item in check_framework(framework, on, tables)]


def test_four_years_with_a_maximum_are_lawful(tables: ReferenceTables) -> None:
    assert codes(tables, LAWFUL) == []


@pytest.mark.parametrize("maximum", [None, Decimal(0)])
def test_the_maximum_is_compulsory(
    tables: ReferenceTables, maximum: Decimal | None
) -> None:
    # R2162-4, since 2022-01-01.
    without = replace(LAWFUL, maximum=maximum, minimum=None)
    assert codes(tables, without) == ["framework-maximum"]
    assert codes(tables, without, date(2021, 12, 31)) == []


def test_the_minimum_stays_under_the_maximum(tables: ReferenceTables) -> None:
    above = replace(LAWFUL, minimum=Decimal(400001))
    assert codes(tables, above) == ["framework-minimum-above"]
    assert codes(tables, replace(LAWFUL, minimum=Decimal(400000))) == []


def test_the_need_is_worth_its_maximum(tables: ReferenceTables) -> None:
    # R2121-8.
    below = replace(LAWFUL, estimated_amount=Decimal(399999))
    assert codes(tables, below) == ["framework-estimate-below"]
    assert codes(tables, replace(LAWFUL, estimated_amount=None)) == []


@pytest.mark.parametrize(
    ("buyer_kind", "months", "expected"),
    [
        ("local", 48, []),
        ("local", 49, ["framework-too-long"]),
        ("entity", 49, []),
        ("entity", 96, []),
        ("entity", 97, ["framework-too-long"]),
        ("local", None, []),
    ],
)
def test_four_years_for_authorities_and_eight_for_networks(
    tables: ReferenceTables, buyer_kind: str, months: int | None, expected: list[str]
) -> None:
    # L2125-1 1°.
    framework = replace(LAWFUL, buyer_kind=buyer_kind, total_months=months)
    assert codes(tables, framework) == expected


def test_an_exceptional_duration_is_allowed_with_its_reason(
    tables: ReferenceTables,
) -> None:
    long = replace(LAWFUL, total_months=60)
    (finding,) = check_framework(long, ON, tables)
    assert "60 mois" in french(finding.message)
    assert "48 mois" in french(finding.message)
    assert codes(tables, replace(long, duration_reason="Amortissement")) == []


def test_the_longest_duration_is_told_in_months(tables: ReferenceTables) -> None:
    assert maximum_months("local", ON, tables) == 48
    assert maximum_months("entity", ON, tables) == 96
