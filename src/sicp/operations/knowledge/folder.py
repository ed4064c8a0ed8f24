"""Makes folders of the knowledge base and describes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import is_in_bin
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.redirect import free_name
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.user.right import require

LONGEST_TITLE = 200


def create_folder(  # noqa: PLR0913
    parent: Any,
    title: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    summary: str = "",
    readers: Iterable[int] | None = None,
    name: str = "",
    rank: float | None = None,
) -> Any:
    """Make a folder under ``parent``; without ``rank`` it comes last.

    Raises:
        NotAllowedError: the actor does not write here, or gives readers and does not
            manage the base.
        InvalidInputError: the title is empty or too long, or a reader is no entity.
        StateError: it is no place for folders.
    """
    require(actor, p.EDIT_KNOWLEDGE, parent)
    require_shelf(parent)
    folder = registry.content.create("KnowledgeFolder", checked_title(title))
    folder.summary = summary.strip()
    place_new(parent, folder, name, rank, actor, now)
    registry.notify(Happened(folder, "folder-created", actor.login, now))
    if readers is not None:
        set_readers(folder, readers, actor=actor, now=now, registry=registry)
    return folder


def describe_folder(
    folder: Any, summary: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Say in a few words what a folder is for.

    Raises:
        NotAllowedError: the actor does not write here.
    """
    require(actor, p.EDIT_KNOWLEDGE, folder)
    folder.summary = " ".join(summary.split())
    folder.touch(actor.login, now)
    index(find_objectmap(folder).root, folder)
    registry.notify(Happened(folder, "folder-described", actor.login, now))


def place_new(  # noqa: PLR0913
    parent: Any,
    item: Any,
    name: str,
    rank: float | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Put what is new in its folder and note it in the catalogue."""
    # The instant orders newcomers without a counter that all would write.
    item.rank = now.timestamp() if rank is None else rank
    item.touch(actor.login, now)
    site = find_objectmap(parent).root
    parent.add(free_name(parent, name or item.title), item)
    index(site, item)


def require_shelf(place: Any) -> None:
    """Stop here unless ``place`` is the base or a folder of it.

    Raises:
        StateError: it is a sheet, or the bin.
    """
    is_place = IKnowledgeBase.providedBy(place) or IKnowledgeFolder.providedBy(place)
    if not is_place or is_in_bin(place):
        raise StateError(
            _("folder-needed", default="Choisissez un dossier de la base.")
        )


def checked_title(title: str) -> str:
    """Return a title, cleaned.

    Raises:
        InvalidInputError: it is empty or too long.
    """
    said = " ".join(title.split())
    if not said:
        raise InvalidInputError(_("title-needed", default="Donnez un titre."), "title")
    if len(said) > LONGEST_TITLE:
        raise InvalidInputError(
            _(
                "title-too-long",
                default="Le titre est trop long : ${count} caractères au plus.",
                mapping={"count": LONGEST_TITLE},
            ),
            "title",
        )
    return said
