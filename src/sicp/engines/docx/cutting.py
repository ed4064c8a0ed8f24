"""Cut the Word model of a public body into clauses, heading by heading.

Headings are told by their style, or typed by hand (« Article 3 – Prix », « 3.1 Durée »
in bold). What a model leaves to fill becomes a variable to make.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace

from sicp.engines.docx.body import VALUE_PREFIX
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadRun
from sicp.engines.docx.reading_model import ReadRuns
from sicp.engines.docx.reading_model import block_text
from sicp.engines.docx.reading_model import runs_text
from sicp.engines.docx.round_trip_markup import Atom
from sicp.engines.docx.round_trip_markup import Atoms
from sicp.engines.docx.round_trip_markup import Markup
from sicp.engines.docx.round_trip_values import plain
from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Variable

#: How the variables to make are named in the markup, with a number.
TO_FILL = "to_fill_"
_LONGEST_TITLE = 150
#: A longer highlighted passage is a text to look at, not a value to fill.
_LONGEST_VALUE = 120
_HINT_WORDS = 6
_KEYWORD = r"(?:article|art\.|chapitre|titre|partie|section|annexe)"
_TYPED_ARTICLE = re.compile(rf"{_KEYWORD}\s*(?:n°\s*)?\d+", re.IGNORECASE)
_TYPED_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?(?:\s*[-–—:)]|\s)\s*\S")
_NUMBERING = re.compile(
    rf"""\s*(?:
        {_KEYWORD}\s*(?:n°\s*)?(?:1er\b|premier\b|\d+(?:[.\-]\d+)*|[IVXLC]+\b|[A-Z]\b)
        | \d+(?:\.\d+)*(?=[\s.):–—-])
        | (?:[IVXLC]+|[A-Za-z])(?=\s*[.):–—]|\s+-\s)
    )\s*(?:[.):–—°-]\s*)*""",
    re.VERBOSE | re.IGNORECASE,
)
_BLANK = re.compile(
    r"""(?:\.{4,}|…{2,}|(?:(?:\.{3}|…)[ \u00a0]?){2,}|_{3,})(?:[ \u00a0]*[.…_]{3,})*
      | \[[^\[\]\n]{0,80}\]
      | <<?[^\s<>](?:[^<>\n]{0,78}[^\s<>])?>>?
      | \b[Xx]{3,}\b | \b[Xx]{2}/[Xx]{2}/[Xx]{2,4}\b""",
    re.VERBOSE,
)
_BULLET = re.compile(r"\s*(?:[-–—•·▪►➢*]|o(?=\t))[\s\u00a0]+(?=\S)")
_SIGNS = re.compile(r"^[\s\[\]<>.…_:]+|[\s\[\]<>.…_:]+$")


@dataclass(frozen=True, slots=True)
class ToFill:
    """Something the model leaves to fill.

    Attributes:
        name: the variable that stands for it in the markup.
        text: the words of the model (« …… », « [à compléter] »).
        hint: what it may be: the words between brackets, else those before it.
    """

    name: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class CutClause:
    """One heading of a model and the text under it, up to the next heading.

    Attributes:
        title: the heading without its number; empty for what precedes the first one.
        level: that of the heading, from 1; 0 before the first one.
        path: the titles of the headings above, from the top.
        markup: the text; empty when the heading only holds others.
        to_fill: the variables to make, in reading order.
        notes: what could not be kept, in French.
    """

    title: str
    level: int
    path: tuple[str, ...]
    markup: str
    to_fill: tuple[ToFill, ...] = ()
    notes: tuple[str, ...] = ()


def cut_by_headings(data: bytes) -> list[CutClause]:
    """Cut a Word model into clauses.

    Raises:
        ReadError: the file cannot be read; says why in French.
    """
    document = read_docx(data)
    pieces = [*document.front, *(p for s in document.sections for p in s.pieces)]
    above: list[tuple[int, str]] = []
    found: list[CutClause] = []
    for heading, own in _by_heading(pieces):
        level, title = 0, ""
        if heading is not None:
            level, title = heading.level, stripped_title(block_text(heading.block))
            above = [item for item in above if item[0] < level]
        path = tuple(name for _, name in above)
        if heading is not None:
            above.append((level, title))
        if heading is not None or own:
            found.append(_cut(title, level, path, own))
    return found


def stripped_title(title: str) -> str:
    """Return a title without the number typed before it: « Article 3 – Prix »."""
    words = " ".join(plain(title).split())
    bare = _NUMBERING.sub("", words, count=1) if _NUMBERING.match(words) else words
    return bare or words


def _by_heading(
    pieces: list[Piece],
) -> Iterator[tuple[Piece | None, tuple[Piece, ...]]]:
    heading: Piece | None = None
    own: list[Piece] = []
    for piece in map(_with_level, pieces):
        if piece.level:
            yield heading, tuple(own)
            heading, own = piece, []
        else:
            own.append(piece)
    yield heading, tuple(own)


def _with_level(piece: Piece) -> Piece:
    """Make a heading of a paragraph whose number was typed by hand."""
    if piece.level or not isinstance(piece.block, Paragraph):
        return piece
    runs = piece.block.inlines
    text = runs_text(runs).strip()
    if len(text) > _LONGEST_TITLE or text.endswith((".", ";", ",", ":")):
        return piece
    is_bold = all(run.is_bold for run in runs if run.text.strip())
    level = 0
    if _TYPED_ARTICLE.match(text) and (is_bold or text.isupper() or "–" in text):
        level = 1
    elif is_bold and (found := _TYPED_NUMBER.match(text)):
        level = found["number"].count(".") + 1
    return replace(piece, level=level, block=SubHeading(runs)) if level else piece


def _cut(
    title: str, level: int, path: tuple[str, ...], pieces: tuple[Piece, ...]
) -> CutClause:
    filler = _Filler()
    markup = Markup(filler.atoms)
    text = markup.text(_with_lists(pieces))
    notes = (*filler.notes, *markup.notes)
    return CutClause(title, level, path, text, tuple(filler.found), notes)


class _Filler:
    """Names what is left to fill in one clause, in reading order."""

    def __init__(self) -> None:
        self.found: list[ToFill] = []
        self.notes: dict[str, None] = {}

    def atoms(self, runs: ReadRuns) -> Atoms:
        """Return the runs of a line as atoms, blanks as variables."""
        found: list[Atom] = []
        before = ""
        for run in runs:
            found.extend(self._run(run, before))
            before += run.text
        return tuple(found)

    def _run(self, run: ReadRun, before: str) -> Iterator[Atom]:
        look = (run.is_bold, run.is_italic)
        if run.control.startswith(VALUE_PREFIX):
            name = run.control.removeprefix(VALUE_PREFIX).partition("@")[0]
            yield Atom(run.text, *look, Variable(name))
            return
        if run.is_highlighted and not _BLANK.search(run.text) and run.text.strip():
            if len(run.text) <= _LONGEST_VALUE:
                yield self._variable(run.text, before, look)
                return
            self.notes["un passage surligné est à relire"] = None
        end = 0
        for blank in _BLANK.finditer(run.text):
            yield Atom(plain(run.text[end : blank.start()]), *look)
            said = before + run.text[: blank.start()]
            yield self._variable(blank.group(), said, look)
            if blank.group().endswith((" ", "\u00a0")):
                yield Atom(" ", *look)
            end = blank.end()
        yield Atom(plain(run.text[end:]), *look)

    def _variable(self, text: str, before: str, look: tuple[bool, bool]) -> Atom:
        name = f"{TO_FILL}{len(self.found) + 1}"
        inside = _SIGNS.sub("", plain(text))
        is_said = any(map(str.isalpha, inside)) and not set(inside) <= set("Xx/")
        words = plain(before).rstrip(" :").split()
        hint = inside if is_said else " ".join(words[-_HINT_WORDS:])
        self.found.append(ToFill(name, text.strip(), hint))
        return Atom(text, *look, Variable(name))


def _with_lists(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Make lists of the paragraphs that begin with a dash typed by hand."""
    found: list[Piece] = []
    items: list[ListItem] = []
    for piece in pieces:
        item = _typed_item(piece.block)
        if item is not None:
            items.append(item)
            continue
        found.extend(_listed(items))
        items = []
        found.append(piece)
    return (*found, *_listed(items))


def _listed(items: list[ListItem]) -> Iterator[Piece]:
    if items:
        yield Piece(ListBlock(is_ordered=False, items=tuple(items)))


def _typed_item(block: Block) -> ListItem | None:
    if not isinstance(block, Paragraph):
        return None
    mark = _BULLET.match(runs_text(block.inlines))
    if mark is None:
        return None
    left, kept = mark.end(), []
    for run in block.inlines:
        kept.append(replace(run, text=run.text[left:]))
        left = max(0, left - len(run.text))
    return ListItem(tuple(run for run in kept if run.text))
