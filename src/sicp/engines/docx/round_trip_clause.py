"""Compare one clause with what the draft wrote of it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import replace
from itertools import groupby

from sicp.engines.docx.reading_model import ANONYMOUS
from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadRun
from sicp.engines.docx.reading_model import ReadRuns
from sicp.engines.docx.reading_values import same_words
from sicp.engines.docx.round_trip_lines import Line
from sicp.engines.docx.round_trip_lines import Pair
from sicp.engines.docx.round_trip_lines import Value
from sicp.engines.docx.round_trip_lines import block_lines
from sicp.engines.docx.round_trip_lines import folded
from sicp.engines.docx.round_trip_lines import is_same
from sicp.engines.docx.round_trip_lines import lines_of
from sicp.engines.docx.round_trip_lines import paired
from sicp.engines.docx.round_trip_markup import Atom
from sicp.engines.docx.round_trip_markup import Atoms
from sicp.engines.docx.round_trip_markup import Kept
from sicp.engines.docx.round_trip_markup import Markup
from sicp.engines.docx.round_trip_markup import plain_atoms
from sicp.engines.docx.round_trip_markup import safely_written
from sicp.engines.docx.round_trip_values import Seen
from sicp.engines.docx.round_trip_values import Vocabulary
from sicp.engines.docx.round_trip_values import plain
from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.blocks import inlines_of
from sicp.engines.drafting.blocks import walk_inlines
from sicp.engines.drafting.markup import parse

_LOST_VALUE = "une valeur n’est plus reconnue, elle est reprise en toutes lettres"
_LOST_CONDITION = (
    "une ligne réécrite dépendait des réponses au formulaire : elle garde les mots de "
    "ce document et n’en dépend plus"
)
_LOST_REFERENCE = "un renvoi est repris en toutes lettres"
_LOST_TABLE = (
    "le tableau ne suit plus les lignes du formulaire : ses valeurs sont reprises en "
    "toutes lettres"
)


@dataclass(frozen=True)
class Context:
    """What every clause of one draft is compared with.

    ``printed`` gives what the draft prints for each tag; ``references`` the clause to
    which each bookmark leads.
    """

    vocabulary: Vocabulary
    references: Mapping[str, str]
    printed: Mapping[str, tuple[str, ...]]


@dataclass
class Comparison:
    """One part of the file against the same part of the draft.

    Attributes:
        is_same: only values differ, if anything does.
        seen: the values found.
        notes: what could not be kept, in French.
    """

    context: Context
    tag: str
    read: tuple[Piece, ...]
    written: tuple[Piece, ...]
    source: str = ""
    has_rows: bool = False
    seen: list[Seen] = dataclass_field(default_factory=list)
    notes: dict[str, None] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        long_tags = self.context.vocabulary.long_tags()
        retagged = _with_long_tags(self.read, self.written, long_tags)
        self._unsure = long_tags if retagged != self.read else frozenset()
        self.read = folded(retagged, long_tags)
        self.written = folded(self.written, long_tags)
        self._read = lines_of(self.read)
        self._written = lines_of(self.written)
        self._pairs = paired(self._read, self._written)
        self.is_same = is_same(self._pairs, self._written)
        self._frozen: set[int] = set()
        self._repeats = {i: self._repeat(p.block) for i, p in enumerate(self.read)}
        self._left = self._left_over()
        self._sources = self._source_lines()
        self._changed = dict(self._look_at(pair) for pair in self._pairs)
        if self._loses_condition():
            self.notes[_LOST_CONDITION] = None

    @property
    def markup(self) -> str:
        """Return the text as read, with its values and references named."""
        named = map(self._named, self._pairs)
        maker = Markup(lambda _: next(named), self.notes)
        blocks = [
            self._folded_table(block, self._repeats[index])
            for index, piece in enumerate(self.read)
            for block in maker.blocks((piece,))
        ]
        return safely_written(tuple(blocks), self.notes)

    @property
    def first_line(self) -> Atoms:
        """Return the atoms of the first line, for a title."""
        named = self._named(self._pairs[0]) if self._pairs else ()
        return () if isinstance(named, Kept) else named

    def _left_over(self) -> dict[str, list[str]]:
        """Return what the draft prints on the lines that changed, by tag."""
        same = {pair.written for pair in self._pairs if pair.is_same}
        found: dict[str, list[str]] = defaultdict(list)
        for index, line in enumerate(self._written):
            if index not in same:
                for value in line.values:
                    found[value.tag].append(value.text)
        return found

    def _loses_condition(self) -> bool:
        """Tell whether a line that changed had fragments kept according to answers."""
        if self._sources:
            same = {pair.written for pair in self._pairs if pair.is_same}
            lines = [own for i, own in enumerate(self._sources) if i not in same]
        else:
            blocks = parse(self.source) if self.source else ()
            lines = [inlines for block in blocks for inlines in inlines_of(block)]
        return not self.is_same and any(
            isinstance(inline, Conditional | Plural)
            for line in lines
            for inline in walk_inlines(line)
        )

    def _source_lines(self) -> list[Inlines]:
        """Return the author's lines when each gave one line of the draft."""
        blocks = parse(self.source) if self.source else ()
        lines = [inlines for block in blocks for inlines in inlines_of(block)]
        return lines if len(lines) == len(self._written) else []

    def _look_at(self, pair: Pair) -> tuple[int, Atoms | None]:
        """See the values of a line; return its atoms when it changed."""
        read = self._read[pair.read]
        written = None if pair.written is None else self._written[pair.written]
        if not pair.is_same or written is None:
            return pair.read, self._renamed(read, written)
        if len(read.values) == len(written.values):
            for own, value in zip(read.values, written.values, strict=True):
                self._see(value, own.text, is_sure=own.tag == value.tag)
        else:
            for value in written.values:
                self._see(value, value.text, is_sure=True)
        return pair.read, None

    def _named(self, pair: Pair) -> Atoms | Kept:
        """Return the atoms of a line, or its author’s own when nobody touched it."""
        changed = self._changed[pair.read]
        if changed is not None or pair.written is None:
            return changed or ()
        if self._sources:
            return Kept(self._sources[pair.written])
        written = self._written[pair.written]
        runs = self._read[pair.read].runs if self._frozen else written.runs
        return self._atoms(runs, [value.text for value in written.values])

    def _renamed(self, read: Line, written: Line | None) -> Atoms:
        """Name the values of a line that changed, by tag, else by place."""
        runs, values = read.runs, [] if written is None else written.values
        is_sure = True
        if values and len(read.values) == len(values):
            runs = _with_tags(runs, values)
        elif values and not read.values:
            runs = _found_by_words(read, written) if written else runs
            is_sure = False
        printed = []
        for value in Line(read.kind, runs).values:
            old = self._former(value, values)
            printed.append(value.text if old is None else old.text)
            if old is not None:
                self._see(old, value.text, is_sure=is_sure and value in read.values)
        is_lost = any(v.tag == ANONYMOUS for v in Line(read.kind, runs).values)
        if is_lost or (values and not printed):
            self.notes[_LOST_VALUE] = None
        return self._atoms(runs, printed)

    def _former(self, value: Value, values: list[Value]) -> Value | None:
        """Return what the draft printed where ``value`` now stands."""
        if value.tag == ANONYMOUS:
            return None
        left = self._left[value.tag]
        if value.text in left:
            left.remove(value.text)
            return value
        here = next((v for v in values if v.tag == value.tag), None)
        if here is not None:
            return here
        elsewhere = self.context.printed.get(value.tag, ())
        if not left and value.text in elsewhere:
            return value
        text = next(iter((*left[:1], *elsewhere)), None)
        del left[:1]
        return None if text is None else replace(value, text=text, is_blank=False)

    def _see(self, value: Value, new: str, *, is_sure: bool) -> None:
        if value.is_blank:
            new = "" if same_words(new) == same_words(value.text) else new
        old = "" if value.is_blank else value.text
        is_sure = is_sure and value.tag not in self._unsure
        self.seen.append(Seen(value.tag, self.tag, old, new, is_sure))

    def _atoms(self, runs: ReadRuns, printed: list[str]) -> Atoms:
        """Turn runs into atoms; ``printed`` is what the draft said of each value."""
        found: list[Atom] = []
        former = iter(printed)
        for (number, target), group in groupby(
            runs, key=lambda run: (run.control_number, run.reference)
        ):
            own = tuple(group)
            text = next(former, "") if number else ""
            if number and own[0].control != ANONYMOUS and number not in self._frozen:
                found.append(self._variable(own[0], text))
            elif target and not number:
                found.extend(self._reference(own, target))
            else:
                found.extend(plain_atoms(own))
        return tuple(found)

    def _variable(self, run: ReadRun, printed: str) -> Atom:
        vocabulary = self.context.vocabulary
        name = vocabulary.name(run.control)
        form = vocabulary.format(run.control, printed)
        return Atom(run.text, run.is_bold, run.is_italic, Variable(name, form))

    def _reference(self, runs: ReadRuns, target: str) -> Atoms:
        clause_id = self.context.references.get(target, "")
        if not clause_id:
            self.notes[_LOST_REFERENCE] = None
            return plain_atoms(runs)
        look = (runs[0].is_bold, runs[0].is_italic)
        text = plain("".join(run.text for run in runs))
        return (Atom(text, *look, Reference(clause_id)),)

    def _repeat(self, block: Block) -> str:
        """Return the table of the form that the rows of a table follow, if they do."""
        if not isinstance(block, Table) or self.has_rows:
            return ""
        vocabulary = self.context.vocabulary
        every = [v for line in block_lines(block) for v in line.values]
        names = {vocabulary.table_of(vocabulary.name(v.tag)) for v in every} - {""}
        if len(names) == 1 and _is_repeated(block):
            return names.pop()
        if names:
            self.notes[_LOST_TABLE] = None
            self._frozen |= {
                run.control_number
                for runs in inlines_of(block)
                for run in runs
                if vocabulary.table_of(vocabulary.name(run.control))
            }
        return ""

    def _folded_table(self, block: Block, repeat: str) -> Block:
        """Write once the row that the form repeats."""
        if not repeat or not isinstance(block, Table):
            return block
        columns = zip(*(row.cells for row in block.rows), strict=True)
        cells = (next((c for c in own if c.inlines), Cell(())) for own in columns)
        return Table(block.header, (Row(tuple(cells)),), repeat)


