"""Does what waits beside the pages: files to read, imports and exports.

The server runs it in a thread; where something else serves the site, a scheduled
command does.
"""

import logging
import random
from collections import Counter
from contextlib import closing
from contextlib import contextmanager
from threading import Event
from threading import Lock
from threading import Thread

from transaction import TransactionManager
from ZODB.POSException import ConflictError

from sicp import clock
from sicp.exceptions import DomainError
from sicp.i18n import french
from sicp.operations.knowledge.bulk.job import carry_on
from sicp.operations.knowledge.bulk.job import fail
from sicp.operations.knowledge.bulk.job import hold
from sicp.operations.knowledge.bulk.job import waiting_jobs
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
def working(registry, pause: float = _PAUSE_SECONDS):
    """Have what waits done as long as the context lasts, looked for so often."""
    worker = Worker(registry, pause)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def work_off(
    registry, stop: Event | None = None, seconds: float = DEFAULT_SECONDS
) -> Counter:
    """Do all that waits now; return how many files were read, by state, and jobs done.

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
            keys, jobs = waiting_keys(site), waiting_jobs(site, clock.now())
            if keys:
                _read(site, random.choice(keys[:_AMONG]), manager, counts, seconds)
            elif jobs:
                _carry(site, jobs[0], manager, registry, stop)
                counts["jobs"] += 1
            else:
                break
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


def _carry(site, key: str, manager, registry, stop: Event | None) -> None:
    """Carry an import or an export on, as far as nobody asks to stop."""
    try:
        _step(site, key, manager)
        steps = carry_on(site, key, now=clock.now(), registry=registry)
        with closing(steps):
            for _done in steps:
                _step(site, key, manager)
                site._p_jar.cacheGC()  # noqa: SLF001
                if stop is not None and stop.is_set():
                    break
    except ConflictError:
        # Somebody wrote the same meanwhile: it goes on from what was committed.
        manager.abort()
    except DomainError as error:
        _fail(site, key, french(error.message), manager)
    except Exception:  # noqa: BLE001
        _log.exception("an import or an export stopped")
        _fail(site, key, _STOPPED, manager)


def _step(site, key: str, manager) -> None:
    hold(site, key, clock.now())
    manager.get().note("knowledge job")
    manager.commit()
    manager.begin()


def _fail(site, key: str, reason: str, manager) -> None:
    manager.abort()
    manager.begin()
    fail(site, key, reason, clock.now())
    manager.commit()


_STOPPED = "Une erreur inattendue l’a arrêté. Prévenez l’administrateur du site."
