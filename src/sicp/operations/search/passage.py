"""Pieces of text common to all documents: where they stand, what they were read of."""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ZODB.utils import u64

from sicp.engines.search import Passage
from sicp.operations.reading import text_of

#: Signs of one passage of a file: neighbours of one page and heading are put together.
_LENGTH = 700


def sources_of(*records: Any) -> tuple[int, ...]:
    """Return the numbers in the database of the records a document was made from."""
    numbers = (getattr(record, "_p_oid", None) for record in records)
    return tuple(dict.fromkeys(u64(number) for number in numbers if number))


def numbers_above(item: Any) -> tuple[int, ...]:
    """Return the numbers of the containers of a thing, the nearest first."""
    numbers = []
    place = item.__parent__
    while place is not None:
        number = getattr(place, "__oid__", None)
        if number:
            numbers.append(number)
        place = place.__parent__
    return tuple(numbers)


def seconds_of(instant: datetime | None) -> int:
    """Return an instant in seconds, 0 for none."""
    return int(instant.timestamp()) if instant is not None else 0


def passages_of(heading: str, lines: Iterable[str], place: str = "") -> list[Passage]:
    """Return lines as one passage; none when they say nothing."""
    text = "\n".join(line for line in lines if line and line.strip())
    return [Passage(text, heading, place)] if text else []


def passages_of_file(file: Any) -> Iterator[Passage]:
    """Return what was read of a file, neighbours put together."""
    read = text_of(file) if file is not None else None
    heading, place, length = "", "", 0
    lines: list[str] = []
    for part in read.passages if read is not None else ():
        if (part.heading, part.place) != (heading, place) or length > _LENGTH:
            yield from passages_of(heading, lines, place)
            heading, place, lines, length = part.heading, part.place, [], 0
        lines.append(part.text)
        length += len(part.text)
    yield from passages_of(heading, lines, place)
