"""What an edited Word file changes in its draft: told, never done.

The draft is written and read again as the file was: both are then compared in the same
shape. A value that changed is no rewriting; a clause is rewritten when its words, its
style or its structure changed. Fragments that depend on an answer (``{if …}``,
``{plural:…}``) cannot be seen in a file: a rewritten line keeps what it printed.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from sicp.engines.docx.body import control_tag
from sicp.engines.docx.body import reference_names
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadDocument
from sicp.engines.docx.reading_model import ReadSection
from sicp.engines.docx.reading_model import block_text
from sicp.engines.docx.round_trip_clause import Comparison
from sicp.engines.docx.round_trip_clause import Context
from sicp.engines.docx.round_trip_clause import has_row_values
from sicp.engines.docx.round_trip_flow import Loose
from sicp.engines.docx.round_trip_flow import Part
from sicp.engines.docx.round_trip_flow import loose
from sicp.engines.docx.round_trip_flow import matched
from sicp.engines.docx.round_trip_flow import moved
from sicp.engines.docx.round_trip_flow import parts
from sicp.engines.docx.round_trip_lines import lines_of
from sicp.engines.docx.round_trip_lines import paired
from sicp.engines.docx.round_trip_markup import line_markup
from sicp.engines.docx.round_trip_model import AddedText
from sicp.engines.docx.round_trip_model import ClauseChange
from sicp.engines.docx.round_trip_model import ClauseStatus
from sicp.engines.docx.round_trip_model import RoundTrip
from sicp.engines.docx.round_trip_model import TitleChange
from sicp.engines.docx.round_trip_values import Seen
from sicp.engines.docx.round_trip_values import Vocabulary
from sicp.engines.docx.round_trip_values import changes
from sicp.engines.docx.round_trip_values import conflicts
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.docx.writer import write_docx
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.draft import Trace
from sicp.engines.drafting.fields import Field

_FOUND = "le repère de la clause a disparu du fichier, elle est reconnue à son texte"


def changes_of(
    draft: Draft,
    document: ReadDocument,
    fields: Mapping[str, Field],
    sources: Mapping[str, str] | None = None,
) -> RoundTrip:
    """Tell what ``document`` changes in ``draft``.

    Args:
        draft: the document as it was written to the file.
        document: the file as it comes back.
        fields: the upstream form and the variables of the clauses.
        sources: the markup of the clauses, by id; a line that nobody touched in a
            rewritten clause then keeps the very markup of its author.

    Raises:
        MarkupError: a text of ``sources`` cannot be read.
    """
    return _Return(draft, document, fields, sources or {}).told()


@dataclass
class _Return:
    """One comparison of a draft and a file."""

    draft: Draft
    document: ReadDocument
    fields: Mapping[str, Field]
    sources: Mapping[str, str]
    seen: list[Seen] = dataclass_field(default_factory=list)
    titles: list[TitleChange] = dataclass_field(default_factory=list)

    def __post_init__(self) -> None:
        style = HouseStyle(toc_depth=0)
        written = write_docx(self.draft, style, Properties(self.draft.title))
        self.expected = read_docx(written)
        self.sections = {
            control_tag(section.trace.clause_id, section.trace.occurrence): section
            for section in self.draft.walk()
            if section.trace is not None
        }
        names = {tag: s.trace.title for tag, s in self.sections.items() if s.trace}
        self.front, self.parts = parts(self.document, self.expected, names)
        self.context = Context(
            Vocabulary(self.draft, self.fields),
            _references(self.draft),
            _printed(self.expected),
        )

    def told(self) -> RoundTrip:
        """Return all that changed."""
        clauses = tuple(self._clauses())
        added, removed = self._between()
        cover = tuple(self._cover())
        vocabulary = self.context.vocabulary
        values = changes(vocabulary, self.seen)
        return RoundTrip(
            clauses=clauses,
            values=tuple(values),
            conflicts=tuple(conflicts(vocabulary, values, self.seen)),
            titles=tuple(self.titles),
            added=tuple(added),
            removed=tuple(removed),
            cover=cover,
            comments=self.document.comments,
            tracked=self.document.tracked,
            notes=self.document.notes,
        )

    def _clauses(self) -> Iterator[ClauseChange]:
        found = {part.tag: part for part in self.parts if part.tag}
        order = list(found)
        expected = [s.tag for s in self.expected.sections if s.tag]
        elsewhere = moved(order, expected)
        before = dict(zip(order, ["", *order], strict=False))
        for section in self.expected.sections:
            if section.tag:
                part = found.get(section.tag)
                yield self._clause(
                    section,
                    part,
                    before.get(section.tag, ""),
                    is_moved=section.tag in elsewhere,
                )

    def _clause(
        self, written: ReadSection, part: Part | None, after: str, *, is_moved: bool
    ) -> ClauseChange:
        section = self.sections[written.tag]
        trace = _trace(section)
        status, markup = ClauseStatus.REMOVED, ""
        notes: tuple[str, ...] = ()
        if part is not None and not written.pieces and not part.pieces:
            status = ClauseStatus.UNCHANGED
        elif part is not None and part.pieces:
            status, markup, notes = self._compared(written, part, section, trace)
        return ClauseChange(
            tag=written.tag,
            clause_id=trace.clause_id,
            occurrence=trace.occurrence,
            title=trace.title,
            kind=trace.kind,
            is_open=trace.is_open,
            status=status,
            markup=markup,
            is_moved=is_moved,
            after=after,
            notes=notes,
        )

    def _compared(
        self, written: ReadSection, part: Part, section: Section, trace: Trace
    ) -> tuple[ClauseStatus, str, tuple[str, ...]]:
        read, own = part.pieces, written.pieces
        if section.level and own and own[0].level:
            title, read = _taken_title(read)
            self._title(section, title, own[:1])
            own = own[1:]
        is_repeated = has_row_values(written.pieces)
        source = self.sources.get(trace.clause_id, "")
        compared = Comparison(
            self.context, written.tag, read, own, source, has_rows=is_repeated
        )
        self.seen.extend(compared.seen)
        found = (_FOUND,) if part.is_found else ()
        if compared.is_same:
            return ClauseStatus.UNCHANGED, "", found
        markup = compared.markup
        return ClauseStatus.REWRITTEN, markup, (*found, *compared.notes)

    def _title(
        self, section: Section, read: tuple[Piece, ...], written: tuple[Piece, ...]
    ) -> None:
        tag = ""
        if section.trace is not None:
            tag = control_tag(section.trace.clause_id, section.trace.occurrence)
        self._heading(tag, section.anchor, read, written)

    def _heading(
        self,
        tag: str,
        anchor: str,
        read: tuple[Piece, ...],
        written: tuple[Piece, ...],
    ) -> None:
        compared = Comparison(self.context, tag, read, written)
        self.seen.extend(compared.seen)
        if not compared.is_same:
            old = block_text(written[0].block)
            new = line_markup(compared.first_line)
            self.titles.append(TitleChange(tag, anchor, old, new))

    def _between(self) -> tuple[list[AddedText], list[str]]:
        """Return what was added and removed between clauses."""
        written = loose([Part(s.tag, s.pieces) for s in self.expected.sections])
        anchors = {name: a for a, name in reference_names(self.draft).items()}
        new: list[Loose] = []
        removed: list[str] = []
        for item, former in matched(loose(self.parts), written):
            if item is None and former is not None:
                removed.append(block_text(former.piece.block))
            elif item is not None and former is None:
                new.append(item)
            elif item is not None and former is not None:
                self._both(item.piece, former.piece, anchors)
        return list(self._added(new)), removed

    def _both(self, read: Piece, written: Piece, anchors: Mapping[str, str]) -> None:
        if written.level:
            anchor = next((anchors[m] for m in written.bookmarks if m in anchors), "")
            self._heading("", anchor, (read,), (written,))
        else:
            compared = Comparison(self.context, "", (read,), (written,))
            self.seen.extend(compared.seen)

    def _added(self, items: list[Loose]) -> Iterator[AddedText]:
        groups: dict[tuple[str, str, str], list[Loose]] = {}
        for item in items:
            place = (item.after, item.before, item.copy_of)
            groups.setdefault(place, []).append(item)
        for (after, before, copy_of), group in groups.items():
            model = self.expected.section(copy_of) if copy_of else None
            pieces = tuple(item.piece for item in group)
            written = model.pieces if model else ()
            compared = Comparison(self.context, "", pieces, written)
            self.seen.extend(compared.seen)
            markup = compared.markup
            yield AddedText(markup, after, before, group[0].under, copy_of)

    def _cover(self) -> Iterator[str]:
        """Yield the lines of the cover that the draft does not hold."""
        front = (self.front, self.expected.front)
        compared = Comparison(self.context, "", *front)
        self.seen.extend(compared.seen)
        read, written = (lines_of(pieces) for pieces in front)
        for pair in paired(read, written):
            if not pair.is_same:
                yield read[pair.read].text


def _trace(section: Section) -> Trace:
    if section.trace is None:
        message = "a clause has a trace"
        raise ValueError(message)
    return section.trace


def _taken_title(
    pieces: tuple[Piece, ...],
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Part the heading from the text; there may be none left."""
    if isinstance(pieces[0].block, SubHeading):
        return pieces[:1], pieces[1:]
    return (), pieces


def _references(draft: Draft) -> dict[str, str]:
    """Return the clause to which each bookmark leads."""
    names = reference_names(draft)
    found: dict[str, str] = {}
    for section in draft.walk():
        if section.anchor not in names:
            continue
        clause = section if section.trace else _first_without_heading(section)
        if clause is not None:
            found[names[section.anchor]] = clause.id
    return found


def _first_without_heading(section: Section) -> Section | None:
    """Find the clause that bears the number of its article."""
    return next((c for c in section.children if c.trace and not c.level), None)


def _printed(expected: ReadDocument) -> dict[str, tuple[str, ...]]:
    """Return all that the draft prints for each tag; a blank prints nothing."""
    found: dict[str, dict[str, None]] = {}
    for pieces in (expected.front, *(s.pieces for s in expected.sections)):
        for line in lines_of(pieces):
            for value in line.values:
                text = "" if value.is_blank else value.text
                found.setdefault(value.tag, {})[text] = None
    return {tag: tuple(texts) for tag, texts in found.items()}
