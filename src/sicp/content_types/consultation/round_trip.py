"""Word files brought back to a piece, kept as they came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: What may become of a file brought back: not looked at yet, taken over, or dropped.
WAITING = "waiting"
APPLIED = "applied"
DROPPED = "dropped"


@dataclass(frozen=True)
class WordImport:
    """A Word file that somebody edited outside and brought back.

    ``file`` is a ZODB blob: the very bytes that came, for proof. ``file_name`` is what
    its sender called it: shown, never used as a path. ``made_at`` is the instant the
    file says it was produced, None when it says nothing. ``taken`` are, in French, the
    changes that were taken over.
    """

    id: str
    file: Any
    file_name: str
    size: int
    sha256: str
    by: str
    at: datetime
    made_at: datetime | None = None
    state: str = WAITING
    taken: tuple[str, ...] = ()
