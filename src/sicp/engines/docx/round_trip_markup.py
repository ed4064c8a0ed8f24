"""Write what was read as markup: words, styles, lists, tables, values, references."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from itertools import groupby

from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadRuns
from sicp.engines.docx.reading_model import runs_text
from sicp.engines.docx.round_trip_values import plain
from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Inline
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.inline_markup import write_inlines
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write

_NO_STYLE = (False, False)


@dataclass(frozen=True, slots=True)
class Atom:
    """Words of one style, a value or a reference (``inline``)."""

    text: str = ""
    is_bold: bool = False
    is_italic: bool = False
    inline: Variable | Reference | None = None


Atoms = tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A line that did not change, as its author wrote it."""

    inlines: Inlines


@dataclass
class Markup:
    """Makes the markup of blocks; ``notes`` tells what could not be kept.

    ``name_runs`` turns the runs of one line into atoms; lines are asked in reading
    order, once each.
    """

    name_runs: Callable[[ReadRuns], Atoms | Kept]
    notes: dict[str, None] = dataclass_field(default_factory=dict)

    def text(self, pieces: tuple[Piece, ...]) -> str:
        """Return the markup of pieces."""
        return safely_written(self.blocks(pieces), self.notes)

    def blocks(self, pieces: tuple[Piece, ...]) -> Blocks:
        """Return pieces as blocks of the markup."""
        return tuple(block for piece in pieces for block in self._block(piece.block))

    def _block(self, block: Block) -> Iterator[Block]:
        match block:
            case Paragraph():
                for inlines in self._paragraphs(block.inlines):
                    yield Paragraph(inlines)
            case SubHeading():
                yield SubHeading(self._line(block.inlines))
            case ListBlock():
                yield self._list(block)
            case Table():
                rows = tuple(self._row(row) for row in (block.header, *block.rows))
                yield Table(rows[0], rows[1:])

    def _list(self, block: ListBlock) -> ListBlock:
        items = tuple(
            # The item first, then its children: lines are named in reading order.
            ListItem(self._line(item.inlines), tuple(map(self._list, item.children)))
            for item in block.items
        )
        return ListBlock(block.is_ordered, items)

    def _row(self, row: Row) -> Row:
        return Row(tuple(Cell(self._line(cell.inlines)) for cell in row.cells))

    def _paragraphs(self, runs: ReadRuns) -> Iterator[Inlines]:
        named = self.name_runs(runs)
        if isinstance(named, Kept):
            yield named.inlines
            return
        lines: list[list[Atom]] = [[]]
        for atom in named:
            first, *others = [atom.text] if atom.inline else atom.text.split("\n")
            lines[-1].append(_with_text(atom, first))
            for text in others:
                self.notes["un saut de ligne est devenu un nouveau paragraphe"] = None
                lines.append([_with_text(atom, text)])
        yield from filter(None, (inlines_of_atoms(tuple(line)) for line in lines))

    def _line(self, runs: ReadRuns) -> Inlines:
        named = self.name_runs(runs)
        if isinstance(named, Kept):
            return named.inlines
        if any("\n" in atom.text for atom in named if not atom.inline):
            self.notes["un saut de ligne est devenu une espace"] = None
        return inlines_of_atoms(
            tuple(
                atom if atom.inline else _with_text(atom, atom.text.replace("\n", " "))
                for atom in named
            )
        )


def safely_written(blocks: Blocks, notes: dict[str, None]) -> str:
    """Write blocks so that they read back the same; else, without their styles."""
    text = write(blocks)
    if _reads_back(text):
        return text
    notes["le gras et l’italique n’ont pas pu être repris"] = None
    return write(tuple(_unstyled(block) for block in blocks))


