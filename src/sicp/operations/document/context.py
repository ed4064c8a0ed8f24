"""What documents know of a consultation: its form, its buyer, and what the law adds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.operations.clause.field import drafting_fields
from sicp.operations.consultation.upstream_form import answers_of
from sicp.operations.reference_data import tables
from sicp.rules.calendar_check import situations_of
from sicp.rules.dated import NoValueInForce
from sicp.rules.deadline import minimum_delay
from sicp.rules.procedure import NATURES
from sicp.rules.procedure import Need
from sicp.rules.procedure_table import Procedure
from sicp.rules.publicity import FREE
from sicp.rules.publicity import medium_for
from sicp.rules.siret import SIREN_LENGTH
from sicp.rules.siret import normalize_siret

__all__ = [
    "answers_for_drafting",
    "context_answers",
    "drafting_fields",
    "spaced_siret",
]

_NBSP = "\N{NO-BREAK SPACE}"
_SIRET_LENGTH = 14

#: The setting of a public body that each field of the context shows as it is.
_SETTINGS = {
    "buyer_legal_form": "legal_form",
    "buyer_address": "address",
    "buyer_email": "email",
    "buyer_phone": "phone",
    "buyer_signatory": "signatory",
    "buyer_accountant": "accountant",
    "buyer_court": "court",
    "buyer_profile_url": "profile_url",
}


def answers_for_drafting(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    own: Mapping[str, Any],
    on: date,
) -> dict[str, Any]:
    """Return all a document may print; ``own`` are the answers of the piece alone.

    What the upstream form says prevails: one answer, the same in every piece.
    """
    answers = answers_of(consultation)
    context = context_answers(site, consultation, on)
    return {**own, **answers, **context}


def context_answers(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    on: date,
) -> dict[str, Any]:
    """Return what nobody types: the buyer, the counts, the delays of the law.

    The law is that of the day of launch; before it is known, that of the day ``on``.
    """
    answers = answers_of(consultation)
    body = find_objectmap(site).object_for(consultation.body_entity)
    settings = getattr(body, "settings", {})
    context = {name: settings.get(key, "") for name, key in _SETTINGS.items()}
    context |= {
        "reference": consultation.reference,
        "buyer_name": getattr(body, "title", ""),
        "buyer_siret": spaced_siret(settings.get("siret", "")),
        "responsible_name": _responsible_name(site, consultation),
        "lots_count": len(answers.get("lots", ())) if _is_allotted(answers) else 0,
        "total_duration_months": _total_months(answers),
    }
    launch_on = answers.get("launch_on") or on
    kind = settings.get("buyer_kind") or "local"
    return context | legal_answers(answers, launch_on, buyer_kind=kind)


def legal_answers(
    answers: Mapping[str, Any], on: date, *, buyer_kind: str = "local"
) -> dict[str, Any]:
    """Return what the law of the day ``on`` says of the procedure that was chosen."""
    procedure = tables().procedures.find(answers.get("procedure") or "", on)
    if procedure is None:
        return {}
    is_entity = buyer_kind == "entity"
    return {
        "is_formal": procedure.is_formal,
        "is_small": _is_small(procedure, answers, on),
        "minimum_bid_days": _bid_days(procedure, answers, on, is_entity=is_entity),
    }


def spaced_siret(written: str) -> str:
    """Write a SIRET in the groups people read: « 123 456 789 00012 »."""
    digits = normalize_siret(written)
    if len(digits) != _SIRET_LENGTH:
        return written
    parts = (digits[0:3], digits[3:6], digits[6:SIREN_LENGTH], digits[SIREN_LENGTH:])
    return _NBSP.join(parts)


def _is_allotted(answers: Mapping[str, Any]) -> bool:
    return answers.get("is_allotted") is True


def _responsible_name(site: Any, consultation: Any) -> str:  # noqa: ANN401
    objectmap = find_objectmap(site)
    found = (objectmap.object_for(number) for number in consultation.responsible)
    return ", ".join(entity.title for entity in found if entity is not None)


def _total_months(answers: Mapping[str, Any]) -> int | None:
    months = answers.get("duration_months")
    if months is None:
        return None
    renewals = answers.get("renewals") or 0
    return int(months + renewals * (answers.get("renewal_months") or 0))


def _is_small(
    procedure: Procedure, answers: Mapping[str, Any], on: date
) -> bool | None:
    """Tell whether the publicity is free, as under the national notice (R2131-12)."""
    nature, amount = answers.get("nature"), answers.get("estimated_amount")
    if nature not in NATURES or amount is None or amount < 0:
        return None
    need = Need(nature, answers.get("category") or "", amount)
    try:
        return medium_for(need, procedure, on, tables()) == FREE
    except NoValueInForce:
        return None


def _bid_days(
    procedure: Procedure, answers: Mapping[str, Any], on: date, *, is_entity: bool
) -> int | None:
    situations = situations_of(answers, is_entity=is_entity)
    try:
        delay = minimum_delay(procedure, "bids", situations, on, tables())
    except NoValueInForce:
        return None
    return delay.days if delay else None
