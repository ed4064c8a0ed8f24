"""Award criteria: weights, price, cost and environment."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sicp.i18n import _
from sicp.rules.finding import Finding
from sicp.rules.finding import warning
from sicp.rules.obligation import duty
from sicp.rules.tables import ReferenceTables
from sicp.rules.wording import french_number

FIELD = "criteria"
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One award criterion; ``weight`` is a percentage, None when not yet said.

    ``kind`` is ``price``, ``cost`` (life cycle), ``technical``, ``environmental``,
    ``social``, ``delay`` or ``other``.
    """

    title: str
    kind: str
    weight: Decimal | None


def read_criteria(rows: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Read the criteria as the upstream form keeps them."""
    return tuple(
        Criterion(row.get("title") or "", row.get("kind") or "", row.get("weight"))
        for row in rows
    )


def check_criteria(
    criteria: Sequence[Criterion], procedure: str, on: date, tables: ReferenceTables
) -> tuple[Finding, ...]:
    """Check the criteria of a consultation launched on ``on`` (CCP R2152-7 to -12).

    No criterion at all is the only finding when there is none.
    """
    if not criteria:
        return (no_criterion(),)
    found = (
        *check_weights(criteria),
        *check_price(criteria, on, tables),
        check_environment(criteria, on, tables),
        check_plurality(criteria, procedure, on, tables),
    )
    return tuple(item for item in found if item is not None)


def no_criterion() -> Finding:
    """Say that bids cannot be judged without a criterion (CCP R2152-11)."""
    return Finding(
        "criteria-missing",
        FIELD,
        _("criteria-missing", default="Indiquez les critères d’attribution."),
        "R2152-11",
    )


def check_weights(criteria: Sequence[Criterion]) -> tuple[Finding, ...]:
    """Ask for a positive weight on each criterion and a sum of 100 (CCP R2152-12)."""
    unweighted = tuple(
        Finding(
            "criterion-weight-missing",
            FIELD,
            _(
                "criterion-weight-missing",
                default="Le poids du critère doit être supérieur à zéro.",
            ),
            "R2152-12",
            row=index,
        )
        for index, item in enumerate(criteria)
        if item.weight is None or item.weight <= 0
    )
    return unweighted or check_sum(criteria)


def check_sum(criteria: Sequence[Criterion]) -> tuple[Finding, ...]:
    """Ask that the weights sum to 100, exactly."""
    total = sum((item.weight or Decimal(0) for item in criteria), Decimal(0))
    if total == WHOLE:
        return ()
    message = _(
        "criteria-sum-wrong",
        default="La somme des poids est de ${total} %. Elle doit être de 100 %.",
        mapping={"total": french_number(total)},
    )
    return (Finding("criteria-sum-wrong", FIELD, message, "R2152-12"),)


def check_price(
    criteria: Sequence[Criterion], on: date, tables: ReferenceTables
) -> tuple[Finding | None, ...]:
    """Ask for price or cost among the criteria; price alone was allowed for long."""
    kinds = {item.kind for item in criteria}
    if not kinds & {"price", "cost"}:
        return (duty("PRICE_OR_COST_AMONG_CRITERIA", on, tables),)
    if kinds == {"price"}:
        return (
            duty("PRICE_ALONE_FORBIDDEN", on, tables),
            duty("PRICE_ALONE_STANDARDISED", on, tables),
        )
    return ()


def check_environment(
    criteria: Sequence[Criterion], on: date, tables: ReferenceTables
) -> Finding | None:
    """Ask for an environmental criterion, from the day the law wants one.

    The single criterion of cost holds it by definition (R2152-7 1°). Among several
    criteria a cost may hold it too: only the drafter knows, so he is asked. Price
    alone already has its own finding.
    """
    kinds = {item.kind for item in criteria}
    if "environmental" in kinds or kinds in ({"cost"}, {"price"}):
        return None
    finding = duty("ENVIRONMENTAL_CRITERION", on, tables)
    if finding is None or "cost" not in kinds:
        return finding
    return warning(
        "environment-in-cost",
        FIELD,
        _(
            "environment-in-cost",
            default="Aucun critère n’est environnemental. Vérifiez que le coût du "
            "cycle de vie prend en compte les caractéristiques environnementales de "
            "l’offre.",
        ),
        finding.article,
    )


def check_plurality(
    criteria: Sequence[Criterion], procedure: str, on: date, tables: ReferenceTables
) -> Finding | None:
    """Ask for several criteria where the procedure imposes them (CCP R2152-8)."""
    if len(criteria) > 1:
        return None
    return duty("SEVERAL_CRITERIA", on, tables, procedure)
