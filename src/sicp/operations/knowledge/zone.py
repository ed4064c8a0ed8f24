"""Who reads what of the knowledge base, told by the few folders that have readers.

The catalogue and the search note of each thing the token of its zone. What a person may
find is asked by the tokens he holds, worked out when he asks: the readers of a folder
change without a write to anything it holds.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import known_of
from sicp.catalog.indexes import numbers_with
from sicp.catalog.knowledge import FOLDER
from sicp.catalog.knowledge import TokenView
from sicp.content_types.knowledge import CLOSED
from sicp.content_types.knowledge import HIDDEN_STATES
from sicp.content_types.knowledge import base_of
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.knowledge import IBinEntry
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.user import Actor
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.roles import zone_token

SERVICE = "connaissances"
_WRITING = (p.EDIT_KNOWLEDGE, p.PUBLISH_KNOWLEDGE, p.MANAGE_KNOWLEDGE)


def zone_tokens(site: Any, actor: Actor) -> frozenset[str]:
    """Return the tokens of what ``actor`` may read; nothing else is ever shown to him.

    The base and each folder with readers of its own are woken, nothing more.
    """
    base = site[SERVICE]
    tokens = set()
    for zone in (base, *(base.numbers[number] for number in base.zones)):
        for is_hidden in _held(actor, zone):
            tokens.add(zone_token(zone.__oid__, is_hidden=is_hidden))
    return frozenset(tokens)


def _held(actor: Actor, zone: Any) -> tuple[bool, ...]:
    """Tell whether ``actor`` reads what was published in a zone, and what is hidden."""
    acl: tuple[Any, ...] = getattr(zone, "__acl__", ())
    is_closed = acl[-1:] == (CLOSED,)
    return _held_alone(actor, acl) if is_closed else _asked(actor, zone)


@lru_cache(maxsize=50_000)
def _held_alone(actor: Actor, acl: tuple[Any, ...]) -> tuple[bool, ...]:
    """Ask an ACL that leaves nothing to those above: each question of a search does."""
    return _asked(actor, SimpleNamespace(__acl__=acl, __parent__=None))


def _asked(actor: Actor, zone: Any) -> tuple[bool, ...]:
    reads = may(actor, p.VIEW_KNOWLEDGE, zone)
    writes = any(may(actor, permission, zone) for permission in _WRITING)
    return (False,) * reads + (True,) * writes


def token_of(item: Any) -> str:
    """Return the token of those who read a folder or a sheet."""
    return str(item.token())


def set_readers(
    folder: Any,
    readers: Iterable[int] | None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> int:
    """Keep a folder for the agents of some entities; None opens it as the one above.

    Returns:
        how many lines of the catalogue were written: none where the folder already had
        readers of its own.

    Raises:
        NotAllowedError: the actor does not manage the base.
        InvalidInputError: it is no folder, or there is no such entity.
    """
    require(actor, p.MANAGE_KNOWLEDGE, folder)
    is_folder = IKnowledgeFolder.providedBy(folder)
    if not is_folder:
        raise InvalidInputError(
            _("readers-no-folder", default="Seul un dossier a ses lecteurs."), "readers"
        )
    kept = None if readers is None else _known_entities(folder, readers)
    was_zone = folder.readers is not None
    folder.readers = kept
    folder.touch(actor.login, now)
    base = base_of(folder)
    if kept is None:
        base.zones.pop(folder.__oid__, None)
    else:
        base.zones[folder.__oid__] = 1
    count = 0 if was_zone and kept is not None else rezone(folder)
    details = {"count": len(kept or ())}
    registry.notify(
        Happened(folder, "folder-readers", actor.login, now, details=details)
    )
    return count


def rezone(item: Any) -> int:
    """Note anew who reads a thing and all below it, waking no sheet below it.

    Returns:
        how many lines of the catalogue were written.
    """
    catalog = find_objectmap(item).root.business_catalog
    count = 0
    for number, token in _tokens(item):
        if list(known_of(catalog, "allowed", number) or ()) != [token]:
            catalog["allowed"].index_doc(number, TokenView(token))
            count += 1
    return count


def numbers_below(site: Any, folder: Any) -> Iterator[int]:
    """Walk the numbers of all that a folder holds, at any depth, from the catalogue."""
    catalog = site.business_catalog
    waiting = [folder.__oid__]
    while waiting:
        held = numbers_with(catalog, "folder", waiting.pop())
        for number in held:
            yield number
            if known_of(catalog, "content_type", number) == FOLDER:
                waiting.append(number)


def _tokens(item: Any) -> Iterator[tuple[int, str]]:
    """Walk the numbers of a thing and of all below it, each with its token."""
    yield item.__oid__, item.token()
    is_holder = IKnowledgeFolder.providedBy(item)
    if not is_holder:
        return
    catalog = find_objectmap(item).root.business_catalog
    zones = base_of(item).zones
    zone, is_binned = item.zone().__oid__, IBinEntry.providedBy(item.zone())
    waiting = [(item.__oid__, zone)]
    while waiting:
        number, zone = waiting.pop()
        for inner in list(numbers_with(catalog, "folder", number)):
            is_folder = known_of(catalog, "content_type", inner) == FOLDER
            own = inner if is_folder and inner in zones and not is_binned else zone
            state = known_of(catalog, "state", inner)
            yield inner, _token(own, is_binned, state in HIDDEN_STATES)
            if is_folder:
                waiting.append((inner, own))


def _token(zone: int, is_binned: bool, is_hidden: bool) -> str:  # noqa: FBT001
    return f"bin:{zone}" if is_binned else zone_token(zone, is_hidden=is_hidden)


def _known_entities(folder: Any, readers: Iterable[int]) -> tuple[int, ...]:
    objectmap = find_objectmap(folder)
    numbers = tuple(dict.fromkeys(int(number) for number in readers))
    if not all(IEntity.providedBy(objectmap.object_for(n)) for n in numbers):
        raise InvalidInputError(
            _("readers-unknown", default="Cette entité n’existe pas."), "readers"
        )
    return numbers
