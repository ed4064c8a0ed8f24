"""Moves, copies, orders and renames what the knowledge base holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import known_of
from sicp.catalog.indexes import numbers_with
from sicp.content_types.knowledge import WorkingCopy
from sicp.content_types.knowledge import lineage_of
from sicp.events import Happened
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.folder import checked_title
from sicp.operations.knowledge.folder import place_new
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.redirect import free_name
from sicp.operations.knowledge.redirect import leave
from sicp.operations.knowledge.redirect import settle
from sicp.operations.knowledge.zone import rezone
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.workflows.base import initialize
from sicp.workflows.knowledge import TABLE

#: Beyond so many things a copy is an import, which is done apart.
MOST_COPIED = 2_000
#: Between things moved together, so that they stay in their order.
_APART = 1e-4


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move of many things: those done, and why others were not."""

    done: tuple[Any, ...]
    refused: tuple[tuple[Any, str], ...]


def places_to_write(shelves: Any, base: Any, actor: Actor) -> list[tuple[Any, int]]:
    """Return the base and the folders in which one writes, each with its depth."""
    found: list[tuple[Any, int]] = []
    waiting: list[tuple[Any, int]] = [(base, 0)]
    while waiting:
        place, depth = waiting.pop()
        if may(actor, p.EDIT_KNOWLEDGE, place):
            found.append((place, depth))
        below = shelves.below(place)
        waiting += [(folder, depth + 1) for folder in reversed(below)]
    return found


def move_items(
    items: Iterable[Any], target: Any, *, actor: Actor, now: datetime, registry: Any
) -> Moved:
    """Put things in ``target``; what cannot go stays, and the others go.

    Raises:
        NotAllowedError: the actor does not write in ``target``.
        StateError: ``target`` is no folder.
    """
    require(actor, p.EDIT_KNOWLEDGE, target)
    require_shelf(target)
    done, refused = [], []
    for place, item in enumerate(items):
        rank = now.timestamp() + place * _APART
        try:
            move_item(item, target, actor=actor, now=now, registry=registry, rank=rank)
        except DomainError as error:
            refused.append((item, error.message))
        else:
            done.append(item)
    return Moved(tuple(done), tuple(refused))


def move_item(  # noqa: PLR0913
    item: Any,
    target: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    rank: float | None = None,
) -> None:
    """Put a folder or a sheet, with all it holds, in another folder; it comes last.

    Nothing below it is written, but for the lines of the catalogue where it goes from
    the readers of one folder to those of another.

    Raises:
        NotAllowedError: the actor does not write in both folders, or would change who
            reads without publishing in both.
        InvalidInputError: a folder does not go below itself.
        StateError: ``target`` is no folder.
    """
    require_shelf(target)
    _require_both(actor, p.EDIT_KNOWLEDGE, item, target)
    if item in lineage_of(target):
        raise InvalidInputError(
            _("move-below", default="Un dossier ne se place pas sous lui-même."),
            "target",
        )
    if item.__parent__ is target:
        return
    if target.zone() is not item.__parent__.zone():
        _require_both(actor, p.PUBLISH_KNOWLEDGE, item, target)
    before, origin = item.token(), item.__parent__
    name = leave(item)
    settle(item, target, free_name(target, name, item))
    item.rank = now.timestamp() if rank is None else rank
    item.touch(actor.login, now)
    index(find_objectmap(item).root, item)
    if item.token() != before:
        rezone(item)
    details = {"before": origin.title}
    registry.notify(
        Happened(item, "knowledge-moved", actor.login, now, details=details)
    )


