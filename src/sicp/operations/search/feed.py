"""Keeps one index true to one database, and tells what it does not know yet."""

import logging
import threading
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from time import sleep
from typing import Any

import transaction
from persistent.timestamp import TimeStamp
from substanced.util import find_objectmap
from ZODB.POSException import StorageError
from ZODB.utils import p64

from sicp import clock
from sicp.engines.search import IndexAbsent
from sicp.engines.search import IndexDamaged
from sicp.engines.search import SearchIndex
from sicp.engines.search import readers_of
from sicp.operations.search.applying import Applying
from sicp.operations.search.document import FORMAT
from sicp.operations.search.document import document_of
from sicp.operations.search.tail import moment_of
from sicp.operations.search.tail import records_after
from sicp.operations.site import ROOT_KEY

#: Seconds between two looks at the database when nobody asks.
POLL_SECONDS = 0.2
#: Seconds a question waits for what was just written: it is left out afterwards.
PATIENCE_SECONDS = 0.25
#: Seconds after which a moment is noted though no document changed.
_NOTE_SECONDS = 30.0
#: Seconds between two attempts to write in the place of a process that died.
_TAKE_OVER_SECONDS = 2.0
#: Documents from which a batch is long: questions wait for it no more.
_LONG = 100
#: Seconds left to the requests after each document of a long batch.
_PAUSE_SECONDS = 0.0005
_ERROR_SECONDS = 5.0
_STOP_SECONDS = 10.0
_UNKNOWN = -1
#: Folders that a question looks at: of more of them, changed at once, none is shown.
_MOST_FOLDERS = 50
#: A file by which another process asks that the index be made again.
_ASKED = "make-again"
_LOG = logging.getLogger(__name__)


