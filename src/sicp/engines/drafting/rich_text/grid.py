"""A table of a page made regular: no merged cell, as many cells in each row."""

import re

from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.rich_text.chips import ChipError

WIDEST = 50
_SPAN = re.compile(r"[1-9][0-9]{0,2}")

#: What a cell holds, and how many columns and rows it says it covers.
Written = tuple[Inlines, str, str]


def grid(rows: list[list[Written]], repeat: str) -> Table | None:
    """Return the table of rows, None when it holds nothing.

    A merged cell keeps its words in its first place; the others are empty.

    Raises:
        ChipError: the table is too wide, or repeats another number of rows than one.
    """
    spread = _spread(rows)
    width = max((len(row) for row in spread), default=0)
    if not spread:
        return None
    header, *body = (
        Row(tuple(Cell(i) for i in (*row, *[()] * (width - len(row)))))
        for row in spread
    )
    if repeat and len(body) != 1:
        message = "un tableau répété a une seule ligne sous son en-tête"
        raise ChipError(message)
    return Table(header, tuple(body), repeat)


def _spread(rows: list[list[Written]]) -> list[list[Inlines]]:
    """Put an empty cell in each place a merged cell covers."""
    found: list[list[Inlines]] = []
    covered: dict[int, int] = {}
    for cells in rows:
        row: list[Inlines] = []
        after = {column: left - 1 for column, left in covered.items() if left > 1}
        for inlines, columns, lines in cells:
            _cover(row, covered)
            for offset in range(_span(columns)):
                if _span(lines) > 1:
                    after[len(row)] = _span(lines) - 1
                row.append(() if offset else inlines)
                _check_width(row)
        _cover(row, covered)
        covered = after
        if row:
            found.append(row)
    return found


def _cover(row: list[Inlines], covered: dict[int, int]) -> None:
    while len(row) in covered:
        row.append(())
    _check_width(row)


def _check_width(row: list[Inlines]) -> None:
    if len(row) > WIDEST:
        message = f"un tableau a {WIDEST} colonnes au plus"
        raise ChipError(message)


def _span(said: str) -> int:
    return int(said) if _SPAN.fullmatch(said) else 1