def rename_item(
    item: Any, title: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Give a folder another title, and an address after it; the old one still leads.

    The title of a sheet is part of its text: only its address changes here.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: the title is empty or too long.
    """
    require(actor, p.EDIT_KNOWLEDGE, item.__parent__)
    require(actor, p.EDIT_KNOWLEDGE, item)
    before, wanted = item.title, checked_title(title)
    if not ISheet.providedBy(item):
        item.title = wanted
    readdress(item, wanted)
    item.touch(actor.login, now)
    index(find_objectmap(item).root, item)
    details = {"before": before}
    registry.notify(
        Happened(item, "knowledge-renamed", actor.login, now, details=details)
    )


def readdress(item: Any, title: str) -> None:
    """Give a thing the address of a title; nothing changes where it has it already."""
    folder = item.__parent__
    name = free_name(folder, title, item)
    if name != item.__name__:
        leave(item)
        settle(item, folder, name)


def order_before(
    item: Any, other: Any, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Put a thing before a neighbour, or last when ``other`` is None.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: the other does not stand in the same folder.
    """
    folder = item.__parent__
    require(actor, p.EDIT_KNOWLEDGE, folder)
    if other is not None and other.__parent__ is not folder:
        raise InvalidInputError(
            _("order-elsewhere", default="Choisissez un élément du même dossier."),
            "before",
        )
    item.rank = _rank_before(item, other, now)
    index(find_objectmap(item).root, item)
    registry.notify(Happened(folder, "folder-ordered", actor.login, now))


def copy_item(
    item: Any, target: Any, *, actor: Actor, now: datetime, registry: Any
) -> Any:
    """Copy a folder or a sheet, with what the actor may read of it; sheets are drafts.

    Raises:
        NotAllowedError: the actor does not read the one or write in the other.
        InvalidInputError: the folder goes below itself.
        StateError: ``target`` is no folder, or there is too much to copy.
    """
    require(actor, p.VIEW_KNOWLEDGE, item)
    require(actor, p.EDIT_KNOWLEDGE, target)
    require_shelf(target)
    if item in lineage_of(target):
        raise InvalidInputError(
            _("copy-below", default="Un dossier ne se copie pas sous lui-même."),
            "target",
        )
    _check_size(item)
    copied = _copied(item, target, actor, now, registry)
    registry.notify(Happened(copied, "knowledge-copied", actor.login, now))
    return copied


def _copied(item: Any, target: Any, actor: Actor, now: datetime, registry: Any) -> Any:
    if ISheet.providedBy(item):
        return _copied_sheet(item, target, actor, now, registry)
    folder = registry.content.create("KnowledgeFolder", item.title)
    folder.summary = item.summary
    place_new(target, folder, "", item.rank, actor, now)
    for child in item.values():
        if may(actor, p.VIEW_KNOWLEDGE, child):
            _copied(child, folder, actor, now, registry)
    return folder


def _copied_sheet(
    sheet: Any, target: Any, actor: Actor, now: datetime, registry: Any
) -> Any:
    copied = registry.content.create("Sheet", sheet.kind, sheet.title)
    copied.working = WorkingCopy(sheet.title)
    copied.working.say(sheet.shown)
    copied.working.by, copied.working.since = actor.login, now
    copied.owner = actor.login
    initialize(registry, TABLE, copied)
    place_new(target, copied, "", sheet.rank, actor, now)
    return copied


def _check_size(item: Any) -> None:
    waiting, count = [item], 0
    while waiting:
        count += 1
        place = waiting.pop()
        waiting += [] if ISheet.providedBy(place) else list(place.values())
        if count > MOST_COPIED:
            raise StateError(
                _(
                    "copy-too-large",
                    default="Il y a trop à copier d’un coup : ${count} éléments au "
                    "plus.",
                    mapping={"count": MOST_COPIED},
                )
            )


def _require_both(actor: Actor, permission: str, item: Any, target: Any) -> None:
    for place in (item, item.__parent__, target):
        require(actor, permission, place)


def _rank_before(item: Any, other: Any, now: datetime) -> float:
    if other is None:
        return now.timestamp()
    catalog = find_objectmap(item).root.business_catalog
    numbers = [child for child in _neighbours(item) if child != item.__oid__]
    ranked = sorted(
        float(known_of(catalog, "rank", number) or 0.0) for number in numbers
    )
    at = ranked.index(float(other.rank))
    if ranked.count(ranked[at]) > 1:
        # Things that came together: nothing goes between those of one rank.
        return _spread(item, other)
    before = ranked[at - 1] if at else ranked[at] - 2.0
    middle = (before + ranked[at]) / 2
    return middle if before < middle < ranked[at] else _spread(item, other)


def _spread(item: Any, other: Any) -> float:
    """Give every neighbour room again; return the rank just before ``other``."""
    site = find_objectmap(item).root
    folder = item.__parent__
    ordered = sorted(
        (child for child in folder.values() if hasattr(child, "rank")),
        key=lambda child: (child.rank, child.__oid__),
    )
    for rank, child in enumerate(ordered, 1):
        if child.rank != float(rank):
            child.rank = float(rank)
            index(site, child)
    return float(other.rank) - 0.5


def _neighbours(item: Any) -> Iterable[int]:
    catalog = find_objectmap(item).root.business_catalog
    return numbers_with(catalog, "folder", item.__parent__.__oid__)