class _Stopped(Exception):
    """The process ends."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """What was written since the moment of the index.

    ``numbers`` are the documents of the index that are not true any more: nothing of
    them, nor of what stands below them, may be shown. Of folders of the knowledge base
    that have the readers they had, ``alone``, what they hold may. ``is_late`` tells
    that something cannot be found yet.
    """

    numbers: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()
    is_late: bool = False


class Feed:
    """The index of one database.

    The first process that has a folder writes it, the others read it; when it dies
    another takes its place. ``start`` follows the commits in a thread; without it, a
    question first brings the index up to date.
    """

    def __init__(
        self, folder: Path | None, database: Any, patience: float = PATIENCE_SECONDS
    ) -> None:
        self.database = database
        self._patience = patience
        self.index = SearchIndex(folder)
        self._folder = folder
        self._applied = _UNKNOWN
        self._is_building = False
        self._done = 0
        self._working = threading.RLock()
        self._moved = threading.Condition()
        self._nudged = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._noted_at = 0.0
        self._tried_at = 0.0

    @property
    def is_building(self) -> bool:
        """Tell whether the index is being made: much cannot be found yet."""
        return self._is_building

    def start(self) -> None:
        """Follow the commits in a thread of this process."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="search-feed", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """Stop following, and let another process write."""
        self._stopping.set()
        self._nudged.set()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)
        with self._working:
            self.index.close()

    def wait_for(self, moment: int, seconds: float) -> bool:
        """Wait until a moment of the database is in the index; tell whether it is."""
        end = monotonic() + seconds
        while not self._reach(moment):
            left = end - monotonic()
            if left <= 0 or self._stopping.is_set():
                return False
            self._nudged.set()
            with self._moved:
                self._moved.wait(min(left, 0.02))
        return True

    def unseen(self, connection: Any) -> Unseen:
        """Tell what the index ignores of what a connection sees.

        Raises:
            IndexAbsent: the index does not follow this database yet.
            IndexDamaged: its files are altered.
        """
        moment = moment_of(connection)
        self.wait_for(moment, 0.0 if self._is_long else self._patience)
        applied = self._applied
        if applied == _UNKNOWN:
            raise IndexAbsent("the index is not made yet")
        records = list(records_after(connection, applied, moment))
        numbers = self.index.made_from({record.number for record in records})
        is_late = self._is_building or any(record.is_content for record in records)
        alone = self._with_same_readers(connection, numbers)
        return Unseen(tuple(numbers - alone), tuple(alone), is_late or bool(numbers))

    def _with_same_readers(
        self, connection: Any, numbers: frozenset[int]
    ) -> frozenset[int]:
        """Return the folders that are found by those who found them, wherever they are.

        What they hold is read by the same people too: by those of the same zone, or of
        the zones that stand inside.
        """
        if not numbers:
            return numbers
        known = self.index.readers(numbers, "folder")
        objectmap = find_objectmap(connection.root()[ROOT_KEY])
        kept = set()
        for number, readers in islice(known.items(), _MOST_FOLDERS):
            document = document_of(objectmap.object_for(number))
            if document is not None and readers_of(document) == readers:
                kept.add(number)
        return frozenset(kept)

    def lateness(self, connection: Any) -> float:
        """Return the age of the oldest change that cannot be found, in seconds.

        It neither waits nor writes.

        Raises:
            IndexAbsent: the index does not follow this database.
            IndexDamaged: its files are altered.
        """
        applied = self._applied
        if applied == _UNKNOWN or not self.index.is_writer:
            self.index.reload()
            if not Applying(self.index, connection, _nothing).fits():
                raise IndexAbsent("it does not follow this database")
            applied = self.index.checkpoint()
        moment = moment_of(connection)
        records = list(records_after(connection, applied, moment))
        made = self.index.made_from({record.number for record in records})
        waiting = [one.tid for one in records if one.is_content or made]
        if not waiting:
            return 0.0
        return max(
            0.0, clock.now().timestamp() - TimeStamp(p64(min(waiting))).timeTime()
        )

    def ask_rebuild(self) -> None:
        """Ask the process that writes the index to make it again."""
        if self._folder is not None:
            (self._folder / _ASKED).touch()

    def rewrite(self, numbers: Iterable[int]) -> None:
        """Write some documents again, as the database has them.

        Raises:
            NotTheWriter: another process writes the index.
            IndexDamaged: the disk did not take it.
        """
        with self._working, self._looking() as connection:
            Applying(self.index, connection, _nothing).rewrite(set(numbers))

    def complain(self, error: Exception) -> None:
        """Take note that the index could not be read."""
        if not isinstance(error, IndexDamaged):
            return
        _LOG.error("The index of the search is damaged: %s", error)
        with self._working:
            self._applied = _UNKNOWN
            if self.index.is_writer:
                self.index.start_anew()
        self._nudged.set()

    def catch_up(self) -> None:
        """Bring the index to the last commit; only the process that writes it may.

        Raises:
            NotTheWriter: another process writes it.
            IndexDamaged: the disk did not take it.
        """
        with self._working, self._looking() as connection:
            applying = Applying(self.index, connection, self._pause)
            if self._applied == _UNKNOWN:
                if not applying.fits():
                    self._rebuild(applying)
                    return
                self._applied = self.index.checkpoint()
            if applying.moment > self._applied:
                self._apply(applying)

    def rebuild(self) -> int:
        """Make the index again; return how many documents it has.

        Raises:
            NotTheWriter: another process writes it.
            IndexDamaged: the disk did not take it.
        """
        with self._working, self._looking() as connection:
            return self._rebuild(Applying(self.index, connection, _nothing))

    def _rebuild(self, applying: Applying) -> int:
        # The documents given so far are true of this moment from the first one on.
        self._is_building = True
        try:
            self.index.clear()
            self.index.commit(applying.moment, {"is_building": True})
            self._reached(applying.moment)
            return applying.rebuild()
        finally:
            self._is_building = False

    def _apply(self, applying: Applying) -> None:
        self._done = 0
        is_written = applying.apply(self._applied)
        self._done = 0
        now = monotonic()
        if not is_written and now - self._noted_at > _NOTE_SECONDS:
            applying.note_moment()
            is_written = True
        if is_written:
            self._noted_at = now
        self._reached(applying.moment)

    def _reached(self, moment: int) -> None:
        with self._moved:
            self._applied = moment
            self._moved.notify_all()

    def _reach(self, moment: int) -> bool:
        """Tell whether a moment is in the index, reading or writing it if need be."""
        if self._applied >= moment:
            return True
        if self.index.is_writer and self._thread is None:
            self.catch_up()
        elif not self.index.is_writer:
            self._read_anew()
        return self._applied >= moment

    def _read_anew(self) -> None:
        """See what another process wrote, or write in its place if it is no more."""
        now = monotonic()
        if now - self._tried_at > _TAKE_OVER_SECONDS:
            self._tried_at = now
            if self.index.take_over():
                self._applied = _UNKNOWN
                if self._thread is None:
                    self.catch_up()
                return
        try:
            self.index.reload()
            checkpoint, note = self.index.checkpoint_and_note()
        except IndexAbsent:
            self._applied = _UNKNOWN
            return
        is_known = isinstance(note, dict) and note.get("format") == FORMAT
        self._is_building = bool(note and note.get("is_building"))
        self._reached(checkpoint if is_known and checkpoint else _UNKNOWN)

    @contextmanager
    def _looking(self) -> Iterator[Any]:
        """Open the database as it is now."""
        manager = transaction.TransactionManager(explicit=True)
        manager.begin()
        connection = self.database.open(manager)
        try:
            yield connection
        finally:
            manager.abort()
            connection.close()

    @property
    def _is_long(self) -> bool:
        """Tell whether what is under way is worth no wait."""
        return self._is_building or self._done > _LONG

    def _pause(self) -> None:
        """Let the requests of this process go before, or stop here.

        Raises:
            _Stopped: the process ends; what is under way begins again in the next one.
        """
        self._done += 1
        if self._stopping.is_set():
            raise _Stopped
        if self._thread is not None:
            sleep(_PAUSE_SECONDS if self._is_long else 0)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._turn()
            except _Stopped:
                return
            except (IndexDamaged, OSError) as error:
                self.complain(IndexDamaged(str(error)))
                self._stopping.wait(_ERROR_SECONDS)
            except Exception as error:  # noqa: BLE001 (it goes on)
                if self._is_database_closed(error):
                    return
                _LOG.exception("The search cannot follow the database")
                self._stopping.wait(_ERROR_SECONDS)
            self._nudged.wait(POLL_SECONDS)
            self._nudged.clear()

    def _turn(self) -> None:
        if self.index.is_writer:
            if self._folder is not None and (self._folder / _ASKED).exists():
                (self._folder / _ASKED).unlink()
                self.rebuild()
            self.catch_up()
        else:
            self._read_anew()

    def _is_database_closed(self, error: Exception) -> bool:
        is_open = getattr(self.database, "storage", None) is not None
        return not is_open or (
            isinstance(error, StorageError) and "closed" in str(error)
        )


def _nothing() -> None:
    """Wait for nobody."""
