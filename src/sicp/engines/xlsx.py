"""Workbooks written from plain tables."""

from collections.abc import Iterable
from collections.abc import Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from xlsxwriter import Workbook

_LONGEST_SHEET_NAME = 31
_WIDEST = 60
#: What a cell of a workbook holds, in signs.
_LONGEST_CELL = 32_767
_MARGIN = 2


def write_table(
    title: str, rows: Iterable[Sequence[str]], *, frozen_columns: int = 0
) -> bytes:
    """Write a workbook of one sheet; the first row is its head and stays in sight.

    Texts stay texts: what looks like a formula, a number or an address is not made one.
    """
    target = BytesIO()
    table = [list(row) for row in rows]
    # In memory and without temporary files: the process may have no place to write.
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:_LONGEST_SHEET_NAME])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
        for number, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, head if number == 0 else None)
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, frozen_columns)
    return target.getvalue()


def write_long_table(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
) -> IO[bytes]:
    """Write a workbook of one sheet row by row, however many rows there are.

    Texts stay texts, as in ``write_table``. ``widths`` are those of the columns, in
    signs.

    Returns:
        the file, at its beginning; it is gone when it is closed.
    """
    target = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title[:_LONGEST_SHEET_NAME])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text[:_LONGEST_CELL])
    target.seek(0)
    return target


def _widths(table: list[list[str]]) -> list[int]:
    columns = zip(*table[1:], strict=False)
    return [
        min(_WIDEST, max(len(text) for text in column) + _MARGIN) for column in columns
    ]
