"""Answers of the right type: read those written, make up those of clauses."""

from collections.abc import Mapping
from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.values import PARIS
from sicp.engines.drafting.values import coerce

MADE_UP: Mapping[FieldType, Any] = {
    FieldType.TEXT: "Service des lycées",
    FieldType.LONG_TEXT: "Première étape en mars, seconde étape en avril.",
    FieldType.INTEGER: 3,
    FieldType.AMOUNT: Decimal(1500),
    FieldType.PERCENT: Decimal(10),
    FieldType.MONTHS: 6,
    FieldType.DAYS: 15,
    FieldType.DATE: date(2027, 1, 15),
    FieldType.DATETIME: datetime(2027, 1, 15, 11, 0, tzinfo=UTC),
    FieldType.BOOLEAN: True,
    FieldType.CPV: "79990000",
}


def typed(field: Field, value: Any) -> Any:  # noqa: ANN401
    """Return ``value`` as the upstream form keeps it, moments with their zone."""
    if field.type is FieldType.ROWS:
        return tuple(_row(field, row) for row in value)
    read = coerce(field, value)
    if field.type is FieldType.DATETIME:
        return read.replace(tzinfo=PARIS).astimezone(UTC)
    return read


def answer_of_type(field: Field, *, is_last: bool = False) -> Any:  # noqa: ANN401
    """Return an answer that a field takes; ``is_last`` takes its last choice."""
    match field.type:
        case FieldType.CHOICE:
            return field.choices[-1 if is_last else 0].value
        case FieldType.CHOICES:
            return tuple(choice.value for choice in field.choices)
        case FieldType.ROWS:
            row = {c.name: answer_of_type(c, is_last=is_last) for c in field.columns}
            return (row, row)
    return _within_bounds(field, MADE_UP[field.type])


def accepts(field: Field, value: Any) -> bool:  # noqa: ANN401
    """Tell whether the form would take ``value``: its choice, bounds and length."""
    if field.type is FieldType.ROWS:
        columns = {column.name: column for column in field.columns}
        return all(accepts(columns[name], row[name]) for row in value for name in row)
    if field.type is FieldType.CHOICE and field.choices:
        return value in {choice.value for choice in field.choices}
    size = len(value) if isinstance(value, str) else value
    if not isinstance(size, int | Decimal):
        return True
    least = size if field.minimum is None else field.minimum
    most = size if field.maximum is None else field.maximum
    return bool(least <= size <= most)


def _row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    columns = {column.name: column for column in field.columns}
    return {name: typed(columns[name], value) for name, value in row.items()}


def _within_bounds(field: Field, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return value
    least = value if field.minimum is None else max(value, field.minimum)
    return least if field.maximum is None else min(least, field.maximum)
