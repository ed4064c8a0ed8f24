"""A clean text as a tree: its blocks, without the spaces and the wrappings of editors.

A block is a paragraph, a heading, a list, a quotation or a table. What stands outside
of any is a paragraph; what holds nothing is no block.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

from sicp.engines.clean_html import HEADINGS

#: What is nested deeper is as if its tags were not there.
DEEPEST = 40

LISTS = frozenset(("ul", "ol"))
BLOCKS = frozenset((*HEADINGS, *LISTS, "p", "blockquote", "table"))
_ROWS = frozenset(("thead", "tbody"))
_CELLS = frozenset(("td", "th"))
_INLINES = frozenset(("strong", "em", "a"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
#: What of a text is only there for the eye of an editor.
_INVISIBLE = re.compile("[\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its tag, its attributes, what it holds."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node | str", ...] = ()

    @property
    def href(self) -> str:
        """Where a link leads."""
        return dict(self.attributes).get("href", "")


Child = Node | str
Children = tuple[Child, ...]


def tidy(html: str) -> str:
    """Return a clean text in the one way it is written."""
    return html_of(blocks_of(html))


def blocks_of(html: str) -> tuple[Node, ...]:
    """Return the blocks of a clean text."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return tuple(_paragraphs(builder.root()))


def html_of(blocks: Iterable[Node]) -> str:
    """Write blocks as a clean text."""
    return "\n".join("".join(_written(block)) for block in blocks)


def words_of(node: Child) -> str:
    """Return the words of a part of a text."""
    if isinstance(node, str):
        return node
    return "".join(words_of(child) for child in node.children)


@dataclass
class _Open:
    """An element whose end was not read yet."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: list[Child] = field(default_factory=list)

    def closed(self) -> Node:
        return Node(self.tag, self.attributes, tuple(self.children))


class _Builder(HTMLParser):
    """Makes the tree of a clean text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_Open("")]
        self._flat: list[str] = []

    def root(self) -> Children:
        """Return what the whole text holds."""
        while len(self._open) > 1:
            self._close()
        return tuple(self._open[0].children)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._open[-1].children.append(Node("br"))
        elif len(self._open) > DEEPEST:
            self._flat.append(tag)
        else:
            told = tuple((name, value or "") for name, value in attrs)
            self._open.append(_Open(tag, told))

    def handle_endtag(self, tag: str) -> None:
        if self._flat and self._flat[-1] == tag:
            self._flat.pop()
        elif len(self._open) > 1 and self._open[-1].tag == tag:
            self._close()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(_INVISIBLE.sub("", data))

    def _close(self) -> None:
        closed = self._open.pop().closed()
        self._open[-1].children.append(closed)


def _paragraphs(children: Children) -> Iterator[Node]:
    """Walk the blocks of a text, or of a quotation."""
    for run in _runs(children):
        if isinstance(run, Node):
            yield from _block(run)
        elif run:
            yield Node("p", (), run)


def _runs(children: Children) -> Iterator[Node | Children]:
    """Cut what an element holds into blocks and runs of words."""
    run: list[Child] = []
    for child in _unwrapped(children):
        if isinstance(child, Node) and not _is_words(child):
            yield _inlines(run)
            run = []
            yield child
        else:
            run.append(child)
    yield _inlines(run)


def _unwrapped(children: Children) -> Iterator[Child]:
    """Walk what an element holds; bold around paragraphs is as if it were not there."""
    for child in children:
        if isinstance(child, str) or child.tag not in _INLINES or _is_words(child):
            yield child
        else:
            yield from _unwrapped(child.children)


def _is_words(child: Child) -> bool:
    if isinstance(child, str) or child.tag == "br":
        return True
    return child.tag in _INLINES and all(map(_is_words, child.children))


def _block(node: Node) -> Iterator[Node]:
    if node.tag in LISTS:
        items = tuple(_items(node.children))
        found = Node(node.tag, (), items)
    elif node.tag == "blockquote":
        found = Node(node.tag, (), tuple(_paragraphs(node.children)))
    elif node.tag == "table":
        found = Node(node.tag, (), tuple(_table_parts(node.children)))
    elif node.tag in BLOCKS:
        found = Node(node.tag, (), _held_words(node.children))
    else:
        # A row or an item that stands in nothing: its words stay.
        yield from _paragraphs(node.children)
        return
    if found.children:
        yield found


