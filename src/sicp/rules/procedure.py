"""Which procedure the amount, the nature and the buyer call for, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.procedure_table import Procedure
from sicp.rules.tables import ReferenceTables
from sicp.rules.threshold import Threshold
from sicp.rules.threshold import exemption_threshold
from sicp.rules.threshold import formal_threshold
from sicp.rules.wording import french_amount
from sicp.rules.wording import french_date

SOCIAL_CATEGORY = "social_services"
NATURES = ("works", "supplies", "services")


@dataclass(frozen=True, slots=True)
class Need:
    """What is bought, for how much and by whom.

    ``estimated_amount`` is EUR excluding tax: all lots, options, tranches and
    renewals, the maximum of a framework (CCP R2121-1, R2121-8). ``buyer_kind`` is
    ``local`` (communities), ``central`` (State) or ``entity`` (networks). Social and
    other specific services are known by their category, or said by ``is_social``.
    """

    nature: str
    category: str
    estimated_amount: Decimal
    buyer_kind: str = "local"
    is_social: bool | None = None

    def __post_init__(self) -> None:
        """Refuse what no rule could answer.

        Raises:
            ValueError: unknown nature or negative amount.
        """
        if self.nature not in NATURES:
            message = f"unknown nature {self.nature!r}"
            raise ValueError(message)
        if self.estimated_amount < 0:
            message = "an estimated amount is never negative"
            raise ValueError(message)

    @property
    def is_social_service(self) -> bool:
        """Tell whether the lighter rules of CCP R2123-1 3° apply."""
        if self.is_social is None:
            return self.category == SOCIAL_CATEGORY
        return self.is_social


@dataclass(frozen=True, slots=True)
class Proposal:
    """The procedure proposed to a drafter, and the sentence that explains it.

    ``level`` is ``exempted``, ``adapted``, ``formal`` or ``social``; ``threshold`` is
    the one that decided; ``alternatives`` are the codes of the other procedures the
    law allows, those of ``conditional`` only in the cases it lists.
    """

    procedure: str
    level: str
    threshold: Threshold
    articles: tuple[str, ...]
    explanation: str
    alternatives: tuple[str, ...]
    conditional: tuple[str, ...]

    def allows(self, procedure: str) -> bool:
        """Tell whether the law lets the buyer choose ``procedure`` for this need."""
        return procedure == self.procedure or procedure in self.alternatives


def propose_procedure(need: Need, on: date, tables: ReferenceTables) -> Proposal:
    """Propose the procedure of a need launched on ``on`` (CCP L2120-1).

    Under the dispensation, no call (R2122-8). Social and specific services: adapted
    whatever the amount (R2123-1 3°). Under the European threshold, adapted (R2123-1
    1°). From the threshold, that amount included, formal (L2124-1).

    Raises:
        NoThreshold: an amount of that day is not known.
        NoValueInForce: the procedure proposed is not in force that day.
    """
    exemption = exemption_threshold(need.nature, on, tables.thresholds)
    if not exemption.is_reached_by(need.estimated_amount):
        return exempted(need, exemption, on, tables)
    if need.is_social_service:
        return social(need, exemption, on, tables)
    formal = formal_threshold(need.nature, need.buyer_kind, on, tables.thresholds)
    if formal.is_reached_by(need.estimated_amount):
        return at_formal_level(need, formal, on, tables)
    return adapted(need, formal, on, tables)


def level_of(need: Need, on: date, tables: ReferenceTables) -> str:
    """Return the level of a need: see ``Proposal.level``.

    Raises:
        NoThreshold: an amount of that day is not known.
    """
    return propose_procedure(need, on, tables).level


def exempted(
    need: Need, threshold: Threshold, on: date, tables: ReferenceTables
) -> Proposal:
    """Propose no call under the dispensation (CCP R2122-8)."""
    explanation = _(
        "proposal-exempted",
        default="Le besoin, estimé à ${amount} HT, est inférieur au seuil de dispense "
        "de ${threshold} HT en vigueur le ${day}. Le marché peut être passé sans "
        "publicité ni mise en concurrence.",
        mapping=facts(need, threshold, on),
    )
    return proposal("MPI", "exempted", (need, threshold, explanation), on, tables)


def social(
    need: Need, threshold: Threshold, on: date, tables: ReferenceTables
) -> Proposal:
    """Propose the adapted procedure of social services, any amount (CCP R2123-1 3°)."""
    explanation = _(
        "proposal-social",
        default="Les services sociaux et autres services spécifiques relèvent de la "
        "procédure adaptée quel que soit leur montant. Le besoin, estimé à ${amount} "
        "HT, atteint le seuil de dispense de ${threshold} HT en vigueur le ${day}.",
        mapping=facts(need, threshold, on),
    )
    return proposal("MAPA_SOCIAL", "social", (need, threshold, explanation), on, tables)


def adapted(
    need: Need, threshold: Threshold, on: date, tables: ReferenceTables
) -> Proposal:
    """Propose the adapted procedure under the European threshold (CCP R2123-1 1°)."""
    explanation = _(
        "proposal-adapted",
        default="Le besoin, estimé à ${amount} HT, est inférieur au seuil européen de "
        "${threshold} HT en vigueur le ${day}. La procédure adaptée est possible.",
        mapping=facts(need, threshold, on),
    )
    return proposal("MAPA", "adapted", (need, threshold, explanation), on, tables)


def at_formal_level(
    need: Need, threshold: Threshold, on: date, tables: ReferenceTables
) -> Proposal:
    """Propose the open call for tenders from the threshold on (CCP L2124-1, R2124-1).

    An entité adjudicatrice may as freely choose the negotiated procedure (R2124-4):
    it stands among the alternatives.
    """
    explanation = _(
        "proposal-formal",
        default="Le besoin, estimé à ${amount} HT, atteint le seuil européen de "
        "${threshold} HT en vigueur le ${day}. Une procédure formalisée est "
        "obligatoire.",
        mapping=facts(need, threshold, on),
    )
    return proposal("AOO", "formal", (need, threshold, explanation), on, tables)


def facts(need: Need, threshold: Threshold, on: date) -> dict[str, str]:
    """Say the figures and the day an explanation quotes."""
    return {
        "amount": french_amount(need.estimated_amount),
        "threshold": french_amount(threshold.amount_excl_tax),
        "day": french_date(on),
    }


def proposal(
    code: str,
    level: str,
    reason: tuple[Need, Threshold, str],
    on: date,
    tables: ReferenceTables,
) -> Proposal:
    """Complete a proposal with the articles and the other procedures allowed.

    Raises:
        NoValueInForce: the procedure is not in force that day.
    """
    need, threshold, explanation = reason
    chosen = tables.procedures.at(code, on)
    levels = {level, "social"} if need.is_social_service else {level}
    others = tuple(
        item
        for item in tables.procedures.allowed(levels, need.buyer_kind, on)
        if item.code != code
    )
    return Proposal(
        procedure=code,
        level=level,
        threshold=threshold,
        articles=chosen.articles,
        explanation=explanation,
        alternatives=codes(others),
        conditional=codes(item for item in others if item.requires_case),
    )


def codes(procedures: Iterable[Procedure]) -> tuple[str, ...]:
    """Return the codes of ``procedures``."""
    return tuple(item.code for item in procedures)
