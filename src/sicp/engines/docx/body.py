"""The body of a document (``document.xml``): sections of a draft as Word elements.

Every clause, and every value that comes from one field, stands in a content control
whose tag says what it is, so that the file can be read back after a person edited it.
"""

import hashlib
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import count
from typing import Any

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import complex_field
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import run
from sicp.engines.docx.elements import w
from sicp.engines.docx.lists import BULLETS
from sicp.engines.docx.lists import DEEPEST_LIST
from sicp.engines.docx.lists import Lists
from sicp.engines.docx.styles import heading_style
from sicp.engines.docx.tables import table
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.draft import Blank
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.draft import Inline
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.draft import inlines_text

#: Word cuts neither a title nor a tag of a content control beyond this many signs.
CONTROL_TEXT_LENGTH = 64
#: How the tag of a value begins; no clause id holds a colon.
VALUE_PREFIX = "field:"
#: The white under a list, in twips: that of a paragraph, not of an item.
_AFTER_LIST = 120
#: A line to write on; justified, its line would open wide gaps between the words.
_DOTS = re.compile(r"…{2,}|\.{4,}|_{3,}")
_BOX = "☐"
_JUSTIFIED = frozenset({"BodyText", "AfterTable"})
#: A paragraph that says only who signs is a block to sign under.
_SIGNATORY = "buyer_signatory"
_SIGNED = "Signature"
_FIRST_BOOKMARK = 510000001
_FIRST_CONTROL = 51000001


def reference_names(draft: Draft) -> dict[str, str]:
    """Return the bookmark of every heading, by anchor, in reading order.

    A name that begins with « _ » is hidden in Word, as those it makes itself.
    """
    anchors = (anchor for anchor, _, _, _ in headings(draft))
    return {a: f"_Ref{_FIRST_BOOKMARK + i}" for i, a in enumerate(anchors)}


def headings(draft: Draft) -> Iterator[tuple[str, int, str, Inlines]]:
    """Yield anchor, level, label and title of every heading, in reading order."""
    for section in draft.walk():
        if section.level:
            yield section.anchor, section.level, section.label, section.title
        for block in section.blocks:
            if isinstance(block, Heading):
                yield block.anchor, block.level, block.label, block.inlines


def control_tag(clause_id: str, occurrence: int) -> str:
    """Return the tag by which a clause is found again in the Word file."""
    return _within_limit(clause_id, f"#{occurrence}")


def value_tag(name: str, place: str = "") -> str:
    """Return the tag by which the value of the field ``name`` is found again.

    A column of a table (``lot.object``) says at which ``place``: the occurrence of its
    clause, then, within a table, the number of the table and of the row (« 1.2.3 »).
    """
    is_column = "." in name and bool(place)
    return _within_limit(f"{VALUE_PREFIX}{name}", f"@{place}" if is_column else "")


def _within_limit(name: str, end: str) -> str:
    """Join a name and its end; a name too long is cut and bears its own mark."""
    if len(name) + len(end) <= CONTROL_TEXT_LENGTH:
        return f"{name}{end}"
    mark = hashlib.blake2s(name.encode(), digest_size=4).hexdigest()
    return f"{name[: CONTROL_TEXT_LENGTH - len(end) - len(mark) - 1]}~{mark}{end}"


