"""Gives people profiles at entities, and substitutes when they are away."""

import secrets
from datetime import date
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.user import Assignment
from sicp.content_types.user import Substitution
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.account import home_of
from sicp.operations.user.right import require
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import principal_at


def assign(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    user: Any,  # noqa: ANN401
    profile: str,
    entity: Any,  # noqa: ANN401
    starts_on: date,
    ends_on: date | None = None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Assignment:
    """Give ``user`` a profile at ``entity``, from a day to another.

    Raises:
        NotAllowedError: the actor assigns nobody there, or the profile holds an
            administrative function that he does not hold there himself.
        InvalidInputError: unknown profile, closed entity, dates in the wrong order,
            or the same assignment is already in force.
    """
    require(actor, p.ASSIGN_PROFILES, entity)
    found = site["profils"].get(profile)
    if found is None:
        raise InvalidInputError(
            _("profile-unknown", default="Ce profil n’existe pas."), "profile"
        )
    _check_not_raising(actor, found, entity)
    _check_dates(starts_on, ends_on)
    if not entity.is_open(max(starts_on, legal_day(now))):
        raise InvalidInputError(
            _("entity-closed", default="Cette entité est fermée."), "entity"
        )
    _check_not_twice(user, profile, entity.__oid__, starts_on, ends_on)
    assignment = Assignment(
        secrets.token_hex(4), profile, entity.__oid__, starts_on, ends_on
    )
    user.assign(assignment)
    registry.notify(
        Happened(
            user,
            "assigned",
            actor.login,
            now,
            details={"profile": profile, "entity": entity.full_title()},
        )
    )
    return assignment


def end_assignment(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    user: Any,  # noqa: ANN401
    assignment_id: str,
    ends_on: date,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Set the last day of an assignment.

    Raises:
        NotAllowedError: the actor assigns nobody at that entity.
        InvalidInputError: there is no such assignment.
    """
    found = next((a for a in user.assignments if a.id == assignment_id), None)
    if found is None:
        raise InvalidInputError(
            _("assignment-unknown", default="Cette affectation n’existe pas."), "id"
        )
    entity = site.__objectmap__.object_for(found.entity) or site["organisation"]
    require(actor, p.ASSIGN_PROFILES, entity)
    user.end_assignment(assignment_id, ends_on)
    registry.notify(
        Happened(
            user,
            "assignment-ended",
            actor.login,
            now,
            details={"profile": found.profile, "ends_on": ends_on.isoformat()},
        )
    )


def name_substitute(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    user: Any,  # noqa: ANN401
    substitute: str,
    starts_on: date,
    ends_on: date,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Substitution:
    """Let somebody act for ``user`` while he is away; all he does is marked.

    Raises:
        NotAllowedError: the actor is neither the user nor keeps his account.
        InvalidInputError: the substitute is unknown, closed or the user himself, or
            the dates are in the wrong order.
    """
    if actor.login != user.login:
        require(actor, p.MANAGE_USERS, home_of(site, user))
    _check_dates(starts_on, ends_on)
    other = site["utilisateurs"].get(substitute)
    if other is None or not other.is_active or other is user:
        raise InvalidInputError(
            _(
                "substitute-unknown",
                default="Choisissez une autre personne, dont le compte est ouvert.",
            ),
            "substitute",
        )
    substitution = Substitution(secrets.token_hex(4), substitute, starts_on, ends_on)
    user.substitutions = (*user.substitutions, substitution)
    other.replaces = tuple(dict.fromkeys((*other.replaces, user.login)))
    registry.notify(
        Happened(
            user,
            "substitute-named",
            actor.login,
            now,
            details={"substitute": substitute},
        )
    )
    return substitution


def end_substitution(
    site: Any,  # noqa: ANN401
    user: Any,  # noqa: ANN401
    substitution_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """End a substitution at once.

    Raises:
        NotAllowedError: the actor is neither the user nor keeps his account.
    """
    if actor.login != user.login:
        require(actor, p.MANAGE_USERS, home_of(site, user))
    user.substitutions = tuple(s for s in user.substitutions if s.id != substitution_id)
    registry.notify(Happened(user, "substitution-ended", actor.login, now))


def may_grant(actor: Actor, profile: Any, entity: Any) -> bool:  # noqa: ANN401
    """Tell whether the actor holds, there or above, all that the profile administers."""
    return all(
        any(
            principal_at(code, above) in actor.principals for above in entity.ancestry()
        )
        for code in profile.functions
        if code in FUNCTION_BY_CODE and FUNCTION_BY_CODE[code].is_administrative
    )


def _check_not_raising(actor: Actor, profile: Any, entity: Any) -> None:  # noqa: ANN401
    if not may_grant(actor, profile, entity):
        raise NotAllowedError(
            _(
                "profile-too-high",
                default="Ce profil administre plus que vous "
                "n’administrez vous-même à cet endroit.",
            ),
            "profile",
        )


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInputError(
            _("dates-reversed", default="La fin précède le début."), "ends_on"
        )


def _check_not_twice(
    user: Any,  # noqa: ANN401
    profile: str,
    entity: int,
    starts_on: date,
    ends_on: date | None,
) -> None:
    for held in user.assignments:
        is_same = (held.profile, held.entity) == (profile, entity)
        begins_before = ends_on is None or held.starts_on <= ends_on
        ends_after = held.ends_on is None or held.ends_on >= starts_on
        if is_same and begins_before and ends_after:
            raise InvalidInputError(
                _(
                    "assignment-twice",
                    default="Cette affectation existe déjà sur cette période.",
                ),
                "profile",
            )
