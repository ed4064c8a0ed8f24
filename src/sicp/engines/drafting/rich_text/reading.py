"""HTML of an editor or of a paste, read into blocks.

What the page holds is first laid out as a flow: inlines, blocks and ends of paragraphs.
A flow is then cut into paragraphs (at the top) or joined into one run (in an item, a
cell, a title). An unknown element is as if its tags were not there.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from itertools import groupby
from typing import Any

from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Inline
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import inlines_of
from sicp.engines.drafting.inline_markup import DEEPEST_CONDITIONAL
from sicp.engines.drafting.inline_markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.rich_text.canonical import is_stable
from sicp.engines.drafting.rich_text.canonical import merged_lists
from sicp.engines.drafting.rich_text.canonical import nested_item
from sicp.engines.drafting.rich_text.canonical import writable
from sicp.engines.drafting.rich_text.chips import ChipError
from sicp.engines.drafting.rich_text.chips import chip
from sicp.engines.drafting.rich_text.chips import fragment_test
from sicp.engines.drafting.rich_text.chips import rows_name
from sicp.engines.drafting.rich_text.error import RichTextError
from sicp.engines.drafting.rich_text.grid import grid
from sicp.engines.drafting.rich_text.page import Element
from sicp.engines.drafting.rich_text.page import body_of
from sicp.engines.drafting.rich_text.page import is_dropped
from sicp.engines.drafting.rich_text.page import style_of
from sicp.engines.drafting.rich_text.spaces import tidy
from sicp.engines.drafting.rich_text.word_lists import WordItem
from sicp.engines.drafting.rich_text.word_lists import is_marker
from sicp.engines.drafting.rich_text.word_lists import nested
from sicp.engines.drafting.rich_text.word_lists import word_item

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTING = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "nav", "aside",
    "blockquote", "pre", "address", "figure", "figcaption", "form", "fieldset",
    "dl", "dt", "dd", "li", "hr", "center", "caption", "tr", "details", "summary",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_HEAVY = 600

Styles = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Break:
    """The end of a paragraph."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """Words whose spaces are still those of the page."""

    text: str


#: A flow holds inlines, blocks, items of Word, raw words and ends of paragraphs.
Flow = list[Any]

_BREAK = _Break()


def from_html(html: str) -> Blocks:
    """Read the HTML of an editor, or of a paste, into blocks the markup can write.

    Only paragraphs, lists, tables, sub-headings, bold, italic and chips are kept; all
    other tags go, and their words stay. A line break parts paragraphs; in an item, a
    cell or a title it is a space.

    Raises:
        RichTextError: the text is too long or too deep, or a chip means nothing.
    """
    reader = _Reader()
    blocks = tuple(reader.top(reader.flow(body_of(html), frozenset())))
    if is_stable(blocks):
        return blocks
    try:
        return parse(write(blocks))
    except MarkupError as error:
        raise RichTextError(error.reason) from error


@dataclass
class _Reader:
    """One reading; it remembers where it is, to tell the place of an error."""

    place: str = ""
    depth: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def flow(self, element: Element, styles: Styles) -> Flow:
        """Lay out what an element holds."""
        found: Flow = [_Raw(element.text)] if element.text else []
        for child in element:
            found.extend(self._element(child, styles))
            if child.tail:
                found.append(_Raw(child.tail))
        return found

    def top(self, flow: Flow) -> Iterator[Block]:
        """Cut a flow into blocks; neighbouring lists of bullets are one list."""
        before: Block | None = None
        for block in self._blocks(flow):
            if _are_one_list(before, block):
                before = merged_lists((before, block))[0]  # type: ignore[arg-type]
                continue
            if before is not None:
                yield before
            before = block
        if before is not None:
            yield before

    def _blocks(self, flow: Flow) -> Iterator[Block]:
        for kind, group in groupby(_with_word_lists_whole(flow), key=_kind):
            if kind == "block":
                yield from group
            elif kind == "word":
                yield from nested(list(group))
            elif kind == "run":
                inlines = _settled(list(group))
                if inlines:
                    yield Paragraph(inlines)

    def _element(self, element: Element, styles: Styles) -> Flow:
        if is_dropped(element) or is_marker(element):
            return []
        said = self._chip(element)
        if said is not None:
            return [said]
        tag = element.tag.lower()
        if tag == "br":
            return [_BREAK]
        if tag in {"ul", "ol"}:
            return self._list(element, styles, is_ordered=tag == "ol")
        if tag == "table":
            return self._table(element, styles)
        if tag in _HEADINGS:
            return self._heading(element, styles)
        if tag in _PARTING:
            return self._parted(element, tag, styles)
        return self._styled(element, styles)

    def _chip(self, element: Element) -> Inline | None:
        attributes = _attributes(element)
        if "data-text" in attributes and tidy("".join(element.itertext())).strip():
            return None  # Words were typed where only spaces were.
        try:
            found = chip(attributes)
            test = fragment_test(attributes) if found is None else None
        except ChipError as error:
            raise RichTextError(str(error), self.place) from error
        if test is None:
            return found
        self.depth += 1
        if self.depth > DEEPEST_CONDITIONAL:
            reason = "trop de conditions l’une dans l’autre (deux au plus)"
            raise RichTextError(reason, self.place)
        inside = tuple(_settled_texts(_one_run(self.flow(element, frozenset()))))
        self.depth -= 1
        return Conditional(*test, inside)

    def _parted(self, element: Element, tag: str, styles: Styles) -> Flow:
        if tag == "p":
            self._enter("paragraphe")
        item = word_item(element)
        if item is None:
            return [_BREAK, *self._styled(element, styles), _BREAK]
        inlines = _settled(_one_run(self._styled(element, styles)))
        found = item.with_inlines(inlines)
        return [_BREAK, found, _BREAK] if found.inlines else [_BREAK]

    def _styled(self, element: Element, styles: Styles) -> Flow:
        """Lay out an element whose tag or style may be bold or italic."""
        added = [s for s in _own_styles(element) if s not in styles]
        flow = self.flow(element, styles | set(added))
        for style in reversed(added):
            flow = _wrapped(flow, style)
        return flow

    def _heading(self, element: Element, styles: Styles) -> Flow:
        self._enter("intertitre")
        inlines = _settled(_one_run(self.flow(element, styles)), is_one_line=True)
        return [_BREAK, SubHeading(inlines), _BREAK] if inlines else [_BREAK]

    def _list(self, element: Element, styles: Styles, *, is_ordered: bool) -> Flow:
        items: list[ListItem] = []
        _add_item(items, [_Raw(element.text or "")])
        for child in element:
            self._enter("élément de liste")
            is_item = child.tag == "li" and not is_dropped(child)
            read = self._styled if is_item else self._element
            _add_item(items, read(child, styles))
            _add_item(items, [_Raw(child.tail or "")])
        found = [ListBlock(is_ordered, tuple(items))] if items else []
        return [_BREAK, *found, _BREAK]

    def _table(self, element: Element, styles: Styles) -> Flow:
        self._enter("tableau")
        place = self.place
        captions: Flow = []
        for caption in element.findall("caption"):
            captions.extend([_BREAK, *self.flow(caption, styles), _BREAK])
        rows = list(_rows(element))
        written = [[self._cell(cell, styles) for cell in _cells(row)] for row in rows]
        self.place = place
        try:
            table = grid(written, rows_name(dict(element.attrib)))
        except ChipError as error:
            raise RichTextError(str(error), place) from error
        return [_BREAK, *captions, *([table] if table else []), _BREAK]

    def _cell(self, element: Element, styles: Styles) -> tuple[Inlines, str, str]:
        flow = [] if is_dropped(element) else self._styled(element, styles)
        inlines = _settled(_one_run(flow), is_one_line=True)
        return inlines, element.get("colspan", ""), element.get("rowspan", "")

    def _enter(self, kind: str) -> None:
        self.counts[kind] += 1
        self.place = f"{kind} {self.counts[kind]}"


def _attributes(element: Element) -> dict[str, str]:
    """Return the attributes of an element; none when one bears an impossible name."""
    try:
        return dict(element.attrib)
    except ValueError:
        return {}


def _own_styles(element: Element) -> list[str]:
    css = style_of(element)
    tag = element.tag.lower()
    weight = css.get("font-weight", "bold" if tag in {"b", "strong"} else "")
    slant = css.get("font-style", "italic" if tag in {"i", "em"} else "")
    found = []
    if weight in {"bold", "bolder"} or (
        weight.isdecimal() and len(weight) <= 4 and int(weight) >= _HEAVY  # noqa: PLR2004
    ):
        found.append("bold")
    if slant.startswith(("italic", "oblique")):
        found.append("italic")
    return found


def _wrapped(flow: Flow, style: str) -> Flow:
    """Put a style around each run of a flow; blocks stay outside."""
    found: Flow = []
    for kind, group in groupby(flow, key=_kind):
        items = list(group)
        if kind == "run":
            inlines = tuple(_settled_texts(items))
            found.append(Styled(style, inlines))  # type: ignore[arg-type]
        else:
            found.extend(items)
    return found


def _kind(item: object) -> str:
    if isinstance(item, _Break):
        return "break"
    if isinstance(item, WordItem):
        return "word"
    if isinstance(item, Paragraph | SubHeading | ListBlock | Table):
        return "block"
    return "run"


def _with_word_lists_whole(flow: Flow) -> Flow:
    """Take away what stands between two items of Word without being words."""
    found: Flow = []
    pending: Flow = []
    for item in flow:
        if isinstance(item, _Break) or (isinstance(item, _Raw) and item.text.isspace()):
            pending.append(item)
            continue
        is_between = found and isinstance(found[-1], WordItem)
        if not (is_between and isinstance(item, WordItem)):
            found.extend(pending)
        pending = []
        found.append(item)
    return [*found, *pending]


def _one_run(flow: Flow) -> Flow:
    """Join a flow into one run: what parts paragraphs becomes a wrap."""
    found: Flow = []
    for item in flow:
        if isinstance(item, _Break):
            found.append(_Raw("\n"))
        elif isinstance(item, WordItem):
            found.extend([_Raw("\n"), *item.inlines])
        elif _kind(item) == "block":
            for inlines in inlines_of(item):
                found.extend([_Raw("\n"), *inlines])
            found.append(_Raw("\n"))
        else:
            found.append(item)
    return found


def _settled(run: Flow, *, is_one_line: bool = False) -> Inlines:
    return writable(_settled_texts(run), is_one_line=is_one_line)


def _settled_texts(run: Iterable[Any]) -> Iterator[Inline]:
    """Make words of raw words: neighbours first joined, then tidied."""
    for is_raw, group in groupby(run, key=lambda item: isinstance(item, _Raw)):
        if is_raw:
            yield Text(tidy("".join(item.text for item in group)))
        else:
            yield from group


def _add_item(items: list[ListItem], flow: Flow) -> None:
    """Add an item; lists without words of their own go under the item before."""
    lists = [item for item in flow if isinstance(item, ListBlock)]
    own = _settled(_one_run([i for i in flow if not isinstance(i, ListBlock)]))
    if own:
        items.append(ListItem(own, merged_lists(lists)))
    elif lists and items:
        items[-1] = nested_item(items[-1], lists)
    else:
        items.extend(item for block in lists for item in block.items)


def _are_one_list(before: Block | None, block: Block) -> bool:
    return (
        isinstance(before, ListBlock)
        and isinstance(block, ListBlock)
        and not before.is_ordered
        and not block.is_ordered
    )


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.findall("tr")


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in _CELLS]
