"""Delay of payment and retention money."""

from datetime import date
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.finding import Finding
from sicp.rules.finding import warning
from sicp.rules.tables import ReferenceTables
from sicp.rules.wording import french_number

FIELD = "retention_rate"


def check_payment_days(
    days: int, on: date, tables: ReferenceTables
) -> tuple[Finding, ...]:
    """Refuse a delay of payment beyond the maximum (CCP R2192-10).

    Raises:
        NoValueInForce: the maximum is not known that day.
    """
    longest = tables.limits.at("PAYMENT_DAYS", on)
    if days <= longest.value:
        return ()
    message = _(
        "payment-too-late",
        default="Le délai de paiement est de ${longest} jours au plus.",
        mapping={"longest": french_number(longest.value)},
    )
    return (Finding("payment-too-late", "payment_days", message, longest.article),)


def check_retention(
    rate: Decimal, on: date, tables: ReferenceTables, *, is_large_local_buyer: bool
) -> tuple[Finding, ...]:
    """Refuse a retention above 5 %, and recall the 3 % of small firms (CCP R2191-33).

    Raises:
        NoValueInForce: the maximum is not known that day.
    """
    highest = tables.limits.at("RETENTION_RATE_MAXIMUM", on)
    if rate > highest.value:
        return (retention_too_high(highest.value),)
    small = tables.limits.find("RETENTION_RATE_MAXIMUM_SME", on)
    if not is_large_local_buyer or small is None or rate <= small.value:
        return ()
    message = _(
        "retention-for-small-firms",
        default="Si le titulaire est une petite ou moyenne entreprise, la retenue de "
        "garantie est de ${highest} % au plus.",
        mapping={"highest": french_number(small.value)},
    )
    return (warning("retention-for-small-firms", FIELD, message, small.article),)


def retention_too_high(highest: Decimal) -> Finding:
    """Say that the retention is above the maximum."""
    message = _(
        "retention-too-high",
        default="La retenue de garantie est de ${highest} % au plus.",
        mapping={"highest": french_number(highest)},
    )
    return Finding("retention-too-high", FIELD, message, "R2191-33")
