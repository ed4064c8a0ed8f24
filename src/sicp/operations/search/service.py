"""The search of one site in one process."""

import atexit
import threading
import weakref
from pathlib import Path
from typing import Any

from sicp.operations.search.feed import PATIENCE_SECONDS
from sicp.operations.search.feed import Feed


class SearchService:
    """Gives each question the index of its database.

    Without a folder the index lives in the memory of the process, and is made at the
    first question. ``patience`` is how long a question waits for what was just written,
    in seconds.
    """

    def __init__(self, folder: str = "", patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._folder = Path(folder) if folder else None
        self._feed: Feed | None = None
        self._lock = threading.Lock()
        _close_at_exit(self)

    @property
    def folder(self) -> Path | None:
        """Return the folder of the index, None when it lives in memory."""
        return self._folder

    def follow(self, database: Any) -> None:
        """Follow the commits of a served site; in memory, questions do it."""
        if self._folder is not None:
            self.feed_of(database).start()

    def feed_of(self, database: Any) -> Feed:
        """Return what keeps the index of a database."""
        with self._lock:
            if self._feed is None or self._feed.database is not database:
                if self._feed is not None:
                    self._feed.close()
                self._feed = Feed(self._folder, database, self._patience)
            return self._feed

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()


def service_of(registry: Any) -> SearchService:
    """Return the search of a site."""
    found: SearchService = registry.search_service
    return found


def feed_of(site: Any, registry: Any) -> Feed:
    """Return what keeps the index of the database a site was read from."""
    return service_of(registry).feed_of(site._p_jar.db())  # noqa: SLF001


def _close_at_exit(service: SearchService) -> None:
    kept = weakref.ref(service)

    def close() -> None:
        found = kept()
        if found is not None:
            found.close()

    atexit.register(close)
