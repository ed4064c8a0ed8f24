"""Clauses from plain data (the YAML of the seed, stored JSON), and back."""

import re
from typing import Any

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import ClauseVariable
from sicp.engines.drafting.clause import Derogation
from sicp.engines.drafting.clause import Link
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.plain_data import Data
from sicp.engines.drafting.plain_data import check_keys
from sicp.engines.drafting.plain_data import condition
from sicp.engines.drafting.plain_data import day
from sicp.engines.drafting.plain_data import items
from sicp.engines.drafting.plain_data import named
from sicp.engines.drafting.plain_data import one_of
from sicp.engines.drafting.plain_data import text
from sicp.engines.drafting.plain_data import texts
from sicp.engines.drafting.plain_data import whole
from sicp.engines.drafting.plain_data import within

#: Word keeps 64 signs of a tag: the id of a clause, « # » and the occurrence.
LONGEST_ID = 58
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_CLAUSE_KEYS = frozenset({
    "id", "title", "text", "version", "family", "theme", "kind", "group", "condition",
    "repeat", "open", "heading", "legal_basis", "derogates", "note", "variables",
    "valid_from", "valid_until", "owner", "links",
})  # fmt: skip
_VARIABLE_KEYS = frozenset({
    "name", "title", "type", "required", "help", "choices", "default", "condition",
    "law", "minimum", "maximum", "unit",
})  # fmt: skip
_DEROGATION_KEYS = ("ccag", "article")
_CHOICE_KEYS = ("value", "title")
_LINK_KEYS = ("title", "url")
#: Nothing else may be followed from a page: no script, no file of the reader's.
_ADDRESS = re.compile(r"(?:https?://[^\s<>\"']+|sicp:sheet/-?\d{1,20})\Z")


def clause_from_data(data: Data) -> Clause:
    """Read one clause.

    Raises:
        LoadError: a key is missing or unknown, or a value is of a wrong form.
    """
    return within(named("clause", data), lambda: _clause(data))


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
        "owner": clause.owner,
        "links": [{"title": link.title, "url": link.url} for link in clause.links],
        "text": clause.text,
    }
    kept = {name: value for name, value in data.items() if value}
    return kept if clause.has_heading else {**kept, "heading": False}


def _clause(data: Data) -> Clause:
    check_keys(data, _CLAUSE_KEYS, ("id", "title"))
    return Clause(
        id=_checked_id(text(data, "id")),
        title=text(data, "title").strip(),
        text=text(data, "text"),
        version=whole(data, "version") or 1,
        family=text(data, "family"),
        theme=text(data, "theme"),
        kind=one_of(ClauseKind, data, "kind", "la nature", ClauseKind.COMPULSORY),
        group=text(data, "group"),
        condition=condition(data, "condition"),
        repeat=text(data, "repeat"),
        is_open=bool(data.get("open", False)),
        has_heading=bool(data.get("heading", True)),
        legal_basis=texts(data, "legal_basis"),
        derogates=tuple(_derogation(item) for item in items(data, "derogates")),
        note=text(data, "note"),
        variables=tuple(_variable(item) for item in items(data, "variables")),
        valid_from=day(data, "valid_from"),
        valid_until=day(data, "valid_until"),
        owner=text(data, "owner"),
        links=tuple(_link(item) for item in items(data, "links")),
    )


def _derogation(data: Data) -> Derogation:
    check_keys(data, frozenset(_DEROGATION_KEYS), _DEROGATION_KEYS)
    return Derogation(text(data, "ccag"), text(data, "article"))


def _link(data: Data) -> Link:
    check_keys(data, frozenset(_LINK_KEYS), _LINK_KEYS)
    url = text(data, "url").strip()
    if not _ADDRESS.match(url):
        message = f"« {url} » n’est pas une adresse ; commencez-la par « https:// »"
        raise LoadError(message)
    return Link(text(data, "title"), url)


def _variable(data: Data) -> ClauseVariable:
    known = data if isinstance(data, dict) else {}
    where = f"variable « {known.get('name') or '?'} »"
    return within(where, lambda: _checked_variable(data))


def _checked_variable(data: Data) -> ClauseVariable:
    check_keys(data, _VARIABLE_KEYS, ("name", "title"))
    meta = {"default": data.get("default"), "unit": text(data, "unit") or None}
    return ClauseVariable(
        name=text(data, "name"),
        title=text(data, "title"),
        type=one_of(FieldType, data, "type", "la forme", FieldType.TEXT),
        help=text(data, "help"),
        law=texts(data, "law"),
        choices=tuple(_choice(item) for item in items(data, "choices")),
        applies_when=condition(data, "condition"),
        required=bool(data.get("required", False)),
        minimum=whole(data, "minimum"),
        maximum=whole(data, "maximum"),
        meta={name: value for name, value in meta.items() if value is not None},
    )


def _choice(data: Data) -> Choice:
    check_keys(data, frozenset(_CHOICE_KEYS), _CHOICE_KEYS)
    return Choice(text(data, "value"), text(data, "title"))


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
    told = {name: variable.meta.get(name) for name in ("default", "unit")}
    kept = {name: value for name, value in data.items() if value}
    return kept | {n: v for n, v in (optional | told).items() if v is not None}


def _checked_id(clause_id: str) -> str:
    if len(clause_id) <= LONGEST_ID and _ID.match(clause_id):
        return clause_id
    message = (
        f"l’identifiant « {clause_id} » ne convient pas ; faites-le de lettres "
        f"minuscules sans accent, de chiffres et de tirets, {LONGEST_ID} signes au plus"
    )
    raise LoadError(message)
