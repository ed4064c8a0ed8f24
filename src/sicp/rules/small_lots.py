"""Small lots of a formal consultation that may follow an adapted procedure."""

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.finding import Finding
from sicp.rules.tables import ReferenceTables
from sicp.rules.threshold import Threshold
from sicp.rules.threshold import exemption_threshold
from sicp.rules.threshold import small_lot_threshold
from sicp.rules.wording import french_amount
from sicp.rules.wording import french_number

FIELD = "lots"
ARTICLE = "R2123-1"


@dataclass(frozen=True, slots=True)
class SmallLots:
    """Which lots are small enough, and how much of the whole they may take together.

    ``candidates`` are the indexes of the lots under the amount of R2123-1 2° a;
    ``exempted`` those also under the dispensation (R2122-8); ``ceiling`` is what all
    lots set apart may sum to, EUR excluding tax.
    """

    candidates: tuple[int, ...]
    exempted: tuple[int, ...]
    ceiling: Decimal
    share: Decimal
    lot_limit: Threshold


def small_lots(
    nature: str, amounts: Sequence[Decimal], on: date, tables: ReferenceTables
) -> SmallLots:
    """Return the lots that may leave the formal procedure (CCP R2123-1 2°).

    Raises:
        NoValueInForce: a threshold or the share is not known that day.
    """
    limit = small_lot_threshold(nature, on, tables.thresholds)
    exemption = exemption_threshold(nature, on, tables.thresholds)
    share = tables.limits.at("SMALL_LOTS_SHARE", on).value
    return SmallLots(
        candidates=under(limit, amounts),
        exempted=under(exemption, amounts),
        ceiling=sum(amounts, Decimal(0)) * share / 100,
        share=share,
        lot_limit=limit,
    )


def under(threshold: Threshold, amounts: Sequence[Decimal]) -> tuple[int, ...]:
    """Return the indexes of the amounts strictly under ``threshold``."""
    return tuple(
        index
        for index, amount in enumerate(amounts)
        if not threshold.is_reached_by(amount)
    )


def check_small_lots(
    nature: str,
    amounts: Sequence[Decimal],
    chosen: Collection[int],
    on: date,
    tables: ReferenceTables,
) -> tuple[Finding, ...]:
    """Check the lots a buyer wants to pass apart: each small, together 20 % at most.

    ``chosen`` holds their indexes in ``amounts``, which are those of *all* lots.

    Raises:
        NoValueInForce: a threshold or the share is not known that day.
    """
    rule = small_lots(nature, amounts, on, tables)
    too_big = tuple(
        lot_too_big(index, rule)
        for index in sorted(chosen)
        if index not in rule.candidates
    )
    together = sum((amounts[index] for index in chosen), Decimal(0))
    if together <= rule.ceiling:
        return too_big
    return (*too_big, share_too_big(together, rule))


def lot_too_big(index: int, rule: SmallLots) -> Finding:
    """Say that a lot reaches the amount of small lots (CCP R2123-1 2° a)."""
    message = _(
        "small-lot-too-big",
        default="Ce lot n’est pas inférieur à ${limit} HT. Il suit la procédure "
        "formalisée.",
        mapping={"limit": french_amount(rule.lot_limit.amount_excl_tax)},
    )
    return Finding("small-lot-too-big", FIELD, message, ARTICLE, row=index)


def share_too_big(together: Decimal, rule: SmallLots) -> Finding:
    """Say that the lots set apart weigh too much together (CCP R2123-1 2° b)."""
    message = _(
        "small-lots-share",
        default="Les petits lots totalisent ${together} HT. Ils ne peuvent dépasser "
        "${share} % de la valeur de tous les lots, soit ${ceiling} HT.",
        mapping={
            "together": french_amount(together),
            "share": french_number(rule.share),
            "ceiling": french_amount(rule.ceiling),
        },
    )
    return Finding("small-lots-share", FIELD, message, ARTICLE)
