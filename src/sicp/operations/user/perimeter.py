"""Who administers whom: what an administrator sees of bodies and of accounts.

A public body sees nothing of the others. The *home* of an account says who sees it;
what the account holds says who may take it in hand: whoever sets the password of an
account could act in its name, so he must already administer all that it holds.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.interfaces.organisation import IOrganisation
from sicp.interfaces.user import Actor
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import FUNCTIONS
from sicp.roles import principal_at
from sicp.roles import principal_below

#: Any of these, on the home of an account, lets see the account.
SEEING = (p.MANAGE_USERS, p.ASSIGN_PROFILES, p.SIMULATE)
_ADMINISTRATIVE = tuple(f.code for f in FUNCTIONS if f.is_administrative)


def home_of(site: Any, user: Any) -> Any:
    """Return the entity an account belongs to; the top when it is gone."""
    found = site.__objectmap__.object_for(user.home) if user.home else None
    return found if found is not None else site["organisation"]


def sees_entity(actor: Actor, entity: Any) -> bool:
    """Tell whether the actor administers something in the body of ``entity``.

    The top itself belongs to nobody: every administrator sees it.
    """
    if entity.body() is None:
        return True
    return not actor.principals.isdisjoint(principals_seeing_entity(entity))


def principals_seeing_entity(entity: Any) -> frozenset[str]:
    """Return the principals of those who administer something in a body."""
    body = entity.body()
    top = entity.ancestry()[-1]
    below = (
        {principal_below(code, body.__oid__) for code in _ADMINISTRATIVE}
        if body is not None
        else set()
    )
    return frozenset(below | {principal_at(code, top) for code in _ADMINISTRATIVE})


def entities_in_sight(actor: Actor, parent: Any) -> list[Any]:
    """Return what stands right below ``parent`` and is seen, closed ones included."""
    children = parent.values()
    if IOrganisation.providedBy(parent):
        children = (child for child in children if sees_entity(actor, child))
    return sorted(children, key=lambda entity: fold(entity.title))


def sees_people_of(actor: Actor, entity: Any) -> bool:
    """Tell whether the actor sees the accounts that belong to ``entity``."""
    return any(may(actor, permission, entity) for permission in SEEING)


def sees_account(site: Any, actor: Actor, user: Any) -> bool:
    """Tell whether the actor sees an account: its home says it."""
    return sees_people_of(actor, home_of(site, user))


def homes_in_sight(site: Any, actor: Actor) -> list[int] | None:
    """Return the entities whose accounts the actor sees; None when he sees all."""
    top = site["organisation"]
    if sees_people_of(actor, top):
        return None
    return [entity.__oid__ for entity in _seen_below(actor, top)]


def keeps_account(site: Any, actor: Actor, user: Any, on: date) -> bool:
    """Tell whether the actor may take an account in hand.

    He keeps the accounts of its home, and of every entity where it acts now or later,
    also as a substitute; and he holds there all that it administers.
    """
    return may(actor, p.MANAGE_USERS, home_of(site, user)) and all(
        _commands(site, actor, assignment)
        for assignment in _held_by(site, user, on)
        if assignment.ends_on is None or assignment.ends_on >= on
    )


def require_account(site: Any, actor: Actor, user: Any, on: date) -> None:
    """Stop here unless the actor may take the account in hand.

    Raises:
        NotAllowedError: he keeps no account there, or the account holds more than he.
    """
    require(actor, p.MANAGE_USERS, home_of(site, user))
    if not keeps_account(site, actor, user, on):
        raise NotAllowedError(
            _(
                "account-too-high",
                default="Cette personne tient des droits hors de votre périmètre, ou "
                "que vous ne tenez pas vous-même : adressez-vous à un administrateur "
                "placé plus haut.",
            )
        )


def may_grant(actor: Actor, profile: Any, entity: Any) -> bool:
    """Tell whether the actor holds there, or above, all that a profile administers."""
    return all(
        any(
            principal_at(code, above) in actor.principals for above in entity.ancestry()
        )
        for code in profile.functions
        if code in FUNCTION_BY_CODE and FUNCTION_BY_CODE[code].is_administrative
    )


def _commands(site: Any, actor: Actor, assignment: Any) -> bool:
    entity = find_objectmap(site).object_for(assignment.entity)
    profile = site["profils"].get(assignment.profile)
    if entity is None or profile is None:
        return True
    return may(actor, p.MANAGE_USERS, entity) and may_grant(actor, profile, entity)


def _held_by(site: Any, user: Any, on: date) -> Iterator[Any]:
    yield from user.assignments
    for login in user.replaces:
        absent = site["utilisateurs"].get(login)
        if absent is not None and any(
            item.substitute == user.login and item.ends_on >= on
            for item in absent.substitutions
        ):
            yield from absent.assignments


def _seen_below(actor: Actor, parent: Any) -> Iterator[Any]:
    for entity in parent.values():
        if sees_people_of(actor, entity):
            # Whoever sees the people of an entity sees those of all below it.
            yield entity
            yield from entity.descendants()
        else:
            yield from _seen_below(actor, entity)
