"""Framework agreements (« accords-cadres »): duration and maximum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.finding import Finding
from sicp.rules.obligation import duty
from sicp.rules.tables import ReferenceTables
from sicp.rules.wording import french_amount
from sicp.rules.wording import french_number

FRAMEWORK_FORMS = ("framework_orders", "framework_subsequent", "framework_mixed")
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework agreement as drafted; amounts EUR excluding tax, None if not said.

    ``total_months`` counts the renewals. ``duration_reason`` justifies a duration
    beyond the maximum (L2125-1 1°: exceptional cases).
    """

    maximum: Decimal | None
    minimum: Decimal | None
    total_months: int | None
    estimated_amount: Decimal | None = None
    buyer_kind: str = "local"
    duration_reason: str = ""


def maximum_months(buyer_kind: str, on: date, tables: ReferenceTables) -> int:
    """Return the longest duration of a framework, in months (CCP L2125-1 1°).

    Raises:
        NoValueInForce: the duration is not known that day.
    """
    is_entity = buyer_kind == "entity"
    code = "FRAMEWORK_YEARS_ENTITY" if is_entity else "FRAMEWORK_YEARS_AUTHORITY"
    return int(tables.limits.at(code, on).value * MONTHS_OF_A_YEAR)


def check_framework(
    framework: Framework, on: date, tables: ReferenceTables
) -> tuple[Finding, ...]:
    """Check maximum, minimum and duration (CCP L2125-1, R2121-8, R2162-4).

    Raises:
        NoValueInForce: the longest duration is not known that day.
    """
    found = (
        check_maximum(framework, on, tables),
        check_minimum(framework),
        check_estimate(framework),
        check_duration(framework, on, tables),
    )
    return tuple(item for item in found if item is not None)


def check_maximum(
    framework: Framework, on: date, tables: ReferenceTables
) -> Finding | None:
    """Ask for a maximum (CCP R2162-4)."""
    if framework.maximum is not None and framework.maximum > 0:
        return None
    return duty("FRAMEWORK_MAXIMUM", on, tables)


def check_minimum(framework: Framework) -> Finding | None:
    """Refuse a minimum above the maximum (CCP R2162-4)."""
    minimum, maximum = framework.minimum, framework.maximum
    if minimum is None or maximum is None or minimum <= maximum:
        return None
    message = _(
        "framework-minimum-above",
        default="Le minimum de l’accord-cadre dépasse son maximum.",
    )
    return Finding("framework-minimum-above", "framework_minimum", message, "R2162-4")


def check_estimate(framework: Framework) -> Finding | None:
    """Refuse an estimate below the maximum, which is the need's value (CCP R2121-8)."""
    estimated, maximum = framework.estimated_amount, framework.maximum
    if estimated is None or maximum is None or estimated >= maximum:
        return None
    message = _(
        "framework-estimate-below",
        default="Le besoin d’un accord-cadre s’estime à sa valeur maximale, soit "
        "${maximum} HT au moins.",
        mapping={"maximum": french_amount(maximum)},
    )
    return Finding("framework-estimate-below", "estimated_amount", message, "R2121-8")


def check_duration(
    framework: Framework, on: date, tables: ReferenceTables
) -> Finding | None:
    """Refuse a duration beyond the maximum without a reason (CCP L2125-1 1°)."""
    longest = maximum_months(framework.buyer_kind, on, tables)
    months = framework.total_months
    if months is None or months <= longest or framework.duration_reason.strip():
        return None
    message = _(
        "framework-too-long",
        default="L’accord-cadre dure ${months} mois, reconductions comprises. La loi "
        "limite cette durée à ${longest} mois, sauf cas exceptionnel dûment justifié.",
        mapping={"months": french_number(months), "longest": french_number(longest)},
    )
    return Finding("framework-too-long", "duration_months", message, "L2125-1")
