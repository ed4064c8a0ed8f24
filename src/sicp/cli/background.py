"""Does what waits beside the pages: files to read.

The server runs it in a thread; where something else serves the site, a scheduled
command does.
"""

import logging
import random
from collections import Counter
from contextlib import contextmanager
from threading import Event
from threading import Lock
from threading import Thread

from transaction import TransactionManager
from ZODB.POSException import ConflictError

from sicp import clock
from sicp.operations.reading import DEFAULT_SECONDS
from sicp.operations.reading import note_reading
from sicp.operations.reading import read_waiting
from sicp.operations.reading import waiting_keys
from sicp.operations.site import site_of

_log = logging.getLogger(__name__)
#: One at a time in a process, whoever asks.
_AT_WORK = Lock()
_PAUSE_SECONDS = 2.0
_ATTEMPTS = 10
#: Two processes seldom choose the same file among so many.
_AMONG = 8


class Worker(Thread):
    """Looks now and then whether something waits."""

    def __init__(self, registry, pause: float = _PAUSE_SECONDS) -> None:
        super().__init__(name="background", daemon=True)
        self._registry = registry
        self._pause = pause
        self._stop_asked = Event()

    def run(self) -> None:
        """Work until asked to stop; a fault is told in the log, and nothing stops."""
        while not self._stop_asked.wait(self._pause):
            try:
                work_off(self._registry, self._stop_asked)
            except Exception:  # noqa: BLE001
                _log.exception("what waits could not be done")

    def stop(self) -> None:
        """Ask to stop, and wait for what is under way."""
        self._stop_asked.set()
        self.join(timeout=_PAUSE_SECONDS)


@contextmanager
def working(registry):
    """Have what waits done as long as the context lasts."""
    worker = Worker(registry)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def work_off(
    registry, stop: Event | None = None, seconds: float = DEFAULT_SECONDS
) -> Counter:
    """Do all that waits now; return how many files were read, by state.

    ``seconds`` is what the reading of one file may take.
    """
    counts: Counter = Counter()
    if not _AT_WORK.acquire(blocking=False):
        return counts
    # A manager of its own: the caller may be at work in this thread too.
    manager = TransactionManager()
    connection = registry._zodb_databases[""].open(manager)  # noqa: SLF001
    try:
        while not (stop is not None and stop.is_set()):
            manager.begin()
            site = site_of(connection, registry, clock.now())
            keys = waiting_keys(site)
            if not keys:
                break
            _read(site, random.choice(keys[:_AMONG]), manager, counts, seconds)
    finally:
        manager.abort()
        connection.close()
        _AT_WORK.release()
    return counts


def _read(site, key: str, manager, counts: Counter, seconds: float) -> None:
    reading = read_waiting(site, key, seconds)
    if reading is None:
        return
    for _attempt in range(_ATTEMPTS):
        manager.begin()
        is_noted = note_reading(site, key, reading)
        manager.get().note("text read")
        try:
            manager.commit()
        except ConflictError:
            manager.abort()
        else:
            counts[reading.state.value] += is_noted
            return