class Body:
    """Writes the sections of one draft; ids are given out in reading order.

    ``is_static`` writes references as links whose words never change, and values
    without control: it is made for a PDF, where a control would become a form field.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        lists: Lists,
        width: int,
        *,
        is_static: bool = False,
    ) -> None:
        self._names = names
        self._lists = lists
        self._width = width
        self._is_static = is_static
        self._bookmark_ids = count(1)
        self._control_ids = count(_FIRST_CONTROL)
        self._place = ""
        self._tables = count(1)
        self._titles: dict[str, str] = {}

    def sections(self, sections: Iterable[Section]) -> Iterator[Element]:
        """Yield the elements of sections and of all they hold."""
        for section in sections:
            yield from self._section(section)

    def blocks(
        self, blocks: Iterable[Any], title: str, style: str = "BodyText"
    ) -> Iterator[Element]:
        """Yield the elements of blocks; ``style`` is that of their paragraphs."""
        every = tuple(blocks)
        following = (*every[1:], None)
        for before, block, after in zip((None, *every), every, following, strict=False):
            shape = "AfterTable" if isinstance(before, Table) else style
            written = self._block(block, title, shape)
            if isinstance(block, Paragraph) and _stay_together(block, after):
                written = map(_kept_with_next, written)
            yield from written
            if isinstance(block, Table) and (after is None or isinstance(after, Table)):
                # Word joins two tables that touch, and wants a paragraph at the end.
                yield paragraph("TableEnd")

    def inlines(self, inlines: Inlines) -> Iterator[Element]:
        """Yield the runs and fields of inlines."""
        for inline in inlines:
            yield from self._inline(inline)

    def _section(self, section: Section) -> Iterator[Element]:
        if section.trace is None:
            yield from self._content(section)
            yield from self.sections(section.children)
            return
        self._place, self._tables = str(section.trace.occurrence), count(1)
        self._titles = {value.name: value.title for value in section.trace.values}
        content = list(self._content(section))
        self._place, self._titles = "", {}
        if content:
            yield self._control(section, content)

    def _content(self, section: Section) -> Iterator[Element]:
        if section.level:
            yield self._heading(
                section.level, section.label, section.title, section.anchor
            )
        yield from self.blocks(section.blocks, section.title_text or section.id)

    def _control(self, section: Section, content: list[Element]) -> Element:
        trace = section.trace
        if trace is None:
            message = "only a clause has a content control"
            raise ValueError(message)
        properties = w(
            "sdtPr",
            w("alias", val=trace.title[:CONTROL_TEXT_LENGTH]),
            w("tag", val=control_tag(trace.clause_id, trace.occurrence)),
            w("id", val=next(self._control_ids)),
            w("lock", val="sdtLocked"),
        )
        return w("sdt", properties, w("sdtContent", *content))

    def _heading(self, level: int, label: str, title: Inlines, anchor: str) -> Element:
        style = heading_style(level, is_numbered=bool(label))
        return paragraph(style, self._bookmarked(anchor, title))

    def _bookmarked(self, anchor: str, title: Inlines) -> Iterator[Element]:
        """Put the title between the bookmarks of references and of contents."""
        name = self._names[anchor]
        ids = [next(self._bookmark_ids), next(self._bookmark_ids)]
        yield w("bookmarkStart", id=ids[0], name=contents_name(name))
        yield w("bookmarkStart", id=ids[1], name=name)
        yield from self.inlines(title)
        yield w("bookmarkEnd", id=ids[1])
        yield w("bookmarkEnd", id=ids[0])

    def _block(self, block: Any, title: str, style: str) -> Iterator[Element]:  # noqa: ANN401
        match block:
            case Paragraph():
                shape = _SIGNED if _is_signatory(block.inlines) else style
                written = paragraph(shape, self.inlines(block.inlines))
                if shape in _JUSTIFIED and _is_written_on(block.inlines):
                    written[0].append(w("jc", val="left"))
                yield written
                if shape == _SIGNED:
                    yield paragraph("SignatureRoom")
            case ListBlock():
                yield from self._list(block, 0)
            case Table():
                yield table(block, title, self._width, self._cells(block))
            case Heading():
                yield self._heading(
                    block.level, block.label, block.inlines, block.anchor
                )

    def _list(self, block: ListBlock, level: int) -> Iterator[Element]:
        level = min(level, DEEPEST_LIST)
        number = self._lists.ordered(level) if block.is_ordered else BULLETS
        style = "ListNumber" if block.is_ordered else "ListBullet"
        for item in block.items:
            numbered = w("numPr", w("ilvl", val=level), w("numId", val=number))
            properties = w("pPr", w("pStyle", val=style), numbered)
            if level == 0 and item is block.items[-1] and not item.children:
                properties.append(w("spacing", after=_AFTER_LIST))
            if _is_written_on(item.inlines):
                properties.append(w("jc", val="left"))
            yield w("p", properties, *self.inlines(item.inlines))
            for child in item.children:
                yield from self._list(child, level + 1)

    def _cells(self, block: Table) -> Callable[[Inlines], Iterator[Element]]:
        """Return what writes the cells of a table, called in reading order."""
        width = len(block.header.cells)
        cells, number, place = count(), next(self._tables), self._place

        def write(inlines: Inlines) -> Iterator[Element]:
            row = next(cells) // width
            self._place = f"{place}.{number}.{row}"
            yield from self.inlines(inlines)
            self._place = place

        return write

    def _inline(self, inline: Inline) -> Iterator[Element]:
        if isinstance(inline, Link) and inline.anchor in self._names:
            yield from self._link(inline)
        elif isinstance(inline, Link) or self._is_static:
            yield run(inline.text, *_look(inline))
        elif isinstance(inline, Blank):
            yield self._value(inline, inline.name)
        elif inline.source:
            yield self._value(inline, inline.source)
        else:
            yield run(inline.text, *_look(inline))

    def _value(self, inline: Run | Blank, name: str) -> Element:
        """Put a value in a control of its own, in the middle of its paragraph."""
        properties = w("sdtPr")
        if inline.is_bold or inline.is_italic:
            # What is typed in the place of a blank looks as the text around it.
            properties.append(w("rPr", *_emphasis(inline)))
        if title := self._titles.get(name):
            properties.append(w("alias", val=title[:CONTROL_TEXT_LENGTH]))
        properties.append(w("tag", val=value_tag(name, self._place)))
        properties.append(w("id", val=next(self._control_ids)))
        if isinstance(inline, Blank):
            # What is typed takes the place of the whole blank, and not its colour.
            properties.append(w("showingPlcHdr"))
        words = run(inline.text, *_look(inline))
        return w("sdt", properties, w("sdtContent", words))

    def _link(self, link: Link) -> Iterator[Element]:
        if self._is_static or (not link.word and _is_article(link)):
            words = run(link.text, *_look(link))
            yield w("hyperlink", words, anchor=self._names[link.anchor], history=1)
            return
        name = self._names[link.anchor]
        if _is_article(link):
            # The number of the first level holds the word « Article » itself, and
            # LibreOffice cannot leave it out: the field covers the word.
            code, result = f"REF {name} \\r \\h \\* Lower", link.text
        else:
            if link.word:
                yield run(f"{link.word}\N{NO-BREAK SPACE}", *_look(link))
            code, result = f"REF {name} \\r \\h", link.number
        yield from complex_field(code, [run(result, *_look(link))], *_look(link))


def _kept_with_next(element: Element) -> Element:
    """Keep a sentence that announces a list or a table on the same page."""
    element[0].insert(1, w("keepNext"))
    return element


def _stay_together(before: Paragraph, after: Any) -> bool:  # noqa: ANN401
    """Tell whether a page may not end between a paragraph and what follows it."""
    if not isinstance(after, Paragraph):
        return isinstance(after, Table | ListBlock)
    if _is_signatory(after.inlines):
        # A name alone on a page signs nothing.
        return not _is_signatory(before.inlines)
    if _is_filled_by_hand(before):
        return _is_filled_by_hand(after)
    return inlines_text(before.inlines).rstrip().endswith(":")


def _is_filled_by_hand(block: Paragraph) -> bool:
    """Tell whether a paragraph is a box to tick or a line to write on."""
    said = inlines_text(block.inlines)
    return said.startswith(_BOX) or _DOTS.search(said) is not None


def _is_written_on(inlines: Inlines) -> bool:
    return _DOTS.search(inlines_text(inlines)) is not None


def _is_signatory(inlines: Inlines) -> bool:
    names = [getattr(i, "source", getattr(i, "name", "")) for i in inlines]
    return names == [_SIGNATORY]


def _is_article(link: Link) -> bool:
    return "." not in link.number


def contents_name(reference_name: str) -> str:
    """Return the bookmark of the table of contents beside one of references.

    Word removes and makes again those of the contents whenever it updates them; a
    reference must not depend on them.
    """
    return reference_name.replace("_Ref", "_Toc")


def _look(inline: Inline) -> list[Element]:
    """Make the properties of a run anew: an element has one place only."""
    if isinstance(inline, Blank):
        # Some readers ignore the highlight of a style: it is said on the run too.
        look = [w("rStyle", val="Blank")]
        look += [w("b")] if inline.is_bold else []
        look += [w("i")] if inline.is_italic else []
        return [*look, w("highlight", val="yellow")]
    return _emphasis(inline)


def _emphasis(inline: Inline) -> list[Element]:
    name = _EMPHASIS[inline.is_bold, inline.is_italic]
    return [w("rStyle", val=name)] if name else []


_EMPHASIS = {
    (False, False): "",
    (True, False): "Strong",
    (False, True): "Emphasis",
    (True, True): "StrongEmphasis",
}
