"""Says in words why a person may, or may not, do something on a consultation.

The answer is that of the ACL; the words are those of the table of the workflow, the
assignments and the tree, which the ACL is stamped from. A test holds them together.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.user.perimeter import sees_entity
from sicp.operations.user.right import may
from sicp.operations.user.right import principals_of
from sicp.roles import FUNCTION_BY_CODE
from sicp.workflows.base import BENEFICIARY
from sicp.workflows.base import NOBODY
from sicp.workflows.consultation.consultation import TABLE

#: What a permission opens, where the title of its function says something else.
_TITLES = {
    p.VIEW_CARD: _("permission-view-card", default="Voir la fiche synthétique"),
    p.VIEW_DETAIL: _("permission-view-detail", default="Voir la vision détaillée"),
    p.EDIT_FORM: _(
        "permission-edit-form", default="Remplir le formulaire amont et les lots"
    ),
}
UNNAMED = _("entity-of-another-body", default="une entité d’un autre organisme")
#: Asked of an entity, never of a consultation that exists.
_ELSEWHERE = {p.CREATE_CONSULTATION}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; ``is_giving`` when it is why the answer is yes."""

    sentence: str
    is_giving: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the person has a permission on the consultation, and why."""

    permission: str
    title: str
    codes: tuple[str, ...]
    is_allowed: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A function held through an assignment, his own or an absent person's."""

    profile: str
    entity: Any
    absent: str
    is_named: bool = True


def answers_on(
    site: Any,
    user: Any,
    consultation: Any,
    on: date,
    reader: Actor | None = None,
) -> list[Answer]:
    """Answer for each permission of a consultation, in the order of the functions.

    ``reader`` is who reads the answers: entities of bodies that he does not see are
    not named. None reads everything.
    """
    principals = principals_of(site, user, on)
    actor = Actor(user.login, user.title, principals)
    held = _held_by_code(site, user, on, reader)
    return [
        _answer(site, actor, consultation, permission, held)
        for permission in consultation_permissions()
    ]


def consultation_permissions() -> tuple[str, ...]:
    """Return the permissions of consultations, in the order of the functions."""
    found = dict.fromkeys(
        permission
        for code in TABLE.functions
        for permission in FUNCTION_BY_CODE[code].permissions
    )
    return tuple(name for name in found if name not in _ELSEWHERE)


def permission_title(permission: str) -> str:
    """Say in French what a permission opens on a consultation."""
    giving = _codes_giving(permission)
    return _TITLES.get(permission) or FUNCTION_BY_CODE[giving[0]].title


def _answer(
    site: Any,
    actor: Actor,
    consultation: Any,
    permission: str,
    held: Mapping[str, list[_Held]],
) -> Answer:
    codes = _codes_giving(permission)
    is_allowed = may(actor, permission, consultation)
    reasons = [
        reason
        for code in codes
        for item in held.get(code, ())
        if (reason := _reason(site, consultation, code, item))
    ]
    kept = [reason for reason in reasons if reason.is_giving == is_allowed]
    if not kept:
        kept = [Reason(_not_held(codes))]
    return Answer(
        permission, permission_title(permission), codes, is_allowed, tuple(kept)
    )


def _codes_giving(permission: str) -> tuple[str, ...]:
    return tuple(
        code
        for code in TABLE.functions
        if permission in FUNCTION_BY_CODE[code].permissions
    )


def _held_by_code(
    site: Any, user: Any, on: date, reader: Actor | None
) -> Mapping[str, list[_Held]]:
    held: dict[str, list[_Held]] = {}
    if not user.is_active:
        return held
    for person, absent in _people(site, user, on):
        for own in _own(site, person, absent, on):
            is_named = reader is None or sees_entity(reader, own.entity)
            item = replace(own, is_named=is_named)
            for code in site["profils"][item.profile].functions:
                held.setdefault(code, []).append(item)
    return held


def _people(site: Any, user: Any, on: date) -> Iterator[tuple[Any, str]]:
    yield user, ""
    for login in user.replaces:
        absent = site["utilisateurs"].get(login)
        if absent is not None and absent.is_active and _acts(absent, user, on):
            yield absent, absent.title


def _acts(absent: Any, user: Any, on: date) -> bool:
    return any(
        item.substitute == user.login and item.is_in_force(on)
        for item in absent.substitutions
    )


