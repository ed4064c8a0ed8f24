"""Throws away, brings back, destroys for good.

What is thrown away keeps its number, its children, its order and its readers; only
those who manage the base and whoever threw it away still see it.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from secrets import token_hex
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import BIN_NAME
from sicp.content_types.knowledge import base_of
from sicp.content_types.knowledge import is_in_bin
from sicp.content_types.knowledge import lineage_of
from sicp.events import Happened
from sicp.exceptions import DomainError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.index import unindex
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.place import Moved
from sicp.operations.knowledge.redirect import free_name
from sicp.operations.knowledge.redirect import leave
from sicp.operations.knowledge.redirect import settle
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import numbers_below
from sicp.operations.knowledge.zone import rezone
from sicp.operations.user.right import may
from sicp.operations.user.right import require


def remove_item(
    item: Any, *, actor: Actor, now: datetime, registry: Any, reason: str = ""
) -> Any:
    """Throw a folder or a sheet away, with all it holds.

    Returns:
        the entry of the bin.

    Raises:
        NotAllowedError: a draft is thrown away by who writes, anything else by who
            publishes, in every folder concerned.
        StateError: it is thrown away already.
    """
    is_draft = getattr(item, "is_hidden", False)
    permission = p.EDIT_KNOWLEDGE if is_draft else p.PUBLISH_KNOWLEDGE
    if is_in_bin(item) or IKnowledgeBase.providedBy(item):
        raise StateError(
            _("bin-already", default="Cet élément est déjà dans la corbeille.")
        )
    for place in (item.__parent__, item, *_zones_below(item)):
        require(actor, permission, place)
    entry = registry.content.create("BinEntry", item.title)
    entry.origin, entry.origin_name = item.__parent__.__oid__, item.__name__
    entry.origin_title, entry.reason = item.__parent__.title, reason.strip()
    entry.removed_by, entry.removed_at = actor.login, now
    base = base_of(item)
    base[BIN_NAME].add(token_hex(6), entry)
    settle(item, entry, leave(item))
    _note_place(item)
    details = {"reason": entry.reason}
    registry.notify(
        Happened(item, "knowledge-removed", actor.login, now, details=details)
    )
    return entry


def remove_items(
    items: Iterable[Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    reason: str = "",
) -> Moved:
    """Throw many things away; what may not be stays, and the others go."""
    done, refused = [], []
    for item in items:
        try:
            remove_item(item, actor=actor, now=now, registry=registry, reason=reason)
        except DomainError as error:
            refused.append((item, error.message))
        else:
            done.append(item)
    return Moved(tuple(done), tuple(refused))


def restore_item(
    entry: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    target: Any = None,
) -> Any:
    """Bring a thing back where it stood, or in ``target``, with all it holds.

    Raises:
        NotAllowedError: the actor does not see it, or does not write there.
        StateError: the folder it stood in is no more; another one is to be chosen.
    """
    require(actor, p.VIEW_KNOWLEDGE, entry)
    origin = origin_of(entry)
    folder = target if target is not None else origin
    if folder is None:
        raise StateError(
            _(
                "bin-origin-gone",
                default="Le dossier d’origine n’existe plus : choisissez-en un autre.",
            )
        )
    require_shelf(folder)
    item = entry.item
    is_draft = getattr(item, "is_hidden", False)
    require(actor, p.EDIT_KNOWLEDGE if is_draft else p.PUBLISH_KNOWLEDGE, folder)
    entry.release(item.__name__)
    settle(item, folder, free_name(folder, entry.origin_name, item))
    if folder is not origin:
        item.rank = now.timestamp()
    _drop(entry)
    _note_place(item)
    registry.notify(Happened(item, "knowledge-restored", actor.login, now))
    return item


def purge_entry(entry: Any, *, actor: Actor, now: datetime, registry: Any) -> int:
    """Destroy for good what an entry of the bin holds.

    Returns:
        how many folders and sheets were destroyed.

    Raises:
        NotAllowedError: the actor does not manage the base.
    """
    require(actor, p.MANAGE_KNOWLEDGE, entry)
    base, site = base_of(entry), find_objectmap(entry).root
    numbers = list(numbers_below(site, entry))
    details = {"title": entry.title, "count": len(numbers)}
    registry.notify(
        Happened(base, "knowledge-purged", actor.login, now, details=details)
    )
    for number in numbers:
        unindex(site, number)
        base.forget(number)
    _drop(entry)
    return len(numbers)


def bin_entries(site: Any, actor: Actor) -> Iterator[Any]:
    """Walk what the actor may see of the bin, the latest first."""
    entries = site[SERVICE][BIN_NAME].values()
    for entry in sorted(entries, key=lambda e: e.removed_at, reverse=True):
        if may(actor, p.VIEW_KNOWLEDGE, entry):
            yield entry


def origin_of(entry: Any) -> Any:
    """Return the folder a thing stood in, None when it is gone or thrown away."""
    base = base_of(entry)
    if entry.origin == base.__oid__:
        return base
    folder = base.numbers.get(entry.origin)
    return None if folder is None or is_in_bin(folder) else folder


def _note_place(item: Any) -> None:
    index(find_objectmap(item).root, item)
    rezone(item)


def _drop(entry: Any) -> None:
    base, number = base_of(entry), entry.__oid__
    entry.__parent__.release(entry.__name__)
    base.forget(number)


def _zones_below(item: Any) -> list[Any]:
    base = base_of(item)
    zones = (base.numbers[number] for number in base.zones)
    return [zone for zone in zones if item in lineage_of(zone)]
