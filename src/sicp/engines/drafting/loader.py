"""Clauses and canevas from plain data (the YAML of the seed, stored JSON), and back."""

from collections.abc import Mapping
from typing import Any

from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import Cover
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.canevas import Node
from sicp.engines.drafting.canevas import Part
from sicp.engines.drafting.clause_data import LONGEST_ID
from sicp.engines.drafting.clause_data import clause_from_data
from sicp.engines.drafting.clause_data import clause_to_data
from sicp.engines.drafting.inheritance import INHERITED
from sicp.engines.drafting.inheritance import resolve
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.plain_data import Data
from sicp.engines.drafting.plain_data import check_keys
from sicp.engines.drafting.plain_data import condition
from sicp.engines.drafting.plain_data import items
from sicp.engines.drafting.plain_data import named
from sicp.engines.drafting.plain_data import one_of
from sicp.engines.drafting.plain_data import text
from sicp.engines.drafting.plain_data import whole
from sicp.engines.drafting.plain_data import within

__all__ = [
    "LONGEST_ID",
    "LoadError",
    "canevas_from_data",
    "canevas_to_data",
    "clause_from_data",
    "clause_to_data",
]

_CANEVAS_KEYS = frozenset({
    "id", "title", "document", "version", "phase", "applies", "cover", "parts",
    "extends", "changes", "abstract", "layout",
})  # fmt: skip
_USE_KEYS = frozenset({"clause", "condition", "level"})
_HEADING_KEYS = frozenset({
    "id", "article", "part", "title", "condition", "children", "numbered",
})  # fmt: skip


def canevas_from_data(data: Data, parents: Mapping[str, Data] | None = None) -> Canevas:
    """Read one canevas; one that extends another is read with ``parents``, by id.

    Raises:
        LoadError: a key is missing or unknown, a value is of a wrong form, or what the
            canevas extends or changes does not exist.
    """
    where = named("canevas", data)
    is_child = isinstance(data, Mapping) and bool(data.get("extends"))
    needed = ("id", "title") if is_child else ("id", "title", "parts")
    within(where, lambda: check_keys(data, _CANEVAS_KEYS, needed))
    plain = resolve(data, parents or {})
    return within(where, lambda: _canevas(plain, data))


def canevas_to_data(canevas: Canevas) -> dict[str, Any]:
    """Write one canevas as ``canevas_from_data`` reads it.

    Of a canevas that extends another one, only what is its own; its document is always
    written, so that lists need not look for it.
    """
    cover = canevas.cover
    own = {
        "id": canevas.id,
        "title": canevas.title,
        "document": canevas.document,
        "version": canevas.version,
        "phase": canevas.phase,
        "layout": "" if canevas.layout is Layout.DOCUMENT else canevas.layout.value,
        "applies": canevas.applies,
        "cover": cover and {"title": cover.title, "subtitle": cover.subtitle},
        "abstract": canevas.is_abstract,
        "extends": canevas.extends,
    }
    data = {n: v for n, v in own.items() if v and n not in canevas.inherited}
    if canevas.extends:
        return {**data, "changes": [dict(change) for change in canevas.changes]}
    return {**data, "parts": [_node_to_data(node) for node in canevas.parts]}


def _canevas(data: Data, written: Data) -> Canevas:
    """Make a canevas of its plain form; ``written`` is what it says itself."""
    inherited = {name for name in INHERITED if data.get(name) != written.get(name)}
    return Canevas(
        id=text(data, "id"),
        title=text(data, "title"),
        document=text(data, "document"),
        version=whole(data, "version") or 1,
        phase=text(data, "phase", "single"),
        applies=condition(data, "applies"),
        cover=_cover(data.get("cover")),
        parts=tuple(_node(item, depth=0) for item in items(data, "parts")),
        extends=text(written, "extends"),
        changes=tuple(dict(change) for change in items(written, "changes")),
        inherited=frozenset(inherited - {"document"}),
        is_abstract=bool(written.get("abstract")),
        layout=one_of(Layout, data, "layout", "la présentation", Layout.DOCUMENT),
    )


def _cover(data: Any) -> Cover | None:  # noqa: ANN401
    if data is None or data in ("", {}):
        return None
    return within("couverture", lambda: _checked_cover(data))


def _checked_cover(data: Data) -> Cover:
    check_keys(data, frozenset({"title", "subtitle"}))
    return Cover(text(data, "title"), text(data, "subtitle"))


def _node(data: Any, depth: int) -> Node:  # noqa: ANN401
    known = data if isinstance(data, Mapping) else {}
    if "clause" in known:
        check_keys(data, _USE_KEYS, ("clause",))
        level = whole(data, "level") or None
        return ClauseUse(text(data, "clause"), condition(data, "condition"), level)
    if "derogations" in known:
        check_keys(data, frozenset({"derogations", "title", "condition"}))
        title = text(data, "title", DerogationList().title)
        return DerogationList(title, condition(data, "condition"))
    return _heading(data, depth)


def _heading(data: Data, depth: int) -> Article:
    check_keys(data, _HEADING_KEYS)
    name = next((n for n in ("article", "part", "id") if data.get(n)), "id")
    kind = Part if depth == 0 and "article" not in data else Article
    return kind(
        id=text(data, name),
        title=text(data, "title"),
        children=tuple(_node(item, depth + 1) for item in items(data, "children")),
        condition=condition(data, "condition"),
        is_numbered=bool(data.get("numbered", True)),
    )


def _node_to_data(node: Node) -> dict[str, Any]:
    condition = {"condition": node.condition} if node.condition else {}
    match node:
        case ClauseUse():
            level = {"level": node.level} if node.level else {}
            return {"clause": node.clause, **condition, **level}
        case DerogationList():
            return {"derogations": True, "title": node.title, **condition}
    name = "id" if isinstance(node, Part) else "article"
    title = {"title": node.title} if node.title else {}
    numbered = {} if node.is_numbered else {"numbered": False}
    children = [_node_to_data(child) for child in node.children]
    return {name: node.id, **title, **condition, **numbered, "children": children}
