"""What the law sets for each procedure, as dated rows."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from sicp.rules.dated import DatedTable


@dataclass(frozen=True, slots=True)
class MinimumDelay:
    """The fewest calendar days between a sending and a deadline, in one situation.

    ``step`` is ``applications`` or ``bids``; ``situation`` is ``standard``,
    ``electronic``, ``prior_notice``, ``urgent``, ``entity`` or ``no_agreement``.
    """

    step: str
    situation: str
    days: int
    article: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One way to pass a contract, or a technique, and what the law sets for it.

    ``levels`` says for which needs a buyer may choose it: ``exempted``, ``adapted``,
    ``formal``, ``social`` or ``concession``; ``requires_case`` that the law lists the
    cases. ``candidates_minimum`` None means free. ``negotiation`` is ``none``,
    ``free``, ``optional``, ``mandatory``, ``forbidden``, ``dialogue`` or
    ``after_jury``. ``standstill_days`` is None where no standstill is due.
    """

    code: str
    title: str
    articles: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    is_formal: bool
    may_be_chosen: bool
    source: str
    confidence: str
    parent: str | None = None
    condition: str = ""
    cases: tuple[tuple[str, str], ...] = ()
    stages: tuple[str, ...] = ()
    requires_case: bool = False
    levels: frozenset[str] = frozenset()
    buyer_kinds: frozenset[str] = frozenset()
    phases: tuple[str, ...] = ()
    minimum_days: tuple[MinimumDelay, ...] = ()
    candidates_minimum: int | None = None
    candidates_article: str | None = None
    negotiation: str = "none"
    commission: Mapping[str, Any] | None = None
    standstill_days: Mapping[str, int] | None = None
    notices: tuple[str, ...] = ()
    award_notice_days: int | None = None
    decp_procedure: str | None = None
    decp_technique: str | None = None
    decp_nature: str | None = None
    eforms_subtypes: Mapping[str, str] = field(default_factory=dict)
    eforms_procedure: str | None = None
    ancestor_2006: str = ""

    @property
    def is_two_steps(self) -> bool:
        """Tell whether candidates are selected before they are invited to bid."""
        return "applications" in self.phases


class ProcedureTable(DatedTable[Procedure]):
    """All procedures, in the order a buyer reads them."""

    def choosable(self, on: date) -> tuple[Procedure, ...]:
        """Return what the form offers on ``on``: procedures, not techniques."""
        return tuple(item for item in self.in_force(on) if item.may_be_chosen)

    def allowed(
        self, levels: AbstractSet[str], buyer_kind: str, on: date
    ) -> tuple[Procedure, ...]:
        """Return the procedures a buyer may choose for a need of these ``levels``."""
        return tuple(
            item
            for item in self.choosable(on)
            if item.levels & levels and buyer_kind in item.buyer_kinds
        )
