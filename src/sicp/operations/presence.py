"""Tells a person who else has opened the page that he edits."""

from datetime import datetime
from pathlib import Path

from sicp.engines.presence import Visit
from sicp.engines.presence import arrive
from sicp.interfaces.user import Actor

__all__ = ["Visit", "note_presence"]


def note_presence(
    path: str, page: str, *, actor: Actor, now: datetime
) -> tuple[Visit, ...]:
    """Note that the actor opens ``page``; return who else did, the latest first.

    The caller has checked that the actor may edit there: he alone learns the names.
    ``path`` is empty on a site that keeps no presence.
    """
    if not path or not actor.login:
        return ()
    return arrive(Path(path), page, actor.login, now)
