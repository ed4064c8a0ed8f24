"""Where a thing found stands and in which state, as far as the asker may know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.location import lineage
from repoze.catalog.query import Eq
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IClauseFolder
from sicp.interfaces.clause import IProposal
from sicp.interfaces.consultation import IAttachments
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IConsultationFolder
from sicp.interfaces.consultation import IConsultations
from sicp.interfaces.consultation import IDrafts
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.knowledge import IShelf
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.user import Actor
from sicp.interfaces.user import IUser
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.search.facet import STATE_TITLES
from sicp.operations.search.kind import kind_of
from sicp.operations.search.kind import may_find
from sicp.operations.user.right import may


@dataclass(frozen=True, slots=True)
class Place:
    """A container of a thing found, that the asker may enter."""

    item: Any
    title: str


def place_of(item: Any, actor: Actor) -> tuple[Place, ...]:
    """Return the containers above a thing, the highest first, the site left out.

    What the actor may not see of them is not named.
    """
    above = [place for place in lineage(item.__parent__) if place.__parent__]
    named = ((place, _title(place)) for place in reversed(above))
    return tuple(
        Place(place, title)
        for place, title in named
        if title and _is_seen(place, actor)
    )


def state_of(item: Any) -> tuple[str, str]:
    """Return the state of a thing, as its facet has it, and in French; or nothing."""
    for interface, state in _STATES:
        if interface.providedBy(item):
            name = state(item)
            return name, STATE_TITLES.get(name, "")
    return "", ""


def scope_of(site: Any, number: int, actor: Actor) -> Place | None:
    """Return the place of a number, to look under it; None when it is none of his."""
    item = find_objectmap(site).object_for(number) if number else None
    if item is None or item is site or not _is_scope(site, item, actor):
        return None
    return Place(item, _title(item))


def _is_scope(site: Any, item: Any, actor: Actor) -> bool:
    if IConsultationFolder.providedBy(item):
        return _has_some(site, item, actor)
    if kind_of(item):
        return hasattr(item, "keys") and may_find(actor, item)
    if IClauseFolder.providedBy(item):
        return may(actor, p.VIEW_LIBRARY, item)
    return item.__parent__ is site


def _has_some(site: Any, folder: Any, actor: Actor) -> bool:
    """Tell whether the actor sees a consultation of a folder: else it is not there."""
    entity = getattr(folder, "entity", None)
    inside = Eq("folder", folder.__oid__) if entity is None else Eq("body", entity)
    seen = everything(inside, allowed_to(actor.principals))
    count, _numbers = site.business_catalog.query(seen)
    return bool(count)


def _is_seen(place: Any, actor: Actor) -> bool:
    for interface, permission in _SEEN_WITH:
        if interface.providedBy(place):
            return may(actor, permission, place)
    return True


def _title(place: Any) -> str:
    for interface, title in _TITLES:
        if interface.providedBy(place):
            return title(place)
    return str(place.title or "")


_PROCEDURES = _("module-procedures", default="Procédures")
_TITLES: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (IConsultations, lambda _place: french(_PROCEDURES)),
    (IConsultation, lambda place: f"{place.reference} {place.object}"),
    # « Pièces » says nothing that the kind of what is found has not said.
    (IDrafts, lambda _place: ""),
    (IAttachments, lambda _place: ""),
)
_SEEN_WITH = (
    (IShelf, p.VIEW_KNOWLEDGE),
    (IConsultation, p.VIEW_CARD),
    (IEntity, p.VIEW_ADMINISTRATION),
)
_STATES: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (ISheet, lambda item: f"sheet.{item.state}"),
    (
        IConsultation,
        lambda item: f"consultation.{item.__workflow_state__['consultation']}",
    ),
    (IProposal, lambda item: f"proposal.{proposal_state(item)}"),
    (IClause, lambda item: "clause.retired" if item.retired_from else "clause.kept"),
    (IUser, lambda item: "user.active" if item.is_active else "user.closed"),
)
