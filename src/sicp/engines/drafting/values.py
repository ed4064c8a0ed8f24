"""Values of fields: read them leniently, know when they are empty.

Answers come from forms (Python values), from stored drafts and from the YAML of the
clause library (text, numbers): all are brought to the shape of the field's type here,
so that a condition never compares a date to the text of a date.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from decimal import InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType

#: Public contracts are read by the clock on the wall of the French buyer.
PARIS = ZoneInfo("Europe/Paris")

TRUE_WORDS = frozenset({"true", "oui"})
FALSE_WORDS = frozenset({"false", "non"})

#: What a value of each type must be, told to the author of a condition.
EXPECTED: Mapping[FieldType, str] = {
    FieldType.INTEGER: "un nombre entier",
    FieldType.MONTHS: "un nombre entier de mois",
    FieldType.DAYS: "un nombre entier de jours",
    FieldType.AMOUNT: "un montant",
    FieldType.PERCENT: "un pourcentage",
    FieldType.DATE: "une date de la forme 2027-03-15",
    FieldType.DATETIME: "une date et une heure de la forme 2027-03-15T12:00",
    FieldType.BOOLEAN: "oui ou non (true ou false)",
    FieldType.CHOICES: "une liste de valeurs",
    FieldType.ROWS: "une liste de lignes",
}


class UnreadableValueError(ValueError):
    """A value that its field cannot hold; the message says in French what is due."""


def is_empty(value: object) -> bool:
    """Tell whether ``value`` is no answer; « non » and zero are answers."""
    return value is None or (
        isinstance(value, str | tuple | list | Mapping) and not value
    )


def coerce(field: Field, value: Any) -> Any:  # noqa: ANN401
    """Bring ``value`` to the Python shape of its field, or None when it is empty.

    Raises:
        UnreadableValueError: the value is not of the type of the field.
    """
    if isinstance(value, str):
        value = value.strip()
    if is_empty(value):
        return None
    reader: Callable[[Any], Any] = _READERS.get(field.type, _text)
    try:
        return reader(value)
    except (ValueError, TypeError, InvalidOperation) as error:
        expected = EXPECTED.get(field.type, "un texte")
        message = f"la valeur « {value} » n’est pas {expected}"
        raise UnreadableValueError(message) from error


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, bool | list | tuple | Mapping):
        raise TypeError
    return str(value)


def _integer(value: Any) -> int:  # noqa: ANN401
    number = _decimal(value)
    if number != number.to_integral_value():
        raise ValueError
    return int(number)


def _decimal(value: Any) -> Decimal:  # noqa: ANN401
    if isinstance(value, bool):
        raise TypeError
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError
    return number


def _date(value: Any) -> date:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value)


def _datetime(value: Any) -> datetime:  # noqa: ANN401
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    read = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return read.astimezone(PARIS).replace(tzinfo=None) if read.tzinfo else read


def _boolean(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise TypeError
    if value.lower() not in TRUE_WORDS | FALSE_WORDS:
        raise ValueError
    return value.lower() in TRUE_WORDS


def _choices(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if isinstance(value, str):
        return (value,)
    return tuple(_text(item) for item in value)


def _rows(value: Any) -> tuple[Mapping[str, Any], ...]:  # noqa: ANN401
    rows = tuple(value)
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError
    return rows


_READERS: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.INTEGER: _integer,
    FieldType.MONTHS: _integer,
    FieldType.DAYS: _integer,
    FieldType.AMOUNT: _decimal,
    FieldType.PERCENT: _decimal,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.BOOLEAN: _boolean,
    FieldType.CHOICES: _choices,
    FieldType.ROWS: _rows,
}
