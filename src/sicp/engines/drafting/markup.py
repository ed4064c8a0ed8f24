"""The markup of a whole clause: read it into blocks, write it back.

Blocks are separated by an empty line. What ``write`` gives is the canonical form:
``write(parse(text)) == text`` for it, and ``parse(write(blocks)) == blocks``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.inline_markup import MarkupError
from sicp.engines.drafting.inline_markup import parse_inlines
from sicp.engines.drafting.inline_markup import write_inlines

__all__ = ["MarkupError", "parse", "write"]

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>-|\d+\.) +(?P<text>\S.*)")
_HEADING = re.compile(r"### +(?P<text>\S.*)")
_SEPARATOR = re.compile(r"\|(?: *-{3,}(?:\{(?P<rows>[a-z_]+)\})? *\|)+")
_NUMBERED = re.compile(r"\d+\.\s")
_INDENT = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the source and its number, counted from 1."""

    number: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))


def parse(source: str) -> Blocks:
    """Read the text of a clause.

    Raises:
        MarkupError: the text cannot be read; says the line, in French.
    """
    return tuple(_block(lines) for lines in _chunks(source))


def write(blocks: Blocks) -> str:
    """Write blocks as canonical markup, with a newline at the end."""
    return "\n\n".join(_written(block) for block in blocks) + ("\n" if blocks else "")


def _chunks(source: str) -> Iterator[list[_Line]]:
    """Cut the source into the lines of each block."""
    chunk: list[_Line] = []
    is_parted = False
    for number, raw in enumerate(source.splitlines(), start=1):
        line = _Line(number, raw.expandtabs(_INDENT).rstrip())
        if not line.text:
            is_parted = True
            continue
        if chunk and _is_apart(line, chunk, is_parted=is_parted):
            yield chunk
            chunk = []
        chunk.append(line)
        is_parted = False
    if chunk:
        yield chunk


def _is_apart(line: _Line, chunk: list[_Line], *, is_parted: bool) -> bool:
    """Tell whether ``line`` is outside ``chunk``; an empty line parts all but lists."""
    if is_parted:
        return not _continues(line, chunk)
    return _starts_block(line, chunk)


def _continues(line: _Line, chunk: list[_Line]) -> bool:
    """Tell whether an item after an empty line still belongs to the list before."""
    first, item = _ITEM.match(chunk[0].text), _ITEM.match(line.text)
    if first is None or item is None:
        return False
    if line.indent:
        return True
    return item["mark"] == first["mark"] == "-" or (
        first["mark"] != "-" and item["mark"] not in {"-", "1."}
    )


def _starts_block(line: _Line, chunk: list[_Line]) -> bool:
    """Tell whether ``line`` begins another block than that of ``chunk``."""
    kind, before = _kind(line.text), _kind(chunk[0].text)
    if before == "heading":
        return True
    if before == "table":
        return kind != "table"
    if before == "list":
        return kind in {"heading", "table"} or (
            kind == "paragraph" and line.indent < _INDENT
        )
    return kind != "paragraph"


def _kind(text: str) -> str:
    stripped = text.lstrip()
    if stripped.startswith("###"):
        return "heading"
    if stripped.startswith("|"):
        return "table"
    return "list" if _ITEM.match(text) else "paragraph"


def _block(lines: list[_Line]) -> Block:
    kind = _kind(lines[0].text)
    if kind == "heading":
        return _heading(lines[0])
    if kind == "table":
        return _table(lines)
    if kind == "list":
        return _list(lines)
    return Paragraph(_prose(lines, [line.text.strip() for line in lines]))


def _prose(lines: list[_Line], texts: list[str]) -> tuple[object, ...]:
    return parse_inlines("\n".join(texts), lines[0].number)


def _heading(line: _Line) -> SubHeading:
    found = _HEADING.fullmatch(line.text.strip())
    if found is None:
        reason = "un intertitre s’écrit « ### Titre »"
        raise MarkupError(reason, line.number)
    return SubHeading(parse_inlines(found["text"], line.number))


def _list(lines: list[_Line]) -> ListBlock:
    lists = _lists(lines)
    if len(lists) > 1:
        reason = "une ligne vide sépare deux listes de genres différents"
        raise MarkupError(reason, lines[0].number)
    return lists[0]


def _lists(lines: list[_Line]) -> tuple[ListBlock, ...]:
    """Read lines of one depth and deeper; another kind of mark begins another list."""
    depth = lines[0].indent
    groups: list[list[_Line]] = []
    for line in lines:
        if _ITEM.match(line.text) and line.indent <= depth:
            groups.append([line])
        else:
            groups[-1].append(line)
    found: list[tuple[bool, list[ListItem]]] = []
    for group in groups:
        is_ordered = not group[0].text.lstrip().startswith("-")
        if not found or found[-1][0] != is_ordered:
            found.append((is_ordered, []))
        found[-1][1].append(_item(group))
    return tuple(ListBlock(ordered, tuple(items)) for ordered, items in found)


