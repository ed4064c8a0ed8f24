"""Journals: who did what, when; append-only and never a hot spot.

Entries live in sixteen BTrees chosen by chance and keyed by time and chance, so that
people who act at the same moment do not write to the same bucket.
"""

import secrets
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from BTrees.OOBTree import OOBTree
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Content
from sicp.interfaces.journal import IJournal

_SHARDS = 16
_END_OF_TIME = "9999"


@content("Journal")
@implementer(IJournal)
class Journal(Content):
    """An append-only record of acts."""

    def __init__(self) -> None:
        self._shards = OOBTree()
        for number in range(_SHARDS):
            self._shards[number] = OOBTree()

    def append(self, at: datetime, entry: Mapping[str, Any]) -> None:
        """Write one entry; ``at`` is aware UTC."""
        key = (at.isoformat(), secrets.token_hex(4))
        self._shards[secrets.randbelow(_SHARDS)][key] = {**entry, "at": at}

    def newest(self, limit: int = 100) -> list[dict[str, Any]]:
        """Return the ``limit`` latest entries, latest first."""
        return list(islice(self.backwards(), limit))

    def backwards(self) -> Iterator[dict[str, Any]]:
        """Walk the entries, latest first, loading what is asked for only."""
        tails = [_backwards(shard) for shard in self._shards.values()]
        for _key, entry in merge(*tails, key=lambda item: item[0], reverse=True):
            yield entry

    def __len__(self) -> int:
        return sum(len(shard) for shard in self._shards.values())


def _backwards(shard: OOBTree) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Walk a shard from its end, an entry at a time, without loading all of it."""
    ceiling = (_END_OF_TIME, "")
    while True:
        try:
            key = shard.maxKey(ceiling)
        except ValueError:
            return
        yield key, shard[key]
        ceiling = _just_before(key)


def _just_before(key: tuple[str, str]) -> tuple[str, str]:
    """Return the greatest key that is smaller than ``key``."""
    at, token = key
    number = int(token, 16)
    return (at, f"{number - 1:08x}" if number else "")
