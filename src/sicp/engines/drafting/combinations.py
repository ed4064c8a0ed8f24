"""The answers worth trying: every class of values conditions can tell apart.

For a condition, all unmentioned choices are alike, and so are all numbers between two
thresholds: one of each is enough. When even so there are too many combinations, every
pair of values is tried instead of every combination.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import fields_named
from sicp.engines.drafting.operators import tests_of
from sicp.engines.drafting.operators import wanted_value
from sicp.engines.drafting.values import UnreadableValueError

#: Above this number of combinations, pairs are tried.
LIMIT = 10_000
OTHER = "…"

_WHOLE = frozenset({FieldType.INTEGER, FieldType.MONTHS, FieldType.DAYS})
_DECIMAL = frozenset({FieldType.AMOUNT, FieldType.PERCENT})

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """Answers to try, and whether they are all the combinations there are."""

    answers: tuple[Answers, ...]
    is_exhaustive: bool


def trial(conditions: Iterable[Condition | None], fields: FieldSet) -> Trial:
    """Return the answers that exercise ``conditions`` in every way."""
    closure = _closure([c for c in conditions if c], fields)
    names = {_base(n, fields): None for c in closure for n in fields_named(c)}
    tests = [test for condition in closure for test in tests_of(condition)]
    domains = {n: _domain(fields[n], tests, fields) for n in names if n in fields}
    if prod(len(values) for values in domains.values()) <= LIMIT:
        found = product(*domains.values())
        every = tuple(dict(zip(domains, values, strict=True)) for values in found)
        return Trial(every, is_exhaustive=True)
    return Trial(tuple(pairwise(domains)), is_exhaustive=False)


def pairwise(domains: Mapping[str, Sequence[Any]]) -> Iterator[Answers]:
    """Yield combinations in which every pair of values of two fields is met.

    The fields are added one by one, from the one with most values: each row first
    takes the value that meets most new pairs, then rows are added for the others.
    """
    names = sorted(domains, key=lambda name: -len(domains[name]))
    sizes = [len(domains[name]) for name in names]
    rows: list[list[int]] = [[index] for index in range(sizes[0])] if sizes else []
    for column in range(1, len(sizes)):
        _add_column(rows, sizes, column)
    for row in rows:
        yield {n: domains[n][index] for n, index in zip(names, row, strict=True)}


def _add_column(rows: list[list[int]], sizes: list[int], column: int) -> None:
    missing = {
        (other, a, b)
        for other in range(column)
        for a in range(sizes[other])
        for b in range(sizes[column])
    }
    for row in rows:
        best = max(range(sizes[column]), key=lambda b: _met(row, b, missing))
        missing -= {(other, a, best) for other, a in enumerate(row)}
        row.append(best)
    for other, a, b in sorted(missing):
        if (other, a, b) in missing:
            row = [0] * column + [b]
            row[other] = a
            missing -= {(o, v, b) for o, v in enumerate(row[:-1])}
            rows.append(row)


def _met(row: list[int], value: int, missing: set[tuple[int, int, int]]) -> int:
    return sum((other, a, value) in missing for other, a in enumerate(row))


def _closure(conditions: list[Condition], fields: FieldSet) -> list[Condition]:
    """Add the conditions under which the fields named apply, and so on."""
    found = list(conditions)
    seen: set[str] = set()
    for condition in found:
        for name in fields_named(condition):
            base = _base(name, fields)
            field = fields.get(base)
            if base not in seen and field is not None and field.applies_when:
                found.append(field.applies_when)
            seen.add(base)
    return found


def _base(name: str, fields: FieldSet) -> str:
    return name if name in fields else name.partition(".")[0]


def _domain(field: Field, tests: list[Condition], fields: FieldSet) -> tuple[Any, ...]:
    concerned = [t for t in tests if _base(t["field"], fields) == field.name]
    if field.type is FieldType.ROWS:
        values = _row_values(field, concerned)
    else:
        values = _plain_values(field, list(_mentioned(field, concerned)))
    # A document cannot be frozen without its required values: no need to try that.
    return values if field.required else (None, *values)


def _mentioned(field: Field, tests: list[Condition]) -> Iterator[Any]:
    for test in tests:
        try:
            wanted = wanted_value(test, field)
        except (UnreadableValueError, KeyError):
            continue
        yield from wanted if isinstance(wanted, list) else [wanted]


def _plain_values(field: Field, mentioned: list[Any]) -> tuple[Any, ...]:
    mentioned = [value for value in dict.fromkeys(mentioned) if value is not None]
    if field.type is FieldType.BOOLEAN:
        return (True, False)
    if field.type is FieldType.CHOICES:
        return (
            (_other(field, mentioned),),
            *[(v,) for v in mentioned],
            tuple(mentioned),
        )
    step = _step(field)
    if step is None:
        return (*mentioned, _other(field, mentioned))
    around = {v + delta for v in mentioned for delta in (-step, 0 * step, step)}
    inside = tuple(v for v in sorted(around) if _is_within(field, v))
    return inside or _some_value(field)


def _other(field: Field, mentioned: list[Any]) -> str:
    """Return one value no condition mentions: it stands for all the others."""
    unmentioned = (c.value for c in field.choices if c.value not in mentioned)
    known = mentioned[0] if mentioned and field.choices else OTHER
    return next(unmentioned, known)


def _step(field: Field) -> Any:  # noqa: ANN401
    if field.type in _WHOLE:
        return 1
    if field.type in _DECIMAL:
        return Decimal("0.01")
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return timedelta(days=1)
    return None


def _is_within(field: Field, value: Any) -> bool:  # noqa: ANN401
    low = field.minimum is None or value >= field.minimum
    return low and (field.maximum is None or value <= field.maximum)


def _some_value(field: Field) -> tuple[Any, ...]:
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return ("2030-01-01",)
    return (max(field.minimum or 1, 1),)


def _row_values(field: Field, tests: list[Condition]) -> tuple[Any, ...]:
    """Return tables: one plain row, one per value looked for, and all of these."""
    rows: list[Mapping[str, Any]] = []
    for test in tests:
        _, _, column = test["field"].partition(".")
        if column and "value" in test:
            rows.append({column: test["value"]})
    plain = {column.name: OTHER for column in field.columns}
    tables: list[tuple[Mapping[str, Any], ...]] = [(plain,)]
    tables.extend(({**plain, **row},) for row in rows)
    if len(rows) > 1:
        tables.append(tuple({**plain, **row} for row in rows))
    return tuple(tables)


def told(answers: Answers, fields: FieldSet) -> list[Condition]:
    """Return what ``answers`` say as conditions, to be read in French.

    What does not apply is left out: it was not answered.
    """
    facts = Facts(answers, fields)
    return [_tell(n, v) for n, v in answers.items() if facts.applies(n)]


def _tell(name: str, value: Any) -> Condition:  # noqa: ANN401
    if value is None:
        return {"field": name, "operator": "empty"}
    if isinstance(value, tuple) or value == OTHER:
        return {"field": name, "operator": "filled"}
    return {"field": name, "operator": "is", "value": value}
