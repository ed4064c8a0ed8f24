"""The process that reads one file: it may not take its time, nor write anything.

It is run by ``apart``; whatever happens to it, the application goes on.
"""

import resource
import sys
from pathlib import Path

from sicp.engines.text_extraction.kept import reading_to_json
from sicp.engines.text_extraction.package import TOO_LARGE
from sicp.engines.text_extraction.reading import Reading
from sicp.engines.text_extraction.reading import read
from sicp.engines.text_extraction.state import TextState

#: Of addresses, which libraries take some 200 MB of before reading anything.
MEMORY = 1024**3


def main(path: str, kind: str, seconds: str) -> None:
    """Write on the standard output how the reading of a file ended."""
    _bind(max(1, round(float(seconds))))
    try:
        with Path(path).open("rb") as file:
            answer = reading_to_json(read(file, kind))
    except MemoryError:
        answer = reading_to_json(Reading(TextState.TOO_LARGE, None, TOO_LARGE))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _bind(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
