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

ONLY_IMAGES = "Ce PDF ne contient que des images : son texte ne peut pas être lu."
_MOST_PAGES = 5_000
#: A line this full goes on in the next one.
_FULL = 0.72
_TITLE = re.compile(r"(?:article\s+\d|\d{1,2}(?:\.\d{1,2})+\.?\s+\D)", re.IGNORECASE)
_ITEM = re.compile(r"[-–•◦▪☐*]\s|\d{1,2}[.)°]\s")


def extract_pdf(file: BinaryIO) -> ExtractedText:
    """Read a PDF.

    Raises:
        ExtractionError: it is locked, damaged, or made of images alone.
    """
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        raise ExtractionError(LOCKED if is_locked else DAMAGED) from error
    try:
        text = gather("pdf", _passages(document))
    except pypdfium2.PdfiumError as error:
        raise ExtractionError(DAMAGED) from error
    finally:
        document.close()
    if not text.passages:
        raise ExtractionError(ONLY_IMAGES)
    return text


def _passages(document: pypdfium2.PdfDocument) -> Iterator[Passage]:
    heading = ""
    for number in range(min(len(document), _MOST_PAGES)):
        for text in paragraphs(_page_text(document, number)):
            is_heading = _TITLE.match(text) is not None and not text.endswith(".")
            heading = text if is_heading else heading
            place = f"page {number + 1}"
            yield Passage(place, text, heading, is_heading=is_heading)


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
