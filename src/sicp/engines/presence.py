"""Who has an editing page open: a small file beside the database, kept by no backup.

It holds nothing of worth and is thrown away at will: opening a page must neither write
in the database nor fail because of it. Processes of one machine share the file.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

#: After that long, the person has most likely gone.
KEPT = timedelta(minutes=30)
#: The rows kept at most; beyond, the oldest go.
MOST_KEPT = 5_000
_PATIENCE_SECONDS = 0.2
_TABLE = (
    "CREATE TABLE IF NOT EXISTS presence "
    "(page TEXT, login TEXT, opened_at REAL, PRIMARY KEY (page, login))"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody opened a page; ``opened_at`` is UTC."""

    login: str
    opened_at: datetime


def arrive(path: Path, page: str, login: str, now: datetime) -> tuple[Visit, ...]:
    """Note that a person opens a page; return who else did lately, the latest first.

    A file that is busy, lost or broken tells of nobody.
    """
    since = (now - KEPT).timestamp()
    try:
        with _opened(path) as rows:
            rows.execute("DELETE FROM presence WHERE opened_at < ?", (since,))
            found = rows.execute(
                "SELECT login, opened_at FROM presence WHERE page = ? AND login <> ? "
                "ORDER BY opened_at DESC",
                (page, login),
            ).fetchall()
            rows.execute(
                "INSERT OR REPLACE INTO presence VALUES (?, ?, ?)",
                (page, login, now.timestamp()),
            )
            rows.execute(
                "DELETE FROM presence WHERE rowid IN (SELECT rowid FROM presence "
                "ORDER BY opened_at DESC LIMIT -1 OFFSET ?)",
                (MOST_KEPT,),
            )
    except (sqlite3.Error, OSError):
        return ()
    return tuple(Visit(who, datetime.fromtimestamp(at, UTC)) for who, at in found)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file in one writing transaction, so that two who arrive see each other.

    Raises:
        sqlite3.Error: it is busy or broken.
    """
    with closing(
        sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
    ) as rows:
        rows.execute("PRAGMA synchronous = OFF")
        rows.execute("BEGIN IMMEDIATE")
        rows.execute(_TABLE)
        yield rows
        rows.execute("COMMIT")
