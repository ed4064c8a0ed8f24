"""Gather what a file says of each contract, on disk, before concluding anything.

The lines of one contract are scattered through a file, and a later publication
replaces an earlier one: nothing can be concluded before the end. SQLite keeps the
pieces in a temporary file of its own that vanishes with it, so that memory stays
small whatever the size of the file, and that a truncated file imports nothing.
"""

import json
import sqlite3
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

#: The empty name is SQLite's private temporary database, spilled to disk.
TEMPORARY = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One record or line of a file: its rank from 1, its contract, its content."""

    position: int
    uid: str
    kind: str
    content: dict[str, Any]


class Staging:
    """The pieces of one file, given back contract by contract."""

    def __init__(self) -> None:
        self._base = sqlite3.connect(TEMPORARY, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(
            "CREATE TABLE piece (position INTEGER PRIMARY KEY, uid TEXT, kind TEXT,"
            " content TEXT)"
        )

    def close(self) -> None:
        """Let the temporary file go."""
        self._base.close()

    def add(self, pieces: Iterable[Piece]) -> None:
        """Keep ``pieces``."""
        self._base.execute("BEGIN")
        self._base.executemany(
            "INSERT INTO piece VALUES (?, ?, ?, ?)",
            ((p.position, p.uid, p.kind, written(p.content)) for p in pieces),
        )
        self._base.execute("COMMIT")
        self._base.execute("CREATE INDEX by_uid ON piece (uid)")

    def contracts(self) -> Iterator[tuple[Piece, ...]]:
        """Give the pieces of each contract, in the order contracts first appear."""
        rows = self._base.execute(
            "SELECT piece.position, piece.uid, kind, content FROM piece"
            " JOIN (SELECT uid, MIN(position) AS first FROM piece GROUP BY uid)"
            " AS contract ON contract.uid = piece.uid"
            " ORDER BY first, piece.position"
        )
        pieces = (
            Piece(position, uid, kind, json.loads(content, parse_float=Decimal))
            for position, uid, kind, content in rows
        )
        for _uid, group in groupby(pieces, key=attrgetter("uid")):
            yield tuple(group)


def written(content: dict[str, Any]) -> str:
    """Write a content so that equal ones are written alike (it is digested too)."""
    return json.dumps(content, sort_keys=True, default=str)