def has_row_values(pieces: tuple[Piece, ...]) -> bool:
    """Tell whether values of a row stand outside tables: the clause is repeated."""
    return any(
        "@" in value.tag and "." not in value.tag.partition("@")[2]
        for line in lines_of(pieces)
        for value in line.values
    )


def _is_repeated(block: Table) -> bool:
    """Tell whether the rows differ by their values only; a cell may be empty."""
    columns = zip(*(row.cells for row in block.rows), strict=True)
    for cells in columns:
        said = {
            (Line("", c.inlines).skeleton, tuple(_column(v) for v in _values(c)))
            for c in cells
            if any(run.text.strip() for run in c.inlines)
        }
        if len(said) > 1:
            return False
    return bool(block.rows)


def _values(cell: Cell) -> list[Value]:
    return Line("", cell.inlines).values


def _column(value: Value) -> str:
    return value.tag.partition("@")[0]


def _with_tags(runs: ReadRuns, values: list[Value]) -> ReadRuns:
    """Give their tags back to controls that lost them, in order."""
    tags: dict[int, str] = {}
    following = iter(values)
    for number, group in groupby(runs, key=lambda run: run.control_number):
        control = next(group).control
        if number:
            value = next(following)
            tags[number] = value.tag if control == ANONYMOUS else control
    return tuple(replace(r, control=tags.get(r.control_number, "")) for r in runs)


