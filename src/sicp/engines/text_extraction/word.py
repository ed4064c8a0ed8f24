"""Text of word processors: DOCX and ODT, paragraph by paragraph under its heading."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from typing import BinaryIO

from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.package import parsed
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HEADING_STYLE = re.compile(r"(?:heading|titre|title)\s*\d*", re.IGNORECASE)
#: A title typed by hand: « Article 3 – Durée », « 3.2 Délais ».
_TYPED_TITLE = re.compile(
    r"(?:article\s+\d|\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S)", re.IGNORECASE
)
_LONGEST_TITLE = 110
_MOST_SPACES = 20


def extract_docx(file: BinaryIO) -> ExtractedText:
    """Read a Word document, without what was struck out in tracked changes.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        styles = _heading_styles(package)
        root = parsed(package, "word/document.xml")
    body = root.find(f"{_W}body")
    return gather("docx", _placed(_docx_blocks(body, styles)))


def extract_odt(file: BinaryIO) -> ExtractedText:
    """Read a LibreOffice document, without what was struck out in tracked changes.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        root = parsed(package, "content.xml")
    body = root.find(f"{_OFFICE}body")
    return gather("odt", _placed(_odt_blocks(body)))


def _placed(blocks: Iterator[tuple[str, bool]]) -> Iterator[Passage]:
    heading, rank = "", 0
    for text, is_heading in blocks:
        said = _squeezed(text)
        if not said:
            continue
        if is_heading or _is_typed_title(said):
            heading, rank = said, 0
            yield Passage(f"« {heading} »", said, heading, is_heading=True)
            continue
        rank += 1
        under = f"« {heading} », " if heading else ""
        yield Passage(f"{under}paragraphe {rank}", said, heading)


def _is_typed_title(text: str) -> bool:
    is_short = len(text) <= _LONGEST_TITLE and "\t" not in text
    ends = text.endswith((".", ";", ",", ":"))
    return is_short and not ends and _TYPED_TITLE.match(text) is not None


def _squeezed(text: str) -> str:
    cells = (" ".join(cell.split()) for cell in text.split("\t"))
    return "\t".join(cells).strip()


def _heading_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Return the identifiers of the styles of titles, whatever the language of Word."""
    if "word/styles.xml" not in package.namelist():
        return frozenset()
    found = set()
    for style in parsed(package, "word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        told = name.get(f"{_W}val", "") if name is not None else ""
        has_level = style.find(f"{_W}pPr/{_W}outlineLvl") is not None
        if has_level or _HEADING_STYLE.fullmatch(told):
            found.add(style.get(f"{_W}styleId", ""))
    return frozenset(found)


def _docx_blocks(node: Any, styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    for child in node if node is not None else ():
        if child.tag == f"{_W}p":
            text = "".join(_docx_words(child)).replace("\t", " ")
            yield text, _docx_style(child) in styles
        elif child.tag == f"{_W}tr":
            yield "\t".join(_docx_cells(child)), False
        elif child.tag not in {f"{_W}del", f"{_W}moveFrom"}:
            yield from _docx_blocks(child, styles)


def _docx_style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else ""


def _docx_cells(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{_W}tc"):
        paragraphs = ("".join(_docx_words(p)) for p in cell.iter(f"{_W}p"))
        yield " ".join(paragraphs).replace("\t", " ")


def _docx_words(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            yield node.text or ""
        else:
            yield "-" if node.tag == f"{_W}noBreakHyphen" else " "


def _odt_blocks(node: Any) -> Iterator[tuple[str, bool]]:
    for child in node if node is not None else ():
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            text = "".join(_odt_words(child)).replace("\t", " ")
            yield text, child.tag == f"{_TEXT}h"
        elif child.tag == f"{_TABLE}table-row":
            yield "\t".join(_odt_cells(child)), False
        elif child.tag != f"{_TEXT}tracked-changes":
            yield from _odt_blocks(child)


def _odt_cells(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{_TABLE}table-cell"):
        paragraphs = cell.iter(f"{_TEXT}p", f"{_TEXT}h")
        yield " ".join("".join(_odt_words(p)) for p in paragraphs).replace("\t", " ")


def _odt_words(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            told = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(told) if told.isdecimal() else 1, _MOST_SPACES)
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield " "
        elif isinstance(child.tag, str) and not child.tag.startswith(_OFFICE):
            yield from _odt_words(child)
        yield child.tail or ""
