"""Who may do what: principals of people, and the question put to an ACL.

*Who* is in the principals, *where* is in the ACLs. A function held at an entity gives
three principals: at that entity (what the entity is responsible for, and what those
below it are), below each entity above it (short cards of what benefits them), and
somewhere (to enter a module). Whoever holds one is also a member of the entity and of
each above it: folders of the knowledge base may be kept for the members of some.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from pyramid.authorization import ACLAuthorizationPolicy
from substanced.util import find_objectmap

from sicp.clock import legal_day
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.roles import AUTHENTICATED
from sicp.roles import EVERYONE
from sicp.roles import FUNCTIONS
from sicp.roles import principal_anywhere
from sicp.roles import principal_at
from sicp.roles import principal_below
from sicp.roles import principal_member
from sicp.roles import principal_user

_POLICY = ACLAuthorizationPolicy()

#: The system itself: imports of a new site, database steps.
SYSTEM_LOGIN = "system"


def holdings_of(site: Any, user: Any, on: date) -> Iterable[tuple[str, int, str]]:  # noqa: ANN401
    """Tell what ``user`` holds on a day: function, entity, login he holds it from.

    The login is his own, or that of an absent person whose substitute he is.
    """
    users = site["utilisateurs"]
    absent = [users.get(login) for login in user.replaces]
    for person in [user, *(p for p in absent if p is not None)]:
        if not person.is_active:
            continue
        if person is not user and not _is_substituted_by(person, user.login, on):
            continue
        for function, entity in _own_holdings(site, person, on):
            yield function, entity, person.login


def principals_of(site: Any, user: Any, on: date) -> frozenset[str]:  # noqa: ANN401
    """Return the principals of ``user`` on the day ``on``, substitutions included."""
    principals = {EVERYONE}
    if not user.is_active:
        return frozenset(principals)
    principals |= {AUTHENTICATED, principal_user(user.login)}
    held = ((code, entity) for code, entity, _login in holdings_of(site, user, on))
    return frozenset(principals | _principals_from(site, held))


def stands_in_for(
    site: Any, login: str, permission: str, context: Any, on: date
) -> tuple[str, ...]:
    """Return the absent people without whom ``login`` would lack a permission here.

    Empty when his own assignments give it: what he does is then his own act.
    """
    user = site["utilisateurs"].get(login)
    if user is None or not user.replaces:
        return ()
    if _gives(site, user, permission, context, on):
        return ()
    people = (site["utilisateurs"][name] for name in _absent_people(site, user, on))
    return tuple(q.login for q in people if _gives(site, q, permission, context, on))


def _gives(site: Any, person: Any, permission: str, context: Any, on: date) -> bool:
    own = _principals_from(site, _own_holdings(site, person, on))
    return may(Actor(person.login, "", frozenset(own)), permission, context)


def _principals_from(site: Any, held: Iterable[tuple[str, int]]) -> set[str]:
    objectmap = find_objectmap(site)
    principals = set()
    for function, entity in held:
        principals.add(principal_anywhere(function))
        principals.add(principal_at(function, entity))
        for above in _ancestry(objectmap, entity):
            principals.add(principal_below(function, above))
            principals.add(principal_member(above))
    return principals


def actor_for(site: Any, login: str, now: datetime) -> Actor:  # noqa: ANN401
    """Make the actor that ``login`` is now.

    Raises:
        NotAllowedError: there is no such account, or it is closed.
    """
    user = site["utilisateurs"].get(login)
    if user is None or not user.is_active:
        raise NotAllowedError(
            _(
                "account-unknown",
                default="Le compte « ${login} » n’existe pas ou est fermé.",
                mapping={"login": login},
            )
        )
    on = legal_day(now)
    return Actor(
        login=login,
        name=user.title,
        principals=principals_of(site, user, on),
        on_behalf_of=_absent_people(site, user, on),
    )


def system_actor(site: Any) -> Actor:  # noqa: ANN401
    """Make the actor of the command line: every function, at the very top."""
    top = site["organisation"].__oid__
    codes = [function.code for function in FUNCTIONS]
    at_top = {principal_at(code, top) for code in codes}
    anywhere = {principal_anywhere(code) for code in codes}
    principals = {EVERYONE, AUTHENTICATED} | at_top | anywhere
    return Actor(SYSTEM_LOGIN, "SICP", frozenset(principals))


def may(actor: Actor, permission: str, context: Any) -> bool:  # noqa: ANN401
    """Tell whether the ACL of ``context`` gives ``permission`` to ``actor``."""
    return bool(_POLICY.permits(context, actor.principals, permission))


def require(actor: Actor, permission: str, context: Any) -> None:  # noqa: ANN401
    """Stop here unless ``actor`` has ``permission`` on ``context``.

    Raises:
        NotAllowedError: he has not.
    """
    if not may(actor, permission, context):
        raise NotAllowedError(
            _(
                "not-allowed",
                default="Votre profil ne vous permet pas cette action ici.",
            )
        )


def allowed_by(context: Any, permission: str) -> list[str]:  # noqa: ANN401
    """Return the principals whom the ACL gives ``permission`` on ``context``."""
    return sorted(_POLICY.principals_allowed_by_permission(context, permission))


def _is_substituted_by(person: Any, login: str, on: date) -> bool:  # noqa: ANN401
    return any(
        s.substitute == login and s.is_in_force(on) for s in person.substitutions
    )


def _absent_people(site: Any, user: Any, on: date) -> tuple[str, ...]:  # noqa: ANN401
    people = (site["utilisateurs"].get(login) for login in user.replaces)
    return tuple(
        p.login
        for p in people
        if p is not None and p.is_active and _is_substituted_by(p, user.login, on)
    )


def _own_holdings(site: Any, person: Any, on: date) -> Iterable[tuple[str, int]]:  # noqa: ANN401
    objectmap = find_objectmap(site)
    for assignment in person.assignments_on(on):
        profile = site["profils"].get(assignment.profile)
        entity = objectmap.object_for(assignment.entity)
        if profile is None or entity is None or not entity.is_open(on):
            continue
        for function in profile.functions:
            yield function, assignment.entity


def _ancestry(objectmap: Any, entity: int) -> tuple[int, ...]:  # noqa: ANN401
    found = objectmap.object_for(entity)
    return found.ancestry() if found is not None else ()


_EVERY_BODY = _("every-body", default="Tous les organismes")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands today, as the top bar tells it."""

    body_title: str
    assignments: tuple[str, ...]


def standing_of(site: Any, actor: Actor, on: date) -> Standing:  # noqa: ANN401
    """Tell in whose service ``actor`` is, and under which profiles."""
    user = site["utilisateurs"].get(actor.login)
    if user is None:
        return Standing("", ())
    objectmap = find_objectmap(site)
    lines, bodies = [], []
    for assignment in user.assignments_on(on):
        entity = objectmap.object_for(assignment.entity)
        profile = site["profils"].get(assignment.profile)
        if entity is None or profile is None:
            continue
        lines.append(f"{profile.title} — {entity.title}")
        body = entity.body()
        bodies.append(body.title if body is not None else french(_EVERY_BODY))
    lines += [
        _("standing-for", default="pour ${login}", mapping={"login": login})
        for login in actor.on_behalf_of
    ]
    return Standing(bodies[0] if bodies else "", tuple(lines))


def who_saved(content: Any) -> str:  # noqa: ANN401
    """Return the name of the person who saved ``content`` last."""
    site = find_objectmap(content).root
    user = site["utilisateurs"].get(content.modified_by)
    return user.title if user is not None else content.modified_by
