"""Text of spreadsheets: one passage for each row that holds something."""

import warnings
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import Any
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sicp.engines.text_extraction.package import DAMAGED
from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.package import refuse_entities
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather

_WIDEST = 100
_LONGEST = 50_000


def extract_xlsx(file: BinaryIO) -> ExtractedText:
    """Read the values of a workbook; formulas by their last result.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        for name in package.namelist():
            if name.lower().endswith((".xml", ".rels")):
                refuse_entities(package.read(name))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Styles and extensions it does not know are no business of ours.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
            try:
                return gather("xlsx", _rows(book))
            finally:
                book.close()
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,
        IndexError,
    ) as error:
        raise ExtractionError(DAMAGED) from error


def _rows(book: Any) -> Iterator[Passage]:  # noqa: ANN401
    for sheet in book.worksheets:
        title = f"feuille « {sheet.title} »"
        # A sheet may claim a million empty columns: the claim is not believed.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=_LONGEST, max_col=_WIDEST, values_only=True)
        for number, row in enumerate(rows, 1):
            cells = [_said(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if any(cells):
                text = "\t".join(cells)
                yield Passage(f"{title}, ligne {number}", text, sheet.title)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.6f}".rstrip("0").replace(".", ",")
    return " ".join(str(value).split())
