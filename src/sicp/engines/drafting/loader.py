"""Clauses and canevas from plain data (the YAML of the seed, stored JSON), and back."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from typing import TypeVar

from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import Cover
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.canevas import Node
from sicp.engines.drafting.canevas import Part
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import ClauseVariable
from sicp.engines.drafting.clause import Derogation
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.inheritance import INHERITED
from sicp.engines.drafting.inheritance import resolve
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.operators import Condition

Data = Mapping[str, Any]
Kind = TypeVar("Kind", bound=StrEnum)

#: Word keeps 64 signs of a tag: the id of a clause, « # » and the occurrence.
LONGEST_ID = 58
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_CLAUSE_KEYS = frozenset({
    "id", "title", "text", "version", "family", "theme", "kind", "group", "condition",
    "repeat", "open", "heading", "legal_basis", "derogates", "note", "variables",
    "valid_from", "valid_until",
})  # fmt: skip
_VARIABLE_KEYS = frozenset({
    "name", "title", "type", "required", "help", "choices", "default", "condition",
    "law", "minimum", "maximum",
})  # fmt: skip
_CANEVAS_KEYS = frozenset({
    "id", "title", "document", "version", "phase", "applies", "cover", "parts",
    "extends", "changes", "abstract", "layout",
})  # fmt: skip
_USE_KEYS = frozenset({"clause", "condition", "level"})
_HEADING_KEYS = frozenset({
    "id", "article", "part", "title", "condition", "children", "numbered",
})  # fmt: skip


def clause_from_data(data: Data) -> Clause:
    """Read one clause.

    Raises:
        LoadError: a key is missing or unknown, or a value is of a wrong form.
    """
    where = _named("clause", data)
    _check_keys(data, _CLAUSE_KEYS, ("id", "title"), where)
    _check_id(str(data["id"]), where)
    try:
        return _clause(data)
    except (ValueError, TypeError, AttributeError) as error:
        message = f"{where} : {error}"
        raise LoadError(message) from error


def clause_to_data(clause: Clause) -> dict[str, Any]:
    """Write one clause as ``clause_from_data`` reads it, without what is default."""
    data = {
        "id": clause.id,
        "title": clause.title,
        "version": clause.version,
        "family": clause.family,
        "theme": clause.theme,
        "kind": clause.kind.value,
        "group": clause.group,
        "condition": clause.condition,
        "repeat": clause.repeat,
        "open": clause.is_open,
        "legal_basis": list(clause.legal_basis),
        "derogates": [{"ccag": d.ccag, "article": d.article} for d in clause.derogates],
        "note": clause.note,
        "variables": [_variable_to_data(item) for item in clause.variables],
        "valid_from": clause.valid_from and clause.valid_from.isoformat(),
        "valid_until": clause.valid_until and clause.valid_until.isoformat(),
        "text": clause.text,
    }
    kept = {name: value for name, value in data.items() if value}
    return kept if clause.has_heading else {**kept, "heading": False}


def canevas_from_data(data: Data, parents: Mapping[str, Data] | None = None) -> Canevas:
    """Read one canevas; one that extends another is read with ``parents``, by id.

    Raises:
        LoadError: a key is missing or unknown, a value is of a wrong form, or what the
            canevas extends or changes does not exist.
    """
    where = _named("canevas", data)
    is_child = isinstance(data, Mapping) and bool(data.get("extends"))
    needed = ("id", "title") if is_child else ("id", "title", "parts")
    _check_keys(data, _CANEVAS_KEYS, needed, where)
    return _canevas(resolve(data, parents or {}), data, where)


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


def _canevas(data: Data, written: Data, where: str) -> Canevas:
    """Make a canevas of its plain form; ``written`` is what it says itself."""
    inherited = {name for name in INHERITED if data.get(name) != written.get(name)}
    return Canevas(
        id=str(data["id"]),
        title=str(data["title"]),
        document=str(data.get("document") or ""),
        version=_whole(data.get("version") or 1, where),
        phase=str(data.get("phase") or "single"),
        applies=_tree(data, "applies", where),
        cover=_cover(data.get("cover"), where),
        parts=tuple(_node(item, where, depth=0) for item in data["parts"]),
        extends=str(written.get("extends") or ""),
        changes=tuple(dict(change) for change in written.get("changes") or ()),
        inherited=frozenset(inherited - {"document"}),
        is_abstract=bool(written.get("abstract")),
        layout=_layout(data.get("layout"), where),
    )


def _cover(data: Data | None, where: str) -> Cover | None:
    if not data:
        return None
    _check_keys(data, frozenset({"title", "subtitle"}), (), f"{where}, page de garde")
    return Cover(str(data.get("title") or ""), str(data.get("subtitle") or ""))


def _layout(value: object, where: str) -> Layout:
    try:
        return Layout(str(value or Layout.DOCUMENT))
    except ValueError as error:
        known = ", ".join(layout.value for layout in Layout)
        message = f"{where} : la présentation « {value} » est inconnue ({known})"
        raise LoadError(message) from error


def _whole(value: object, where: str) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        message = f"{where} : « {value} » n’est pas un nombre entier"
        raise LoadError(message) from error


def _clause(data: Data) -> Clause:
    return Clause(
        id=str(data["id"]),
        title=str(data["title"]).strip(),
        text=str(data.get("text") or ""),
        version=_number(data.get("version") or 1),
        family=str(data.get("family") or ""),
        theme=str(data.get("theme") or ""),
        kind=_one_of(ClauseKind, data.get("kind") or ClauseKind.COMPULSORY, "nature"),
        group=str(data.get("group") or ""),
        condition=_condition(data.get("condition")),
        repeat=str(data.get("repeat") or ""),
        is_open=bool(data.get("open", False)),
        has_heading=bool(data.get("heading", True)),
        legal_basis=tuple(str(item) for item in data.get("legal_basis") or ()),
        derogates=tuple(_derogation(item) for item in data.get("derogates") or ()),
        note=str(data.get("note") or ""),
        variables=tuple(_variable(item) for item in data.get("variables") or ()),
        valid_from=_day(data.get("valid_from")),
        valid_until=_day(data.get("valid_until")),
    )


def _day(value: date | str | None) -> date | None:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        message = f"« {value} » n’est pas une date ; écrivez-la comme 2027-03-15"
        raise ValueError(message) from error


def _derogation(data: Data) -> Derogation:
    keys = ("ccag", "article")
    _check_keys(data, frozenset(keys), keys, "dérogation")
    return Derogation(str(data["ccag"]), str(data["article"]))


def _choice(data: Data) -> Choice:
    keys = ("value", "title")
    _check_keys(data, frozenset(keys), keys, "choix")
    return Choice(str(data["value"]), str(data["title"]))


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        message = f"« {value} » n’est pas un nombre entier ; corrigez-le"
        raise ValueError(message) from error


def _one_of(kinds: type[Kind], value: object, said: str) -> Kind:
    try:
        return kinds(str(value))
    except ValueError as error:
        known = ", ".join(f"« {kind.value} »" for kind in kinds)
        message = f"{said} « {value} » inconnue ; choisissez parmi {known}"
        raise ValueError(message) from error


def _condition(data: Any) -> Condition | None:  # noqa: ANN401
    """Return a condition whose tree can be walked; the proof checks what it says."""
    if not data:
        return None
    _check_condition(data)
    return data


def _tree(data: Data, name: str, where: str) -> Condition | None:
    """Return the condition ``name`` of a canevas or of one of its nodes.

    Raises:
        LoadError: it is no condition.
    """
    try:
        return _condition(data.get(name))
    except TypeError as error:
        message = f"{where} : {error}"
        raise LoadError(message) from error


def _check_condition(data: Any) -> None:  # noqa: ANN401
    if not isinstance(data, Mapping):
        message = (
            f"« {data} » n’est pas une condition ; écrivez un champ, un opérateur et "
            "une valeur"
        )
        raise TypeError(message)
    for key in ("all", "any"):
        parts = data.get(key, [])
        if not isinstance(parts, list | tuple):
            message = f"condition : « {key} » attend une liste ; corrigez-la"
            raise TypeError(message)
        for part in parts:
            _check_condition(part)
    if "not" in data:
        _check_condition(data["not"])


def _variable(data: Data) -> ClauseVariable:
    where = f"variable « {data.get('name') or '?'} »"
    _check_keys(data, _VARIABLE_KEYS, ("name", "title"), where)
    default = data.get("default")
    return ClauseVariable(
        name=str(data["name"]),
        title=str(data["title"]),
        type=_one_of(FieldType, data.get("type") or FieldType.TEXT, "forme"),
        help=str(data.get("help") or ""),
        law=tuple(data.get("law") or ()),
        choices=tuple(_choice(item) for item in data.get("choices") or ()),
        applies_when=_condition(data.get("condition")),
        required=bool(data.get("required", False)),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        meta={} if default is None else {"default": default},
    )


def _variable_to_data(variable: ClauseVariable) -> dict[str, Any]:
    data = {
        "name": variable.name,
        "title": french(variable.title),
        "type": variable.type.value,
        "required": variable.required,
        "help": french(variable.help),
        "law": list(variable.law),
        "choices": [
            {"value": c.value, "title": french(c.title)} for c in variable.choices
        ],
        "condition": variable.applies_when,
    }
    optional = {"minimum": variable.minimum, "maximum": variable.maximum}
    optional["default"] = variable.meta.get("default")
    kept = {name: value for name, value in data.items() if value}
    return kept | {n: value for n, value in optional.items() if value is not None}


def _node(data: Data, where: str, depth: int) -> Node:
    if "clause" in data:
        _check_keys(data, _USE_KEYS, ("clause",), where)
        level = _whole(data["level"], where) if data.get("level") else None
        return ClauseUse(str(data["clause"]), _tree(data, "condition", where), level)
    if "derogations" in data:
        _check_keys(data, frozenset({"derogations", "title", "condition"}), (), where)
        title = str(data.get("title") or DerogationList().title)
        return DerogationList(title, _tree(data, "condition", where))
    return _heading(data, where, depth)


def _heading(data: Data, where: str, depth: int) -> Article:
    _check_keys(data, _HEADING_KEYS, (), where)
    name = data.get("article") or data.get("part") or data.get("id") or ""
    kind = Part if depth == 0 and "article" not in data else Article
    return kind(
        id=str(name),
        title=str(data.get("title") or ""),
        children=tuple(
            _node(item, where, depth + 1) for item in data.get("children") or ()
        ),
        condition=_tree(data, "condition", where),
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


def _check_id(clause_id: str, where: str) -> None:
    if len(clause_id) > LONGEST_ID or not _ID.match(clause_id):
        message = (
            f"{where} : l’identifiant « {clause_id} » ne convient pas ; faites-le "
            "de lettres minuscules sans accent, de chiffres et de tirets, "
            f"{LONGEST_ID} signes au plus"
        )
        raise LoadError(message)


def _named(kind: str, data: Data) -> str:
    known = data if isinstance(data, Mapping) else {}
    return f"{kind} « {known.get('title') or known.get('id') or '?'} »"


def _check_keys(
    data: Data, known: frozenset[str], needed: tuple[str, ...], where: str
) -> None:
    if not isinstance(data, Mapping):
        message = f"{where} : « {data} » n’est pas un ensemble de clés et de valeurs"
        raise LoadError(message)
    unknown = sorted(str(key) for key in set(data) - known)
    if unknown:
        message = f"{where} : clé inconnue « {unknown[0]} » ; supprimez-la"
        raise LoadError(message)
    missing = [key for key in needed if not data.get(key)]
    if missing:
        message = f"{where} : la clé « {missing[0]} » manque ; ajoutez-la"
        raise LoadError(message)
