"""Compares the index with the database, mends it, and tells how late it is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.search import IndexAbsent
from sicp.engines.search import IndexDamaged
from sicp.engines.search import digest_of
from sicp.operations.search.document import document_of
from sicp.operations.search.document import is_found
from sicp.operations.search.document import items_of
from sicp.operations.search.feed import Feed
from sicp.operations.search.service import feed_of
from sicp.operations.search.service import service_of
from sicp.operations.search.tail import moment_of

#: Seconds given to the process that writes the index, to finish what it has begun.
PATIENCE_SECONDS = 30.0
#: What changes while it is compared is looked at again.
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Differences:
    """The numbers of what the index has otherwise than the database."""

    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    phantom: tuple[int, ...] = ()
    count: int = 0

    @property
    def numbers(self) -> frozenset[int]:
        """Return all that differs."""
        return frozenset((*self.missing, *self.stale, *self.phantom))


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index stands.

    ``late_seconds`` is the age of the oldest change that cannot be found yet, 0 for
    none. ``is_unfit``: it does not follow this database, or is not made yet.
    """

    folder: Path | None
    documents: int = 0
    late_seconds: float = 0.0
    is_building: bool = False
    is_unfit: bool = False


def compare(site: Any, registry: Any) -> Differences:
    """Say in what the index differs from the database, once it is up to date.

    The connection of the site sees what is committed meanwhile.

    Raises:
        IndexAbsent: there is no index of this database.
        IndexDamaged: its files are altered.
    """
    feed = feed_of(site, registry)
    known, expected = _both(site, feed, _all_digests)
    suspect = _differing(known, expected)
    for _look in range(_LOOKS if suspect else 0):
        numbers = frozenset(suspect)
        known, told = _both(site, feed, partial(_digests_of, numbers=numbers))
        suspect = _differing({n: known[n] for n in numbers if n in known}, told)
        expected = {**{n: d for n, d in expected.items() if n not in numbers}, **told}
        if not suspect:
            break
    return Differences(
        tuple(sorted(n for n in suspect if n not in known)),
        tuple(sorted(n for n in suspect if n in known and n in expected)),
        tuple(sorted(n for n in suspect if n not in expected)),
        len(expected),
    )


def repair(site: Any, registry: Any, differences: Differences) -> bool:
    """Write again what differs; False when another process writes the index.

    That process is then asked to make it again whole.
    """
    feed = feed_of(site, registry)
    if not feed.index.is_writer:
        feed.ask_rebuild()
        return False
    feed.rewrite(differences.numbers)
    return True


def rebuild(site: Any, registry: Any) -> int | None:
    """Make the index again; return how many documents it has.

    None when another process writes it, that is then asked to.
    """
    feed = feed_of(site, registry)
    if not feed.index.is_writer:
        feed.ask_rebuild()
        return None
    return feed.rebuild()


def state_of_index(site: Any, registry: Any) -> IndexState | None:
    """Tell how the index stands, writing nothing; None when none is on the disk."""
    folder = service_of(registry).folder
    if folder is None or not folder.exists():
        return None
    feed = feed_of(site, registry)
    try:
        late = feed.lateness(site._p_jar)  # noqa: SLF001
        return IndexState(folder, len(feed.index), late, feed.is_building)
    except (IndexAbsent, IndexDamaged):
        return IndexState(folder, is_unfit=True)


def _both(
    site: Any, feed: Feed, digests: Callable[[Any], dict[int, int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return what the index knows and what the site says, at one moment if possible."""
    connection = site._p_jar  # noqa: SLF001
    connection.sync()
    feed.wait_for(moment_of(connection), PATIENCE_SECONDS)
    feed.unseen(connection)
    known = feed.index.digests()
    return known, digests(site)


def _all_digests(site: Any) -> dict[int, int]:
    told = {}
    for count, item in enumerate(items_of(site)):
        document = document_of(item) if is_found(item) else None
        if document is not None:
            told[document.id] = digest_of(document)
        if not count % 500:
            site._p_jar.cacheGC()  # noqa: SLF001
    return told


def _digests_of(site: Any, numbers: frozenset[int]) -> dict[int, int]:
    objectmap = find_objectmap(site)
    items = (objectmap.object_for(number) for number in numbers)
    made = (document_of(item) for item in items if item is not None)
    return {one.id: digest_of(one) for one in made if one is not None}


def _differing(known: dict[int, int], expected: dict[int, int]) -> set[int]:
    return {
        n for n in known.keys() | expected.keys() if known.get(n) != expected.get(n)
    }
