"""Gives people profiles at entities, and substitutes when they are away."""

import secrets
from datetime import date
from datetime import datetime
from datetime import timedelta
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
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import may_grant
from sicp.operations.user.perimeter import require_account
from sicp.operations.user.right import require
from sicp.roles import FUNCTION_BY_CODE


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
        NotAllowedError: the actor assigns nobody there, or does not see the account,
            or the profile holds an administrative function that he does not hold
            there himself.
        InvalidInputError: unknown profile, closed entity, dates in the wrong order,
            or the same assignment is already in force.
    """
    require(actor, p.ASSIGN_PROFILES, entity)
    # The account of another body is not his to fill, even at an entity of his own.
    require(actor, p.ASSIGN_PROFILES, home_of(site, user))
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
    """Set the last day of an assignment; one that has not begun never will.

    Raises:
        NotAllowedError: the actor assigns nobody at that entity, or does not hold
            there what the profile administers.
        InvalidInputError: there is no such assignment, or he would take his own
            administration away.
    """
    found = next((a for a in user.assignments if a.id == assignment_id), None)
    if found is None:
        raise InvalidInputError(
            _("assignment-unknown", default="Cette affectation n’existe pas."), "id"
        )
    entity = site.__objectmap__.object_for(found.entity) or site["organisation"]
    require(actor, p.ASSIGN_PROFILES, entity)
    _check_end(site, user, found, actor)
    # What has not begun is given up: it ends the day before it would begin.
    last_day = max(ends_on, found.starts_on - timedelta(days=1))
    user.end_assignment(assignment_id, last_day)
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
        InvalidInputError: the substitute is unknown, closed, of another body or the
            user himself, or the dates are in the wrong order.
    """
    if actor.login != user.login:
        require_account(site, actor, user, legal_day(now))
    _check_dates(starts_on, ends_on)
    other = site["utilisateurs"].get(substitute)
    if not _may_replace(site, other, user):
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


def end_substitution(  # noqa: PLR0913
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
        InvalidInputError: there is no such substitution.
    """
    if actor.login != user.login:
        require_account(site, actor, user, legal_day(now))
    if substitution_id not in {s.id for s in user.substitutions}:
        raise InvalidInputError(
            _("substitution-unknown", default="Cette suppléance n’existe pas."), "id"
        )
    user.substitutions = tuple(s for s in user.substitutions if s.id != substitution_id)
    registry.notify(Happened(user, "substitution-ended", actor.login, now))


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


def _may_replace(site: Any, other: Any, user: Any) -> bool:
    if other is None or not other.is_active or other is user:
        return False
    return home_of(site, other).body() is home_of(site, user).body()


def _check_end(site: Any, user: Any, assignment: Assignment, actor: Actor) -> None:
    profile = site["profils"].get(assignment.profile)
    entity = site.__objectmap__.object_for(assignment.entity)
    if profile is None or entity is None:
        return
    _check_not_raising(actor, profile, entity)
    if user.login == actor.login and _administers(profile):
        raise InvalidInputError(
            _(
                "assignment-end-self",
                default="On ne se retire pas soi-même l’administration : demandez-le à "
                "un autre administrateur.",
            ),
            "ends_on",
        )


def _administers(profile: Any) -> bool:
    return any(
        FUNCTION_BY_CODE[code].is_administrative
        for code in profile.functions
        if code in FUNCTION_BY_CODE
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