def _own(site: Any, person: Any, absent: str, on: date) -> Iterator[_Held]:
    objectmap = find_objectmap(site)
    for assignment in person.assignments_on(on):
        entity = objectmap.object_for(assignment.entity)
        is_known = assignment.profile in site["profils"]
        if is_known and entity is not None and entity.is_open(on):
            yield _Held(assignment.profile, entity, absent)


def _reason(site: Any, consultation: Any, code: str, item: _Held) -> Reason:
    state = consultation.__workflow_state__["consultation"]
    perimeter = TABLE.functions[code][TABLE.index_of(state)]
    mapping = {
        "code": code,
        "held": _held_words(site, item),
        "state": french(TABLE.states[TABLE.index_of(state)].title),
    }
    if perimeter == NOBODY:
        return Reason(
            _(
                "reason-state",
                default="${code} est ${held}, mais elle n’agit pas dans l’état "
                "« ${state} ».",
                mapping=mapping,
            )
        )
    if perimeter == BENEFICIARY:
        return _beneficiary_reason(site, consultation, item, mapping)
    return _responsible_reason(site, consultation, item, mapping)


def _responsible_reason(
    site: Any, consultation: Any, item: _Held, mapping: Mapping[str, str]
) -> Reason:
    named = _entities(site, consultation.responsible)
    for entity in named:
        if item.entity is entity:
            return Reason(
                _(
                    "reason-responsible",
                    default="${code} est ${held}, qui est responsable.",
                    mapping=mapping,
                ),
                is_giving=True,
            )
        if item.entity.__oid__ in entity.ancestry():
            return Reason(
                _(
                    "reason-above",
                    default="${code} est ${held}, qui est au-dessus de "
                    "« ${place} », responsable.",
                    mapping={**mapping, "place": entity.title},
                ),
                is_giving=True,
            )
    return Reason(
        _(
            "reason-not-responsible",
            default="${code} est ${held}, qui n’est ni responsable ni au-dessus de "
            "« ${place} ».",
            mapping={**mapping, "place": _titles(named)},
        )
    )


def _beneficiary_reason(
    site: Any, consultation: Any, item: _Held, mapping: Mapping[str, str]
) -> Reason:
    named = _entities(site, consultation.beneficiaries)
    for entity in named:
        if item.entity is entity:
            return Reason(
                _(
                    "reason-beneficiary",
                    default="${code} est ${held}, qui est bénéficiaire.",
                    mapping=mapping,
                ),
                is_giving=True,
            )
        if entity.__oid__ in item.entity.ancestry():
            return Reason(
                _(
                    "reason-below",
                    default="${code} est ${held}, qui est au-dessous de "
                    "« ${place} », bénéficiaire.",
                    mapping={**mapping, "place": entity.title},
                ),
                is_giving=True,
            )
    if not named:
        return Reason(
            _(
                "reason-no-beneficiary",
                default="${code} est ${held}, mais la consultation n’a pas d’entité "
                "bénéficiaire.",
                mapping=mapping,
            )
        )
    return Reason(
        _(
            "reason-not-beneficiary",
            default="${code} est ${held}, qui n’est ni bénéficiaire ni au-dessous de "
            "« ${place} ».",
            mapping={**mapping, "place": _titles(named)},
        )
    )


def _held_words(site: Any, item: _Held) -> str:
    mapping = {
        "profile": site["profils"][item.profile].title,
        "entity": item.entity.title if item.is_named else french(UNNAMED),
        "absent": item.absent,
    }
    if item.absent:
        return french(
            _(
                "reason-held-for",
                default="tenue, à la place de ${absent}, par l’affectation "
                "« ${profile} » à « ${entity} »",
                mapping=mapping,
            )
        )
    return french(
        _(
            "reason-held",
            default="tenue par l’affectation « ${profile} » à « ${entity} »",
            mapping=mapping,
        )
    )


def _not_held(codes: tuple[str, ...]) -> str:
    if len(codes) == 1:
        return _(
            "reason-not-held",
            default="${code} n’est tenue par aucune affectation en vigueur.",
            mapping={"code": codes[0]},
        )
    return _(
        "reason-none-held",
        default="Ni ${codes} ni ${last} ne sont tenues par une affectation en vigueur.",
        mapping={"codes": ", ".join(codes[:-1]), "last": codes[-1]},
    )


def _entities(site: Any, numbers: tuple[int, ...]) -> list[Any]:
    objectmap = find_objectmap(site)
    found = (objectmap.object_for(number) for number in numbers)
    return [entity for entity in found if entity is not None]


def _titles(entities: list[Any]) -> str:
    return " », « ".join(entity.title for entity in entities)
