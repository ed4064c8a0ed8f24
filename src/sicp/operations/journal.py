"""Writes and reads journals: who did what, when, and in whose name."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from substanced.util import find_objectmap
from substanced.util import get_oid

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.journal import Journal
from sicp.events import Happened
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.user import Actor
from sicp.interfaces.user import IUser
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.right import stands_in_for
from sicp.roles import principal_at

PAGE_SIZE = 50
#: The function that reads the journal.
_READING = "AD06"


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the journal of administration, latest first."""

    entries: tuple[Mapping[str, Any], ...]
    page: int
    has_older: bool


def record(site: Any, event: Happened) -> None:  # noqa: ANN401
    """Note an act in the journal of the object, or in that of the site."""
    journal = journal_of(site, event.object)
    journal.append(
        event.at,
        {
            "action": event.action,
            "actor": event.actor,
            "on_behalf_of": event.on_behalf_of or _absent_people(site, event),
            "title": getattr(event.object, "title", "") or "",
            "details": dict(event.details),
            "place": place_of(site, event.object),
        },
    )


def place_of(site: Any, content: Any) -> int:
    """Return the entity an act belongs to; 0 when it belongs to the whole site."""
    if IEntity.providedBy(content):
        return int(get_oid(content))
    if IUser.providedBy(content):
        return int(home_of(site, content).__oid__)
    return 0


def read_journal(site: Any, actor: Actor, page: int, action: str = "") -> JournalPage:
    """Return one page of what the actor may read in the journal of the site.

    Who reads the journal of an entity reads what was done there and below; acts on
    the whole site are read at the top only.
    """
    kept = (
        entry
        for entry in _readable(site, actor)
        if not action or entry["action"] == action
    )
    wanted = max(1, page)
    start = (wanted - 1) * PAGE_SIZE
    entries = tuple(islice(kept, start, start + PAGE_SIZE + 1))
    return JournalPage(entries[:PAGE_SIZE], wanted, len(entries) > PAGE_SIZE)


def _absent_people(site: Any, event: Happened) -> str:
    """Return the logins of those in whose place the actor did this."""
    permission, context = _acting_on(site, event.object)
    if context is None or getattr(event.object, "login", "") == event.actor:
        return ""
    on = legal_day(event.at)
    return ", ".join(stands_in_for(site, event.actor, permission, context, on))


def _acting_on(site: Any, content: Any) -> tuple[str, Any]:
    """Return the permission that whoever acts on ``content`` has, and where."""
    if IEntity.providedBy(content):
        return p.MANAGE_ORGANISATION, content
    if IUser.providedBy(content):
        return p.ASSIGN_PROFILES, home_of(site, content)
    return p.VIEW_DETAIL, _consultation_of(content)


def _consultation_of(content: Any) -> Any:
    current = content
    while current is not None and not IConsultation.providedBy(current):
        current = current.__parent__
    return current


def _readable(site: Any, actor: Actor) -> Iterator[Mapping[str, Any]]:
    top = site["organisation"].__oid__
    reads_all = principal_at(_READING, top) in actor.principals
    readable: dict[int, bool] = {}
    for entry in site["journal"].backwards():
        place = entry.get("place", 0)
        if place not in readable:
            readable[place] = reads_all or _reads_at(site, actor, place)
        if readable[place]:
            yield entry


def _reads_at(site: Any, actor: Actor, place: int) -> bool:
    entity = find_objectmap(site).object_for(place) if place else None
    return entity is not None and any(
        principal_at(_READING, above) in actor.principals for above in entity.ancestry()
    )


def journal_of(site: Any, content: Any) -> Journal:  # noqa: ANN401
    """Return the journal that holds the acts on ``content``."""
    consultation = _consultation_of(content)
    return site["journal"] if consultation is None else _own_journal(consultation)


def _own_journal(consultation: Any) -> Journal:  # noqa: ANN401
    # Each consultation keeps its own journal, so that two of them never conflict.
    journal = getattr(consultation, "journal", None)
    if journal is None:
        journal = consultation.journal = Journal()
    return journal
