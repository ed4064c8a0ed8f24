"""What the upstream form asks, told to the drafting engine in plain data.

A *field* is one question of the upstream form (« formulaire amont ») or one variable
of a clause. The web form, the conditions of clauses, the variables in their text and
the reports about them all read the same description, so that a field can never mean
two things.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import replace
from enum import StrEnum
from typing import Any


class FieldType(StrEnum):
    """The kinds of value a field holds, and their Python shape in the answers."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str, several paragraphs
    INTEGER = "integer"  # int
    AMOUNT = "amount"  # Decimal, EUR excluding tax unless the title says otherwise
    PERCENT = "percent"  # Decimal, 5 means 5 %
    MONTHS = "months"  # int, calendar months
    DAYS = "days"  # int, calendar days unless the title says otherwise
    DATE = "date"  # datetime.date
    DATETIME = "datetime"  # datetime.datetime, aware
    BOOLEAN = "boolean"  # bool
    CHOICE = "choice"  # str, one of the values of ``choices``
    CHOICES = "choices"  # tuple of str
    CPV = "cpv"  # str, eight digits
    ROWS = "rows"  # tuple of mappings, described by ``columns``


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a person may choose; ``title`` is what he reads."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the upstream form, or one variable of a clause.

    ``applies_when`` is a condition in the closed language of ``conditions``; None means
    always. ``required`` is what the *launch* of a consultation needs: a draft may be
    saved without it. ``law`` holds article references such as ``R2112-13``.
    """

    name: str
    title: str
    type: FieldType = FieldType.TEXT
    help: str = ""
    law: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple["Field", ...] = ()
    applies_when: Mapping[str, Any] | None = None
    required: bool = False
    step: str = ""
    on_card: bool = False
    minimum: int | None = None
    maximum: int | None = None
    meta: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def choice_title(self, value: str) -> str:
        """Say what the person reads for ``value``, or the value itself if unknown."""
        return next((c.title for c in self.choices if c.value == value), value)

    def column(self, name: str) -> "Field | None":
        """Find the column ``name`` of a table of rows."""
        return next((c for c in self.columns if c.name == name), None)


class FieldSet(Mapping[str, Field]):
    """All fields a condition or a variable may name, by name, in order of the form."""

    def __init__(self, fields: tuple[Field, ...] = ()) -> None:
        self._fields = {item.name: item for item in fields}

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def extended_with(self, fields: tuple[Field, ...]) -> "FieldSet":
        """Return a new set that also knows ``fields`` (the variables of a clause)."""
        return FieldSet((*self.values(), *fields))


#: How one row of a table is called in conditions and variables: ``{lot.object}``.
ROW_NAMES: Mapping[str, str] = {
    "lots": "lot",
    "tranches": "tranche",
    "criteria": "criterion",
    "cpv_additional": "cpv_row",
}


def french(message: str) -> str:
    """Return the French of a title that may still be a message of the catalogue."""
    interpolate = getattr(message, "interpolate", None)
    return str(interpolate()) if interpolate else message


def row_name(rows: str) -> str:
    """Return the name one row of the table ``rows`` bears, such as ``lot``."""
    return ROW_NAMES.get(rows, f"{rows}_row")


def row_fields(rows: Field) -> tuple[Field, ...]:
    """Return the columns of a table as fields of one of its rows (``lot.object``)."""
    prefix = row_name(rows.name)
    return tuple(replace(c, name=f"{prefix}.{c.name}") for c in rows.columns)


def row_answers(rows: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of one row under the names of ``row_fields``."""
    prefix = row_name(rows)
    return {f"{prefix}.{name}": value for name, value in row.items()}