def _with_long_tags(
    read: tuple[Piece, ...], written: tuple[Piece, ...], long_tags: frozenset[str]
) -> tuple[Piece, ...]:
    """Give the tag of a long value back to the paragraphs that print it alone."""
    own, former = lines_of(read), lines_of(written)
    if not any(value.tag == ANONYMOUS for line in own for value in line.values):
        return read
    tags: dict[int, str] = {}
    for pair in paired(own, former):
        values = former[pair.written].values if pair.written is not None else []
        if pair.is_same and len(values) == 1 and values[0].tag in long_tags:
            tags.update(
                (run.control_number, values[0].tag)
                for run in own[pair.read].runs
                if run.control == ANONYMOUS
            )
    return tuple(
        replace(piece, block=_retagged(piece.block, tags)) if tags else piece
        for piece in read
    )


def _retagged(block: Block, tags: Mapping[int, str]) -> Block:
    def runs(inlines: ReadRuns) -> ReadRuns:
        return tuple(
            replace(run, control=tags.get(run.control_number, run.control))
            for run in inlines
        )

    def items(own: ListBlock) -> ListBlock:
        found = (
            ListItem(runs(item.inlines), tuple(map(items, item.children)))
            for item in own.items
        )
        return ListBlock(own.is_ordered, tuple(found))

    match block:
        case Paragraph():
            return Paragraph(runs(block.inlines))
        case ListBlock():
            return items(block)
    return block


def _found_by_words(read: Line, written: Line) -> ReadRuns:
    """Find the values whose controls were lost, by the words around them.

    They are taken only when all other words of the line are the same.
    """
    pattern = "".join(
        "(.+?)" if number else re.escape("".join(run.text for run in group))
        for number, group in groupby(written.runs, key=lambda r: r.control_number)
    )
    found = re.fullmatch(pattern, read.text, re.DOTALL)
    if found is None or not read.runs:
        return read.runs
    first = read.runs[0]
    pieces: list[ReadRun] = []
    end = 0
    for number, value in enumerate(written.values, start=1):
        start, stop = found.span(number)
        pieces.append(replace(first, text=read.text[end:start]))
        pieces.append(
            ReadRun(read.text[start:stop], control=value.tag, control_number=number)
        )
        end = stop
    pieces.append(replace(first, text=read.text[end:]))
    return tuple(piece for piece in pieces if piece.text)