def _item(lines: list[_Line]) -> ListItem:
    first = _ITEM.match(lines[0].text)
    if first is None:
        reason = "un élément de liste commence par « - » ou « 1. »"
        raise MarkupError(reason, lines[0].number)
    own = 1
    while own < len(lines) and not _ITEM.match(lines[own].text):
        own += 1
    texts = [first["text"], *(line.text.strip() for line in lines[1:own])]
    children = _lists(lines[own:]) if own < len(lines) else ()
    return ListItem(_prose(lines, texts), children)


def _table(lines: list[_Line]) -> Table:
    separator = lines[1].text.strip() if len(lines) > 1 else ""
    if not _SEPARATOR.fullmatch(separator):
        reason = "la deuxième ligne d’un tableau s’écrit « |---|---| »"
        raise MarkupError(reason, lines[0].number)
    repeat = "".join(re.findall(r"\{([a-z_]+)\}", separator)[:1])
    header = _row(lines[0])
    rows = tuple(_row(line) for line in lines[2:])
    _check_widths(lines, separator, header, rows)
    if repeat and len(rows) != 1:
        reason = "un tableau répété a une seule ligne sous son en-tête"
        raise MarkupError(reason, lines[0].number)
    return Table(header, rows, repeat)


def _check_widths(
    lines: list[_Line], separator: str, header: Row, rows: tuple[Row, ...]
) -> None:
    width = separator.count("|") - 1
    for line, row in zip((lines[0], *lines[2:]), (header, *rows), strict=True):
        if len(row.cells) != width:
            reason = f"cette ligne du tableau a {len(row.cells)} cellules, pas {width}"
            raise MarkupError(reason, line.number)


def _row(line: _Line) -> Row:
    text = line.text.strip()
    cells = _cells(text[1:])
    if cells[-1].strip():
        reason = "une ligne de tableau se termine par « | »"
        raise MarkupError(reason, line.number)
    return Row(tuple(Cell(parse_inlines(c.strip(), line.number)) for c in cells[:-1]))


def _cells(text: str) -> list[str]:
    """Cut at the bars that are neither escaped nor inside braces."""
    cells, depth, start, position = [], 0, 0, 0
    while position < len(text):
        sign = text[position]
        if sign == "\\" or _is_literal_brace(text, position, depth):
            position += 1
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        elif sign == "|" and depth == 0:
            cells.append(text[start:position])
            start = position + 1
        position += 1
    return [*cells, text[start:]]


def _is_literal_brace(text: str, position: int, depth: int) -> bool:
    """Tell whether two braces stand for one; « }} » inside braces closes them."""
    if text.startswith("{{", position):
        return True
    return depth == 0 and text.startswith("}}", position)


def _written(block: Block) -> str:
    match block:
        case Paragraph():
            return _guarded(write_inlines(block.inlines))
        case SubHeading():
            return f"### {write_inlines(block.inlines)}"
        case ListBlock():
            return "\n".join(_written_list(block, 0))
    return _written_table(block)


def _guarded(text: str) -> str:
    """Escape what would begin another block at the beginning of a line."""
    return "\n".join(_guarded_line(line) for line in text.split("\n"))


def _guarded_line(line: str) -> str:
    if line.startswith(("###", "|")) or re.match(r"-\s", line):
        return f"\\{line}"
    if _NUMBERED.match(line):
        return line.replace(".", "\\.", 1)
    return line


def _written_list(block: ListBlock, depth: int) -> Iterator[str]:
    margin = " " * _INDENT * depth
    for index, item in enumerate(block.items, start=1):
        mark = f"{index}." if block.is_ordered else "-"
        first, *others = write_inlines(item.inlines).split("\n")
        yield f"{margin}{mark} {first}"
        for line in others:
            yield f"{margin}{' ' * _INDENT}{_guarded_line(line)}"
        for child in item.children:
            yield from _written_list(child, depth + 1)


def _written_table(block: Table) -> str:
    marks = ["---"] * len(block.header.cells)
    if block.repeat:
        marks[0] += f"{{{block.repeat}}}"
    lines = [
        _written_row(block.header),
        f"|{'|'.join(marks)}|",
        *(_written_row(row) for row in block.rows),
    ]
    return "\n".join(lines)


def _written_row(row: Row) -> str:
    cells = (_written_cell(cell) for cell in row.cells)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _written_cell(cell: Cell) -> str:
    return "\\|".join(_cells(write_inlines(cell.inlines)))
