"""What is done beside the pages: files to read, imports and exports under way.

Trees are keyed by time and a random part, so that people who ask at once do not meet.
"""

from datetime import datetime
from typing import Any

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.blob import Blob


class Background(Persistent):
    """The work that waits; the site has one as soon as something was asked.

    ``waiting`` gives the files to read, ``failed`` those whose text could not be read,
    each with what it belongs to. ``jobs`` are the imports and the exports.
    """

    def __init__(self) -> None:
        self.waiting = OOBTree()
        self.failed = OOBTree()
        self.jobs = OOBTree()


class Job(Persistent):
    """An import or an export, carried out piece by piece.

    ``place`` is the number of the folder it is about, ``by`` the login of who asked and
    within whose rights it is done. ``state`` is a word of
    ``sicp.operations.knowledge.bulk.job``; ``done`` of ``total`` things are dealt with,
    ``counts`` tells how many met each fate, ``reason`` why it failed, in French.
    ``source`` is what was sent, ``chunks`` are the pages of the report: what is told of
    each thing. ``result`` is the file made, ``size`` that of the source or of the
    result, in bytes. A worker is at it until ``held_until``. Times are aware UTC.
    """

    file_name = ""
    state = ""
    is_published = False
    done = 0
    total = 0
    reason = ""
    source: Blob | None = None
    result: Blob | None = None
    size = 0
    held_until: datetime | None = None
    ended_at: datetime | None = None

    def __init__(self, kind: str, place: int, by: str, asked_at: datetime) -> None:
        self.kind = kind
        self.place = place
        self.by = by
        self.asked_at = asked_at
        self.counts: dict[str, Any] = {}
        self.chunks = IOBTree()
