"""Creates consultations and moves them through their states."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.events import Happened
from sicp.events import StageChanged
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.consultation.basis import MOVING_STATES
from sicp.operations.consultation.basis import settle
from sicp.operations.consultation.perimeter import check_beneficiaries
from sicp.operations.consultation.perimeter import check_responsible
from sicp.operations.consultation.perimeter import stamp
from sicp.operations.consultation.reference import reserve_reference
from sicp.operations.user.right import require
from sicp.workflows.base import initialize
from sicp.workflows.base import move
from sicp.workflows.base import state_of
from sicp.workflows.consultation.consultation import TABLE


def create_consultation(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    answers: Mapping[str, Any],
    responsible: Iterable[int],
    beneficiaries: Iterable[int] = (),
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    year: int | None = None,
) -> Any:  # noqa: ANN401
    """Open a consultation for the body of its responsible entities.

    Raises:
        NotAllowedError: the actor may not create for one of them.
        InvalidInputError: no responsible entity, entities of two bodies, no object.
    """
    numbers = tuple(responsible)
    body = _body_of(site, numbers)
    entities = check_responsible(site, numbers, body.__oid__)
    for entity in entities:
        require(actor, p.CREATE_CONSULTATION, entity)
    others = check_beneficiaries(site, beneficiaries, body.__oid__)
    _check_answers(answers)
    year = year or legal_day(now).year
    consultation = registry.content.create(
        "Consultation", reserve_reference(site, year)
    )
    consultation.body_entity = body.__oid__
    consultation.responsible = tuple(e.__oid__ for e in entities)
    consultation.beneficiaries = others
    consultation.answers.update(answers)
    place_consultation(site, consultation, body, year, actor, now, registry)
    registry.notify(Happened(consultation, "created", actor.login, now))
    return consultation


def change_state(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    name: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> None:
    """Move a consultation through the transition ``name``.

    Raises:
        NotAllowedError: the actor may not.
        StateError: the consultation is not in the state the transition leaves, or
            something is missing; the message lists all of it.
        InvalidInputError: a reason is needed and none was given.
    """
    transition = TABLE.transition(name)
    require(actor, transition.permission, consultation)
    old = state_of(registry, TABLE, consultation)
    if old != transition.from_state:
        raise StateError(
            _("state-wrong", default="La consultation n’est plus dans l’état voulu.")
        )
    missing = transition.guard(consultation) if transition.guard else []
    if missing:
        raise StateError(" ".join(missing))
    if transition.needs_reason and not reason.strip():
        raise InvalidInputError(
            _("reason-needed", default="Donnez le motif."), "reason"
        )
    if transition.to_state not in MOVING_STATES:
        for draft in consultation.get("pieces", {}).values():
            settle(draft, legal_day(now))
    move(registry, TABLE, consultation, name)
    consultation.touch(actor.login, now)
    stamp(consultation, registry)
    registry.notify(
        StageChanged(
            consultation, TABLE.name, old, transition.to_state, actor.login, now, reason
        )
    )


def folder_of(site: Any, body: Any, year: int, registry: Any) -> Any:  # noqa: ANN401
    """Return the folder of a body and a year, made at the first need."""
    module = site["consultations"]
    folder = module.get(body.__name__)
    if folder is None:
        folder = registry.content.create("ConsultationBody", body.title)
        folder.entity = body.__oid__
        module.add(body.__name__, folder, registry=registry)
    found = folder.get(str(year))
    if found is None:
        found = registry.content.create("ConsultationYear", str(year))
        folder.add(str(year), found, registry=registry)
    return found


def place_consultation(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    body: Any,  # noqa: ANN401
    year: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    state: str = "",
) -> None:
    """Put a consultation, filled in, in its folder, its rights stamped.

    Who may: the caller has asked. ``state`` is that of a consultation which began
    elsewhere; it is the first one by default.
    """
    folder = folder_of(site, body, year, registry)
    initialize(registry, TABLE, consultation, state)
    consultation.touch(actor.login, now)
    folder.add(consultation.reference, consultation, registry=registry)
    for name, content_type in (("lots", "Lots"), ("pieces", "Drafts")):
        child = registry.content.create(content_type)
        consultation.add(name, child, registry=registry)
    stamp(consultation, registry)


def _body_of(site: Any, numbers: tuple[int, ...]) -> Any:  # noqa: ANN401
    objectmap = find_objectmap(site)
    for number in numbers:
        entity = objectmap.object_for(number)
        body = entity.body() if entity is not None else None
        if body is not None:
            return body
    raise InvalidInputError(
        _(
            "responsible-needed",
            default="Désignez au moins une direction ou un service responsable.",
        ),
        "responsible",
    )


def _check_answers(answers: Mapping[str, Any]) -> None:
    for name in answers:
        if name not in UPSTREAM_FORM:
            raise InvalidInputError(
                _(
                    "field-unknown",
                    default="Le champ « ${name} » n’existe pas.",
                    mapping={"name": name},
                ),
                name,
            )
    if not str(answers.get("object") or "").strip():
        raise InvalidInputError(
            _("object-needed", default="Dites l’objet du contrat."), "object"
        )
