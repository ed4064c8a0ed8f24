"""Who follows a folder or a theme, and the mails that say why they come.

Mails wait in the transaction: what is not kept is not told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.content_types.knowledge import base_of
from sicp.content_types.knowledge import lineage_of
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.knowledge import IShelf
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.user.mail import write_to
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from sicp.operations.user.right import require

_FOLDER, _THEME = "folder", "theme"


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody follows: a folder, or a theme; ``title`` says which one."""

    key: str
    title: str
    folder: Any = None


def follow_folder(folder: Any, *, actor: Actor, now: datetime) -> None:
    """Be told by mail of what is published in a folder, or below it.

    Raises:
        NotAllowedError: the actor does not read it.
    """
    require(actor, p.VIEW_KNOWLEDGE, folder)
    _followers(base_of(folder), folder_key(folder))[actor.login] = now.isoformat()


def follow_theme(site: Any, theme: str, *, actor: Actor, now: datetime) -> None:
    """Be told by mail of what is published on a theme.

    Raises:
        InvalidInputError: the theme is empty.
    """
    said = " ".join(theme.split())
    if not said:
        raise InvalidInputError(_("theme-needed", default="Donnez un thème."), "theme")
    _followers(site[SERVICE], theme_key(said))[actor.login] = now.isoformat()


def unfollow(site: Any, key: str, *, actor: Actor) -> None:
    """Be told no more."""
    followers = site[SERVICE].subscriptions.get(key)
    if followers is not None:
        followers.pop(actor.login, None)


def is_following(site: Any, key: str, actor: Actor) -> bool:
    """Tell whether the actor follows a folder or a theme."""
    return actor.login in site[SERVICE].subscriptions.get(key, ())


def subscriptions_of(site: Any, actor: Actor) -> list[Subscription]:
    """Return what the actor follows and may still read."""
    base = site[SERVICE]
    found = []
    for key, followers in base.subscriptions.items():
        sort, _colon, name = key.partition(":")
        if actor.login not in followers:
            continue
        if sort == _THEME:
            found.append(Subscription(key, name))
            continue
        folder = _folder(base, int(name))
        if folder is not None and may(actor, p.VIEW_KNOWLEDGE, folder):
            found.append(Subscription(key, folder.title, folder))
    return sorted(found, key=lambda item: fold(item.title))


def folder_key(folder: Any) -> str:
    """Return the key under which a folder is followed."""
    return f"{_FOLDER}:{folder.__oid__}"


def theme_key(theme: str) -> str:
    """Return the key under which a theme is followed."""
    return f"{_THEME}:{fold(theme)}"


def tell_subscribers(sheet: Any, note: str, *, now: datetime, registry: Any) -> int:
    """Tell by mail those who follow the folders or the themes of a sheet.

    Whoever may not read it, or no more, is not told.

    Returns:
        how many people are told.
    """
    site = find_objectmap(sheet).root
    reasons = dict(_followed(sheet))
    count = 0
    for login, reason in reasons.items():
        user = site["utilisateurs"].get(login)
        if user is None or not _may_read(site, login, sheet, now):
            continue
        told = {"note": f"{note}\n\n" if note else "", "reason": french(reason)}
        count += write_to(user, sheet, _SUBJECT, _BODY, told, registry)
    return count


def _followed(sheet: Any) -> Iterator[tuple[str, str]]:
    """Walk who follows a sheet, with the reason; the nearest reason comes last."""
    base = base_of(sheet)
    for theme in sheet.shown.themes:
        reason = _BY_THEME % {"title": theme}
        for login in base.subscriptions.get(theme_key(theme), ()):
            yield login, reason
    for place in reversed(list(lineage_of(sheet.__parent__))):
        reason = _BY_FOLDER % {"title": place.title}
        for login in base.subscriptions.get(folder_key(place), ()):
            yield login, reason


def _may_read(site: Any, login: str, sheet: Any, now: datetime) -> bool:
    try:
        return may(actor_for(site, login, now), p.VIEW_KNOWLEDGE, sheet)
    except NotAllowedError:
        return False


def _followers(base: Any, key: str) -> Any:
    if key not in base.subscriptions:
        base.subscriptions[key] = OOBTree()
    return base.subscriptions[key]


def _folder(base: Any, number: int) -> Any:
    if number == base.__oid__:
        return base
    found = base.numbers.get(number)
    return found if IShelf.providedBy(found) else None


_SUBJECT = _("mail-sheet-subject", default="Base de connaissances : ${title}")
_BODY = _(
    "mail-sheet-body",
    default="Bonjour ${name},\n\nLa fiche « ${title} » vient d’être publiée ou mise à "
    "jour.\n\n${note}${link}\n\nPourquoi ce message ? ${reason}\n",
)
_BY_FOLDER = _("mail-why-folder", default="Vous suivez le dossier « ${title} ».")
_BY_THEME = _("mail-why-theme", default="Vous suivez le thème « ${title} ».")
