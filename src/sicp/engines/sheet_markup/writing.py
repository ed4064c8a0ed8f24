"""Clean text → plain markup. What the markup cannot say is kept, under a number."""

import re
from collections.abc import Iterator
from typing import Any

from sicp.engines.clean_html import HEADINGS
from sicp.engines.sheet_markup.inlines import write_inlines
from sicp.engines.sheet_markup.reading import blocks_from
from sicp.engines.sheet_markup.tree import LISTS
from sicp.engines.sheet_markup.tree import Children
from sicp.engines.sheet_markup.tree import Node
from sicp.engines.sheet_markup.tree import blocks_of

_STARTS = re.compile(r"^(\s*)(#|[-•–]|>|\||\d{1,4}[.)])", re.MULTILINE)
_NAMES = {
    "p": "paragraphe",
    "ul": "liste",
    "ol": "liste",
    "table": "tableau",
    "blockquote": "citation",
}
_HEADING = "titre"
INDENT = "   "


def to_markup(html: str) -> str:
    """Write a clean text in the markup.

    A block the markup cannot say, such as a table with joined cells, stands as
    « [[Passage 3 : tableau gardé tel quel]] ».
    """
    return "\n\n".join(
        _written_or_kept(block, number)
        for number, block in enumerate(blocks_of(html), start=1)
    )


def _written_or_kept(block: Node, number: int) -> str:
    text = write_block(block)
    if text is not None and blocks_from(text) == (block,):
        return text
    name = _HEADING if block.tag in HEADINGS else _NAMES[block.tag]
    return f"[[Passage {number} : {name} gardé tel quel]]"


def write_block(block: Node) -> str | None:
    """Write one block; None when the markup has no way to."""
    if block.tag in HEADINGS:
        return f"{'#' * int(block.tag[1])} {write_inlines(block.children)}"
    if block.tag in LISTS:
        lines = list(_list_lines(block, ""))
        return None if None in lines else "\n".join(map(str, lines))
    if block.tag == "blockquote":
        return _quotation(block)
    if block.tag == "table":
        return _table(block)
    return _escaped_starts(write_inlines(block.children))


def _escaped_starts(text: str) -> str:
    return _STARTS.sub(r"\1\\\2", text)


def _quotation(block: Node) -> str | None:
    inner = [write_block(child) for child in block.children if isinstance(child, Node)]
    if None in inner:
        return None
    lines = "\n\n".join(map(str, inner)).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _list_lines(block: Node, indent: str) -> Iterator[str | None]:
    for rank, item in enumerate(_nodes(block.children), start=1):
        mark = f"{rank}." if block.tag == "ol" else "-"
        words, lists = _item_parts(item)
        if words is None:
            yield None
            return
        text = _escaped_starts(write_inlines(words)).replace(
            "\n", f"\n{indent}{INDENT}"
        )
        yield f"{indent}{mark} {text}"
        for inner in lists:
            yield from _list_lines(inner, indent + INDENT)


def _item_parts(item: Node) -> tuple[Children | None, list[Node]]:
    """Return the words of an item and the lists below; None where there is more."""
    words: list[Any] = []
    lists: list[Node] = []
    for child in item.children:
        if isinstance(child, Node) and child.tag in LISTS:
            lists.append(child)
        elif lists or (isinstance(child, Node) and child.tag in _NAMES):
            return None, []
        else:
            words.append(child)
    return (tuple(words) if words else None), lists


def _table(block: Node) -> str | None:
    rows = []
    for part in _nodes(block.children):
        inner = [part] if part.tag == "tr" else list(_nodes(part.children))
        rows += [[_cell(cell) for cell in _nodes(row.children)] for row in inner]
        if part.tag == "thead":
            rows.append(["---"] * len(rows[-1]))
    if any(cell is None for row in rows for cell in row):
        return None
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def _cell(cell: Node) -> str | None:
    text = write_inlines(cell.children)
    return None if "\n" in text else text.replace("|", "\\|")


def _nodes(children: Children) -> Iterator[Node]:
    return (child for child in children if isinstance(child, Node))
