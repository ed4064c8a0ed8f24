"""Text of presentations: PPTX and ODP, slide by slide, with the speaker's notes."""

import posixpath
import zipfile
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import BinaryIO

from sicp.engines.text_extraction.open_document import DRAW
from sicp.engines.text_extraction.open_document import PRESENTATION
from sicp.engines.text_extraction.open_document import TABLE
from sicp.engines.text_extraction.open_document import TEXT
from sicp.engines.text_extraction.open_document import cells_of
from sicp.engines.text_extraction.open_document import content_of
from sicp.engines.text_extraction.open_document import said_in
from sicp.engines.text_extraction.outline import squeezed
from sicp.engines.text_extraction.package import DAMAGED
from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.package import parsed
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "ppt/presentation.xml"
_TITLES = {"title", "ctrTitle"}
#: Boxes of a slide that say nothing of their own.
_FURNITURE = {"sldNum", "dt", "ftr", "hdr"}


def extract_pptx(file: BinaryIO) -> ExtractedText:
    """Read a PowerPoint presentation, in the order of its slides.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        return gather("pptx", _pptx_passages(package))


def extract_odp(file: BinaryIO) -> ExtractedText:
    """Read a LibreOffice presentation.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        body = content_of(package)
    if body is None:
        raise ExtractionError(DAMAGED)
    return gather("odp", _odp_passages(body))


def _pptx_passages(package: zipfile.ZipFile) -> Iterator[Passage | None]:
    for number, name in enumerate(_slides(package), 1):
        # A slide that is named but not there is a damage, not the end of the reading.
        if name not in package.NameToInfo:
            yield None
            continue
        place = f"diapositive {number}"
        shapes = parsed(package, name).iter(f"{_P}sp", f"{_A}tr")
        yield from _passages(place, map(_pptx_block, shapes))
        for notes in _related(package, name, "notesSlide"):
            shapes = parsed(package, notes).iter(f"{_P}sp")
            yield from _passages(f"{place}, commentaires", map(_pptx_block, shapes))


def _slides(package: zipfile.ZipFile) -> Iterator[str]:
    known = _relations(package, _MAIN)
    for slide in parsed(package, _MAIN).iter(f"{_P}sldId"):
        _kind, target = known.get(slide.get(f"{_R}id", ""), ("", ""))
        yield target


def _related(package: zipfile.ZipFile, name: str, kind: str) -> list[str]:
    found = _relations(package, name).values()
    return [
        target
        for told, target in found
        if told.endswith(f"/{kind}") and target in package.NameToInfo
    ]


def _relations(package: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the part that each relation of a part leads to."""
    folder, _slash, last = name.rpartition("/")
    source = f"{folder}/_rels/{last}.rels"
    if source not in package.NameToInfo:
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[
                1:
            ],
        )
        for relation in parsed(package, source)
    }


def _pptx_block(shape: Any) -> tuple[list[str], bool]:
    """Return the texts of a shape or of a row, and whether it is the title."""
    if shape.tag == f"{_A}tr":
        cells = (squeezed(_pptx_words(cell)) for cell in shape.iterchildren(f"{_A}tc"))
        return ["\t".join(cells)], False
    holder = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    role = holder.get("type", "") if holder is not None else ""
    if role in _FURNITURE:
        return [], False
    texts = [_pptx_words(paragraph) for paragraph in shape.iter(f"{_A}p")]
    is_title = role in _TITLES
    return ([" ".join(texts)] if is_title else texts), is_title


def _pptx_words(node: Any) -> str:
    words = node.iter(f"{_A}t", f"{_A}br", f"{_A}p")
    return "".join(said.text or "" if said.tag == f"{_A}t" else " " for said in words)


def _odp_passages(body: Any) -> Iterator[Passage]:
    for number, page in enumerate(body.iter(f"{DRAW}page"), 1):
        place = f"diapositive {number}"
        shapes = [child for child in page if child.tag != f"{PRESENTATION}notes"]
        yield from _passages(place, map(_odp_block, shapes))
        for notes in page.iterchildren(f"{PRESENTATION}notes"):
            yield from _passages(f"{place}, commentaires", map(_odp_block, notes))


def _odp_block(shape: Any) -> tuple[list[str], bool]:
    rows = [cells_of(row) for row in shape.iter(f"{TABLE}table-row")]
    texts = rows or [said_in(node) for node in shape.iter(f"{TEXT}p", f"{TEXT}h")]
    is_title = shape.get(f"{PRESENTATION}class") == "title"
    return ([" ".join(texts)] if is_title else texts), is_title


def _passages(
    place: str, blocks: Iterable[tuple[list[str], bool]]
) -> Iterator[Passage]:
    """Give the passages of one slide, its title first, which is their heading."""
    found = list(blocks)
    titles = [squeezed(text) for texts, is_title in found if is_title for text in texts]
    heading = next(filter(None, titles), "")
    if heading:
        yield Passage(place, heading, heading, is_heading=True)
    for texts, is_title in found:
        for text in () if is_title else texts:
            yield Passage(place, squeezed(text), heading)
