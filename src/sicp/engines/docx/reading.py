"""Read a Word file that a person edited: clauses by their controls, and all the rest.

Word and LibreOffice cut runs, rename styles, move, nest or lose controls, wrap words in
elements of their own: only what the reader sees, and the tags of controls, counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import replace

from sicp.engines.docx.body import VALUE_PREFIX
from sicp.engines.docx.elements import Element
from sicp.engines.docx.reading_inlines import TRANSPARENT
from sicp.engines.docx.reading_inlines import Inlines
from sicp.engines.docx.reading_inlines import Margin
from sicp.engines.docx.reading_inlines import joined
from sicp.engines.docx.reading_model import Comment
from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadDocument
from sicp.engines.docx.reading_model import ReadRun
from sicp.engines.docx.reading_model import ReadRuns
from sicp.engines.docx.reading_model import ReadSection
from sicp.engines.docx.reading_package import Package
from sicp.engines.docx.reading_package import ReadError
from sicp.engines.docx.reading_styles import ListMark
from sicp.engines.docx.reading_styles import Styles
from sicp.engines.docx.reading_styles import q
from sicp.engines.docx.reading_styles import val
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table

__all__ = ["ReadError", "read_docx"]

_WRAPPERS = TRANSPARENT | {q("ins"), q("moveTo")}
_SKIPPED = frozenset({q("del"), q("moveFrom")})
_CONTENTS = "table of contents"
_MOST_CELLS = 63


def read_docx(data: bytes) -> ReadDocument:
    """Read a Word file.

    Raises:
        ReadError: the file is no Word file, is encrypted, damaged, too big or holds
            macros; says why in French.
    """
    package = Package(data)
    styles = Styles(package.part("styles"), package.part("numbering"))
    reader = _Reader(styles)
    try:
        reader.blocks(package.document)
    except RecursionError as error:
        message = "ce fichier Word imbrique trop d’éléments les uns dans les autres"
        raise ReadError(message) from error
    return reader.document(package.part("comments"))


@dataclass
class _Item:
    """A paragraph of a list, until the whole list is there."""

    mark: ListMark
    runs: ReadRuns
    bookmarks: tuple[str, ...]
    control_titles: tuple[str, ...]


@dataclass
class _Section:
    """A section under way."""

    tag: str
    pieces: list[Piece | _Item] = dataclass_field(default_factory=list)


class _Reader:
    """One walk through the body of a document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._margin = Margin()
        self._inlines = Inlines(styles, self._margin)
        self._sections = [_Section("")]
        self._current = self._sections[0]
        #: Words of a paragraph whose end was deleted: they join the next one.
        self._pending: ReadRuns = ()

    def document(self, comments: Element | None) -> ReadDocument:
        """Return what was read."""
        sections = [ReadSection(s.tag, _pieces(s.pieces)) for s in self._sections]
        kept = [s for s in sections if s.pieces or s.tag]
        front, kept = _without_front(kept)
        return ReadDocument(
            front,
            tuple(kept),
            tuple(self._comments(comments)),
            tuple(self._margin.tracked),
            tuple(self._margin.notes),
        )

    def blocks(self, parent: Element) -> None:
        """Read the blocks of a body, of a cell or of a control."""
        for element in parent:
            if element.tag == q("p"):
                self._paragraph(element)
            elif element.tag == q("tbl"):
                self._table(element)
            elif element.tag == q("sdt"):
                self._control(element)
            elif element.tag in _WRAPPERS:
                self.blocks(element)
            elif element.tag == q("altChunk"):
                self._margin.notes["un document incorporé n’est pas repris"] = None
            else:
                self._inlines.mark(element)

    def _control(self, element: Element) -> None:
        content = element.find(q("sdtContent"))
        gallery = next(element.iter(q("docPartGallery")), None)
        if content is None or val(gallery).lower().startswith(_CONTENTS):
            return
        tag = _clause_tag(element)
        if not tag:
            self.blocks(content)
            return
        above = self._enter(tag)
        self.blocks(content)
        self._leave(above)

    def _enter(self, tag: str) -> _Section:
        above, self._current = self._current, _Section(tag)
        self._sections.append(self._current)
        self._margin.tag = tag
        return above

    def _leave(self, above: _Section) -> None:
        """Go back to what surrounds a clause; outside any, begin another section."""
        if above.tag:
            self._current = above
        else:
            self._current = _Section("")
            self._sections.append(self._current)
        self._margin.tag = self._current.tag

    def _paragraph(self, element: Element) -> None:
        tag = _inner_clause_tag(element)
        if tag and tag != self._current.tag:
            above = self._enter(tag)
            self._write(element)
            self._leave(above)
        else:
            self._write(element)

    def _write(self, element: Element) -> None:
        runs = joined((*self._pending, *self._inlines.read(element)))
        properties = element.find(q("pPr"))
        self._pending = ()
        if (
            properties is not None
            and properties.find(f"{q('rPr')}/{q('del')}") is not None
        ):
            self._pending = runs
            return
        style = "" if properties is None else val(properties.find(q("pStyle")))
        is_empty = not any(run.text.strip() or run.control for run in runs)
        if is_empty or self._styles.name(style).startswith("toc "):
            return
        bookmarks, titles = self._marks()
        level = self._styles.heading_level(properties)
        mark = None if level else self._styles.list_mark(properties)
        if mark is not None:
            self._current.pieces.append(_Item(mark, runs, bookmarks, titles))
            return
        block = SubHeading(runs) if level else Paragraph(runs)
        self._current.pieces.append(Piece(block, level, bookmarks, titles))

    def _marks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = (tuple(self._inlines.bookmarks), tuple(self._inlines.control_titles))
        self._inlines.bookmarks.clear()
        self._inlines.control_titles.clear()
        return found

    def _table(self, element: Element) -> None:
        tag = _inner_clause_tag(element)
        above = self._enter(tag) if tag and tag != self._current.tag else None
        rows = [list(self._cells(row)) for row in _children(element, "tr")]
        rows = [row for row in rows if row]
        width = max((len(row) for row in rows), default=0)
        if (len(rows), width) == (1, 1):
            # A frame around a text: the text is read as if there were no frame.
            for runs in _lines(rows[0][0]):
                self._current.pieces.append(Piece(Paragraph(runs), 0, *self._marks()))
        elif rows:
            filled = [Row(_padded(row, width)) for row in rows]
            block = Table(filled[0], tuple(filled[1:]))
            self._current.pieces.append(Piece(block, 0, *self._marks()))
        if above is not None:
            self._leave(above)

    def _cells(self, row: Element) -> Iterator[ReadRuns]:
        properties = row.find(q("trPr"))
        if properties is not None and properties.find(q("del")) is not None:
            return
        for cell in _children(row, "tc"):
            own = cell.find(q("tcPr"))
            merged = None if own is None else own.find(q("vMerge"))
            continues = merged is not None and val(merged) != "restart"
            yield () if continues else self._cell(cell)
            span = "" if own is None else val(own.find(q("gridSpan")))
            wide = min(int(span), _MOST_CELLS) if span.isdigit() else 1
            for _ in range(1, wide):
                yield ()

    def _cell(self, cell: Element) -> ReadRuns:
        """Return the words of a cell; its paragraphs are parted by line breaks."""
        found: list[ReadRun] = []
        if next(cell.iter(q("tbl")), None) is not None:
            self._margin.notes["un tableau dans un tableau est repris en texte"] = None
        for paragraph in cell.iter(q("p")):
            runs = self._inlines.read(paragraph)
            if runs and found:
                found.append(ReadRun("\n"))
            found.extend(runs)
        return joined(found)

    def _comments(self, part: Element | None) -> Iterator[Comment]:
        if part is None:
            return
        for element in part.iter(q("comment")):
            number = element.get(q("id")) or ""
            paragraphs = (
                "".join(t.text or "" for t in p.iter(q("t")))
                for p in element.iter(q("p"))
            )
            yield Comment(
                author=element.get(q("author")) or "",
                date=element.get(q("date")) or "",
                text="\n".join(text for text in paragraphs if text),
                tag=self._margin.comment_tags.get(number, ""),
                about=self._margin.comment_words.get(number, ""),
            )


