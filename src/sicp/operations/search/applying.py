"""Brings an index from one moment of the database to a later one.

What is committed to the index is always true of the moment it names, but for what is
under way: the index then keeps the earlier moment, and whoever reads it leaves out what
was written since. So it is enough that a killed writer begins again from that moment.
"""

import heapq
import logging
import zlib
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from time import monotonic
from typing import Any

from substanced.util import find_objectmap
from ZODB.POSException import POSError
from ZODB.POSException import POSKeyError
from ZODB.utils import p64
from ZODB.utils import u64

from sicp.engines.search import SearchDocument
from sicp.engines.search import SearchIndex
from sicp.engines.search import readers_of
from sicp.engines.search import standing_of
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.organisation import IEntity
from sicp.operations.search.document import FORMAT
from sicp.operations.search.document import document_of
from sicp.operations.search.document import is_found
from sicp.operations.search.document import items_below
from sicp.operations.search.document import items_of
from sicp.operations.search.document import owner_of
from sicp.operations.search.tail import Record
from sicp.operations.search.tail import moment_of
from sicp.operations.search.tail import records_after
from sicp.operations.search.tail import serial_of
from sicp.operations.site import ROOT_KEY
from sicp.operations.site import service_acls

#: Seconds after which what is ready is shown, though more is under way.
BATCH_SECONDS = 0.5
#: The same, while the index is made: fewer batches, fewer merges.
MAKING_SECONDS = 5.0
#: Documents given to the index at once.
_CHUNK = 100
#: Records by which a database is known again after a restoration.
_WITNESSES = 40
_LOG = logging.getLogger(__name__)

Note = dict[str, Any]


