"""Two versions compared in one Word file, with the tracked changes of Word itself.

Who opens it sees each insertion and each deletion under a name and a date; « accept
all » gives the new text, « reject all » the old one. Words are never struck by hand:
the changes are those of the format (``w:ins``, ``w:del``), on words, on paragraphs, on
rows of tables and on the depth of a heading or of an item.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from itertools import count
from itertools import groupby

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import R
from sicp.engines.docx.elements import W
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import root
from sicp.engines.docx.elements import run
from sicp.engines.docx.elements import twips
from sicp.engines.docx.elements import w
from sicp.engines.docx.front import empty_footer
from sicp.engines.docx.front import empty_header
from sicp.engines.docx.front import footer
from sicp.engines.docx.front import header
from sicp.engines.docx.lists import BULLETS
from sicp.engines.docx.lists import DEEPEST_LIST
from sicp.engines.docx.lists import Lists
from sicp.engines.docx.package import PART_IDS
from sicp.engines.docx.package import archive
from sicp.engines.docx.package import settings
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.docx.styles import PAGE_WIDTH_MM
from sicp.engines.docx.styles import heading_style
from sicp.engines.docx.styles import styles_part
from sicp.engines.docx.styles import text_width
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.line_matching import Pair
from sicp.engines.drafting.line_matching import changed_words
from sicp.engines.drafting.line_matching import matched
from sicp.engines.drafting.lines import Line
from sicp.engines.drafting.lines import Lines
from sicp.engines.drafting.lines import Words
from sicp.engines.drafting.lines import lines_of
from sicp.engines.drafting.lines import words_of
from sicp.engines.drafting.numbering import DEEPEST
from sicp.engines.drafting.sequence_diff import opcodes

#: A sub-heading of a clause that is not assembled stands under the clause's title.
_SUB_HEADING = 2
_PAGE_HEIGHT_MM = 297
_HEADER_MM = 11
_EMPHASIS = {
    (True, False): "Strong",
    (False, True): "Emphasis",
    (True, True): "StrongEmphasis",
}


@dataclass(frozen=True, slots=True)
class Reviser:
    """Whose changes they are, and when; Word shows both beside each of them."""

    author: str
    at: datetime


def write_comparison(
    pairs: Iterable[Pair], by: Reviser, style: HouseStyle, properties: Properties
) -> bytes:
    """Return a Word file where what changed is tracked; same input, same bytes.

    Args:
        pairs: lines of the old and of the new text, as ``clause_pairs`` or
            ``draft_pairs`` match them.
        by: the author and the instant of the changes.
        style: the look of the public body's documents; there is no cover.
        properties: what the file says of itself; its title heads the first page.
    """
    lists = Lists()
    writer = _Writer(by, lists, text_width(style))
    content = [paragraph("Title", [run(properties.title)]), *writer.lines(pairs)]
    # The mark of the last paragraph of a document can neither come nor go.
    content.append(paragraph("TableEnd"))
    parts = {
        "document": root("document", w("body", *content, _page(style))),
        "styles": styles_part(style),
        "numbering": lists.part(),
        "settings": _tracking_settings(),
        "header1": header(properties, style),
        "header2": empty_header(),
        "footer1": footer(style),
        "footer2": empty_footer(),
    }
    return archive(parts, properties, None)


def clause_pairs(
    clauses: Iterable[tuple[Clause | None, Clause | None]], fields: FieldSet
) -> Iterator[Pair]:
    """Match the lines of old and new versions of clauses, each under its title.

    Raises:
        MarkupError: a text or a title cannot be read.
    """
    for old, new in clauses:
        yield from matched(_clause_lines(old, fields), _clause_lines(new, fields))


def draft_pairs(old: Draft, new: Draft) -> Iterator[Pair]:
    """Match the lines of two drafts, section by section.

    A clause is found again by its id and its occurrence, wherever its number leads.
    """
    before, after = _sections(old), _sections(new)
    names = [name for name, _ in before], [name for name, _ in after]
    for tag, i1, i2, j1, j2 in opcodes(*names):
        if tag == "equal":
            for (_, one), (_, other) in zip(before[i1:i2], after[j1:j2], strict=True):
                yield from matched(one, other)
            continue
        yield from ((line, None) for _, lines in before[i1:i2] for line in lines)
        yield from ((None, line) for _, lines in after[j1:j2] for line in lines)


def _clause_lines(clause: Clause | None, fields: FieldSet) -> Lines:
    if clause is None:
        return ()
    known = fields.extended_with(clause.variables)
    title = Line("heading", (tuple(words_of(clause.title)),), level=1)
    return (title, *lines_of(clause.blocks, known))


def _sections(draft: Draft) -> list[tuple[str, Lines]]:
    return [(_section_name(s), _section_lines(s)) for s in draft.walk()]


def _section_name(section: Section) -> str:
    occurrence = section.trace.occurrence if section.trace else 0
    return f"{section.kind}:{section.id}#{occurrence}"


def _section_lines(section: Section) -> Lines:
    lines = lines_of(section.blocks, FieldSet())
    if not section.level:
        return lines
    words = tuple(word for i in section.title for word in words_of(i.text))
    return (Line("heading", (words,), section.level, mark=section.label), *lines)


def _tracking_settings() -> Element:
    """Go on tracking: what the reader changes is tracked too."""
    part = settings()
    part.insert(1, w("trackRevisions"))
    return part


def _page(style: HouseStyle) -> Element:
    """Make the page: A4, the same header and footer from the first one on."""
    side = twips(style.margin_side)
    called = (
        w("headerReference", type="default"),
        w("footerReference", type="default"),
    )
    for reference, part in zip(called, ("header1", "footer1"), strict=True):
        reference.set(f"{{{R}}}id", PART_IDS[part])
    size = w("pgSz", w=twips(PAGE_WIDTH_MM), h=twips(_PAGE_HEIGHT_MM))
    margins = {
        "top": twips(style.margin_top),
        "right": side,
        "bottom": twips(style.margin_bottom),
        "left": side,
        "header": twips(_HEADER_MM),
        "footer": twips(_HEADER_MM),
        "gutter": 0,
    }
    return w("sectPr", *called, size, w("pgMar", **margins))


class _Writer:
    """Writes pairs of lines; it gives out the ids of changes and of lists."""

    def __init__(self, by: Reviser, lists: Lists, width: int) -> None:
        self._author = by.author
        at = by.at.astimezone(UTC) if by.at.tzinfo else by.at
        self._date = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._lists = lists
        self._width = width
        self._ids = count(1)
        self._numbers: dict[int, int] = {}
        self._begun: set[int] = set()

    def lines(self, pairs: Iterable[Pair]) -> Iterator[Element]:
        """Yield paragraphs and tables, some of them parted by an empty paragraph.

        Word joins two tables that touch; and the mark of a paragraph that comes or goes
        needs another paragraph after it.
        """
        is_apart = False
        for group in _grouped(pairs):
            is_table = _is_row(group[0])
            if is_table and is_apart:
                yield paragraph("TableEnd")
            yield self._table(group) if is_table else self._paragraph(group[0])
            is_apart = is_table or None in group[0]

    def _change(self, name: str) -> Element:
        return w(name, id=next(self._ids), author=self._author, date=self._date)

    def _paragraph(self, pair: Pair) -> Element:
        if _line(pair).kind != "item":
            self._begun = set()
        properties = self._properties(pair)
        return self._written(properties, pair, 0)

    def _written(self, properties: list[Element], pair: Pair, cell: int) -> Element:
        """Make a paragraph: its properties, its mark, its words with their fate."""
        before, after = (line.cells[cell] if line else () for line in pair)
        mark = self._mark(pair)
        at = next(
            (i for i, e in enumerate(properties) if e.tag == f"{{{W}}}pPrChange"),
            len(properties),
        )
        if mark is not None:
            properties.insert(at, w("rPr", mark))
        return w("p", w("pPr", *properties), *self._words(before, after))

    def _mark(self, pair: Pair) -> Element | None:
        """Make what says that a whole paragraph or row came or went."""
        if None not in pair:
            return None
        return self._change("ins" if pair[0] is None else "del")

    def _words(self, before: Words, after: Words) -> Iterator[Element]:
        for piece in changed_words(before, after):
            runs = [_run(group) for group in _by_look(piece.words)]
            if piece.kind == "same":
                yield from runs
            elif piece.kind == "inserted":
                yield _holding(self._change("ins"), runs)
            else:
                yield _holding(self._change("del"), [_deleted(r) for r in runs])

    def _properties(self, pair: Pair) -> list[Element]:
        line = _line(pair)
        properties = _paragraph_properties(line, self._number(line, pair))
        if not _moved(pair):
            return properties
        old = pair[0] or line
        before = _paragraph_properties(old, self._number(old, pair))
        change = _holding(self._change("pPrChange"), [w("pPr", *before)])
        return [*properties, change]

    def _number(self, line: Line, pair: Pair) -> int:
        """Return the list of an item; a new one begins with its first item.

        The first item of the old list and that of the new one may be two paragraphs:
        they are of one list, of which only one will stay.
        """
        level = min(line.level, DEEPEST_LIST)
        if not line.is_ordered:
            return BULLETS
        firsts = [item is not None and item.is_first for item in pair]
        is_first = any(firsts)
        is_new = is_first and (all(firsts) or level not in self._begun)
        if is_new or level not in self._numbers:
            self._numbers[level] = self._lists.ordered(level)
        self._begun = {depth for depth in self._begun if depth < level}
        self._begun |= {level} if is_first else set()
        return self._numbers[level]

    def _table(self, pairs: Sequence[Pair]) -> Element:
        columns = len(_line(pairs[0]).cells)
        widths = [self._width // columns] * columns
        widths[-1] += self._width - sum(widths)
        properties = w(
            "tblPr",
            w("tblStyle", val="DraftTable"),
            w("tblW", w=5000, type="pct"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0,
              lastColumn=0, noHBand=1, noVBand=1),
        )  # fmt: skip
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        rows = (self._row(pair, widths) for pair in pairs)
        return w("tbl", properties, grid, *rows)

    def _row(self, pair: Pair, widths: list[int]) -> Element:
        is_header = _line(pair).kind == "header"
        properties = w("trPr", w("cantSplit"))
        properties.extend([w("tblHeader")] if is_header else [])
        mark = self._mark(pair)
        properties.extend([] if mark is None else [mark])
        style = "TableHeading" if is_header else "TableText"
        cells = (
            w(
                "tc",
                w("tcPr", w("tcW", w=width, type="dxa")),
                self._written([w("pStyle", val=style)], pair, index),
            )
            for index, width in enumerate(widths)
        )
        return w("tr", properties, *cells)


def _line(pair: Pair) -> Line:
    return pair[1] or pair[0] or Line("paragraph", ((),))


def _is_row(pair: Pair) -> bool:
    return _line(pair).kind in {"header", "row"}


def _moved(pair: Pair) -> bool:
    """Tell whether a paragraph changed its depth, its kind of list or its numbering."""
    before, after = pair
    if before is None or after is None:
        return False
    return _place(before) != _place(after)


def _place(line: Line) -> tuple[int, bool, bool]:
    is_numbered = line.kind == "heading" and bool(line.mark)
    return line.level, line.is_ordered, is_numbered


def _grouped(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Yield the rows of each table together, and every other line by itself."""
    rows: list[Pair] = []
    for pair in pairs:
        line = _line(pair)
        is_other_table = rows and (
            line.kind == "header" or len(line.cells) != len(_line(rows[0]).cells)
        )
        if rows and (not _is_row(pair) or is_other_table):
            yield rows
            rows = []
        if _is_row(pair):
            rows.append(pair)
        else:
            yield [pair]
    if rows:
        yield rows


