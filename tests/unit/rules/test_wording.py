"""Amounts and days in French."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.rules.wording import french_amount
from sicp.rules.wording import french_date
from sicp.rules.wording import french_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(216000), "216 000 €"),
        (Decimal("5404000.00"), "5 404 000 €"),
        (Decimal("59999.9"), "59 999,90 €"),
        (0, "0 €"),
    ],
)
def test_cents_are_written_only_when_there_are_some(value: Decimal, text: str) -> None:
    assert french_amount(value).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("value", "text"), [("1.50", "1,5"), ("10", "10"), ("2.00", "2"), ("1234", "1 234")]
)
def test_a_number_loses_its_useless_zeros(value: str, text: str) -> None:
    assert french_number(Decimal(value)).replace("\u00a0", " ") == text


def test_the_first_of_a_month_is_written_1er() -> None:
    assert french_date(date(2026, 8, 1)) == "1er août 2026"
    assert french_date(date(2026, 8, 21)) == "21 août 2026"
