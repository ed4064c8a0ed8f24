"""Reads a file in a process of its own: what comes from outside may be a trap.

The process has a time, a memory and no way to write; whatever happens to it, the
application goes on. It is this module itself, run by its name.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.reading import extract

DEFAULT_SECONDS = 30.0
_MEMORY = 2 * 1024**3
_REFUSED = 3
TOO_LONG = "La lecture du fichier a pris trop de temps : son texte n’est pas lu."
FAILED = "Le texte du fichier n’a pas pu être lu."


def extract_apart(
    path: Path, kind: str, seconds: float = DEFAULT_SECONDS
) -> ExtractedText:
    """Read the text of the file at ``path`` within ``seconds``.

    Raises:
        ExtractionError: it cannot be read, or not in this time.
    """
    command = [sys.executable, "-I", "-m", __name__, str(path), kind, str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ExtractionError(TOO_LONG) from error
    if done.returncode == _REFUSED:
        raise ExtractionError(done.stdout.decode("utf-8", "replace"))
    if done.returncode < 0:
        raise ExtractionError(TOO_LONG)
    if done.returncode:
        raise ExtractionError(FAILED)
    return from_json(done.stdout)


def to_json(text: ExtractedText) -> bytes:
    """Write an extracted text as bytes to keep."""
    return json.dumps(asdict(text), ensure_ascii=False).encode("utf-8")


def from_json(content: bytes) -> ExtractedText:
    """Read what ``to_json`` wrote."""
    told = json.loads(content)
    passages = tuple(Passage(**passage) for passage in told["passages"])
    return ExtractedText(told["kind"], passages, is_cut=told["is_cut"])


def main(path: str, kind: str, seconds: str) -> int:
    """Write the text of a file, or why it cannot be read, on the standard output."""
    allowed = max(1, round(float(seconds)))
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with Path(path).open("rb") as file:
            content = to_json(extract(file, kind))
    except ExtractionError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8"))
        return _REFUSED
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
