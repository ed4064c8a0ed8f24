"""The turnover a buyer may ask of candidates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.finding import Finding
from sicp.rules.finding import warning
from sicp.rules.tables import ReferenceTables
from sicp.rules.wording import french_amount
from sicp.rules.wording import french_number

FIELD = "turnover_minimum"
CODE = "TURNOVER_RATIO"


def maximum_turnover(
    estimated_amount: Decimal, on: date, tables: ReferenceTables
) -> Decimal:
    """Return the highest yearly turnover one may ask, EUR (CCP R2142-7).

    Twice the estimated amount of the contract or lot until 2025-12-31, one and a half
    times since: 200 000 € allow 400 000 €, then 300 000 €.

    Raises:
        NoValueInForce: the ratio is not known that day.
    """
    return estimated_amount * tables.limits.at(CODE, on).value


def check_turnover(  # noqa: PLR0913 - the lots and the reason are named
    asked: Decimal,
    estimated_amount: Decimal,
    on: date,
    tables: ReferenceTables,
    *,
    lot_amounts: Sequence[Decimal] = (),
    reason: str = "",
) -> tuple[Finding, ...]:
    """Check the turnover asked against the whole, then against each lot (CCP R2142-8).

    Above the ceiling of the whole it blocks unless ``reason`` justifies it. Above the
    ceiling of some lots only, it is a warning: groups of lots may ask for more.

    Raises:
        NoValueInForce: the ratio is not known that day.
    """
    ceiling = maximum_turnover(estimated_amount, on, tables)
    if asked > ceiling:
        return () if reason.strip() else (too_high(ceiling, on, tables),)
    lot_ceilings = (maximum_turnover(lot, on, tables) for lot in lot_amounts)
    smallest = min(lot_ceilings, default=ceiling)
    return (too_high_for_a_lot(smallest),) if asked > smallest else ()


def too_high(ceiling: Decimal, on: date, tables: ReferenceTables) -> Finding:
    """Say that the turnover asked is above the ceiling (CCP R2142-7)."""
    message = _(
        "turnover-too-high",
        default="Le chiffre d’affaires exigé ne peut dépasser ${ratio} fois le montant "
        "estimé, soit ${ceiling}, sauf justification liée à l’objet du marché.",
        mapping={
            "ratio": french_number(tables.limits.at(CODE, on).value),
            "ceiling": french_amount(ceiling),
        },
    )
    return Finding("turnover-too-high", FIELD, message, "R2142-7")


def too_high_for_a_lot(ceiling: Decimal) -> Finding:
    """Say that the turnover asked is above the ceiling of the smallest lot."""
    message = _(
        "turnover-too-high-for-lot",
        default="Le plafond du chiffre d’affaires exigé s’applique à chaque lot. "
        "Pour le plus petit, il est de ${ceiling}.",
        mapping={"ceiling": french_amount(ceiling)},
    )
    return warning("turnover-too-high-for-lot", FIELD, message, "R2142-8")