def inlines_of_atoms(atoms: Atoms) -> Inlines:
    """Return atoms as inlines of the markup, without space at either end."""
    found: list[Inline] = []
    groups = groupby(_tidied(atoms), key=lambda atom: (atom.is_bold, atom.is_italic))
    for (is_bold, is_italic), group in groups:
        inlines: Inlines = tuple(a.inline or Text(a.text) for a in group)
        if is_italic:
            inlines = (Styled("italic", inlines),)
        if is_bold:
            inlines = (Styled("bold", inlines),)
        found.extend(inlines)
    return _trimmed(_joined(found))


def line_markup(atoms: Atoms) -> str:
    """Return the inline markup of one line, such as a title."""
    return write_inlines(inlines_of_atoms(atoms))


def plain_atoms(runs: ReadRuns) -> Atoms:
    """Return runs as they are printed, without value nor reference."""
    return tuple(Atom(plain(r.text), r.is_bold, r.is_italic) for r in runs)


def _tidied(atoms: Atoms) -> Iterator[Atom]:
    """Take the spaces at the edge of styled words out of their style.

    « de » is written before a value even where it was elided: the typography elides
    it again if the new value wants it.
    """
    for index, atom in enumerate(atoms):
        if atom.inline is not None:
            yield atom
            continue
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        text = atom.text
        if following is not None and isinstance(following.inline, Variable):
            text = _opened(text)
        bare = text.strip()
        if not bare:
            yield Atom(" " if text else "")
        elif (atom.is_bold, atom.is_italic) == _NO_STYLE:
            yield Atom(text)
        else:
            start = text.index(bare)
            yield Atom(text[:start])
            yield _with_text(atom, bare)
            yield Atom(text[start + len(bare) :])


def _opened(text: str) -> str:
    for word in ("d", "qu", "lorsqu", "puisqu", "jusqu"):
        for apostrophe in "’'":
            end = f"{word}{apostrophe}"
            before = text[: -len(end)]
            if text.lower().endswith(end) and not before[-1:].isalpha():
                return f"{text[: -len(apostrophe)]}e "
    return text


def _with_text(atom: Atom, text: str) -> Atom:
    return Atom(text, atom.is_bold, atom.is_italic, atom.inline)


def _joined(inlines: list[Inline]) -> list[Inline]:
    found: list[Inline] = []
    for inline in inlines:
        before = found[-1] if found else None
        if isinstance(inline, Text) and isinstance(before, Text):
            found[-1] = Text(before.text + inline.text)
        elif not isinstance(inline, Text) or inline.text:
            found.append(inline)
    return found


def _trimmed(inlines: list[Inline]) -> Inlines:
    if inlines and isinstance(inlines[0], Text):
        inlines[0] = Text(inlines[0].text.lstrip())
    if inlines and isinstance(inlines[-1], Text):
        inlines[-1] = Text(inlines[-1].text.rstrip())
    return tuple(i for i in inlines if not isinstance(i, Text) or i.text)


def _reads_back(text: str) -> bool:
    try:
        return write(parse(text)) == text
    except MarkupError:
        return False


def _unstyled(block: Block) -> Block:
    match block:
        case ListBlock():
            return _unstyled_list(block)
        case Table():
            rows = tuple(
                Row(tuple(Cell(_bare(cell.inlines)) for cell in row.cells))
                for row in (block.header, *block.rows)
            )
            return Table(rows[0], rows[1:], block.repeat)
        case SubHeading():
            return SubHeading(_bare(block.inlines))
    return Paragraph(_bare(block.inlines))


def _unstyled_list(block: ListBlock) -> ListBlock:
    items = tuple(
        ListItem(_bare(item.inlines), tuple(map(_unstyled_list, item.children)))
        for item in block.items
    )
    return ListBlock(block.is_ordered, items)


def _bare(inlines: Inlines) -> Inlines:
    found: list[Inline] = []
    for inline in inlines:
        found.extend(_bare(inline.inlines) if isinstance(inline, Styled) else [inline])
    return tuple(_joined(found))


def words(runs: ReadRuns) -> str:
    """Return the words of runs with plain spaces where French sets no-break ones."""
    return plain(runs_text(runs))
