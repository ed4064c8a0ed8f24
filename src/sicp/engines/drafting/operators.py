"""The closed language of conditions: its operators, and the decision itself.

A condition is JSON: ``{"all": [..]}``, ``{"any": [..]}``, ``{"not": {..}}`` or
``{"field": NAME, "operator": OP, "value": V}``. There is no code in it, so that a
functional administrator may write it, a lawyer read it and the proof enumerate it.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import Protocol

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce
from sicp.engines.drafting.values import is_empty

Condition = Mapping[str, Any]

_ORDERED = frozenset(
    {
        FieldType.AMOUNT,
        FieldType.INTEGER,
        FieldType.MONTHS,
        FieldType.DAYS,
        FieldType.PERCENT,
        FieldType.DATE,
        FieldType.DATETIME,
    }
)
_EQUAL = frozenset(
    {
        FieldType.CHOICE,
        FieldType.TEXT,
        FieldType.BOOLEAN,
        FieldType.CPV,
        *_ORDERED,
    }
)
_MANY = frozenset({FieldType.CHOICES, FieldType.ROWS})


class ConditionError(ValueError):
    """A condition that cannot be decided; the message says why, in French."""


class Answered(Protocol):
    """What a decision reads: fields, and their values once irrelevance is removed."""

    def field(self, name: str) -> Field | None:
        """Return the field ``name``, or None when nobody knows it."""

    def value(self, name: str) -> Any:  # noqa: ANN401
        """Return the value of ``name``, None when empty or when it does not apply."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison: the types it accepts, and whether it takes a list of values."""

    types: frozenset[FieldType]
    decide: Callable[[Any, Any], bool]
    takes_list: bool = False
    takes_value: bool = True


def _contains(value: Sequence[Any], wanted: object) -> bool:
    return wanted in value


OPERATORS: Mapping[str, Operator] = {
    "is": Operator(_EQUAL, lambda value, wanted: value == wanted),
    "is_not": Operator(_EQUAL, lambda value, wanted: value != wanted),
    "in": Operator(_EQUAL, lambda value, wanted: value in wanted, takes_list=True),
    "not_in": Operator(
        _EQUAL, lambda value, wanted: value not in wanted, takes_list=True
    ),
    "gt": Operator(_ORDERED, lambda value, wanted: value > wanted),
    "ge": Operator(_ORDERED, lambda value, wanted: value >= wanted),
    "lt": Operator(_ORDERED, lambda value, wanted: value < wanted),
    "le": Operator(_ORDERED, lambda value, wanted: value <= wanted),
    "contains": Operator(_MANY, _contains),
    "filled": Operator(
        frozenset(FieldType), lambda value, _: value is not None, takes_value=False
    ),
    "empty": Operator(
        frozenset(FieldType), lambda value, _: value is None, takes_value=False
    ),
}

#: True on an empty field: « n’est pas » is the contrary of « est », always.
TRUE_WHEN_EMPTY = frozenset({"is_not", "not_in", "empty"})

#: The contrary of each operator, where it has one; it holds on empty fields too only
#: for these, because « inférieur » is not the contrary of « supérieur » on nothing.
CONTRARY: Mapping[str, str] = {
    "is": "is_not",
    "is_not": "is",
    "in": "not_in",
    "not_in": "in",
    "filled": "empty",
    "empty": "filled",
}


def decide(condition: Condition | None, answered: Answered) -> bool:
    """Tell whether ``condition`` holds; no condition always does.

    Raises:
        ConditionError: unknown form, field or operator, or unreadable value.
    """
    if not condition:
        return True
    if "all" in condition:
        return all(decide(part, answered) for part in condition["all"])
    if "any" in condition:
        return any(decide(part, answered) for part in condition["any"])
    if "not" in condition:
        return not decide(condition["not"], answered)
    return _decide_test(condition, answered)


def _decide_test(test: Condition, answered: Answered) -> bool:
    name = test.get("field", "")
    field = answered.field(name)
    if field is None:
        message = f"la condition cite le champ « {name} », qui n’existe pas"
        raise ConditionError(message)
    operator = OPERATORS.get(test.get("operator", ""))
    if operator is None:
        message = f"l’opérateur « {test.get('operator', '')} » n’existe pas"
        raise ConditionError(message)
    value = answered.value(name)
    if value is None:
        return test["operator"] in TRUE_WHEN_EMPTY
    try:
        return operator.decide(value, wanted_value(test, field))
    except (UnreadableValueError, TypeError) as error:
        message = f"la condition sur « {name} » est illisible : {error}"
        raise ConditionError(message) from error


def wanted_value(test: Condition, field: Field) -> Any:  # noqa: ANN401
    """Return the value a test compares with, in the shape of the field's type.

    Raises:
        UnreadableValueError: the value is not of that type, or is missing.
    """
    operator = OPERATORS[test["operator"]]
    if not operator.takes_value:
        return None
    raw = test.get("value")
    if operator.takes_list:
        many = raw if isinstance(raw, list | tuple) else [raw]
        return [_one(item, field) for item in many]
    return _one(raw, field)


def _one(raw: Any, field: Field) -> Any:  # noqa: ANN401
    if is_empty(raw.strip() if isinstance(raw, str) else raw):
        message = "la condition ne dit pas à quelle valeur comparer"
        raise UnreadableValueError(message)
    if field.type in _MANY:
        return raw
    return coerce(field, raw)


def fields_named(condition: Condition | None) -> tuple[str, ...]:
    """Return the names of the fields a condition tests, in order, once each."""
    return tuple(dict.fromkeys(_names(condition)))


def tests_of(condition: Condition | None) -> tuple[Condition, ...]:
    """Return every elementary test of a condition, from left to right."""
    if not condition:
        return ()
    for key in ("all", "any"):
        if key in condition:
            return tuple(t for part in condition[key] for t in tests_of(part))
    if "not" in condition:
        return tests_of(condition["not"])
    return (condition,)


def _names(condition: Condition | None) -> list[str]:
    return [test.get("field", "") for test in tests_of(condition)]
