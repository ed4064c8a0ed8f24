"""Values out of plain data that may hold anything: read, or refused in French.

Each reader raises ``LoadError`` with what is wrong and what to do; who calls it says
where in front.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from enum import StrEnum
from typing import Any
from typing import TypeVar

from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.operators import Condition

Data = Mapping[str, Any]
Kind = TypeVar("Kind", bound=StrEnum)
Read = TypeVar("Read")


def named(kind: str, data: Any) -> str:  # noqa: ANN401
    """Say of what one speaks: « clause « Prix » », by its title or else its id."""
    known = data if isinstance(data, Mapping) else {}
    return f"{kind} « {known.get('title') or known.get('id') or '?'} »"


def within(where: str, read: Callable[[], Read]) -> Read:
    """Return what ``read`` gives; what it refuses is told with ``where`` in front.

    Raises:
        LoadError: it was refused.
    """
    try:
        return read()
    except LoadError as error:
        message = f"{where} : {error}"
        raise LoadError(message) from error


def check_keys(data: Any, known: frozenset[str], needed: tuple[str, ...] = ()) -> None:  # noqa: ANN401
    """Check that ``data`` has keys, all of them known, and none needed is missing.

    Raises:
        LoadError: it is not so.
    """
    if not isinstance(data, Mapping):
        message = (
            f"« {data} » n’est pas un ensemble de clés et de valeurs ; écrivez-le "
            "« clé : valeur »"
        )
        raise LoadError(message)
    unknown = sorted(str(key) for key in set(data) - known)
    if unknown:
        message = f"clé inconnue « {unknown[0]} » ; supprimez-la"
        raise LoadError(message)
    missing = [key for key in needed if not data.get(key)]
    if missing:
        message = f"la clé « {missing[0]} » manque ; ajoutez-la"
        raise LoadError(message)


def text(data: Data, name: str, default: str = "") -> str:
    """Return a text; a number is one.

    Raises:
        LoadError: it is a list or a set of keys.
    """
    value = data.get(name)
    if value is None or value == "":
        return default
    if isinstance(value, Mapping | list | tuple):
        message = f"« {name} » attend un texte ; corrigez « {value} »"
        raise LoadError(message)
    return str(value)


def items(data: Data, name: str) -> tuple[Any, ...]:
    """Return a list, empty when there is none.

    Raises:
        LoadError: it is no list.
    """
    value = data.get(name)
    if not value and not isinstance(value, bool | int | float):
        return ()
    if not isinstance(value, list | tuple):
        message = f"« {name} » attend une liste ; corrigez « {value} »"
        raise LoadError(message)
    return tuple(value)


def texts(data: Data, name: str) -> tuple[str, ...]:
    """Return a list of texts.

    Raises:
        LoadError: it is no list, or one of another kind.
    """
    return tuple(text({name: item}, name) for item in items(data, name))


def whole(data: Data, name: str) -> int | None:
    """Return a whole number, None when there is none.

    Raises:
        LoadError: it is no whole number.
    """
    value = data.get(name)
    if value is None or value == "":
        return None
    try:
        return int(str(value))
    except ValueError as error:
        message = f"« {value} » n’est pas un nombre entier ; corrigez « {name} »"
        raise LoadError(message) from error


def day(data: Data, name: str) -> date | None:
    """Return a day, None when there is none.

    Raises:
        LoadError: it is no day.
    """
    value = data.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        message = f"« {value} » n’est pas une date ; écrivez-la comme 2027-03-15"
        raise LoadError(message) from error


def one_of(kinds: type[Kind], data: Data, name: str, said: str, default: Kind) -> Kind:
    """Return one of ``kinds``, which the message calls ``said``.

    Raises:
        LoadError: it is none of them.
    """
    value = data.get(name) or default
    try:
        return kinds(str(value))
    except ValueError as error:
        known = ", ".join(f"« {kind.value} »" for kind in kinds)
        message = f"{said} « {value} » est inconnue ; choisissez parmi {known}"
        raise LoadError(message) from error


def condition(data: Data, name: str) -> Condition | None:
    """Return a condition whose tree can be walked; the proof checks what it says.

    Raises:
        LoadError: it is no condition.
    """
    value = data.get(name)
    if value is None or value in ("", {}):
        return None
    _check_condition(value)
    return value


def _check_condition(data: Any) -> None:  # noqa: ANN401
    if not isinstance(data, Mapping):
        message = (
            f"« {data} » n’est pas une condition ; écrivez un champ, un opérateur et "
            "une valeur"
        )
        raise LoadError(message)
    for key in ("all", "any"):
        parts = data.get(key, [])
        if not isinstance(parts, list | tuple):
            message = f"condition : « {key} » attend une liste ; corrigez-la"
            raise LoadError(message)
        for part in parts:
            _check_condition(part)
    if "not" in data:
        _check_condition(data["not"])
    for key in ("field", "operator"):
        if key in data and not isinstance(data[key], str):
            message = f"condition : « {key} » attend un nom ; corrigez « {data[key]} »"
            raise LoadError(message)
