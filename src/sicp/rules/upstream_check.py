"""Everything the law says about an upstream form, on the day it is launched.

The answers are those of the form, by field name, typed as the form types them; a
missing answer is never guessed: the check that needs it waits for it. Every rule is
looked up on ``launch_on``, because the law of a consultation is the one in force when
its notice is sent.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sicp.i18n import _
from sicp.rules.advance import AdvanceTerms
from sicp.rules.advance import check_advance
from sicp.rules.calendar_check import check_calendar
from sicp.rules.criteria import check_criteria
from sicp.rules.criteria import read_criteria
from sicp.rules.dated import NoValueInForce
from sicp.rules.finding import Finding
from sicp.rules.framework import FRAMEWORK_FORMS
from sicp.rules.framework import Framework
from sicp.rules.framework import check_framework
from sicp.rules.obligation import duty
from sicp.rules.payment import check_payment_days
from sicp.rules.payment import check_retention
from sicp.rules.procedure import NATURES
from sicp.rules.procedure import Need
from sicp.rules.procedure_check import check_procedure
from sicp.rules.tables import ReferenceTables
from sicp.rules.threshold import formal_threshold
from sicp.rules.turnover import check_turnover
from sicp.rules.wording import french_amount


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys: ``local``, ``central`` or ``entity``; large ones owe more to SMEs."""

    kind: str = "local"
    is_large: bool = True


@dataclass(frozen=True, slots=True)
class Upstream:
    """A form under check: its answers, the day whose law applies, the buyer."""

    answers: Mapping[str, Any]
    on: date
    tables: ReferenceTables
    buyer: Buyer

    def get(self, name: str) -> Any:
        """Return an answer, None when it was not given."""
        return self.answers.get(name)

    def text(self, name: str) -> str:
        """Return the words of an answer, empty when there are none."""
        return str(self.get(name) or "").strip()

    @property
    def need(self) -> Need | None:
        """Return the need, once its nature and its amount are said."""
        nature, amount = self.get("nature"), self.get("estimated_amount")
        if nature not in NATURES or amount is None or amount < 0:
            return None
        return Need(nature, self.text("category"), amount, self.buyer.kind)

    @property
    def lots(self) -> tuple[Mapping[str, Any], ...]:
        """Return the lots of an allotted consultation."""
        return tuple(self.get("lots") or ()) if self.get("is_allotted") else ()

    @property
    def lot_amounts(self) -> tuple[Decimal, ...]:
        """Return the estimated amounts of the lots, those that are said."""
        amounts = (lot.get("estimated_amount") for lot in self.lots)
        return tuple(amount for amount in amounts if amount is not None)

    @property
    def is_framework(self) -> bool:
        """Tell whether the contract is a framework agreement."""
        return self.get("contract_form") in FRAMEWORK_FORMS

    @property
    def total_months(self) -> int | None:
        """Return the duration with every renewal, in months."""
        months = self.get("duration_months")
        if months is None:
            return None
        renewals = self.get("renewals") or 0
        return int(months + renewals * (self.get("renewal_months") or 0))


def check_upstream(
    answers: Mapping[str, Any], tables: ReferenceTables, buyer: Buyer | None = None
) -> tuple[Finding, ...]:
    """Return what the law says of ``answers``, in the order of the form.

    Without the day of launch nothing can be looked up: that is then the one finding.
    A value of law unknown that day is a blocking finding, never a guess.
    """
    launch_on = answers.get("launch_on")
    if launch_on is None:
        return (launch_day_missing(),)
    upstream = Upstream(answers, launch_on, tables, buyer or Buyer())
    found = [finding for check in CHECKS for finding in guarded(check, upstream)]
    return tuple(dict.fromkeys(found))


def guarded(check: "Check", upstream: Upstream) -> Iterator[Finding]:
    """Run one check; a value of law unknown on the day becomes a finding."""
    try:
        yield from check(upstream)
    except NoValueInForce as error:
        yield Finding("law-unknown", "launch_on", error.message, "")


def launch_day_missing() -> Finding:
    """Say that the law cannot be looked up without a day (CCP R2131-19)."""
    message = _(
        "launch-day-missing",
        default="Indiquez la date d’envoi prévue de l’avis. Elle décide des règles "
        "applicables.",
    )
    return Finding("launch-day-missing", "launch_on", message, "R2131-19")


def check_choice_of_procedure(upstream: Upstream) -> Iterable[Finding]:
    """Check the procedure against the one the amount calls for."""
    if upstream.need is None or not upstream.get("procedure"):
        return ()
    return check_procedure(
        upstream.need, upstream.answers, upstream.on, upstream.tables
    )


def check_contract_form(upstream: Upstream) -> Iterable[Finding]:
    """Check a framework agreement, and that variants are spoken of."""
    if upstream.is_framework:
        yield from check_framework(framework_of(upstream), upstream.on, upstream.tables)
    yield from missing(upstream, "variants", "VARIANTS_SAID")
    if upstream.get("variants") in ("allowed", "required"):
        yield from missing(upstream, "variant_requirements", "VARIANT_REQUIREMENTS")


def framework_of(upstream: Upstream) -> Framework:
    """Read the framework agreement in the answers."""
    return Framework(
        maximum=upstream.get("framework_maximum"),
        minimum=upstream.get("framework_minimum"),
        total_months=upstream.total_months,
        estimated_amount=upstream.get("estimated_amount"),
        buyer_kind=upstream.buyer.kind,
        duration_reason=upstream.text("framework_duration_reason"),
    )


