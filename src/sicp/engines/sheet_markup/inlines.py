"""Words of the plain markup: bold, italic, links, ends of lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field

from sicp.engines.sheet_markup.addresses import href_of
from sicp.engines.sheet_markup.addresses import typed
from sicp.engines.sheet_markup.tree import Child
from sicp.engines.sheet_markup.tree import Children
from sicp.engines.sheet_markup.tree import Node

BOLD, ITALIC = "**", "*"
_MARKS = {"strong": BOLD, "em": ITALIC}
_TAGS = {mark: tag for tag, mark in _MARKS.items()}
_SIGNS = re.compile(r"[\\*\[\]]")
#: A bar is a sign in the rows of tables alone, which write it so.
_ESCAPABLE = re.compile(r"[\\*\[\]|]")
_LINK = re.compile(
    r"\[((?:\\.|[^\[\]\\\n])+)\]\(((?:[^()\n]|\([^()\n]*\)){1,2000})\)", re.DOTALL
)
_PLAIN = re.compile(r"[^\\*\[\n]+")
_BREAK = Node("br")


def write_inlines(children: Children) -> str:
    """Write words in the markup; an end of line is one."""
    return "".join(_written(child) for child in children)


def read_inlines(text: str, *, has_links: bool = True) -> Children:
    """Read words of the markup; what means nothing stays as it is typed."""
    reader = _Reader(has_links=has_links)
    reader.read(text)
    return reader.result()


def _written(child: Child) -> str:
    if isinstance(child, str):
        return _SIGNS.sub(lambda sign: f"\\{sign[0]}", child)
    if child.tag == "br":
        return "\n"
    inner = write_inlines(child.children)
    if child.tag == "a":
        return f"[{inner}]({typed(child.href)})"
    mark = _MARKS.get(child.tag, "")
    return f"{mark}{inner}{mark}"


@dataclass
class _Span:
    """What follows a mark whose second was not read yet."""

    mark: str
    children: list[Child] = field(default_factory=list)


class _Reader:
    def __init__(self, *, has_links: bool) -> None:
        self._has_links = has_links
        self._spans = [_Span("")]

    def read(self, text: str) -> None:
        at = 0
        while at < len(text):
            at = self._step(text, at)

    def result(self) -> Children:
        """Return what was read; a mark that nothing ends is a sign like others."""
        while len(self._spans) > 1:
            self._give_up()
        return tuple(_merged(self._spans[0].children))

    def _step(self, text: str, at: int) -> int:
        plain = _PLAIN.match(text, at)
        if plain:
            self._add(plain[0])
            return plain.end()
        sign = text[at]
        if sign == "\\" and at + 1 < len(text) and _ESCAPABLE.match(text[at + 1]):
            self._add(text[at + 1])
            return at + 2
        if sign == "\n":
            self._add(_BREAK)
            return at + 1
        if sign == "*":
            return self._mark(text, at)
        return self._link(text, at)

    def _link(self, text: str, at: int) -> int:
        found = _LINK.match(text, at) if self._has_links and text[at] == "[" else None
        href = href_of(found[2]) if found else ""
        if found is None or not href:
            self._add(text[at])
            return at + 1
        words = read_inlines(found[1], has_links=False)
        self._add(Node("a", (("href", href),), words))
        return found.end()

    def _mark(self, text: str, at: int) -> int:
        end = at
        while end < len(text) and text[end] == "*":
            end += 1
        may_close = at > 0 and not text[at - 1].isspace()
        may_open = end < len(text) and not text[end].isspace()
        left = end - at
        while left:
            mark = self._closing(left) if may_close else ""
            if mark:
                self._close(mark)
            else:
                mark = self._opening(left) if may_open else ""
                if mark:
                    self._spans.append(_Span(mark))
            if not mark:
                self._add("*" * left)
                break
            left -= len(mark)
        return end

    def _closing(self, left: int) -> str:
        mark = self._spans[-1].mark
        is_closed = mark and len(mark) <= left and self._spans[-1].children
        # Two signs within italics begin bold there: only one or three end them.
        if is_closed and mark == ITALIC and left == len(BOLD):
            return ""
        return mark if is_closed else ""

    def _opening(self, left: int) -> str:
        opened = {span.mark for span in self._spans}
        if left >= len(BOLD) and BOLD not in opened:
            return BOLD
        return ITALIC if ITALIC not in opened and left != len(BOLD) else ""

    def _close(self, mark: str) -> None:
        span = self._spans.pop()
        self._add(Node(_TAGS[mark], (), tuple(_merged(span.children))))

    def _give_up(self) -> None:
        span = self._spans.pop()
        self._spans[-1].children += [span.mark, *span.children]

    def _add(self, child: Child) -> None:
        self._spans[-1].children.append(child)


def _merged(children: list[Child]) -> Iterator[Child]:
    words: list[str] = []
    for child in children:
        if isinstance(child, str):
            words.append(child)
            continue
        if words:
            yield "".join(words)
            words = []
        yield child
    if words:
        yield "".join(words)
