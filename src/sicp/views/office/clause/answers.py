"""What the editing form of a clause shows of its data, and makes of its answers."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.condition import condition_faults
from sicp.operations.clause.editing import as_before
from sicp.operations.clause.editing import clause_of_data
from sicp.operations.clause.editing import default_text
from sicp.operations.clause.editing import named_variables
from sicp.operations.clause.editing import new_group
from sicp.views.office.citation import shown_address
from sicp.views.office.citation import typed_address
from sicp.views.office.rich_text import written
from sicp.views.shared.forms import Form

Data = Mapping[str, Any]

_SAME = ("title", "group", "repeat", "condition", "note", "owner")


def base_of(proposal: Any) -> str:
    """Write what a person begins from, carried by the page until it is saved."""
    told = {**proposal.data, "reason": proposal.reason}
    return json.dumps(told, ensure_ascii=False, default=str)


def read_base(text: str | None) -> dict[str, Any]:
    """Read what ``base_of`` wrote.

    Raises:
        InvalidInputError: the page did not write it.
    """
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(_BROKEN) from error
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise InvalidInputError(_BROKEN)
    return found


def data_of(form: Form, values: Data, proposal: Any, request: Any) -> dict[str, Any]:
    """Return the data of the clause that the answers of the form say.

    What the form does not ask stays as it was.

    Raises:
        InvalidInputError: an answer does not fit the others; the field is named.
    """
    before = proposal.data
    text = written(form, "text", values, before.get("text") or "")
    family, _slash, theme = (values["folder"] or "").partition("/")
    data = {
        **before,
        "title": values["title"],
        "family": family,
        "theme": theme,
        "kind": values["kind"],
        "group": _group(values, request),
        "repeat": values["repeat"],
        "heading": values["heading"],
        "open": values["open"],
        "text": text,
        "condition": values["condition"],
        "variables": named_variables(
            _asked(values["variables"]), before.get("variables", ()), request.today
        ),
        "legal_basis": articles_of(values["legal_basis"]),
        "derogates": values["derogates"] or [],
        "note": as_before(values["note"], before.get("note")),
        "valid_from": _iso(values["valid_from"]),
        "valid_until": _iso(values["valid_until"]),
        "owner": values["owner"],
        "links": [
            {**item, "url": typed_address(request, item["url"])}
            for item in values["links"] or []
        ],
    }
    _check_condition(data, request)
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def shown_data(data: Data, request: Any) -> dict[str, Any]:
    """Return what the form shows of the data of a clause."""
    folder = f"{data.get('family', '')}/{data.get('theme', '')}"
    return {
        **{name: data.get(name) or None for name in _SAME},
        "kind": data.get("kind", "compulsory"),
        "folder": None if folder == "/" else folder,
        "heading": data.get("heading", True),
        "open": data.get("open", False),
        "legal_basis": ", ".join(data.get("legal_basis", ())) or None,
        "variables": [_variable_row(item) for item in data.get("variables", ())],
        "derogates": [dict(item) for item in data.get("derogates", ())],
        "links": [
            {**item, "url": shown_address(request, item["url"])}
            for item in data.get("links", ())
        ],
        "valid_from": _day_of(data.get("valid_from")),
        "valid_until": _day_of(data.get("valid_until")),
    }


def _variable_row(item: Data) -> dict[str, Any]:
    titles = [choice["title"] for choice in item.get("choices", ())]
    return {
        "name": item["name"],
        "title": item["title"],
        "type": item.get("type", "text"),
        "required": "true" if item.get("required") else "false",
        "choices": " ; ".join(titles) or None,
        "default": default_text(item) or None,
        "unit": item.get("unit"),
        "help": item.get("help"),
    }


def _day_of(value: Any) -> Any:
    return date.fromisoformat(str(value)) if value else None


def articles_of(typed: str | None) -> list[str]:
    """Return the articles typed in one line."""
    return [part.strip() for part in re.split(r"[,;\n]", typed or "") if part.strip()]


def _group(values: Data, request: Any) -> str | None:
    if values["kind"] != "alternative":
        return None
    if values["group"]:
        return values["group"]
    if not values["new_group"]:
        raise InvalidInputError(_GROUP_NEEDED, "group")
    return new_group(request.site, values["new_group"])


def _check_condition(data: Data, request: Any) -> None:
    clause = clause_of_data(
        {name: value for name, value in data.items() if value not in (None, "", [])}
    )
    faults = condition_faults(data["condition"], request.today, clause.variables)
    if faults:
        raise InvalidInputError(faults[0], "condition")


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _asked(rows: Any) -> list[dict[str, Any]]:
    """Return the rows of questions that have a title; the others are taken away."""
    return [
        {
            **row,
            "type": row.get("type") or "text",
            "required": row.get("required") == "true",
        }
        for row in rows or ()
        if row.get("title")
    ]


_BROKEN = _(
    "proposal-base-broken",
    default="La page a perdu le texte d’origine : rechargez-la, puis recommencez.",
)
_GROUP_NEEDED = _(
    "clause-group-needed",
    default="Choisissez le groupe d’alternatives, ou nommez-en un nouveau.",
)
