"""One PDF of many: outline by piece, then by heading, and pages numbered as a whole.

The tags and the language of the pieces are kept, and all its fonts are in the file as
soon as those of the pieces are.

Pieces that people upload may be traps: they are read in a process of its own, which
has a time and a memory. It is this module itself, run by its name.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject
from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import IndirectObject
from pypdf.generic import NameObject

from sicp.engines.pdf_digits import add_digits
from sicp.engines.pdf_digits import width_of
from sicp.engines.pdf_tags import Tags

DEFAULT_SECONDS = 120.0
_MEMORY = 3 * 1024**3
_MOST_PAGES = 20_000
_MARGIN = 14
_SIZE = 8
_FONT = "/SicpNumber"
#: What a broken or hostile file may raise in the reader.
_BROKEN = (
    PyPdfError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    NotImplementedError,
)


class BundleError(RuntimeError):
    """The pieces could not be joined, or not in time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF to join, and its title in the outline."""

    path: Path
    title: str


def count_pages(
    paths: Sequence[Path], seconds: float = DEFAULT_SECONDS
) -> list[int | None]:
    """Return the pages of each PDF, None for one that cannot be joined.

    Raises:
        BundleError: they could not be read in time.
    """
    found = _apart({"count": [str(path) for path in paths]}, seconds)
    return [None if n is None else int(n) for n in found]


def join(parts: Sequence[Part], target: Path, seconds: float = DEFAULT_SECONDS) -> int:
    """Join PDF files in one, at ``target``; return how many pages it has.

    Raises:
        BundleError: they could not be joined, or not in time.
    """
    told = [[str(part.path), part.title] for part in parts]
    return int(_apart({"join": told, "target": str(target)}, seconds))


def _apart(asked: dict[str, Any], seconds: float) -> Any:  # noqa: ANN401
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-m", __name__, str(seconds)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = "the pieces took too long to read"
        raise BundleError(message) from error
    if done.returncode:
        message = f"the pieces could not be joined ({done.returncode})"
        raise BundleError(message)
    return json.loads(done.stdout)


def _pages_of(path: str) -> int | None:
    """Count the pages of a file that can be read to its end."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted or not 0 < len(reader.pages) <= _MOST_PAGES:
            return None
        # Written once for nothing: what fails here would fail in the whole.
        PdfWriter().append(reader, import_outline=False)
        return len(reader.pages)
    except _BROKEN:
        return None


def _join(parts: Sequence[Sequence[str]], target: str) -> int:
    writer = PdfWriter()
    tags = Tags(writer)
    for path, title in parts:
        first, reader = len(writer.pages), PdfReader(path)
        try:
            writer.append(reader, outline_item=title)
        except _BROKEN:
            # Its own outline is broken: the pages are not.
            reader = PdfReader(path)
            writer.append(reader, outline_item=title, import_outline=False)
        pages = writer.pages[first:]
        try:
            tags.take(reader, title, pages)
        except _BROKEN:
            # Its tags are broken too, and it is then read without them.
            tags.leave_out(pages)
    tags.write()
    writer.page_mode = "/UseOutlines"
    count, font = len(writer.pages), add_digits(writer)
    for number, page in enumerate(writer.pages, start=1):
        _number(writer, page, font, f"{number} / {count}")
    with Path(target).open("wb") as file:
        writer.write(file)
    return count


def _number(
    writer: PdfWriter, page: PageObject, font: IndirectObject, text: str
) -> None:
    """Print a number at the foot of a page, whatever its own content does."""
    _fonts(page)[NameObject(_FONT)] = font
    before, after = (
        _stream(writer, "q\n"),
        _stream(writer, f"\nQ\n{_drawn(page, text)}"),
    )
    page[NameObject("/Contents")] = ArrayObject([before, *_contents(page), after])


def _fonts(page: PageObject) -> DictionaryObject:
    # Copies: pages often share these, and a page must not change another.
    held = page.get("/Resources")
    resources = DictionaryObject(held.get_object() if held is not None else {})
    own = resources.get("/Font")
    fonts = DictionaryObject(own.get_object() if own is not None else {})
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources
    return fonts


def _contents(page: PageObject) -> Iterator[Any]:
    held = page.raw_get("/Contents") if "/Contents" in page else None
    if held is None:
        return
    inside = held.get_object()
    if isinstance(inside, ArrayObject):
        yield from inside
    elif inside is not None:
        yield held


def _stream(writer: PdfWriter, text: str) -> Any:  # noqa: ANN401
    stream = DecodedStreamObject()
    stream.set_data(text.encode("ascii"))
    return writer._add_object(stream)  # noqa: SLF001 - its way to add one


def _drawn(page: PageObject, text: str) -> str:
    """Write the operators that print ``text`` at the foot of the page as it is seen."""
    box = page.cropbox
    left, low, right, high = (float(x) for x in (*box.lower_left, *box.upper_right))
    half = width_of(text) * _SIZE / 2
    middle, centre = (left + right) / 2, (low + high) / 2
    matrix = {
        0: f"1 0 0 1 {middle - half:.2f} {low + _MARGIN:.2f}",
        90: f"0 1 -1 0 {right - _MARGIN:.2f} {centre - half:.2f}",
        180: f"-1 0 0 -1 {middle + half:.2f} {high - _MARGIN:.2f}",
        270: f"0 -1 1 0 {left + _MARGIN:.2f} {centre + half:.2f}",
    }[page.rotation % 360 // 90 * 90]
    # No part of what is read aloud: it is told to be an artifact of the page.
    drawn = f"q BT 0 g 0 G {_FONT} {_SIZE} Tf {matrix} Tm ({text}) Tj ET Q"
    return f"/Artifact <</Type /Pagination>> BDC\n{drawn}\nEMC\n"


def main(seconds: str) -> int:
    """Do what the standard input asks; tell the result on the standard output."""
    allowed = max(1, round(float(seconds)))
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.load(sys.stdin)
    if "count" in asked:
        told: Any = [_pages_of(path) for path in asked["count"]]
    else:
        told = _join(asked["join"], asked["target"])
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
