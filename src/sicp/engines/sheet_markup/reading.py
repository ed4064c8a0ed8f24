"""Plain markup → clean text. Whatever is typed is read: nothing is an error of form."""

import re
from collections.abc import Iterator
from collections.abc import Sequence

from sicp.engines.sheet_markup.inlines import read_inlines
from sicp.engines.sheet_markup.tree import DEEPEST
from sicp.engines.sheet_markup.tree import Child
from sicp.engines.sheet_markup.tree import Node
from sicp.engines.sheet_markup.tree import blocks_of
from sicp.engines.sheet_markup.tree import html_of

_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_ITEM = re.compile(r"(\s*)(?:([-•–])|(\d{1,4})[.)])\s+(.*)")
_QUOTED = re.compile(r">\s?")
_RULE = re.compile(r"\|(\s*:?-{3,}:?\s*\|)+\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_KEPT = re.compile(r"\[\[Passage (\d{1,6})\b[^\[\]\n]*\]\]")
_ESCAPED_START = re.compile(r"^\\(?=[#>|•–-]|\d{1,4}[.)])", re.MULTILINE)
_TOP, _LOWEST = 2, 4
#: Stands in the tree for a passage kept as it was.
_PASSAGE = "passage"


class KeptPassageError(ValueError):
    """A passage kept as it was is asked that the text never had."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no passage {number}")
        self.number = number


def from_markup(text: str, before: str) -> str:
    """Read the markup of a sheet.

    Args:
        text: what was typed.
        before: the clean text the markup was written from, which gives the passages
            that are kept as they were.

    Raises:
        KeptPassageError: such a passage is not in ``before``.
    """
    return html_of(_with_kept(blocks_from(text), blocks_of(before)))


def blocks_from(text: str, depth: int = 0) -> tuple[Node, ...]:
    """Read blocks of the markup."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_blocks(lines, depth))


def _with_kept(blocks: Sequence[Node], before: Sequence[Node]) -> Iterator[Node]:
    for block in blocks:
        if block.tag != _PASSAGE:
            yield block
            continue
        number = int(dict(block.attributes)["number"])
        if not 1 <= number <= len(before):
            raise KeptPassageError(number)
        yield before[number - 1]


def _blocks(lines: list[str], depth: int) -> Iterator[Node]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        kind = _kind(line)
        end = at + 1
        while end < len(lines) and _goes_on(kind, lines[end]):
            end += 1
        yield from _block(kind, lines[at:end], depth)
        at = end


def _kind(line: str) -> str:
    if _HEADING.fullmatch(line.strip()):
        return "heading"
    if line.startswith(">"):
        return "quotation"
    if line.startswith("|"):
        return "table"
    if _ITEM.fullmatch(line):
        return "list"
    return "paragraph"


def _goes_on(kind: str, line: str) -> bool:
    """Tell whether a line belongs to the block begun above."""
    if not line.strip() or kind == "heading":
        return False
    if kind == "list":
        return _kind(line) == "list" or line.startswith((" ", "\t"))
    return _kind(line) == kind


def _block(kind: str, lines: list[str], depth: int) -> Iterator[Node]:
    if kind == "heading":
        found = _HEADING.fullmatch(lines[0].strip())
        level = min(max(len(found[1]) if found else _TOP, _TOP), _LOWEST)
        words = found[2] if found else ""
        node = Node(f"h{level}", (), read_inlines(words.strip()))
    elif kind == "quotation" and depth < DEEPEST:
        inner = "\n".join(_QUOTED.sub("", line, count=1) for line in lines)
        node = Node("blockquote", (), blocks_from(inner, depth + 1))
    elif kind == "table":
        node = _table(lines)
    elif kind == "list":
        yield from _lists(lines)
        return
    else:
        node = _paragraph("\n".join(line.strip() for line in lines), depth)
    if node.children or node.tag == _PASSAGE:
        yield node


def _paragraph(text: str, depth: int) -> Node:
    kept = _KEPT.fullmatch(text) if depth == 0 else None
    if kept is not None:
        return Node(_PASSAGE, (("number", kept[1]),))
    return Node("p", (), _words(text))


def _words(text: str) -> tuple[Child, ...]:
    return read_inlines(_ESCAPED_START.sub("", text) if "\\" in text else text)


def _lists(lines: list[str]) -> Iterator[Node]:
    """Walk the lists of neighbouring items: bullets and numbers are not one list."""
    items = list(_items(lines))
    at = 0
    while at < len(items):
        node, at = _list(items, at, items[at][0], 0)
        yield node


def _items(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Walk items: how far each is from the margin, its sort, its words."""
    current: tuple[int, str, str] | None = None
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found is None and current is not None:
            current = (*current[:2], f"{current[2]}\n{line.strip()}")
            continue
        if current is not None:
            yield current
        assert found is not None  # noqa: S101 - a list begins with an item
        margin = len(found[1].expandtabs(4))
        current = (margin, "ul" if found[2] else "ol", found[4])
    if current is not None:
        yield current


def _list(
    items: list[tuple[int, str, str]], at: int, margin: int, depth: int
) -> tuple[Node, int]:
    """Return a list and where it ends."""
    sort = items[at][1]
    made: list[Node] = []
    while at < len(items):
        own_margin, own_sort, words = items[at]
        if own_margin > margin and made and depth < DEEPEST:
            inner, at = _list(items, at, own_margin, depth + 1)
            made[-1] = Node("li", (), (*made[-1].children, inner))
            continue
        if (own_margin < margin and depth) or own_sort != sort:
            break
        made.append(Node("li", (), _words(words.strip())))
        at += 1
    return Node(sort, (), tuple(item for item in made if item.children)), at


def _table(lines: list[str]) -> Node:
    has_head = len(lines) > 1 and _RULE.fullmatch(lines[1].strip()) is not None
    kept = [line for line in lines if not _RULE.fullmatch(line.strip())]
    rows = [_row(line, "td") for line in kept[1 if has_head else 0 :]]
    parts = [Node("tbody", (), tuple(rows))] if rows else []
    if has_head:
        head = Node("thead", (), (_row(kept[0], "th"),))
        parts = [head, *parts]
    return Node("table", (), tuple(parts))


def _row(line: str, tag: str) -> Node:
    cells = _CELL_END.split(line.strip().removeprefix("|"))
    if cells and not cells[-1].strip():
        cells.pop()
    attributes = (("scope", "col"),) if tag == "th" else ()
    return Node(
        "tr",
        (),
        tuple(Node(tag, attributes, read_inlines(c.strip())) for c in cells),
    )
