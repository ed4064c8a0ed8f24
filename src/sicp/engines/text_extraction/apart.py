"""Reads a file in a process of its own: what comes from outside may be a trap."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

from sicp.engines.text_extraction.kept import metadata_from_json
from sicp.engines.text_extraction.kept import reading_from_json
from sicp.engines.text_extraction.package import TOO_LARGE
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.reading import NOT_READ
from sicp.engines.text_extraction.reading import Reading
from sicp.engines.text_extraction.state import TextState

DEFAULT_SECONDS = 30.0
#: In bytes; a larger file is kept, but not read.
LARGEST_FILE = 256 * 1024 * 1024
#: What 4 million signs and the places of 60,000 passages cannot pass.
_LONGEST_ANSWER = 128 * 1024 * 1024
#: Seconds for a process that waits for a core, or for its disk.
_PATIENCE = 5.0
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
TOO_LONG = "La lecture du fichier a pris trop de temps : son texte n’est pas lu."
FAILED = "Le texte du fichier n’a pas pu être lu."
#: The same packages are found as here, and nothing else of what surrounds us.
_START = (
    "import sys; sys.path[:] = sys.argv[4:]; "
    "from sicp.engines.text_extraction.bounded import main; main(*sys.argv[1:4])"
)


def read_apart(path: Path, kind: str = "", seconds: float = DEFAULT_SECONDS) -> Reading:
    """Read the file at ``path`` within ``seconds``, and tell how it ended.

    Nothing is raised, whatever the file; it costs this process no more than the text
    that was read.
    """
    if not path.is_file():
        return Reading(TextState.UNREADABLE, None, NOT_READ)
    if path.stat().st_size > LARGEST_FILE:
        return Reading(TextState.TOO_LARGE, None, TOO_LARGE)
    code, answer = _run(path, kind, seconds)
    told, is_told, of_itself = answer.partition(b"\n")
    if is_told and len(answer) <= _LONGEST_ANSWER:
        # Whatever happened once the text was told has no weight.
        return _with_metadata(reading_from_json(told), of_itself)
    if code in _OUT_OF_TIME:
        return Reading(TextState.TOO_LONG, None, TOO_LONG)
    return Reading(TextState.BROKEN, None, FAILED)


def _with_metadata(reading: Reading, told: bytes) -> Reading:
    if not told.endswith(b"\n"):
        return reading
    return reading._replace(metadata=metadata_from_json(told))


def extract_apart(
    path: Path, kind: str, seconds: float = DEFAULT_SECONDS
) -> ExtractedText:
    """Return the text of the file at ``path``, read within ``seconds``.

    Raises:
        ExtractionError: it cannot be read, or not in this time.
    """
    reading = read_apart(path, kind, seconds)
    if reading.text is not None:
        return reading.text
    if reading.state is TextState.EMPTY and kind != "pdf":
        return ExtractedText(kind, ())
    raise ExtractionError(reading.message, reading.state)


def _run(path: Path, kind: str, seconds: float) -> tuple[int, bytes]:
    """Return how the process ended, and what it said."""
    whole = str(path.absolute())
    places = [place for place in sys.path if Path(place).is_absolute()]
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-c", _START, whole, kind, str(seconds), *places],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    ) as process:
        watch = Timer(seconds + _PATIENCE, process.kill)
        watch.start()
        try:
            answer = process.stdout.read(_LONGEST_ANSWER + 1) if process.stdout else b""
            if len(answer) > _LONGEST_ANSWER:
                process.kill()
            return process.wait(), answer
        finally:
            watch.cancel()
            process.kill()
