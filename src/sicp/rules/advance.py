"""The advance paid to the holder: when it is due, between which rates, how much."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.finding import Finding
from sicp.rules.finding import warning
from sicp.rules.tables import ReferenceTables
from sicp.rules.threshold import ADVANCE
from sicp.rules.wording import french_amount
from sicp.rules.wording import french_number

CENT = Decimal("0.01")
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class AdvanceTerms:
    """What a contract says of the advance.

    ``choice`` is ``legal``, ``granted`` (at ``rate``, a percentage) or ``none``.
    ``base_amount`` is the initial amount, EUR excluding tax: of the contract, of the
    largest lot, or the minimum of a framework by orders (R2191-17); None when orders
    will decide (R2191-16). ``months`` is the duration of performance.
    """

    choice: str
    rate: Decimal | None
    base_amount: Decimal | None
    months: int | None
    is_large_local_buyer: bool = True


def is_advance_due(
    amount_excl_tax: Decimal, months: int, on: date, tables: ReferenceTables
) -> bool:
    """Tell whether an advance must be granted (CCP R2191-3).

    The initial amount is *above* 50 000 € and performance takes *more than* two
    months: 50 000 € exactly, or two months exactly, give no right to it.

    Raises:
        NoValueInForce: the amount or the months are not known that day.
    """
    threshold = tables.thresholds.at(ADVANCE, on)
    shortest = tables.limits.at("ADVANCE_MONTHS", on).value
    return threshold.is_exceeded_by(amount_excl_tax) and months > shortest


def advance_amount(amount_incl_tax: Decimal, months: int, rate: Decimal) -> Decimal:
    """Return the advance in EUR, rounded to the cent (CCP R2191-7).

    ``rate`` percent of the initial amount including tax up to twelve months; beyond,
    of twelve times that amount divided by the months: 10 % of 240 000 € over 24 months
    is 10 % of 120 000 €, hence 12 000 €.
    """
    base = amount_incl_tax
    if months > MONTHS_OF_A_YEAR:
        base = amount_incl_tax * MONTHS_OF_A_YEAR / months
    return (base * rate / 100).quantize(CENT, ROUND_HALF_UP)


def check_advance(
    terms: AdvanceTerms, on: date, tables: ReferenceTables
) -> tuple[Finding, ...]:
    """Check that a due advance is not refused and its rate is lawful (CCP R2191-7).

    Raises:
        NoValueInForce: an amount or a rate is not known that day.
    """
    if terms.choice == "none":
        return check_refusal(terms, on, tables)
    if terms.choice == "granted" and terms.rate is not None:
        return check_rate(terms, terms.rate, on, tables)
    return ()


def check_refusal(
    terms: AdvanceTerms, on: date, tables: ReferenceTables
) -> tuple[Finding, ...]:
    """Refuse « sans avance » where one is due (CCP R2191-3)."""
    if terms.base_amount is None or terms.months is None:
        return ()
    if not is_advance_due(terms.base_amount, terms.months, on, tables):
        return ()
    threshold = tables.thresholds.at(ADVANCE, on)
    message = _(
        "advance-is-due",
        default="Une avance est due, le montant initial dépassant ${threshold} HT et "
        "le délai d’exécution deux mois.",
        mapping={"threshold": french_amount(threshold.amount_excl_tax)},
    )
    return (Finding("advance-is-due", "advance", message, "R2191-3"),)


def check_rate(
    terms: AdvanceTerms, rate: Decimal, on: date, tables: ReferenceTables
) -> tuple[Finding, ...]:
    """Ask for a rate between the minimum and the maximum (CCP R2191-7, R2191-8)."""
    lowest = tables.limits.at("ADVANCE_RATE_MINIMUM", on).value
    highest = tables.limits.at("ADVANCE_RATE_MAXIMUM", on).value
    if rate < lowest:
        return (rate_too_low(lowest),)
    if rate > highest:
        return (rate_above(highest),)
    for_small_firms = tables.limits.find("ADVANCE_RATE_MINIMUM_SME_LOCAL", on)
    if terms.is_large_local_buyer and for_small_firms is not None:
        return rate_for_small_firms(rate, for_small_firms.value)
    return ()


def rate_too_low(lowest: Decimal) -> Finding:
    """Say that the rate is under the minimum."""
    message = _(
        "advance-rate-too-low",
        default="Le taux de l’avance est de ${lowest} % au moins.",
        mapping={"lowest": french_number(lowest)},
    )
    return Finding("advance-rate-too-low", "advance_rate", message, "R2191-7")


def rate_above(highest: Decimal) -> Finding:
    """Say that beyond the maximum a guarantee may be asked."""
    message = _(
        "advance-rate-above",
        default="Au-delà de ${highest} %, le versement de l’avance peut être "
        "conditionné à une garantie à première demande.",
        mapping={"highest": french_number(highest)},
    )
    return warning("advance-rate-above", "advance_rate", message, "R2191-8")


def rate_for_small_firms(rate: Decimal, lowest: Decimal) -> tuple[Finding, ...]:
    """Say that a small firm has a right to more, from a large community."""
    if rate >= lowest:
        return ()
    message = _(
        "advance-rate-for-small-firms",
        default="Si le titulaire est une petite ou moyenne entreprise, le taux est de "
        "${lowest} % au moins.",
        mapping={"lowest": french_number(lowest)},
    )
    found = warning("advance-rate-for-small-firms", "advance_rate", message, "R2191-7")
    return (found,)
