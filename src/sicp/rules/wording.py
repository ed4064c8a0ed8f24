"""Amounts and days as French texts of law write them."""

from datetime import date
from decimal import Decimal

#: An amount never wraps between its figures nor before its sign.
NBSP = "\N{NO-BREAK SPACE}"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def french_date(day: date) -> str:
    """Write « 1er avril 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def french_number(value: Decimal | int) -> str:
    """Write « 1 234,5 », without useless zeros after the comma."""
    text = f"{Decimal(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NBSP).replace(".", ",")


def french_amount(euros: Decimal | int) -> str:
    """Write « 216 000 € »; cents only when there are some, then both."""
    value = Decimal(euros)
    whole = value == value.to_integral_value()
    text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    return f"{text.replace(',', NBSP).replace('.', ',')}{NBSP}€"
