"""What a database committed after a moment, whatever the storage.

The records of objects are followed, not the notes of transactions: notes vanish when a
FileStorage is packed, and PostgreSQL keeps none.
"""

from collections.abc import Iterator
from typing import Any

from ZODB.utils import get_pickle_metadata
from ZODB.utils import p64
from ZODB.utils import u64

#: Records of these packages are no part of any text.
_IGNORED = (
    "BTrees.",
    "substanced.objectmap",
    "sicp.content_types.background",
    "sicp.content_types.journal",
)
_CONTENT = "sicp.content_types."


class Record:
    """A record that was written: its number, when, and whether it is of our content."""

    __slots__ = ("is_content", "number", "tid")

    def __init__(self, number: int, tid: int, *, is_content: bool) -> None:
        self.number = number
        self.tid = tid
        self.is_content = is_content


def moment_of(connection: Any) -> int:
    """Return the last transaction that a connection sees."""
    storage = connection._storage  # noqa: SLF001
    start = getattr(storage, "_start", None)
    # Storages without views of their own are seen through an adapter, that notes the
    # moment before which it reads; others tell the last transaction of their view.
    return u64(start) - 1 if start else u64(storage.lastTransaction())


def records_after(connection: Any, tid: int, until: int) -> Iterator[Record]:
    """Walk the records written after a transaction, up to another included."""
    if until <= tid:
        return
    storage = _iterable(connection)
    for done in storage.iterator(p64(tid + 1)):
        number = u64(done.tid)
        if not tid < number <= until:
            continue
        for record in done:
            yield from _kept(record, number)


def serial_of(connection: Any, number: int) -> int:
    """Return when a record was last written.

    Raises:
        KeyError: there is none.
    """
    _state, serial = connection._storage.load(p64(number))  # noqa: SLF001
    return u64(serial)


def _kept(record: Any, tid: int) -> Iterator[Record]:
    if record.data is None:
        return
    module, _name = get_pickle_metadata(record.data)
    if not module.startswith(_IGNORED):
        is_content = module.startswith(_CONTENT)
        yield Record(u64(record.oid), tid, is_content=is_content)


def _iterable(connection: Any) -> Any:
    own = connection._storage  # noqa: SLF001
    # That of a connection has its own view; adapters have none to iterate on.
    return own if hasattr(own, "iterator") else connection.db().storage
