"""The process that reads one file: it may not take its time, nor write anything.

It is run by ``apart``; whatever happens to it, the application goes on.
"""

import resource
import sys
from pathlib import Path

from sicp import clock
from sicp.engines.text_extraction.kept import metadata_to_json
from sicp.engines.text_extraction.kept import reading_to_json
from sicp.engines.text_extraction.metadata import metadata_of
from sicp.engines.text_extraction.package import TOO_LARGE
from sicp.engines.text_extraction.reading import Reading
from sicp.engines.text_extraction.reading import read
from sicp.engines.text_extraction.state import TextState

#: Of addresses, which libraries take some 200 MB of before reading anything.
MEMORY = 1024**3
#: How a file ends that was opened without harm; no other is opened twice.
_OPENED = {TextState.READ, TextState.CUT, TextState.EMPTY}


def main(path: str, kind: str, seconds: str) -> None:
    """Write on the standard output how the reading of a file ended.

    What the file says of itself comes on a line of its own, once the first is told:
    nothing of it may lose the text.
    """
    _bind(max(1, round(float(seconds))))
    try:
        with Path(path).open("rb") as file:
            reading = read(file, kind)
    except MemoryError:
        reading = Reading(TextState.TOO_LARGE, None, TOO_LARGE)
    _say(reading_to_json(reading))
    if reading.state in _OPENED:
        # The text is told: its memory is given back before the file is opened again.
        del reading
        with Path(path).open("rb") as file:
            _say(metadata_to_json(metadata_of(file, clock.now(), kind)))


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _bind(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
