"""What conditions may be built from, and what they say, for those who build them."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.content_types.consultation.upstream_form import STEPS
from sicp.engines.drafting.conditions import accepted_operators
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.conditions import to_french
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.typography import spaced
from sicp.i18n import _
from sicp.operations.clause.field import drafting_fields

#: What the fields that no step asks are called, and the questions of a clause.
CONTEXT_TITLE = _("condition-group-context", default="Ce que l’application sait")
OWN_TITLE = _("condition-group-own", default="Questions de la clause")

#: What people read for each operator; dates have words of their own.
OPERATOR_TITLES = {
    "is": _("operator-is", default="est"),
    "is_not": _("operator-is-not", default="n’est pas"),
    "in": _("operator-in", default="est l’une de ces valeurs"),
    "not_in": _("operator-not-in", default="n’est aucune de ces valeurs"),
    "gt": _("operator-gt", default="est supérieur à"),
    "ge": _("operator-ge", default="est d’au moins"),
    "lt": _("operator-lt", default="est inférieur à"),
    "le": _("operator-le", default="est d’au plus"),
    "contains": _("operator-contains", default="comprend"),
    "filled": _("operator-filled", default="est renseigné"),
    "empty": _("operator-empty", default="n’est pas renseigné"),
}
_DATE_TITLES = {
    "gt": _("operator-after", default="est après le"),
    "ge": _("operator-from", default="est au plus tôt le"),
    "lt": _("operator-before", default="est avant le"),
    "le": _("operator-until", default="est au plus tard le"),
}
_KINDS = {
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choice",
    FieldType.BOOLEAN: "boolean",
    FieldType.DATE: "date",
    FieldType.DATETIME: "date",
    FieldType.AMOUNT: "number",
    FieldType.PERCENT: "number",
    FieldType.INTEGER: "number",
    FieldType.MONTHS: "number",
    FieldType.DAYS: "number",
}
_UNITS = {
    FieldType.AMOUNT: "€",
    FieldType.PERCENT: "%",
    FieldType.MONTHS: _("unit-months", default="mois"),
    FieldType.DAYS: _("unit-days", default="jours"),
}
_NO_VALUE = frozenset({"filled", "empty"})


@dataclass(frozen=True, slots=True)
class Comparable:
    """A field a condition may test, as people read it.

    ``kind`` is choice, boolean, number, date or text; ``operators`` are triples of
    name, title, whether a value is compared; ``choices`` pairs of value and title.
    """

    name: str
    title: str
    group: str
    kind: str
    operators: tuple[tuple[str, str, bool], ...]
    choices: tuple[tuple[str, str], ...]
    unit: str


def condition_fields(on: date, variables: Iterable[Field] = ()) -> FieldSet:
    """Return all that conditions may name on the day ``on``, columns included."""
    fields = drafting_fields(on)
    tables = (field for field in fields.values() if field.type is FieldType.ROWS)
    columns = tuple(column for table in tables for column in row_fields(table))
    return fields.extended_with((*columns, *variables))


def condition_vocabulary(
    on: date,
    variables: Iterable[Field] = (),
    repeat: str = "",
    own_title: str = OWN_TITLE,
) -> list[Comparable]:
    """Return what a person may choose from, step by step of the form.

    ``repeat`` names the table of which a clause repeats on each row: the columns of
    that row may then be tested too. ``own_title`` is what ``variables`` are called.
    """
    fields = drafting_fields(on)
    steps = {name: french(title) for name, title in STEPS}
    found = []
    for field in fields.values():
        group = steps.get(field.step, french(CONTEXT_TITLE))
        found.append(_comparable(field, field.title, group))
        if field.type is FieldType.ROWS:
            columns = (*_all_rows(field, fields), *_one_row(field, repeat))
            found += [
                _comparable(
                    column, f"{french(field.title)} : {french(column.title)}", group
                )
                for column in columns
            ]
    found += [_comparable(field, field.title, french(own_title)) for field in variables]
    return [item for item in found if item.operators]


def say_condition(
    condition: Mapping[str, Any] | None, on: date, variables: Iterable[Field] = ()
) -> str:
    """Read a condition back as a French sentence."""
    return spaced(to_french(condition, condition_fields(on, variables)))


def condition_faults(
    condition: Mapping[str, Any] | None, on: date, variables: Iterable[Field] = ()
) -> list[str]:
    """Say in French what is wrong with a condition; empty when it is sound."""
    return list(check(condition, condition_fields(on, variables)))


def _full_title(table: Field, column: Field) -> str:
    return f"{french(table.title)} : {french(column.title)}"


def _all_rows(table: Field, fields: FieldSet) -> list[Field]:
    """Return the columns that all rows together may be asked (« criteria.kind »)."""
    facts = Facts({}, fields)
    names = (f"{table.name}.{c.name}" for c in table.columns if c.choices)
    return [field for name in names if (field := facts.field(name)) is not None]


def _one_row(table: Field, repeat: str) -> tuple[Field, ...]:
    return row_fields(table) if table.name == repeat else ()


def _comparable(field: Field, title: str, group: str) -> Comparable:
    titles = OPERATOR_TITLES
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        titles = {**OPERATOR_TITLES, **_DATE_TITLES}
    operators = tuple(
        (name, titles[name], name not in _NO_VALUE)
        for name in accepted_operators(field)
    )
    return Comparable(
        field.name,
        spaced(french(title)),
        group,
        _KINDS.get(field.type, "text"),
        operators,
        tuple((choice.value, french(choice.title)) for choice in field.choices),
        french(_UNITS.get(field.type, "")),
    )
