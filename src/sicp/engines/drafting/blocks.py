"""The text of a clause as data: blocks that hold inlines.

The editor shows them, the markup writes them, the assembly resolves them. They say
what the text means, never what it looks like, and never a number.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any
from typing import ClassVar
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Literal words; a newline is a mere wrap of the source, read as a space."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Inlines in bold or in italic."""

    kind: ClassVar[str] = "styled"
    style: Literal["bold", "italic"]
    inlines: "Inlines"


@dataclass(frozen=True, slots=True)
class Variable:
    """The value of a field, written in ``format`` (by default, that of its type)."""

    kind: ClassVar[str] = "variable"
    name: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class Plural:
    """``one`` for a count of 0 or 1, ``many`` from 2, as French agrees."""

    kind: ClassVar[str] = "plural"
    name: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Conditional:
    """Inlines kept when one test holds; values are text, read by the field's type."""

    kind: ClassVar[str] = "conditional"
    field: str
    operator: str
    value: str | tuple[str, ...]
    inlines: "Inlines"

    @property
    def condition(self) -> Mapping[str, Any]:
        """Return the test in the language of conditions."""
        test: dict[str, Any] = {"field": self.field, "operator": self.operator}
        if self.value != "":
            many = isinstance(self.value, tuple)
            test["value"] = list(self.value) if many else self.value
        return test


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of another clause, or ``fallback`` when that clause is not kept."""

    kind: ClassVar[str] = "reference"
    clause_id: str
    fallback: str = ""


Inline = Text | Styled | Variable | Plural | Conditional | Reference
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    kind: ClassVar[str] = "paragraph"
    inlines: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item and the lists nested under it."""

    kind: ClassVar[str] = "item"
    inlines: tuple[Any, ...]
    children: tuple["ListBlock", ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, numbered or with bullets."""

    kind: ClassVar[str] = "list"
    is_ordered: bool
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    kind: ClassVar[str] = "cell"
    inlines: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; every row has as many cells as the header."""

    kind: ClassVar[str] = "row"
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header; ``repeat`` names the rows its only body row follows."""

    kind: ClassVar[str] = "table"
    header: Row
    rows: tuple[Row, ...]
    repeat: str = ""


@dataclass(frozen=True, slots=True)
class SubHeading:
    """A numbered heading inside the clause."""

    kind: ClassVar[str] = "subheading"
    inlines: tuple[Any, ...]


Block = Paragraph | ListBlock | Table | SubHeading
Blocks = tuple[Block, ...]

_NODES: Mapping[str, type] = {
    node.kind: node
    for node in (
        Text, Styled, Variable, Plural, Conditional, Reference,
        Paragraph, ListItem, ListBlock, Cell, Row, Table, SubHeading,
    )
}  # fmt: skip


def to_data(node: Any) -> Any:  # noqa: ANN401
    """Return blocks or inlines as JSON-able data."""
    if isinstance(node, tuple):
        return [to_data(item) for item in node]
    if not hasattr(node, "kind"):
        return node
    content = {f.name: to_data(getattr(node, f.name)) for f in dataclass_fields(node)}
    return {"kind": node.kind, **content}


def from_data(data: Any) -> Any:  # noqa: ANN401
    """Return the blocks or inlines that ``to_data`` told.

    Raises:
        KeyError: a kind nobody knows.
        TypeError: a node without its parts, or with strange ones.
    """
    if isinstance(data, list | tuple):
        return tuple(from_data(item) for item in data)
    if not isinstance(data, Mapping):
        return data
    content = {name: from_data(v) for name, v in data.items() if name != "kind"}
    return _NODES[data["kind"]](**content)


def inlines_of(block: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield every run of inlines of a block, in reading order."""
    match block:
        case Paragraph() | SubHeading() | Cell():
            yield block.inlines
        case ListBlock():
            for item in block.items:
                yield item.inlines
                for child in item.children:
                    yield from inlines_of(child)
        case Table():
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    yield cell.inlines


def walk_inlines(inlines: tuple[Any, ...]) -> Iterator[Any]:
    """Yield every inline, those inside styles and conditionals included."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Styled | Conditional):
            yield from walk_inlines(inline.inlines)


def all_inlines(blocks: Blocks) -> Iterator[Any]:
    """Yield every inline of every block, in reading order."""
    for block in blocks:
        for inlines in inlines_of(block):
            yield from walk_inlines(inlines)
