"""Tables a screen reader can read: a header row, a title, no merged cell."""

import re
from collections.abc import Callable
from collections.abc import Iterator

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import w
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import inlines_text

WriteInlines = Callable[[Inlines], Iterator[Element]]

_NUMBER = re.compile(r"-?[\d\s.,]+(?:€|%)?(?:\s?(?:HT|TTC))?\Z")
_NARROWEST, _WIDEST = 6, 42
#: The white at both sides of a cell, and bold letters, counted in signs.
_MARGINS = 3


def table(block: Table, title: str, width: int, write: WriteInlines) -> Element:
    """Make a table as wide as the text (``width``, in twips)."""
    widths = _widths(block, width)
    numeric = _numeric_columns(block)
    return w(
        "tbl",
        _properties(block, title),
        w("tblGrid", *(w("gridCol", w=size) for size in widths)),
        _row(block.header, widths, ["TableHeading"] * len(widths), write, header=True),
        *(
            _row(row, widths, _body_styles(numeric), write, header=False)
            for row in block.rows
        ),
    )


def _properties(block: Table, title: str) -> Element:
    columns = ", ".join(inlines_text(cell.inlines) for cell in block.header.cells)
    return w(
        "tblPr",
        w("tblStyle", val="DraftTable"),
        w("tblW", w=5000, type="pct"),
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val="0020",
            firstRow=1,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
        w("tblCaption", val=title),
        w("tblDescription", val=f"Colonnes : {columns}"),
    )


def _row(
    row: Row, widths: list[int], styles: list[str], write: WriteInlines, *, header: bool
) -> Element:
    properties = w("trPr", w("cantSplit"))
    if header:
        properties.append(w("tblHeader"))
    cells = (
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa")),
            paragraph(style, write(cell.inlines)),
        )
        for cell, width, style in zip(row.cells, widths, styles, strict=True)
    )
    return w("tr", properties, *cells)


def _body_styles(numeric: list[bool]) -> list[str]:
    return ["TableNumber" if is_number else "TableText" for is_number in numeric]


def _numeric_columns(block: Table) -> list[bool]:
    """Tell which columns hold only amounts; the first one only numbers its rows."""
    return [
        i > 0
        and _is_numeric([inlines_text(row.cells[i].inlines) for row in block.rows])
        for i in range(len(block.header.cells))
    ]


def _is_numeric(texts: list[str]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and all(_NUMBER.match(text) for text in filled)


def _widths(block: Table, width: int) -> list[int]:
    """Share the width between columns, after the longest text of each."""
    rows = (block.header, *block.rows)
    longest = [
        max(_room(inlines_text(row.cells[i].inlines)) for row in rows)
        for i in range(len(block.header.cells))
    ]
    wanted = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    shares = [width * part // sum(wanted) for part in wanted]
    shares[-1] += width - sum(shares)
    return shares


def _room(text: str) -> int:
    """Measure a text in signs; a dot to write on is as wide as two letters."""
    return len(text) + text.count("…") + _MARGINS
