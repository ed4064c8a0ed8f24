"""A text as lines of words, to be compared: clause blocks or assembled blocks alike.

A line is a paragraph, a heading, one item of a list or one row of a table. A word also
knows its look, so that a word put in bold is another word. What is not words in a
clause (a variable, a plural, a reference, the test of a fragment) is one word between
brackets, in French.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.formats import FORMAT_WORDS

_WRAP = re.compile(r"\s*\n\s*")
#: « l’ » parts from its noun; spaces and signs are words of their own.
_TOKEN = re.compile(r"\w+[’']|\w+|\n|[^\S\n]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, sign or run of spaces, with its look; a chip is shown as a whole."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_chip: bool = False


Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line; only a row has more or less than one cell.

    ``kind`` is paragraph, heading, item, header (the first row of a table) or row.
    ``level`` is that of a heading (from 1; 0 inside a clause not yet assembled) or the
    depth of an item (from 0). ``is_first`` tells the first item of a list. ``mark`` is
    what stands before it: its number, or « – ».
    """

    kind: str
    cells: tuple[Words, ...]
    level: int = 0
    is_ordered: bool = False
    is_first: bool = field(default=False, compare=False)
    mark: str = field(default="", compare=False)

    @property
    def words(self) -> Words:
        """Return the words of every cell."""
        return tuple(word for cell in self.cells for word in cell)


Lines = tuple[Line, ...]


def words_of(text: str, look: Word = Word("")) -> Iterator[Word]:
    """Cut a text into words that all have one look."""
    return (replace(look, text=token) for token in _TOKEN.findall(text))


def lines_of(blocks: Iterable[Any], fields: FieldSet) -> Lines:
    """Return the lines of the blocks of a clause, or of an assembled section."""
    return tuple(_Reader(fields).lines(blocks))


def named_fields(names: Mapping[str, str]) -> FieldSet:
    """Make the fields of which only the titles are known."""
    return FieldSet(tuple(Field(name, title) for name, title in names.items()))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads blocks into lines; it only knows the titles of fields."""

    fields: FieldSet

    def lines(self, blocks: Iterable[Any]) -> Iterator[Line]:
        for block in blocks:
            match block:
                case ListBlock():
                    yield from self._items(block, 0)
                case Table():
                    yield self._row("header", block.header)
                    yield from (self._row("row", row) for row in block.rows)
                case Heading():
                    words = self._words(block.inlines)
                    yield Line("heading", (words,), block.level, mark=block.label)
                case _:
                    kind = "heading" if block.kind == "subheading" else "paragraph"
                    yield Line(kind, (self._words(block.inlines),))

    def _row(self, kind: str, row: Row) -> Line:
        return Line(kind, tuple(self._words(cell.inlines) for cell in row.cells))

    def _items(self, block: ListBlock, depth: int) -> Iterator[Line]:
        for number, item in enumerate(block.items, start=1):
            yield Line(
                "item",
                (self._words(item.inlines),),
                depth,
                block.is_ordered,
                number == 1,
                f"{number}." if block.is_ordered else "–",
            )
            for child in item.children:
                yield from self._items(child, depth + 1)

    def _words(self, inlines: Iterable[Any]) -> Words:
        return tuple(self._inlines(inlines, Word("")))

    def _inlines(self, inlines: Iterable[Any], look: Word) -> Iterator[Word]:
        for inline in inlines:
            match inline:
                case Text():
                    yield from words_of(_WRAP.sub(" ", inline.text), look)
                case Styled():
                    styled = f"is_{inline.style}"
                    yield from self._inlines(
                        inline.inlines,
                        replace(look, **{styled: True}),  # type: ignore[arg-type]
                    )
                case Conditional():
                    yield from self._fragment(inline, look)
                case Variable() | Plural() | Reference():
                    yield replace(look, text=self._chip(inline), is_chip=True)
                case _:
                    shown = Word("", inline.is_bold, inline.is_italic)
                    yield from words_of(inline.text, shown)

    def _fragment(self, inline: Conditional, look: Word) -> Iterator[Word]:
        said = to_french(inline.condition, self.fields)
        yield replace(look, text=f"[si {said} : ", is_chip=True)
        yield from self._inlines(inline.inlines, look)
        yield replace(look, text="]", is_chip=True)

    def _chip(self, inline: Variable | Plural | Reference) -> str:
        match inline:
            case Variable():
                form = FORMAT_WORDS.get(inline.format or "", "")
                said = self._title(inline.name)
                return f"[{said}, {form}]" if form else f"[{said}]"
            case Plural():
                counted = self._title(inline.name)
                return f"[{inline.one} / {inline.many}, selon {counted}]"
        other = f", sinon « {inline.fallback} »" if inline.fallback else ""
        return f"[renvoi à « {self._title(f'ref:{inline.clause_id}')} »{other}]"

    def _title(self, name: str) -> str:
        found = self.fields.get(name)
        return french(found.title) if found else name.removeprefix("ref:")
