"""Text of word processors: DOCX and ODT, paragraph by paragraph under its heading."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from typing import BinaryIO

from lxml import etree

from sicp.engines.text_extraction.open_document import TABLE
from sicp.engines.text_extraction.open_document import TEXT
from sicp.engines.text_extraction.open_document import cells_of
from sicp.engines.text_extraction.open_document import content_of
from sicp.engines.text_extraction.open_document import said_in
from sicp.engines.text_extraction.outline import placed
from sicp.engines.text_extraction.package import DAMAGED
from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.package import parsed
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import gather

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_STYLE = re.compile(r"(?:heading|titre|title)\s*\d*", re.IGNORECASE)
#: What was struck out, what was moved away, and the twin of a drawing for old readers.
_SILENT = (f"{_W}del", f"{_W}moveFrom", f"{_COMPATIBILITY}Fallback")
_SIGNS = {f"{_W}noBreakHyphen": "-", f"{_W}tab": " ", f"{_W}br": " ", f"{_W}p": " "}
_WORDS = (f"{_W}t", *_SIGNS)


def extract_docx(file: BinaryIO) -> ExtractedText:
    """Read a Word document, without what was struck out in tracked changes.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        styles = _heading_styles(package)
        root = parsed(package, "word/document.xml")
    body = root.find(f"{_W}body")
    if body is None:
        raise ExtractionError(DAMAGED)
    etree.strip_elements(body, *_SILENT, with_tail=False)
    return gather("docx", placed(_docx_blocks(body, styles)))


def extract_odt(file: BinaryIO) -> ExtractedText:
    """Read a LibreOffice document, without what was struck out in tracked changes.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        body = content_of(package)
    if body is None:
        raise ExtractionError(DAMAGED)
    return gather("odt", placed(_odt_blocks(body)))


def _heading_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Return the identifiers of the styles of titles, whatever the language of Word."""
    if "word/styles.xml" not in package.NameToInfo:
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
    for child in node:
        if child.tag == f"{_W}p":
            yield _docx_words(child), _docx_style(child) in styles
        elif child.tag == f"{_W}tr":
            yield "\t".join(_docx_cells(child)), False
        else:
            yield from _docx_blocks(child, styles)


def _docx_style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else ""


def _docx_cells(row: Any) -> Iterator[str]:
    """Return the words of each cell; those of an inner table are in its cell."""
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr"), None) is row:
            yield _docx_words(cell)


def _docx_words(node: Any) -> str:
    words = (_SIGNS.get(said.tag, said.text or "") for said in node.iter(*_WORDS))
    return "".join(words).replace("\t", " ")


def _odt_blocks(node: Any) -> Iterator[tuple[str, bool]]:
    for child in node:
        if child.tag in {f"{TEXT}p", f"{TEXT}h"}:
            yield said_in(child), child.tag == f"{TEXT}h"
        elif child.tag == f"{TABLE}table-row":
            yield cells_of(child), False
        else:
            yield from _odt_blocks(child)
