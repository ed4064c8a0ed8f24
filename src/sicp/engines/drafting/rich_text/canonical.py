"""Inlines made such that the markup can write them and read them back.

A page may say what no markup says: bold inside bold, an italic that begins with a
space, an italic glued to a bold. Words and chips are always kept; a style that cannot
be written gives way.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from itertools import groupby
from itertools import pairwise
from typing import Any

from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Inline
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.inline_markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.rich_text.spaces import on_one_line
from sicp.engines.drafting.rich_text.spaces import tidy


def writable(inlines: Iterable[Inline], *, is_one_line: bool = False) -> Inlines:
    """Return inlines as the markup writes them, without space at either end.

    ``is_one_line`` makes a space of each wrap, for a title or a cell.
    """
    run = _trimmed(joined(inlines))
    if is_one_line:
        run = _trimmed(joined(_on_one_line(inline) for inline in run))
    if is_stable((Paragraph(run),)) or not run:
        return run
    flat = _trimmed(_regrouped(_leaves(_on_one_line(inline) for inline in run)))
    if is_stable((Paragraph(flat),)):
        return flat
    return _trimmed(joined(_without_style(flat)))


def joined(inlines: Iterable[Inline]) -> Inlines:
    """Join neighbouring texts, and drop texts and styles that hold nothing."""
    kept: list[Inline] = []
    for inline in inlines:
        found = _joined_inside(inline)
        before = kept[-1] if kept else None
        if isinstance(found, Text) and isinstance(before, Text):
            kept[-1] = Text(before.text + found.text)
        elif found not in {Text(""), Styled("bold", ()), Styled("italic", ())}:
            kept.append(found)
    return tuple(kept)


def merged_lists(lists: Iterable[ListBlock]) -> tuple[ListBlock, ...]:
    """Join neighbouring lists of one kind, as items under one item are."""
    kept: list[ListBlock] = []
    for block in lists:
        if kept and kept[-1].is_ordered == block.is_ordered:
            kept[-1] = ListBlock(block.is_ordered, (*kept[-1].items, *block.items))
        elif block.items:
            kept.append(block)
    return tuple(kept)


def nested_item(item: ListItem, lists: Iterable[ListBlock]) -> ListItem:
    """Return an item with more lists under it."""
    return ListItem(item.inlines, merged_lists((*item.children, *lists)))


def is_stable(blocks: Blocks) -> bool:
    """Tell whether the markup gives back the very same blocks."""
    try:
        return parse(write(blocks)) == blocks
    except MarkupError:
        return False


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One inline that holds no style, and the styles around it."""

    inline: Any
    is_bold: bool
    is_italic: bool


def _joined_inside(inline: Inline) -> Inline:
    if isinstance(inline, Styled | Conditional):
        return replace(inline, inlines=joined(inline.inlines))
    return inline


def _trimmed(inlines: Inlines) -> Inlines:
    run = list(inlines)
    while run and isinstance(run[0], Text):
        run[0] = Text(run[0].text.lstrip())
        if run[0].text:
            break
        del run[0]
    while run and isinstance(last := run[-1], Text):
        run[-1] = Text(last.text.rstrip())
        if last.text.rstrip():
            break
        del run[-1]
    return tuple(run)


def _on_one_line(inline: Inline) -> Inline:
    match inline:
        case Text():
            return Text(on_one_line(inline.text))
        case Plural():
            one, many = on_one_line(inline.one), on_one_line(inline.many)
            return Plural(inline.name, one, many)
        case Reference():
            return Reference(inline.clause_id, on_one_line(inline.fallback))
        case Conditional():
            inlines = tuple(_on_one_line(child) for child in inline.inlines)
            value = _value_on_one_line(inline.value)
            return replace(inline, value=value, inlines=inlines)
        case Styled():
            return replace(
                inline, inlines=tuple(_on_one_line(i) for i in inline.inlines)
            )
    return inline


def _value_on_one_line(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return on_one_line(value)
    return tuple(on_one_line(item) for item in value)


def _leaves(
    inlines: Iterable[Inline], *, is_bold: bool = False, is_italic: bool = False
) -> Iterator[_Leaf]:
    """Yield every inline with its styles; spaces at the edge of a style lose it."""
    for inline in inlines:
        match inline:
            case Styled():
                yield from _leaves(
                    inline.inlines,
                    is_bold=is_bold or inline.style == "bold",
                    is_italic=is_italic or inline.style == "italic",
                )
            case Text():
                yield from _text_leaves(inline.text, is_bold, is_italic)
            case Conditional():
                inside = _regrouped(_leaves(inline.inlines))
                yield _Leaf(replace(inline, inlines=inside), is_bold, is_italic)
            case _:
                yield _Leaf(inline, is_bold, is_italic)


def _text_leaves(text: str, is_bold: bool, is_italic: bool) -> Iterator[_Leaf]:  # noqa: FBT001
    words = text.strip()
    start = len(text) - len(text.lstrip())
    yield _Leaf(Text(text[:start]), is_bold=False, is_italic=False)
    if words:
        yield _Leaf(Text(words), is_bold, is_italic)
        yield _Leaf(Text(text[start + len(words) :]), is_bold=False, is_italic=False)


def _regrouped(leaves: Iterable[_Leaf]) -> Inlines:
    """Write styles again, bold outside; an italic glued to a bold gives way."""
    every = [leaf for leaf in leaves if leaf.inline != Text("")]
    for index, (leaf, after) in enumerate(pairwise(every)):
        if leaf.is_italic and not leaf.is_bold and after.is_bold:
            every[index] = replace(leaf, is_italic=False)
    found: list[Inline] = []
    for is_bold, group in groupby(every, key=lambda leaf: leaf.is_bold):
        inside = joined(_italics(group))
        found.extend([Styled("bold", inside)] if is_bold else inside)
    return tuple(
        Text(tidy(inline.text)) if isinstance(inline, Text) else inline
        for inline in joined(found)
    )


def _italics(leaves: Iterable[_Leaf]) -> Iterator[Inline]:
    for is_italic, group in groupby(leaves, key=lambda leaf: leaf.is_italic):
        inside = joined(leaf.inline for leaf in group)
        if is_italic:
            yield Styled("italic", inside)
        else:
            yield from inside


def _without_style(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Styled():
                yield from _without_style(inline.inlines)
            case Conditional():
                plain = joined(_without_style(inline.inlines))
                yield replace(inline, inlines=plain)
            case _:
                yield inline
