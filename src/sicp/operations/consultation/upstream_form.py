"""Reads and saves the upstream form, step by step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.engines.drafting.facts import Facts
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.reference_data import tables
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved
from sicp.rules.finding import Finding
from sicp.rules.upstream_check import Buyer
from sicp.rules.upstream_check import check_upstream


def answers_of(consultation: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return all answers of a consultation, its lots as rows."""
    answers = dict(consultation.answers)
    lots = consultation.get("lots")
    if lots is not None and len(lots):
        answers["lots"] = tuple(lot.as_row() for lot in lots.in_order())
    return answers


def save_step(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    step: str,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> dict[str, tuple[Any, Any]]:
    """Write the answers of one step; return what changed, old and new, by field.

    A value None takes the answer away. ``revision`` is that of the consultation when
    the form was opened.

    Raises:
        NotAllowedError: the actor may not edit the form.
        EditConflictError: somebody changed an answer of this step meanwhile.
        InvalidInputError: a name is not a field of this step.
    """
    require(actor, p.EDIT_FORM, consultation)
    names = {field.name for field in fields_of_step(step)}
    for name in values:
        if name not in names:
            raise InvalidInputError(
                _(
                    "field-unknown",
                    default="Le champ « ${name} » n’existe pas.",
                    mapping={"name": name},
                ),
                name,
            )
    changes = _changes(consultation, values)
    if not changes:
        return {}
    if revision is not None and _was_changed_since(consultation, step, revision):
        raise EditConflictError(
            _(
                "edit-conflict",
                default="${who} a enregistré cette étape pendant que "
                "vous la remplissiez.",
                mapping={"who": who_saved(consultation)},
            )
        )
    _write(consultation, step, changes, actor, now)
    index(find_objectmap(consultation).root, consultation)
    registry.notify(
        Happened(
            consultation,
            "form-saved",
            actor.login,
            now,
            details={"step": step, "fields": sorted(changes)},
        )
    )
    return changes


def facts_of(consultation: Any) -> Facts:  # noqa: ANN401
    """Return what is known of a consultation, as conditions read it."""
    return Facts(answers_of(consultation), UPSTREAM_FORM)


def findings_of(consultation: Any, site: Any) -> tuple[Finding, ...]:  # noqa: ANN401
    """Return what the law says of the answers, on the day of the notice."""
    body = find_objectmap(site).object_for(consultation.body_entity)
    settings = getattr(body, "settings", {})
    buyer = Buyer(kind=settings.get("buyer_kind") or "local")
    return check_upstream(answers_of(consultation), tables(), buyer)


def step_states(consultation: Any) -> dict[str, str]:  # noqa: ANN401
    """Say of each step whether it is complete, started or empty."""
    answers = answers_of(consultation)
    facts = Facts(answers, UPSTREAM_FORM)
    states: dict[str, str] = {}
    for field in UPSTREAM_FORM.values():
        if not facts.applies(field.name):
            continue
        is_answered = _is_filled(answers.get(field.name))
        states.setdefault(field.step, "complete")
        if field.required and not is_answered:
            states[field.step] = "incomplete"
    return states


def missing_fields(consultation: Any) -> list[str]:  # noqa: ANN401
    """Return the names of the fields a launch needs and that are not answered."""
    answers = answers_of(consultation)
    facts = Facts(answers, UPSTREAM_FORM)
    return [
        field.name
        for field in UPSTREAM_FORM.values()
        if field.required
        and facts.applies(field.name)
        and not _is_filled(answers.get(field.name))
    ]


def step_revision(consultation: Any, step: str) -> int:  # noqa: ANN401
    """Return the revision at which a step was last changed; 0 when never."""
    return getattr(consultation, "step_revisions", {}).get(step, 0)


def _was_changed_since(consultation: Any, step: str, revision: int) -> bool:  # noqa: ANN401
    return step_revision(consultation, step) > revision


def _changes(
    consultation: Any,  # noqa: ANN401
    values: Mapping[str, Any],
) -> dict[str, tuple[Any, Any]]:
    changes = {}
    for name, value in values.items():
        old = consultation.answers.get(name)
        new = value if _is_filled(value) else None
        if old != new:
            changes[name] = (old, new)
    return changes


def _write(
    consultation: Any,  # noqa: ANN401
    step: str,
    changes: Mapping[str, tuple[Any, Any]],
    actor: Actor,
    now: datetime,
) -> None:
    for name, (_old, new) in changes.items():
        if new is None:
            consultation.answers.pop(name, None)
        else:
            consultation.answers[name] = new
    consultation.touch(actor.login, now)
    consultation.step_revisions = {
        **getattr(consultation, "step_revisions", {}),
        step: consultation.revision,
    }


def _is_filled(value: object) -> bool:
    return value not in (None, "", ())