def _items(children: Children) -> Iterator[Node]:
    """Walk the items of a list; a list right in a list belongs to the item above."""
    last: Node | None = None
    for child in children:
        if not isinstance(child, Node):
            continue
        if child.tag in LISTS and last is not None:
            last = replace(last, children=(*last.children, *_block(child)))
            continue
        if last is not None:
            yield last
        held = _cell(child.children)
        last = Node("li", (), held) if held else None
    if last is not None:
        yield last


def _table_parts(children: Children) -> Iterator[Node]:
    for child in children:
        if not isinstance(child, Node):
            continue
        if child.tag in _ROWS:
            inner = tuple(_table_parts(child.children))
        elif child.tag == "tr":
            inner = tuple(_cells(child.children))
        else:
            inner = _cell(child.children)  # type: ignore[assignment]
        if inner:
            yield Node(child.tag, child.attributes, inner)


def _cells(children: Children) -> Iterator[Node]:
    for child in children:
        if isinstance(child, Node) and child.tag in _CELLS:
            yield Node(child.tag, child.attributes, _cell(child.children))


def _cell(children: Children) -> Children:
    """Return what an item or a cell holds; one paragraph alone is words."""
    found: list[Child] = []
    paragraphs = 0
    for run in _runs(children):
        if isinstance(run, Node):
            blocks = tuple(_block(run))
            paragraphs += sum(block.tag == "p" for block in blocks)
            found += blocks
        elif run:
            paragraphs += 1
            found.append(Node("p", (), run))
    first = found[0] if found else None
    if paragraphs == 1 and isinstance(first, Node) and first.tag == "p":
        return (*first.children, *found[1:])
    return tuple(found)


def _held_words(children: Children) -> Children:
    """Return the words of a paragraph or of a heading."""
    found = [run for run in _runs(children) if not isinstance(run, Node)]
    return tuple(child for run in found for child in run)


def _inlines(children: Iterable[Child]) -> Children:
    """Return words without the spaces that no reader sees."""
    joined = _joined(_collapsed(children))
    return _stripped(joined)


def _collapsed(children: Iterable[Child]) -> Iterator[Child]:
    for child in children:
        if isinstance(child, str):
            yield _SPACES.sub(" ", child)
        elif child.tag == "br":
            yield child
        else:
            inner = _joined(_collapsed(child.children))
            if child.tag == "a" and not child.href:
                yield from inner
            elif inner:
                yield replace(child, children=inner)


def _joined(children: Iterable[Child]) -> Children:
    found: list[Child] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(found[-1], str):
            found[-1] = _SPACES.sub(" ", found[-1] + child)
        elif child != "":
            found.append(child)
    return tuple(found)


def _stripped(children: Children) -> Children:
    """Take away the spaces at the ends of lines, and the ends of lines at the end."""
    found = list(children)
    for rank, child in enumerate(found):
        if not isinstance(child, str):
            continue
        if rank == 0 or _is_break(found[rank - 1]):
            found[rank] = child.lstrip(" ")
        if rank == len(found) - 1 or _is_break(found[rank + 1]):
            found[rank] = str(found[rank]).rstrip(" ")
    kept = [child for child in found if child != ""]
    while kept and _is_break(kept[-1]):
        kept.pop()
    while kept and _is_break(kept[0]):
        kept.pop(0)
    return tuple(kept) if words_of(Node("", (), tuple(kept))).strip() else ()


def _is_break(child: Child) -> bool:
    return isinstance(child, Node) and child.tag == "br"


def _written(child: Child) -> Iterator[str]:
    if isinstance(child, str):
        yield escape(child, quote=False).replace("\xa0", "&nbsp;")
        return
    told = "".join(f' {name}="{escape(value)}"' for name, value in child.attributes)
    yield f"<{child.tag}{told}>"
    if child.tag != "br":
        for inner in child.children:
            yield from _written(inner)
        yield f"</{child.tag}>"