def _is_end_deleted(properties: Element | None) -> bool:
    """Tell whether a followed change joins a paragraph to the next one."""
    path = f"{q('rPr')}/{q('del')}"
    return properties is not None and properties.find(path) is not None


def _clause_tag(control: Element) -> str:
    """Return the tag of a control when it is that of a clause (« id#1 »)."""
    tag = val(control.find(f"{q('sdtPr')}/{q('tag')}"))
    return tag if "#" in tag and not tag.startswith(VALUE_PREFIX) else ""


def _inner_clause_tag(element: Element) -> str:
    """Find the control of a clause that an editor pushed inside a block."""
    return next(filter(None, map(_clause_tag, element.iter(q("sdt")))), "")


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells, those inside controls included."""
    for element in parent:
        if element.tag == q(name):
            yield element
        elif element.tag == q("sdt") or element.tag in _WRAPPERS:
            yield from _children(element, name)


def _padded(row: list[ReadRuns], width: int) -> tuple[Cell, ...]:
    return tuple(Cell(runs) for runs in (*row, *[()] * (width - len(row))))


def _lines(runs: ReadRuns) -> Iterator[ReadRuns]:
    """Cut runs at their line breaks; empty lines are left out."""
    line: list[ReadRun] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in others:
            yield from filter(None, [tuple(r for r in line if r.text)])
            line = [replace(run, text=text)]
    yield from filter(None, [tuple(r for r in line if r.text)])


def _pieces(found: list[Piece | _Item]) -> tuple[Piece, ...]:
    """Gather consecutive items into lists."""
    pieces: list[Piece] = []
    items: list[_Item] = []
    for item in [*found, None]:
        if isinstance(item, _Item):
            if items and _begins_list(items, item):
                pieces.extend(_lists(items))
                items = []
            items.append(item)
            continue
        pieces.extend(_lists(items))
        items = []
        if item is not None:
            pieces.append(item)
    return tuple(pieces)


def _begins_list(items: list[_Item], item: _Item) -> bool:
    """Tell whether an item of the first level begins another list."""
    first, mark = items[0].mark, item.mark
    if mark.level > first.level:
        return False
    return mark.is_ordered != first.is_ordered or (
        mark.is_ordered and mark.number != first.number
    )


def _lists(items: list[_Item]) -> Iterator[Piece]:
    if not items:
        return
    bookmarks = tuple(name for item in items for name in item.bookmarks)
    titles = tuple(name for item in items for name in item.control_titles)
    for block in _nested(items):
        yield Piece(block, 0, bookmarks, titles)
        bookmarks, titles = (), ()


def _nested(items: list[_Item]) -> tuple[ListBlock, ...]:
    """Make lists of items and of those deeper that follow each of them."""
    depth = items[0].mark.level
    groups: list[list[_Item]] = []
    for item in items:
        if groups and item.mark.level > depth:
            groups[-1].append(item)
        else:
            groups.append([item])
    found: list[tuple[ListMark, list[ListItem]]] = []
    for group in groups:
        mark = group[0].mark
        if not found or found[-1][0].is_ordered != mark.is_ordered:
            found.append((mark, []))
        children = _nested(group[1:]) if group[1:] else ()
        found[-1][1].append(ListItem(group[0].runs, children))
    return tuple(ListBlock(mark.is_ordered, tuple(own)) for mark, own in found)


def _without_front(
    sections: list[ReadSection],
) -> tuple[tuple[Piece, ...], list[ReadSection]]:
    """Take apart what stands before the first heading and the first clause."""
    if not sections or sections[0].tag:
        return (), sections
    pieces = sections[0].pieces
    start = next((i for i, p in enumerate(pieces) if p.level), len(pieces))
    rest = [ReadSection("", pieces[start:])] if pieces[start:] else []
    return pieces[:start], [*rest, *sections[1:]]
