"""Text of spreadsheets: one passage for each row that holds something."""

import warnings
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from itertools import islice
from typing import Any
from typing import BinaryIO

from openpyxl import load_workbook

from sicp.engines.text_extraction.open_document import CONTENT
from sicp.engines.text_extraction.open_document import OFFICE
from sicp.engines.text_extraction.open_document import TABLE
from sicp.engines.text_extraction.open_document import TEXT
from sicp.engines.text_extraction.open_document import refuse_locked
from sicp.engines.text_extraction.open_document import repeated
from sicp.engines.text_extraction.open_document import said_in
from sicp.engines.text_extraction.open_document import write_blanks
from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.package import refuse_entities
from sicp.engines.text_extraction.package import walked
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather
from sicp.engines.text_extraction.passage import shortened

_WIDEST = 100
#: Of all the sheets together, empty ones included.
_MOST_ROWS = 1_200_000
#: What a cell of Excel may hold.
_LONGEST_CELL = 32_767
_SHEET = f"{TABLE}table"
_ROW = f"{TABLE}table-row"
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def extract_xlsx(file: BinaryIO) -> ExtractedText:
    """Read the values of a workbook; formulas by their last result.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        for name in package.namelist():
            if name.lower().endswith((".xml", ".rels")):
                refuse_entities(package, name)
    file.seek(0)
    with warnings.catch_warnings():
        # Styles and extensions it does not know are no business of ours.
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=True)
        try:
            return gather("xlsx", _xlsx_passages(book))
        finally:
            book.close()


def extract_ods(file: BinaryIO) -> ExtractedText:
    """Read a LibreOffice workbook, its values as they are shown.

    Raises:
        ExtractionError: it cannot be read.
    """
    with opened(file) as package:
        refuse_locked(package)
        return gather("ods", _ods_passages(walked(package, CONTENT, _SHEET, _ROW)))


def _xlsx_passages(book: Any) -> Iterator[Passage | None]:  # noqa: ANN401
    room = _MOST_ROWS
    for sheet in book.worksheets:
        # A sheet may claim a million empty columns: the claim is not believed.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=_WIDEST + 1, values_only=True)
        number = 0
        for number, row in enumerate(islice(rows, room), 1):
            if any(value is not None for value in row):
                yield from _row(sheet.title, number, [_said(value) for value in row])
        room -= number
        if not room:
            yield None
            return


def _ods_passages(events: Iterator[tuple[str, Any]]) -> Iterator[Passage | None]:
    title, number = "", 0
    for event, node in events:
        if event == "start":
            if node.tag == _SHEET:
                title, number = node.get(f"{TABLE}name", ""), 0
        elif node.tag == _ROW:
            yield from _row(title, number + 1, _ods_cells(node))
            number += repeated(node, f"{TABLE}number-rows-repeated", _MOST_ROWS)
            _forget(node)


def _ods_cells(row: Any) -> list[str]:  # noqa: ANN401
    cells: list[str] = []
    for cell in row.iterchildren(*_CELLS):
        room = _WIDEST + 1 - len(cells)
        times = repeated(cell, f"{TABLE}number-columns-repeated", room)
        cells.extend([_shown(cell)] * times)
        if len(cells) > _WIDEST:
            break
    return cells


def _shown(cell: Any) -> str:  # noqa: ANN401
    write_blanks(cell)
    told = " ".join(said_in(node) for node in cell.iterchildren(f"{TEXT}p"))
    return " ".join((told or cell.get(f"{OFFICE}value", ""))[:_LONGEST_CELL].split())


def _forget(row: Any) -> None:  # noqa: ANN401
    row.clear()
    holder = row.getparent()
    while holder is not None and holder[0] is not row:
        del holder[0]


def _row(sheet: str, number: int, cells: list[str]) -> Iterator[Passage | None]:
    if len(cells) > _WIDEST and cells.pop():
        yield None
    while cells and not cells[-1]:
        cells.pop()
    if cells:
        title = shortened(sheet)
        place = f"feuille « {title} », ligne {number}"
        yield Passage(place, "\t".join(cells), title)


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
    return " ".join(str(value)[:_LONGEST_CELL].split())
