"""What people look for in vain, told to those who keep the base; never who did.

It is counted aside, in a transaction of its own: to search is to read, and never waits
for, nor fails with, a write.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from transaction import TransactionManager
from ZODB.POSException import ConflictError

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.content_types.knowledge import UnansweredSearch
from sicp.events import Happened
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.user.right import require

LONGEST_TEXT = 200
#: Beyond so many distinct texts, only those already known are counted: who types at
#: random must not fill the database.
MOST_TEXTS = 5_000
#: Two people who look for the same new words at the same moment: one begins again.
_ATTEMPTS = 3
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A text looked for in vain: how often, when last (aware UTC)."""

    key: str
    text: str
    count: int
    last_at: datetime
    is_partial: bool


def note_unanswered(
    site: Any, text: str, *, now: datetime, is_partial: bool = False
) -> None:
    """Count one search without answer, or with an answer to some of its words only."""
    said = " ".join(text.split())[:LONGEST_TEXT]
    key = fold(said)
    texts = site[SERVICE].unanswered
    if not key or (key not in texts and len(texts) >= MOST_TEXTS):
        return
    if key not in texts:
        texts[key] = UnansweredSearch(said)
    texts[key].note(now, is_partial=is_partial)


def note_aside(
    database: Any,
    site_in: Callable[[Any], Any],
    text: str,
    *,
    now: datetime,
    is_partial: bool = False,
) -> None:
    """Count it in a transaction of its own; what cannot be counted is forgotten.

    ``site_in`` finds the site in a connection.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            _note_apart(database, site_in, text, now, is_partial=is_partial)
        except ConflictError:
            continue
        except Exception:  # noqa: BLE001 - whoever searches has his answer already
            _LOG.exception("a search without answer could not be counted")
        return


def _note_apart(
    database: Any,
    site_in: Callable[[Any], Any],
    text: str,
    now: datetime,
    *,
    is_partial: bool,
) -> None:
    manager = TransactionManager()
    connection = database.open(transaction_manager=manager)
    try:
        note_unanswered(site_in(connection), text, now=now, is_partial=is_partial)
        manager.commit()
    finally:
        manager.abort()
        connection.close()


def unanswered_searches(site: Any, actor: Actor) -> list[Unanswered]:
    """Return what was looked for in vain, the most often first.

    Raises:
        NotAllowedError: the actor does not manage the base.
    """
    base = site[SERVICE]
    require(actor, p.MANAGE_KNOWLEDGE, base)
    found = [
        Unanswered(key, item.text, item.count, item.last_at, item.is_partial)
        for key, item in base.unanswered.items()
    ]
    return sorted(found, key=lambda item: (-item.count, item.key))


def dismiss_unanswered(
    site: Any, key: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Take a text out of the list; it comes back if it is looked for in vain again.

    Raises:
        NotAllowedError: the actor does not manage the base.
        StateError: somebody did it already.
    """
    base = site[SERVICE]
    require(actor, p.MANAGE_KNOWLEDGE, base)
    item = base.unanswered.get(key)
    if item is None:
        raise StateError(
            _(
                "unanswered-gone",
                default="Cette recherche n’est plus dans la liste.",
            )
        )
    del base.unanswered[key]
    told = {"before": item.text}
    registry.notify(
        Happened(base, "unanswered-dismissed", actor.login, now, details=told)
    )
