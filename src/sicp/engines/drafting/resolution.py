"""Put values into the text of a clause: source blocks in, resolved blocks out."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import replace
from typing import Any

from sicp.engines.drafting import blocks as source
from sicp.engines.drafting.draft import Blank
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.draft import Inline
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.formats import FormatError
from sicp.engines.drafting.formats import format_value
from sicp.engines.drafting.operators import ConditionError
from sicp.engines.drafting.operators import fields_named
from sicp.engines.drafting.typography import polish

#: Bold, italic.
_Look = tuple[bool, bool]
_PLAIN: _Look = (False, False)
_WRAP = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: the anchor and the number of a section."""

    anchor: str
    number: str


@dataclass
class Ledger:
    """What the resolution of one clause used, missed and found wrong."""

    used: dict[str, Field] = dataclass_field(default_factory=dict)
    blanks: dict[str, Field] = dataclass_field(default_factory=dict)
    problems: list[str] = dataclass_field(default_factory=list)


@dataclass(frozen=True)
class Resolver:
    """The resolution of one occurrence of one clause.

    Attributes:
        facts: the answers, with the values of the row when the clause is repeated.
        targets: for each clause kept, where a reference to it leads.
        ledger: filled as the text is resolved.
    """

    facts: Facts
    targets: Mapping[str, Target]
    ledger: Ledger

    def inlines(self, inlines: source.Inlines) -> Inlines:
        """Resolve one run of text."""
        return polish(self._pieces(inlines, _PLAIN))

    def blocks(
        self, blocks: source.Blocks, headings: Iterator[tuple[int, str, str]]
    ) -> tuple[Any, ...]:
        """Resolve blocks; ``headings`` gives level, label, anchor of sub-headings."""
        return tuple(
            resolved for block in blocks for resolved in self._block(block, headings)
        )

    def _block(
        self, block: source.Block, headings: Iterator[tuple[int, str, str]]
    ) -> Iterator[Any]:
        match block:
            case source.Paragraph():
                yield from self._paragraph(block)
            case source.ListBlock():
                yield from self._list(block)
            case source.Table():
                yield from self._table(block)
            case source.SubHeading():
                level, label, anchor = next(headings)
                yield Heading(level, label, anchor, self.inlines(block.inlines))

    def _paragraph(self, block: source.Paragraph) -> Iterator[Any]:
        alone = block.inlines[0] if len(block.inlines) == 1 else None
        if isinstance(alone, source.Variable) and not alone.format:
            field = self.facts.field(alone.name)
            value = self.facts.value(alone.name)
            if field and field.type is FieldType.LONG_TEXT and value:
                self.ledger.used[alone.name] = field
                yield from long_text_blocks(value, alone.name)
                return
        inlines = self.inlines(block.inlines)
        if inlines:
            yield source.Paragraph(inlines)

    def _list(self, block: source.ListBlock) -> Iterator[source.ListBlock]:
        items = tuple(item for item in map(self._item, block.items) if item)
        if items:
            yield source.ListBlock(block.is_ordered, items)

    def _item(self, item: source.ListItem) -> source.ListItem | None:
        inlines = self.inlines(item.inlines)
        children = tuple(kept for child in item.children for kept in self._list(child))
        return source.ListItem(inlines, children) if inlines or children else None

    def _table(self, block: source.Table) -> Iterator[source.Table]:
        if block.repeat:
            rows = self._repeated_rows(block)
        else:
            rows = tuple(self.row(row) for row in block.rows)
        kept = tuple(row for row in rows if any(cell.inlines for cell in row.cells))
        if kept:
            yield source.Table(self.row(block.header), kept)

    def row(self, row: source.Row) -> source.Row:
        """Resolve one row of a table."""
        return source.Row(
            tuple(source.Cell(self.inlines(c.inlines)) for c in row.cells)
        )

    def _repeated_rows(self, block: source.Table) -> tuple[source.Row, ...]:
        field = self.facts.field(block.repeat)
        if field is None or field.type is not FieldType.ROWS:
            self.ledger.problems.append(
                f"le tableau se répète sur « {block.repeat} », qui n’est pas une liste"
            )
            return ()
        self.ledger.used[block.repeat] = field
        rows = self.facts.rows(block.repeat)
        if not rows:
            return self._blank_row(field, len(block.header.cells))
        return tuple(
            replace(self, facts=self.facts.within(block.repeat, row)).row(block.rows[0])
            for row in rows
        )

    def _blank_row(self, field: Field, width: int) -> tuple[source.Row, ...]:
        if not (field.required and self.facts.applies(field.name)):
            return ()
        self.ledger.blanks[field.name] = field
        blank = source.Cell((Blank(field.name, french(field.title)),))
        return (source.Row((blank, *[source.Cell(())] * (width - 1))),)

    def _pieces(self, inlines: source.Inlines, look: _Look) -> Iterator[Inline]:
        for inline in inlines:
            yield from self._piece(inline, look)

    def _piece(self, inline: source.Inline, look: _Look) -> Iterator[Inline]:
        match inline:
            case source.Text():
                yield Run(_WRAP.sub(" ", inline.text), *look)
            case source.Styled(style="bold"):
                yield from self._pieces(inline.inlines, (True, look[1]))
            case source.Styled():
                yield from self._pieces(inline.inlines, (look[0], True))
            case source.Variable():
                yield from self._variable(inline, look)
            case source.Plural():
                yield Run(self._plural(inline), *look)
            case source.Reference():
                yield self._reference(inline, look)
            case source.Conditional():
                if self._holds(inline):
                    yield from self._pieces(inline.inlines, look)

    def _variable(self, inline: source.Variable, look: _Look) -> Iterator[Inline]:
        field = self.facts.field(inline.name)
        if field is None:
            self._unknown(inline.name)
            yield Blank(inline.name, inline.name, *look)
            return
        self.ledger.used[inline.name] = field
        value = self.facts.value(inline.name)
        if value is not None:
            text = self._written(field, value, inline.format)
            yield Run(text, *look, source=inline.name)
        elif field.required and self.facts.applies(inline.name):
            self.ledger.blanks[inline.name] = field
            yield Blank(inline.name, french(field.title), *look)

    def _written(self, field: Field, value: Any, form: str) -> str:  # noqa: ANN401
        try:
            return format_value(field, value, form)
        except FormatError as error:
            self.ledger.problems.append(str(error))
            return format_value(field, value)

    def _plural(self, inline: source.Plural) -> str:
        field = self.facts.field(inline.name)
        if field is None:
            self._unknown(inline.name)
            return inline.one
        self.ledger.used[inline.name] = field
        value = self.facts.value(inline.name)
        count = len(value) if isinstance(value, tuple) else value or 0
        return inline.many if isinstance(count, int) and count > 1 else inline.one

    def _reference(self, inline: source.Reference, look: _Look) -> Inline:
        target = self.targets.get(inline.clause_id)
        if target is None:
            return Run(inline.fallback, *look)
        return Link(target.anchor, target.number, "article", *look)

    def _holds(self, inline: source.Conditional) -> bool:
        for name in fields_named(inline.condition):
            field = self.facts.field(name)
            if field is not None:
                self.ledger.used[name] = field
        try:
            return self.facts.holds(inline.condition)
        except ConditionError as error:
            self.ledger.problems.append(str(error))
            return False

    def _unknown(self, name: str) -> None:
        self.ledger.problems.append(f"le texte cite « {name} », qui n’existe pas")


def long_text_blocks(text: str, name: str) -> Iterator[Any]:
    """Turn what a person typed into paragraphs and, from « - » lines, lists."""
    items: list[source.ListItem] = []
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith(("- ", "• ")):
            items.append(source.ListItem(_typed(line[2:], name)))
            continue
        if items:
            yield source.ListBlock(is_ordered=False, items=tuple(items))
            items = []
        if line:
            yield source.Paragraph(_typed(line, name))
    if items:
        yield source.ListBlock(is_ordered=False, items=tuple(items))


def _typed(line: str, name: str) -> Inlines:
    return polish([Run(line, source=name)])
