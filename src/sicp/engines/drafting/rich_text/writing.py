"""Blocks as HTML for an editor: plain tags, and chips for what is not words."""

from collections.abc import Iterable
from collections.abc import Mapping
from html import escape
from typing import Any

from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Inline
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.rich_text.spaces import literal_pieces

Names = Mapping[str, str]


def to_html(blocks: Blocks, names: Names, fields: FieldSet | None = None) -> str:
    """Return blocks as HTML for an editor, every word escaped.

    Args:
        blocks: the text of a clause.
        names: what a person reads on a chip: titles of fields by name, and titles of
            clauses by « ref:clause-id ». What is missing is shown as it is written.
        fields: what conditions may test; with it their values are told in French too.
    """
    return _Writer(names, fields or FieldSet()).blocks(blocks)


class _Writer:
    """One writing; it only knows the titles of things."""

    def __init__(self, names: Names, fields: FieldSet) -> None:
        self._names = names
        self._fields = fields

    def blocks(self, blocks: Blocks) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return f"<p>{self._inlines(block.inlines)}</p>"
            case SubHeading():
                return f"<h3>{self._inlines(block.inlines)}</h3>"
            case ListBlock():
                return self._list(block)
        return self._table(block)

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.is_ordered else "ul"
        items = "".join(
            f"<li>{self._inlines(item.inlines)}"
            f"{''.join(self._list(child) for child in item.children)}</li>"
            for item in block.items
        )
        return f"<{tag}>{items}</{tag}>"

    def _table(self, block: Table) -> str:
        repeat = f' data-rows="{escape(block.repeat)}"' if block.repeat else ""
        rows = "".join(self._row(row, "td") for row in block.rows)
        return (
            f"<table{repeat}><thead>{self._row(block.header, 'th')}</thead>"
            f"<tbody>{rows}</tbody></table>"
        )

    def _row(self, row: Row, tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        cells = "".join(
            f"<{tag}{scope}>{self._inlines(cell.inlines)}</{tag}>" for cell in row.cells
        )
        return f"<tr>{cells}</tr>"

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return _words(inline.text)
            case Styled():
                tag = "strong" if inline.style == "bold" else "em"
                return f"<{tag}>{self._inlines(inline.inlines)}</{tag}>"
            case Variable():
                form = {"data-format": inline.format} if inline.format else {}
                return _chip(
                    self._name(inline.name), {"data-variable": inline.name, **form}
                )
            case Plural():
                said = f"{inline.one} / {inline.many}"
                forms = {"data-one": inline.one, "data-many": inline.many}
                return _chip(said, {"data-plural": inline.name, **forms})
            case Reference():
                return self._reference(inline)
        return self._fragment(inline)

    def _reference(self, inline: Reference) -> str:
        title = self._names.get(f"ref:{inline.clause_id}", inline.clause_id)
        other = {"data-fallback": inline.fallback} if inline.fallback else {}
        said = f"article « {title} »"
        return _chip(said, {"data-reference": inline.clause_id, **other})

    def _fragment(self, inline: Conditional) -> str:
        fields = self._fields
        if Facts({}, fields).field(inline.field) is None:
            fields = FieldSet((Field(inline.field, self._name(inline.field)),))
        told = {
            "data-field": inline.field,
            "data-operator": inline.operator,
            **({"data-value": value_attribute(inline.value)} if inline.value else {}),
            "title": f"si {to_french(inline.condition, fields)}",
        }
        content = self._inlines(inline.inlines)
        return f'<span class="fragment"{_attributes(told)}>{content}</span>'

    def _name(self, name: str) -> str:
        return self._names.get(name, name)


def value_attribute(value: str | tuple[str, ...]) -> str:
    """Write the value of a condition; those of a list are parted by bars."""
    if isinstance(value, str):
        return value
    return "|".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in value)


def _words(text: str) -> str:
    """Write words; the spaces a browser would not keep are written beside them."""
    return "".join(
        f"<span{_attributes({'data-text': piece})}>{escape(piece)}</span>"
        if is_literal
        else escape(piece)
        for piece, is_literal in literal_pieces(text)
    )


def _chip(said: str, attributes: Mapping[str, str]) -> str:
    told = {**attributes, "contenteditable": "false"}
    return f'<span class="chip"{_attributes(told)}>{escape(said)}</span>'


def _attributes(values: Mapping[str, Any]) -> str:
    return "".join(
        f' {name}="{escape(value).replace(chr(10), "&#10;")}"'
        for name, value in values.items()
    )
