"""Tables a screen reader can read: a header row, a title, no merged cell."""

import re
from collections.abc import Callable
from collections.abc import Iterator

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import W
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import twips
from sicp.engines.docx.elements import w
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import inlines_text

WriteInlines = Callable[[Inlines], Iterator[Element]]

_NUMBER = re.compile(r"-?[\d\s.,]+(?:€|%)?(?:\s?(?:HT|TTC))?\Z")
_NARROWEST, _WIDEST = 6, 42
#: How many signs the number of a lot has, or a box to tick.
_TICK = range(1, 4)
_SIGN_TWIPS = 115
#: A table this short stays on one page; a longer one repeats its header.
_MOST_ROWS_KEPT = 6
#: Where people sign: the height of a line in millimetres, its width in signs.
_SIGNATURE_MM, _SIGNATURE_ROOM = 11, 26
_SIGNED = "signature"
#: Up to this many signs, the title of a column stays on one line.
_SHORT_TITLE = 14
#: The white at both sides of a cell, and bold letters, counted in signs.
_MARGINS = 3


def table(block: Table, title: str, width: int, write: WriteInlines) -> Element:
    """Make a table as wide as the text (``width``, in twips)."""
    widths = _widths(block, width)
    headings, styles = ["TableHeading"] * len(widths), _body_styles(block)
    heading = _row(block.header, widths, headings, write)
    heading[0].append(w("tblHeader"))
    _align_titles(heading, styles)
    rows = [_row(row, widths, styles, write) for row in block.rows]
    if any(map(_is_signed, block.header.cells)):
        for row in rows:
            row[0].append(w("trHeight", val=twips(_SIGNATURE_MM), hRule="atLeast"))
    if len(rows) <= _MOST_ROWS_KEPT:
        _keep_together(rows)
    grid = w("tblGrid", *(w("gridCol", w=size) for size in widths))
    return w("tbl", _properties(block, title), grid, heading, *rows)


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
    row: Row, widths: list[int], styles: list[str], write: WriteInlines
) -> Element:
    cells = (
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa")),
            paragraph(style, write(cell.inlines)),
        )
        for cell, width, style in zip(row.cells, widths, styles, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _align_titles(heading: Element, styles: list[str]) -> None:
    """Put the title of a column of amounts above its figures, at the right."""
    for element, style in zip(heading.iter(f"{{{W}}}pPr"), styles, strict=True):
        if style == "TableNumber":
            element.append(w("jc", val="right"))


def _is_signed(title: Cell) -> bool:
    return _SIGNED in inlines_text(title.inlines).lower()


def _keep_together(rows: list[Element]) -> None:
    """Keep each row on the page of the next one; the heading row keeps by its style."""
    for row in rows[:-1]:
        for element in row.iter(f"{{{W}}}pPr"):
            element.insert(1, w("keepNext"))


def _body_styles(block: Table) -> list[str]:
    numeric = _numeric_columns(block)
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
    longest = [
        max([_title_room(cell), *(_room(row.cells[i]) for row in block.rows)])
        for i, cell in enumerate(block.header.cells)
    ]
    wanted = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    shares = _shared(width, wanted)
    narrow = {
        i: min(wanted[i] * _SIGN_TWIPS, shares[i]) for i in _narrow_columns(block)
    }
    rest = iter(
        _shared(
            width - sum(narrow.values()),
            [length for i, length in enumerate(wanted) if i not in narrow],
        )
    )
    return [narrow[i] if i in narrow else next(rest) for i in range(len(wanted))]


def _shared(width: int, wanted: list[int]) -> list[int]:
    shares = [width * part // sum(wanted) for part in wanted]
    shares[-1] += width - sum(shares)
    return shares


def _narrow_columns(block: Table) -> set[int]:
    """Return the columns of numbers and of boxes to tick: they want no more room."""
    found = {
        i
        for i in range(len(block.header.cells))
        if all(len(inlines_text(r.cells[i].inlines)) in _TICK for r in block.rows)
    }
    return found if len(found) < len(block.header.cells) else set()


def _room(cell: Cell) -> int:
    """Measure a cell in signs; a dot to write on is as wide as two letters."""
    text = inlines_text(cell.inlines)
    return len(text) + text.count("…") + _MARGINS


def _title_room(title: Cell) -> int:
    """Measure the title of a column; a long one may stand on two lines."""
    text = inlines_text(title.inlines)
    half = max(len(text) // 2, *map(len, text.split()), 0)
    room = max(half, min(len(text), _SHORT_TITLE)) + _MARGINS
    return max(room, _SIGNATURE_ROOM) if _is_signed(title) else room
