"""Many texts and files taken into the base at once, and the base given out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sicp.engines.bulk import Source
from sicp.engines.bulk import SourceError
from sicp.engines.bulk import open_source
from sicp.exceptions import InvalidInputError


@contextmanager
def opened_source(path: Path) -> Iterator[Source]:
    """Open a folder, an archive or a file of lines.

    Raises:
        InvalidInputError: it is none of these, or is damaged.
    """
    try:
        with open_source(path) as source:
            yield source
    except SourceError as error:
        raise InvalidInputError(str(error), "file") from error
