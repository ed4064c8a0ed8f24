"""Workbooks written from plain tables."""

from collections.abc import Iterable
from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook

_LONGEST_SHEET_NAME = 31
_WIDEST = 60
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


def _widths(table: list[list[str]]) -> list[int]:
    columns = zip(*table[1:], strict=False)
    return [
        min(_WIDEST, max(len(text) for text in column) + _MARGIN) for column in columns
    ]
