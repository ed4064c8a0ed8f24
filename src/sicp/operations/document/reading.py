"""The clause library and the canevas as people read them: titles instead of names."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.drafting import blocks
from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import Node
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import to_french
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.typography import spaced
from sicp.exceptions import InvalidInputError
from sicp.operations.clause import engine_clause
from sicp.operations.clause import library_of
from sicp.operations.clause.library import plain_title
from sicp.operations.document.context import drafting_fields
from sicp.operations.template import engine_canevas

Read = dict[str, Any]

_TAGS = {"bold": "strong", "italic": "em"}


@dataclass(frozen=True)
class ClauseReading:
    """One clause in one version, said in French.

    ``heading`` and ``blocks`` are plain data for the templates: each item has a
    ``kind``. ``repeat`` names the table of which each row gives one occurrence.
    """

    clause: Clause
    title: str
    heading: list[Read]
    blocks: list[Read]
    condition: str
    repeat: str
    variables: tuple[tuple[Field, str], ...]
    derogates: tuple[str, ...]


@dataclass(frozen=True)
class CanevasNode:
    """One line of a canevas and what it holds; ``clause`` is None for a heading.

    ``condition`` is that of the canevas itself, empty when there is none; what the
    clause asks by itself is in ``own_condition``.
    """

    kind: str
    title: str
    condition: str
    children: tuple["CanevasNode", ...] = ()
    clause: Clause | None = None
    own_condition: str = ""


def read_clause(
    content: Any,  # noqa: ANN401
    on: date,
    version: Any = None,  # noqa: ANN401
) -> ClauseReading:
    """Read a clause of the site, in its latest version or in another one.

    Raises:
        InvalidInputError: it cannot be read.
    """
    return read_text(find_objectmap(content).root, engine_clause(content, version), on)


def read_text(site: Any, clause: Clause, on: date) -> ClauseReading:  # noqa: ANN401
    """Read a clause that is not, or not yet, at the clausier.

    Raises:
        InvalidInputError: its text cannot be read; the message says where.
    """
    try:
        return _reading(site, clause, on)
    except MarkupError as error:
        raise InvalidInputError(str(error)) from error


def plain_text(block: Read) -> str:
    """Return the words of a block as the page shows them."""
    match block["kind"]:
        case "list":
            return " ".join(_plain_list(block))
        case "table":
            rows = (block["header"], *block["rows"])
            return " ".join(_plain(cell) for row in rows for cell in row)
    return _plain(block["inlines"])


def _plain_list(block: Read) -> Iterator[str]:
    for item in block["items"]:
        yield _plain(item["inlines"])
        for child in item["children"]:
            yield from _plain_list(child)


def _plain(inlines: list[Read]) -> str:
    return "".join(_PLAIN[item["kind"]](item) for item in inlines)


_PLAIN: Mapping[str, Callable[[Read], str]] = {
    "text": lambda item: item["text"],
    "strong": lambda item: _plain(item["inlines"]),
    "em": lambda item: _plain(item["inlines"]),
    "variable": lambda item: item["title"],
    "plural": lambda item: f"{item['one']} / {item['many']}",
    "reference": lambda item: f"article « {item['title']} »",
    "conditional": lambda item: f"si {item['when']} : {_plain(item['inlines'])}",
}


def _reading(site: Any, clause: Clause, on: date) -> ClauseReading:  # noqa: ANN401
    fields = _fields(on).extended_with(clause.variables)
    reader = _Reader(fields, library_of(site, on))
    return ClauseReading(
        clause,
        plain_title(clause.title),
        reader.inlines(clause.heading),
        [reader.block(block) for block in clause.blocks],
        _said(clause.condition, fields),
        french(fields[clause.repeat].title) if clause.repeat else "",
        tuple((v, _said(v.applies_when, fields)) for v in clause.variables),
        tuple(_derogation(fields, d.ccag, d.article) for d in clause.derogates),
    )


def read_canevas(
    template: Any,  # noqa: ANN401
    on: date,
) -> tuple[str, tuple[CanevasNode, ...]]:
    """Read a canevas: when it is proposed, and its tree.

    Raises:
        InvalidInputError: it cannot be read.
    """
    canevas = engine_canevas(template)
    fields = _fields(on)
    library = library_of(find_objectmap(template).root, on)
    nodes = tuple(_node(node, fields, library) for node in canevas.parts)
    return _said(canevas.applies, fields), nodes


def canevas_calling(site: Any, clause_id: str) -> Iterator[Any]:  # noqa: ANN401
    """Walk the published canevas that call a clause.

    Raises:
        InvalidInputError: a canevas cannot be read.
    """
    for template in site["canevas"].values():
        if not template.versions:
            continue
        uses = engine_canevas(template).clause_uses()
        if any(use.clause == clause_id for use, _conditions in uses):
            yield template


def clause_calls(site: Any) -> dict[str, list[Any]]:  # noqa: ANN401
    """Return the published canevas that call each clause, by its id.

    A canevas that cannot be read is left out until it is mended.
    """
    found: dict[str, list[Any]] = {}
    for template in site["canevas"].values():
        try:
            uses = engine_canevas(template).clause_uses()
        except InvalidInputError:
            continue
        for name in dict.fromkeys(use.clause for use, _conditions in uses):
            found.setdefault(name, []).append(template)
    return found


def count_clauses(template: Any) -> int:  # noqa: ANN401
    """Count the clauses a canevas calls.

    Raises:
        InvalidInputError: it cannot be read.
    """
    return sum(1 for _use in engine_canevas(template).clause_uses())


class _Reader:
    """Turns the text of a clause into plain data with French titles."""

    def __init__(self, fields: FieldSet, library: Library) -> None:
        self._facts = Facts({}, fields)
        self._fields = fields
        self._library = library

    def block(self, block: blocks.Block) -> Read:
        """Read one block."""
        match block:
            case blocks.ListBlock():
                return self._list(block)
            case blocks.Table():
                return self._table(block)
        return {"kind": block.kind, "inlines": self.inlines(block.inlines)}

    def inlines(self, inlines: tuple[Any, ...]) -> list[Read]:
        """Read one run of text."""
        return [self._inline(inline) for inline in inlines]

    def _list(self, block: blocks.ListBlock) -> Read:
        items = [
            {
                "inlines": self.inlines(item.inlines),
                "children": [self._list(child) for child in item.children],
            }
            for item in block.items
        ]
        return {"kind": "list", "is_ordered": block.is_ordered, "items": items}

    def _table(self, block: blocks.Table) -> Read:
        def row(cells: blocks.Row) -> list[list[Read]]:
            return [self.inlines(cell.inlines) for cell in cells.cells]

        return {
            "kind": "table",
            "header": row(block.header),
            "rows": [row(cells) for cells in block.rows],
            "repeat": self._title(block.repeat) if block.repeat else "",
        }

    def _inline(self, inline: Any) -> Read:  # noqa: ANN401
        match inline:
            case blocks.Styled():
                inlines = self.inlines(inline.inlines)
                return {"kind": _TAGS[inline.style], "inlines": inlines}
            case blocks.Variable():
                return {"kind": "variable", "title": self._title(inline.name)}
            case blocks.Plural():
                title = self._title(inline.name)
                said = {"one": inline.one, "many": inline.many}
                return {"kind": "plural", "title": title, **said}
            case blocks.Conditional():
                condition = _said(inline.condition, self._fields)
                inlines = self.inlines(inline.inlines)
                return {"kind": "conditional", "when": condition, "inlines": inlines}
            case blocks.Reference():
                return self._reference(inline)
        return {"kind": "text", "text": spaced(inline.text)}

    def _reference(self, inline: blocks.Reference) -> Read:
        clause = self._library.clause(inline.clause_id)
        title = plain_title(clause.title) if clause else inline.clause_id
        return {"kind": "reference", "title": title, "fallback": inline.fallback}

    def _title(self, name: str) -> str:
        field = self._facts.field(name)
        return spaced(french(field.title)) if field else name


def _fields(on: date) -> FieldSet:
    """Return all fields, the columns of their tables included (« lot.object »)."""
    fields = drafting_fields(on)
    tables = (field for field in fields.values() if field.type is FieldType.ROWS)
    columns = tuple(column for table in tables for column in row_fields(table))
    return fields.extended_with(columns)


def _said(condition: Condition | None, fields: FieldSet) -> str:
    return spaced(to_french(condition, fields)) if condition else ""


def _derogation(fields: Mapping[str, Field], ccag: str, article: str) -> str:
    title = french(fields["ccag"].choice_title(ccag))
    return spaced(f"article {article} du {title}")


def _node(node: Node, fields: FieldSet, library: Library) -> CanevasNode:
    condition = _said(node.condition, fields)
    if isinstance(node, ClauseUse):
        clause = library.clause(node.clause)
        title = plain_title(clause.title) if clause else node.clause
        own = ""
        if clause is not None:
            own = _said(clause.condition, fields.extended_with(clause.variables))
        return CanevasNode("clause", title, condition, (), clause, own)
    children = node.children if isinstance(node, Article) else ()
    return CanevasNode(
        node.kind,
        plain_title(node.title),
        condition,
        tuple(_node(child, fields, library) for child in children),
    )