def check_lots(upstream: Upstream) -> Iterable[Finding]:
    """Check that lots are justified when absent, and within the estimate if any."""
    if upstream.get("is_allotted") is False:
        yield from missing(upstream, "no_lots_reason", "NO_LOTS_REASON")
    total = sum(upstream.lot_amounts, Decimal(0))
    estimated = upstream.get("estimated_amount")
    if estimated is not None and total > estimated:
        yield lots_above_estimate(total)


def lots_above_estimate(total: Decimal) -> Finding:
    """Say that the need counts all its lots (CCP R2121-1)."""
    message = _(
        "lots-above-estimate",
        default="Les lots totalisent ${total} HT. Le montant estimé du besoin comprend "
        "tous les lots.",
        mapping={"total": french_amount(total)},
    )
    return Finding("lots-above-estimate", "estimated_amount", message, "R2121-1")


def check_price(upstream: Upstream) -> Iterable[Finding]:
    """Check advance, retention and delay of payment."""
    on, tables = upstream.on, upstream.tables
    yield from check_advance(advance_terms(upstream), on, tables)
    if upstream.get("retention_rate") is not None:
        yield from check_retention(
            upstream.get("retention_rate"),
            on,
            tables,
            is_large_local_buyer=has_duties_to_small_firms(upstream.buyer),
        )
    if upstream.get("payment_days") is not None:
        yield from check_payment_days(upstream.get("payment_days"), on, tables)


def has_duties_to_small_firms(buyer: Buyer) -> bool:
    """Tell whether the buyer owes SMEs better terms (CCP R2191-7 3°, R2191-33 3°)."""
    return buyer.is_large and buyer.kind != "central"


def advance_terms(upstream: Upstream) -> AdvanceTerms:
    """Read the terms of the advance; the base is the one the law names."""
    return AdvanceTerms(
        choice=upstream.text("advance"),
        rate=upstream.get("advance_rate"),
        base_amount=advance_base(upstream),
        months=upstream.get("duration_months"),
        is_large_local_buyer=has_duties_to_small_firms(upstream.buyer),
    )


def advance_base(upstream: Upstream) -> Decimal | None:
    """Return the amount an advance is judged on (CCP R2191-3, R2191-16, R2191-17)."""
    if upstream.is_framework:
        minimum: Decimal | None = upstream.get("framework_minimum")
        return minimum
    if upstream.lots:
        return max(upstream.lot_amounts, default=None)
    amount: Decimal | None = upstream.get("estimated_amount")
    return amount


def check_award(upstream: Upstream) -> Iterable[Finding]:
    """Check the award criteria and the turnover asked."""
    on, tables = upstream.on, upstream.tables
    criteria = read_criteria(upstream.get("criteria") or ())
    yield from check_criteria(criteria, upstream.text("procedure"), on, tables)
    asked, estimated = upstream.get("turnover_minimum"), turnover_base(upstream)
    if asked is not None and estimated is not None:
        yield from check_turnover(
            asked,
            estimated,
            on,
            tables,
            lot_amounts=upstream.lot_amounts,
            reason=upstream.text("turnover_reason"),
        )


def turnover_base(upstream: Upstream) -> Decimal | None:
    """Return the amount the turnover is measured by (CCP R2142-7, R2142-9)."""
    maximum = upstream.get("framework_maximum") if upstream.is_framework else None
    amount: Decimal | None = maximum or upstream.get("estimated_amount")
    return amount


def check_commitments(upstream: Upstream) -> Iterable[Finding]:
    """Check the environmental and social conditions of performance (CCP L2112-2)."""
    yield from missing(upstream, "environmental_clause", "ENVIRONMENTAL_CLAUSE")
    if upstream.get("has_social_clause") or not reaches_european_threshold(upstream):
        return
    yield from missing(upstream, "no_social_reason", "SOCIAL_CLAUSE")


def reaches_european_threshold(upstream: Upstream) -> bool:
    """Tell whether the need is worth the European threshold or more (L2112-2-1)."""
    need = upstream.need
    if need is None:
        return False
    threshold = formal_threshold(
        need.nature, need.buyer_kind, upstream.on, upstream.tables.thresholds
    )
    return threshold.is_reached_by(need.estimated_amount)


def check_dates(upstream: Upstream) -> Iterable[Finding]:
    """Check the calendar against the delays of the procedure."""
    code = upstream.text("procedure")
    procedure = upstream.tables.procedures.find(code, upstream.on)
    if upstream.get("is_urgent"):
        yield from missing(upstream, "urgency_reason", "URGENCY_REASON")
    if procedure is not None:
        yield from check_calendar(
            upstream.answers,
            procedure,
            upstream.on,
            upstream.tables,
            is_entity=upstream.buyer.kind == "entity",
        )


def missing(upstream: Upstream, field: str, code: str) -> Iterator[Finding]:
    """Give the finding of a duty when the field that meets it is empty."""
    finding = None if upstream.text(field) else duty(code, upstream.on, upstream.tables)
    if finding is not None:
        yield finding


Check = Callable[[Upstream], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_choice_of_procedure,
    check_contract_form,
    check_lots,
    check_price,
    check_award,
    check_commitments,
    check_dates,
)