class Applying:
    """One look at the database, to write the index that follows it."""

    def __init__(
        self, index: SearchIndex, connection: Any, pause: Callable[[], None]
    ) -> None:
        self._index = index
        self._connection = connection
        self._pause = pause
        self._site = connection.root().get(ROOT_KEY)
        self.moment = moment_of(connection)

    def fits(self) -> bool:
        """Tell whether the index follows this very database, rights included.

        It does not when the database was restored as it was before the index, or is
        another one, or is read otherwise by this version.
        """
        checkpoint, note = self._index.checkpoint_and_note()
        if self._site is None:
            return not checkpoint
        same = (
            isinstance(note, dict)
            and note.get("site") == self._site.__oid__
            and note.get("format") == FORMAT
            and note.get("rights") == self._rights()
            and not note.get("is_building")
            and checkpoint <= self.moment
        )
        return same and all(
            self._is_known(number, tid, checkpoint)
            for number, tid in (note or {}).get("witnesses", ())
        )

    def rebuild(self) -> int:
        """Fill an empty index with all that the site holds; return how much."""
        count, latest = 0, _Latest()
        items = latest.passing(items_of(self._site) if self._site is not None else ())
        note = self._note([])
        making = {**note, "is_building": True}
        for number in self._write(items, self.moment, making, MAKING_SECONDS):
            count = number
            # What was read is needed no more.
            self._connection.cacheGC()
        self._index.commit(self.moment, {**note, "witnesses": latest.witnesses()})
        return count

    def apply(self, since: int) -> bool:
        """Follow what was committed since a moment; tell whether anything was."""
        if self._site is None:
            return False
        records = list(records_after(self._connection, since, self.moment))
        numbers = self._touched(records)
        if not numbers:
            return False
        self._follow(numbers, since, self._note(records), self.moment)
        return True

    def rewrite(self, numbers: set[int]) -> None:
        """Write some documents again, whether something was committed or not."""
        since = self._index.checkpoint()
        self._follow(numbers, since, self._note([]), since)

    def note_moment(self) -> None:
        """Keep in the index up to where it is true, though nothing of it changed."""
        self._index.commit(self.moment, self._note([]))

    def _touched(self, records: Iterable[Record]) -> set[int]:
        """Return the numbers of the documents that records may have changed."""
        written = {record.number: record.is_content for record in records}
        numbers = set(self._index.made_from(written))
        for number, is_content in written.items():
            owner = owner_of(self._object(number)) if is_content else None
            if owner is not None and getattr(owner, "__oid__", None):
                numbers.add(owner.__oid__)
        return numbers

    def _follow(self, numbers: set[int], since: int, note: Note, until: int) -> None:
        objectmap = find_objectmap(self._site)
        items = {number: objectmap.object_for(number) for number in numbers}
        kept = {n: i for n, i in items.items() if i is not None and is_found(i)}
        for number in numbers - kept.keys():
            self._index.remove_under(number)
        holders = [item for item in kept.values() if _is_holder(item)]
        documents = [one for one in map(_made, holders) if one is not None]
        moved = self._moved(documents)
        below = _items_below(moved, kept)
        others = (item for item in kept.values() if not _is_holder(item))
        before = {
            **note,
            "witnesses": self._index.checkpoint_and_note()[1]["witnesses"],
        }
        # First: what is below is written in parts, and a killed writer must find again
        # that some of it was not, though the holder came back meanwhile.
        self._index.replace(moved)
        changed = _both(others, below)
        for _count in self._write(changed, since, before, BATCH_SECONDS):
            self._connection.cacheGC()
        self._index.replace(documents)
        self._index.commit(until, note)

    def _moved(self, documents: list[SearchDocument]) -> list[SearchDocument]:
        """Return the holders whose place or readers changed, told to be moving."""
        numbers = [document.id for document in documents]
        standings, readers = (
            self._index.standings(numbers),
            self._index.readers(numbers),
        )
        return [
            replace(
                document,
                moving="place"
                if readers.get(document.id) == readers_of(document)
                else "readers",
            )
            for document in documents
            if standings.get(document.id) != standing_of(document)
        ]

    def _write(
        self, items: Iterable[Any], moment: int, note: Note, seconds: float
    ) -> Iterator[int]:
        """Give things to the index, showing them as time goes; count them."""
        shown_at, count = monotonic(), 0
        waiting = iter(items)
        while chunk := list(islice(waiting, _CHUNK)):
            documents = []
            for item in chunk:
                document = _made(item)
                if document is None:
                    self._index.remove([item.__oid__])
                else:
                    documents.append(document)
                self._pause()
            self._index.replace(documents)
            count += len(documents)
            if monotonic() - shown_at > seconds:
                self._index.commit(moment, note)
                shown_at = monotonic()
            yield count

    def _note(self, records: list[Record]) -> Note:
        known = self._index.checkpoint_and_note()[1] or {}
        witnesses = dict(known.get("witnesses", ()))
        for record in records:
            if record.is_content:
                witnesses.pop(record.number, None)
                witnesses[record.number] = record.tid
        return {
            "site": self._site.__oid__ if self._site is not None else 0,
            "format": FORMAT,
            "rights": self._rights(),
            "is_building": False,
            "witnesses": list(witnesses.items())[-_WITNESSES:],
        }

    def _rights(self) -> int:
        """Sum up who enters the services, of which every right below is made."""
        if self._site is None:
            return 0
        acls = [getattr(place, "__acl__", ()) for place in service_acls(self._site)]
        return zlib.crc32(repr(acls).encode())

    def _is_known(self, number: int, tid: int, checkpoint: int) -> bool:
        try:
            serial = serial_of(self._connection, number)
        except KeyError:
            return False
        return serial == tid or serial > checkpoint

    def _object(self, number: int) -> Any:
        try:
            found = self._connection.get(p64(number))
            found._p_activate()  # noqa: SLF001
        except POSKeyError:
            return None
        return found


class _Latest:
    """The things written last among those that pass."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int]] = []

    def passing(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            item._p_activate()  # noqa: SLF001
            written = (u64(item._p_serial), u64(item._p_oid))  # noqa: SLF001
            if len(self._heap) < _WITNESSES:
                heapq.heappush(self._heap, written)
            else:
                heapq.heappushpop(self._heap, written)
            yield item

    def witnesses(self) -> list[tuple[int, int]]:
        return [(number, tid) for tid, number in sorted(self._heap)]


def _made(item: Any) -> SearchDocument | None:
    """Read a thing; one that cannot be read is not found, and stops no other.

    Raises:
        POSError: the database does not answer.
    """
    try:
        return document_of(item)
    except POSError:
        raise
    except Exception:  # noqa: BLE001 (whatever is wrong with one thing)
        _LOG.exception("%s cannot be read for the search", item.__name__)
        return None


def _items_below(
    moved: Iterable[SearchDocument], kept: dict[int, Any]
) -> Iterator[Any]:
    """Walk what stands below the holders that moved, but for what is written anyway."""
    for document in moved:
        for item in items_below(kept[document.id]):
            if item.__oid__ not in kept:
                yield item


def _is_holder(item: Any) -> bool:
    return bool(
        IKnowledgeFolder.providedBy(item)
        or IConsultation.providedBy(item)
        or IEntity.providedBy(item)
    )


def _both(one: Iterable[Any], other: Iterable[Any]) -> Iterator[Any]:
    yield from one
    yield from other
