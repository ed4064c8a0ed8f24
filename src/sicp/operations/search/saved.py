"""Searches that people keep under a name: each has his own, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree

from sicp.catalog.words import fold
from sicp.content_types.user import SavedSearch
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor

LONGEST_NAME = 100
#: More than anyone looks at; each may be asked again every morning.
MOST_SAVED = 50

Asked = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A search that a person keeps, with the key by which he names it."""

    key: str
    search: SavedSearch


def save_search(
    site: Any,
    name: str,
    asked: Sequence[tuple[str, str]],
    *,
    actor: Actor,
    now: datetime,
) -> Kept:
    """Keep what an address asks under a name.

    Raises:
        InvalidInputError: the name is empty, too long or already given; nothing is
            asked.
        StateError: the person keeps as many as one may.
        NotAllowedError: the actor has no account.
    """
    user = _account(site, actor)
    title = _checked_name(user, name)
    if not asked:
        raise InvalidInputError(
            _(
                "search-save-nothing",
                default="Cherchez quelque chose, puis enregistrez la recherche.",
            )
        )
    if user.searches is None:
        user.searches = OOBTree()
    if len(user.searches) >= MOST_SAVED:
        raise StateError(
            _(
                "search-save-full",
                default="Vous gardez déjà ${count} recherches : retirez-en une.",
                mapping={"count": MOST_SAVED},
            )
        )
    key = _new_key(user.searches, now)
    user.searches[key] = SavedSearch(title, tuple(asked), now)
    return Kept(key, user.searches[key])


def saved_searches(site: Any, actor: Actor) -> list[Kept]:
    """Return the searches that the actor keeps, by name."""
    user = site["utilisateurs"].get(actor.login)
    kept = [Kept(key, item) for key, item in searches_of(user)]
    return sorted(kept, key=lambda item: fold(item.search.name))


def searches_of(user: Any) -> list[tuple[str, SavedSearch]]:
    """Return the searches of an account, the first kept first."""
    return list(user.searches.items()) if user is not None and user.searches else []


def find_saved(site: Any, key: str, actor: Actor) -> SavedSearch | None:
    """Return one search of the actor; None for any other."""
    user = site["utilisateurs"].get(actor.login)
    return user.searches.get(key) if user is not None and user.searches else None


def rename_search(site: Any, key: str, name: str, *, actor: Actor) -> None:
    """Give a search of the actor another name.

    Raises:
        InvalidInputError: the name is empty, too long or already given.
        StateError: the actor keeps no such search any more.
    """
    search = require_saved(site, key, actor)
    search.name = _checked_name(_account(site, actor), name, search)


def remove_search(site: Any, key: str, *, actor: Actor) -> None:
    """Keep a search no more, nor its alert.

    Raises:
        StateError: the actor keeps no such search any more.
    """
    require_saved(site, key, actor)
    del _account(site, actor).searches[key]


def require_saved(site: Any, key: str, actor: Actor) -> SavedSearch:
    """Return one search of the actor.

    Raises:
        StateError: the actor keeps no such search any more.
    """
    found = find_saved(site, key, actor)
    if found is None:
        raise StateError(
            _(
                "search-not-kept",
                default="Cette recherche n’est plus parmi les vôtres.",
            )
        )
    return found


def _new_key(searches: OOBTree, now: datetime) -> str:
    """Give a key that no search had, even one that was removed meanwhile."""
    told = int(now.timestamp() * 1_000_000)
    last = int(searches.maxKey()) if searches else 0
    return str(max(told, last + 1))


def _account(site: Any, actor: Actor) -> Any:
    user = site["utilisateurs"].get(actor.login)
    if user is None:
        raise NotAllowedError(
            _(
                "search-needs-account",
                default="Seule une personne qui a un compte garde des recherches.",
            )
        )
    return user


def _checked_name(user: Any, name: str, own: SavedSearch | None = None) -> str:
    title = " ".join(name.split())
    if not title or len(title) > LONGEST_NAME:
        raise InvalidInputError(
            _(
                "search-name-wrong",
                default="Donnez un nom de ${count} signes au plus.",
                mapping={"count": LONGEST_NAME},
            ),
            "name",
        )
    others = (search for _key, search in searches_of(user) if search is not own)
    if fold(title) in {fold(other.name) for other in others}:
        raise InvalidInputError(
            _(
                "search-name-taken",
                default="Vous gardez déjà une recherche de ce nom.",
            ),
            "name",
        )
    return title