def _paragraph_properties(line: Line, number: int) -> list[Element]:
    match line.kind:
        case "heading":
            level = min(line.level or _SUB_HEADING, DEEPEST)
            style = heading_style(level, is_numbered=bool(line.mark))
            return [w("pStyle", val=style)]
        case "item":
            style = "ListNumber" if line.is_ordered else "ListBullet"
            level = min(line.level, DEEPEST_LIST)
            numbered = w("numPr", w("ilvl", val=level), w("numId", val=number))
            return [w("pStyle", val=style), numbered]
    return [w("pStyle", val="BodyText")]


def _by_look(words: Words) -> Iterator[tuple[str, str]]:
    """Yield the words of one look as one text, with the style of their run."""
    for look, group in groupby(words, key=lambda word: (word.is_bold, word.is_italic)):
        yield "".join(word.text for word in group), _EMPHASIS.get(look, "")


def _run(said: tuple[str, str]) -> Element:
    text, style = said
    return run(text, *([w("rStyle", val=style)] if style else []))


def _deleted(element: Element) -> Element:
    """Make a run one of deleted words."""
    for text in element.iter(f"{{{W}}}t"):
        text.tag = f"{{{W}}}delText"
    return element


def _holding(parent: Element, children: Iterable[Element]) -> Element:
    parent.extend(children)
    return parent
