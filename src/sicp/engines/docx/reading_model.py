"""What is read in a Word file: sections, their blocks, comments, tracked changes.

Blocks are those of the markup (Paragraph, ListBlock, Table, SubHeading); their inlines
are ``ReadRun``.
"""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import inlines_of

#: The control of a value whose tag was lost: LibreOffice keeps the place, not the name.
ANONYMOUS = "?"


@dataclass(frozen=True, slots=True)
class ReadRun:
    """Words of one look; a newline is a line break.

    Attributes:
        text: the words.
        is_bold: printed in bold.
        is_italic: printed in italic.
        control: the tag of the value they stand in, ``ANONYMOUS`` when the tag is
            lost, empty outside any.
        control_number: tells apart two neighbour controls of one tag; 0 outside any.
        reference: the bookmark they give the number of, empty for mere words.
        is_highlighted: coloured as something to look at.
    """

    text: str
    is_bold: bool = False
    is_italic: bool = False
    control: str = ""
    control_number: int = 0
    reference: str = ""
    is_highlighted: bool = False


ReadRuns = tuple[ReadRun, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One block and what the file says around it.

    ``level`` is that of a heading, 0 for any other block; ``bookmarks`` and
    ``control_titles`` are the names of the bookmarks and of the controls without tag
    that begin in it.
    """

    block: Block
    level: int = 0
    bookmarks: tuple[str, ...] = ()
    control_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSection:
    """Consecutive blocks of one clause (``tag``), or outside any (empty tag)."""

    tag: str
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> ReadRuns:
        """Return the heading the section begins with, if it begins with one."""
        first = self.pieces[0].block if self.pieces else None
        return first.inlines if isinstance(first, SubHeading) else ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return what follows the heading."""
        start = 1 if self.title else 0
        return tuple(piece.block for piece in self.pieces[start:])

    @property
    def text(self) -> str:
        """Return the words, one line for each paragraph, item or cell."""
        return "\n".join(block_text(piece.block) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin: ``tag`` is the clause it is about, ``about`` its words.

    ``date`` is as the file writes it (ISO 8601), often empty.
    """

    author: str
    date: str
    text: str
    tag: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A change followed by Word: what is inserted is taken, what is deleted is not."""

    author: str
    is_insertion: bool
    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A Word file as read.

    Attributes:
        front: what stands before the first heading and the first clause: the cover.
        sections: clauses, and the text between them, in reading order.
        comments: remarks in the margin.
        tracked: changes that Word followed.
        notes: what was met and not taken (pictures, footnotes…), in French.
    """

    front: tuple[Piece, ...] = ()
    sections: tuple[ReadSection, ...] = ()
    comments: tuple[Comment, ...] = ()
    tracked: tuple[TrackedChange, ...] = ()
    notes: tuple[str, ...] = dataclass_field(default=())

    def section(self, tag: str) -> ReadSection | None:
        """Find the first section of a clause."""
        return next((s for s in self.sections if s.tag == tag), None)


def runs_text(inlines: tuple[Any, ...]) -> str:
    """Return the words of runs without style."""
    return "".join(run.text for run in inlines)


def block_text(block: Block | ListItem | Cell) -> str:
    """Return the words of a block, one line for each paragraph, item or cell."""
    return "\n".join(runs_text(inlines) for inlines in inlines_of(block))
