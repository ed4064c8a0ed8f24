"""Chips read back: what the attributes of an element say instead of words."""

import re
from collections.abc import Mapping

from sicp.engines.drafting.blocks import Inline
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.operators import OPERATORS
from sicp.engines.drafting.rich_text.spaces import exact

_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?\Z")
_FORMAT = re.compile(r"[a-z_]+\Z")
_CLAUSE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SIGN = re.compile(r"\\.|.", re.DOTALL)

Attributes = Mapping[str, str]
Test = tuple[str, str, str | tuple[str, ...]]


class ChipError(ValueError):
    """A chip whose attributes mean nothing; the message says why, in French."""


def chip(attributes: Attributes) -> Inline | None:
    """Return the inline an element stands for, None when it holds mere words.

    Raises:
        ChipError: an attribute is of a wrong form.
    """
    if "data-variable" in attributes:
        return _variable(attributes)
    if "data-plural" in attributes:
        name = _checked_name(attributes["data-plural"], "le pluriel")
        one, many = (exact(attributes.get(f"data-{n}", "")) for n in ("one", "many"))
        return Plural(name, one, many)
    if "data-reference" in attributes:
        return _reference(attributes)
    if "data-text" in attributes:
        return Text(exact(attributes["data-text"]))
    return None


def fragment_test(attributes: Attributes) -> Test | None:
    """Return field, operator and value of a conditional fragment, None for no fragment.

    Raises:
        ChipError: the test is incomplete or of a wrong form.
    """
    if "data-field" not in attributes:
        return None
    field = _checked_name(attributes["data-field"], "la condition")
    operator = attributes.get("data-operator", "")
    known = OPERATORS.get(operator)
    if known is None:
        message = f"l’opérateur « {operator[:40]} » n’existe pas"
        raise ChipError(message)
    if not known.takes_value:
        return field, operator, ""
    raw = exact(attributes.get("data-value", ""))
    if not raw:
        message = f"la condition sur « {field} » attend une valeur"
        raise ChipError(message)
    return field, operator, _between_bars(raw) if known.takes_list else raw


def rows_name(attributes: Attributes) -> str:
    """Return the rows a table repeats its line for, empty when it does not.

    Raises:
        ChipError: the name is of a wrong form.
    """
    name = attributes.get("data-rows", "")
    if name and not _FORMAT.match(name):
        message = f"« {name[:40]} » n’est pas le nom d’une liste à répéter"
        raise ChipError(message)
    return name


def _variable(attributes: Attributes) -> Variable:
    name = _checked_name(attributes["data-variable"], "la variable")
    form = attributes.get("data-format", "")
    if form and not _FORMAT.match(form):
        message = f"le format « {form[:40]} » de la variable « {name} » n’existe pas"
        raise ChipError(message)
    return Variable(name, form)


def _reference(attributes: Attributes) -> Reference:
    clause_id = attributes["data-reference"]
    if not _CLAUSE_ID.match(clause_id):
        message = f"le renvoi à « {clause_id[:40]} » ne désigne aucune clause"
        raise ChipError(message)
    return Reference(clause_id, exact(attributes.get("data-fallback", "")))


def _checked_name(name: str, what: str) -> str:
    if not _NAME.match(name):
        message = f"{what} ne désigne aucun champ (« {name[:40]} »)"
        raise ChipError(message)
    return name


def _between_bars(raw: str) -> tuple[str, ...]:
    parts = [""]
    for sign in _SIGN.findall(raw):
        if sign == "|":
            parts.append("")
        else:
            parts[-1] += sign.removeprefix("\\") if len(sign) > 1 else sign
    return tuple(parts)
