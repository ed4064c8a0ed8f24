"""One clause as a document would print it, for those who write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import ConditionError
from sicp.engines.drafting.conditions import evaluate
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.html import render_section
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.typography import spaced
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.library import library_of
from sicp.operations.clause.library import read_data
from sicp.operations.document.context import answers_for_drafting

_FIRST_HEADING = 3
_AHEAD = timedelta(days=60)
#: Short enough to be read, long enough to show how the clause repeats.
_SAMPLE_ROWS = 2


@dataclass(frozen=True, slots=True)
class ClauseSample:
    """The clause as printed. ``holds`` is None when its condition is faulty."""

    html: str
    holds: bool | None
    questions: tuple[str, ...]
    problems: tuple[str, ...]


def sample_clause(
    site: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    on: date,
    consultation: Any = None,  # noqa: ANN401
) -> ClauseSample:
    """Print a clause on the answers of ``consultation``, or on invented ones.

    The clause is shown even where its condition would leave it out. Articles it refers
    to are not there: their replacement text is.

    Raises:
        InvalidInputError: the clause cannot be read.
    """
    clause = read_data(data)
    fields = drafting_fields(on)
    answers = (
        {**sample_answers(fields), **wanted_by(clause.condition)}
        if consultation is None
        else answers_for_drafting(site, consultation, {}, on)
    )
    shown = replace(clause, condition=None, kind=ClauseKind.COMPULSORY, group="")
    others = (c for c in library_of(site, on) if c.id != clause.id)
    canevas = Canevas("sample", "", "", parts=(ClauseUse(clause.id),))
    draft = assemble(canevas, Library((*others, shown)), answers, fields)
    html = "".join(
        render_section(section, first_heading=_FIRST_HEADING)
        for section in draft.sections
    )
    return ClauseSample(
        html,
        _holds(clause, answers, fields),
        tuple(spaced(french(question.title)) for question in draft.questions),
        tuple(spaced(problem.message) for problem in draft.problems),
    )


def sample_answers(fields: FieldSet) -> dict[str, Any]:
    """Return invented answers to every question, the same each time."""
    return {name: _sample(field) for name, field in fields.items()}


def wanted_by(condition: Condition | None) -> dict[str, Any]:
    """Return answers that the plainest tests of a condition ask for."""
    if not condition:
        return {}
    parts = [*condition.get("all", ()), *condition.get("any", ())[:1]]
    found = {name: v for part in parts for name, v in wanted_by(part).items()}
    operator, value = condition.get("operator"), condition.get("value")
    if operator == "is":
        found[condition["field"]] = value
    elif operator == "in" and value:
        found[condition["field"]] = value[0]
    elif operator in {"gt", "ge"} and isinstance(value, int | float | Decimal):
        found[condition["field"]] = value + 1
    return found


def _holds(clause: Clause, answers: Mapping[str, Any], fields: FieldSet) -> bool | None:
    try:
        return evaluate(
            clause.condition, answers, fields.extended_with(clause.variables)
        )
    except ConditionError:
        return None


def _sample(field: Field, rank: int = 1) -> Any:  # noqa: ANN401
    if field.type is FieldType.ROWS:
        return tuple(
            {column.name: _sample(column, number) for column in field.columns}
            for number in range(1, _SAMPLE_ROWS + 1)
        )
    if field.choices:
        value = field.choices[(rank - 1) % len(field.choices)].value
        return (value,) if field.type is FieldType.CHOICES else value
    return _plain(field, rank)


def _plain(field: Field, rank: int) -> Any:  # noqa: ANN401
    day = datetime(2027, 3, 15, 11, 0, tzinfo=UTC) + _AHEAD * (rank - 1)
    values = {
        FieldType.INTEGER: rank,
        FieldType.AMOUNT: Decimal(216_000),
        FieldType.PERCENT: Decimal(5),
        FieldType.MONTHS: 12,
        FieldType.DAYS: 30,
        FieldType.DATE: day.date(),
        FieldType.DATETIME: day,
        FieldType.BOOLEAN: True,
        FieldType.CPV: "45000000",
    }
    if field.name == "number":
        return rank
    return values.get(field.type, spaced(f"[{french(field.title)}]"))
