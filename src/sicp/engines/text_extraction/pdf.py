"""Text of PDF files, page by page, its lines joined again into paragraphs."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from sicp.engines.text_extraction.package import DAMAGED
from sicp.engines.text_extraction.package import LOCKED
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather
from sicp.engines.text_extraction.state import TextState

ONLY_IMAGES = (
    "Document numérisé : aucun texte à lire, ce PDF ne contient que des images."
)
_MOST_PAGES = 5_000
#: Pages that cannot be opened, after which no other is tried.
_MOST_FAILURES = 100
_END = b"%%EOF"
_TAIL = 4096
#: A line this full goes on in the next one.
_FULL = 0.72
_TITLE = re.compile(r"(?:article\s+\d|\d{1,2}(?:\.\d{1,2})+\.?\s+\D)", re.IGNORECASE)
_ITEM = re.compile(r"[-–•◦▪☐*]\s|\d{1,2}[.)°]\s")


def extract_pdf(file: BinaryIO) -> ExtractedText:
    """Read a PDF.

    Raises:
        ExtractionError: it is locked, damaged, or made of images alone.
    """
    is_whole = _is_whole(file)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
            raise ExtractionError(LOCKED, TextState.LOCKED) from error
        raise ExtractionError(DAMAGED) from error
    try:
        text = gather("pdf", _passages(document, is_whole=is_whole))
        if text.passages:
            return text
        if not is_whole or not _opens(document):
            raise ExtractionError(DAMAGED)
        raise ExtractionError(ONLY_IMAGES, TextState.EMPTY)
    finally:
        document.close()


def _is_whole(file: BinaryIO) -> bool:
    """Tell whether the end of the file is there: else pages may be missing."""
    file.seek(max(0, file.seek(0, 2) - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    return _END in tail


def _opens(document: pypdfium2.PdfDocument) -> bool:
    try:
        _page_text(document, 0)
    except (pypdfium2.PdfiumError, IndexError):
        return False
    return True


def _passages(
    document: pypdfium2.PdfDocument, *, is_whole: bool
) -> Iterator[Passage | None]:
    heading, failures = "", 0
    for number in range(len(document)):
        if number >= _MOST_PAGES or failures >= _MOST_FAILURES:
            is_whole = False
            break
        try:
            page = _page_text(document, number)
        except pypdfium2.PdfiumError:
            failures += 1
            continue
        for text in paragraphs(page):
            is_heading = _TITLE.match(text) is not None and not text.endswith(".")
            heading = text if is_heading else heading
            place = f"page {number + 1}"
            yield Passage(place, text, heading, is_heading=is_heading)
    if failures or not is_whole:
        yield None


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            return words.get_text_range()
        finally:
            words.close()
    finally:
        page.close()


def paragraphs(page: str) -> Iterator[str]:
    """Join the lines of a page: one that is full goes on in the next."""
    lines = [" ".join(line.split()) for line in page.splitlines()]
    lines = [line for line in lines if line]
    width = max(map(len, lines), default=0)
    gathered = ""
    for line in lines:
        if gathered and _goes_on(gathered, line, width):
            # A word cut at the end of its line is whole again.
            cut = gathered.endswith(("\u00ad", "\ufffe", "\u0002"))
            gathered = gathered[:-1] + line if cut else f"{gathered} {line}"
            last = line
        else:
            if gathered:
                yield gathered
            gathered = last = line
        if len(last) < width * _FULL:
            yield gathered
            gathered = ""
    if gathered:
        yield gathered


def _goes_on(gathered: str, line: str, width: int) -> bool:
    starts = _ITEM.match(line) or _TITLE.match(line)
    ends = gathered.endswith((".", ";", ":")) and line[:1].isupper()
    return not starts and not ends and len(gathered) >= width * _FULL
