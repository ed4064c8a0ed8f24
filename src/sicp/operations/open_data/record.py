"""A published contract in our words: answers of the upstream form, and the award."""

from datetime import datetime
from typing import Any

from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.decp import DecpHolder
from sicp.engines.decp import DecpModification
from sicp.engines.decp import DecpPlace
from sicp.engines.decp import DecpRecord
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.company import know_company

_FRAMEWORK = "framework"
_OBJECT_MAXIMUM = 1000


def answers_of_record(contract: DecpRecord) -> dict[str, Any]:
    """Return what a published contract tells of the upstream form.

    The amount published stands for the estimate, which is never published; it is also
    the maximum of a framework agreement. What the form does not know is left out.
    """
    form = contract.contract_form or ""
    told = {
        "object": _object_of(contract),
        "nature": contract.purchase,
        "cpv": contract.cpv,
        "estimated_amount": contract.amount,
        "procedure": contract.procedure,
        "contract_form": form,
        "framework_maximum": contract.amount if form.startswith(_FRAMEWORK) else None,
        "duration_months": contract.months or None,
        "price_form": contract.price_form,
        "price_variation": contract.price_variation,
        "notification_on": contract.notified_on,
        **_place_answers(contract.place),
    }
    return {name: value for name, value in told.items() if _is_answer(name, value)}


def award_of_record(
    contract: DecpRecord,
    site: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> dict[str, Any]:
    """Return what a published contract tells of its award; its holders are known.

    Amounts are EUR excluding tax, days those of France.
    """
    by = {"actor": actor, "now": now, "registry": registry}
    return {
        "number": contract.id,
        "buyer": {"siret": contract.buyer_siret, "name": contract.buyer_name},
        "amount": contract.amount,
        "current_amount": contract.current_amount,
        "notified_on": contract.notified_on,
        "published_on": contract.published_on,
        "bids_received": contract.bids_received,
        "procedure_label": contract.procedure_label,
        "framework_id": contract.framework_id,
        "techniques": contract.techniques,
        "social": contract.social,
        "environmental": contract.environmental,
        "holders": tuple(_holder(site, item, by) for item in contract.current_holders),
        "first_holders": tuple(_holder(site, item, by) for item in contract.holders),
        "modifications": tuple(
            _modification(site, item, by) for item in contract.modifications
        ),
        "remarks": tuple(
            {"field": remark.field, "message": french(remark.message)}
            for remark in contract.remarks
        ),
    }


def _object_of(contract: DecpRecord) -> str:
    text = " ".join(contract.object.split())
    return text[:_OBJECT_MAXIMUM] or f"Contrat no {contract.id}, sans objet publié"


def _place_answers(place: DecpPlace | None) -> dict[str, str]:
    if place is None:
        return {}
    return {
        "place": place.name or place.code,
        "place_code": place.code,
        "place_code_type": place.code_type,
    }


def _is_answer(name: str, value: Any) -> bool:
    if value is None or value == "":
        return False
    field = UPSTREAM_FORM[name]
    is_choice = field.type is FieldType.CHOICE and field.choices
    return not is_choice or value in {choice.value for choice in field.choices}


def _holder(site: Any, holder: DecpHolder, by: dict[str, Any]) -> dict[str, Any]:
    company = know_company(site, holder.id, holder.id_type, holder.name, **by)
    return {
        "identifier": holder.id,
        "identifier_type": holder.id_type,
        "name": holder.name,
        "company": company.__oid__,
    }


def _modification(
    site: Any, item: DecpModification, by: dict[str, Any]
) -> dict[str, Any]:
    return {
        "number": item.number,
        "notified_on": item.notified_on,
        "published_on": item.published_on,
        "amount": item.amount,
        "months": item.months,
        "object": item.object,
        "holders": tuple(_holder(site, holder, by) for holder in item.holders),
    }
