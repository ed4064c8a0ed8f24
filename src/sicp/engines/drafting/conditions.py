"""Conditions as the rest of the house uses them: evaluate, check, read in French."""

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.operators import OPERATORS
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import ConditionError
from sicp.engines.drafting.operators import fields_named
from sicp.engines.drafting.operators import tests_of
from sicp.engines.drafting.operators import wanted_value
from sicp.engines.drafting.values import UnreadableValueError

__all__ = [
    "Condition",
    "ConditionError",
    "accepted_operators",
    "check",
    "evaluate",
    "fields_named",
    "may_hold",
    "tests_of",
    "to_french",
]

_KEYS = ("all", "any", "not", "field")


def evaluate(
    condition: Condition | None, answers: Mapping[str, Any], fields: FieldSet
) -> bool:
    """Tell whether ``condition`` holds for ``answers``.

    A field that does not apply is empty. « n’est pas » holds on an empty field,
    « est », comparisons and « contient » do not.

    Raises:
        ConditionError: unknown field or operator, or unreadable value.
    """
    return Facts(answers, fields).holds(condition)


def may_hold(
    condition: Condition | None, answers: Mapping[str, Any], fields: FieldSet
) -> bool:
    """Tell whether ``condition`` may still hold when only ``answers`` are known.

    A field that has no answer yet may have any: each test on it may go either way,
    whatever the other tests on it say.

    Raises:
        ConditionError: unknown operator, or unreadable value.
    """
    return True in _outcomes(condition, answers, Facts(answers, fields))


def _outcomes(
    condition: Condition | None, answers: Mapping[str, Any], facts: Facts
) -> set[bool]:
    if not condition:
        return {True}
    if "not" in condition:
        return {not o for o in _outcomes(condition["not"], answers, facts)}
    for key, decisive in (("all", False), ("any", True)):
        if key in condition:
            parts = [_outcomes(part, answers, facts) for part in condition[key]]
            some = {decisive} if any(decisive in part for part in parts) else set()
            rest = all((not decisive) in part for part in parts)
            return some | ({not decisive} if rest else set())
    is_known = condition.get("field") in answers
    return {facts.holds(condition)} if is_known else {True, False}


def check(
    condition: Condition | None, fields: FieldSet, subject: str = ""
) -> tuple[str, ...]:
    """Return every fault of a condition in French; ``subject`` names who bears it."""
    prefix = f"{subject} : " if subject else ""
    return tuple(prefix + fault for fault in _faults(condition, fields))


def accepted_operators(field: Field) -> tuple[str, ...]:
    """Return the names of the operators that suit a field, the usual ones first."""
    return tuple(name for name in OPERATORS if _accepts(name, field))


def _faults(condition: Any, fields: FieldSet) -> list[str]:  # noqa: ANN401
    if condition is None or condition == {}:
        return []
    if not isinstance(condition, Mapping):
        return [
            "la condition n’est pas écrite dans la forme attendue ; écrivez un champ, "
            "un opérateur et une valeur"
        ]
    keys = [key for key in _KEYS if key in condition]
    if len(keys) != 1:
        return [
            "une condition porte une seule clé parmi « all », « any », « not » "
            "et « field » ; séparez ce qu’elle dit en plusieurs conditions"
        ]
    if keys[0] == "field":
        return _test_faults(condition, fields)
    return _branch_faults(keys[0], condition, fields)


def _branch_faults(key: str, condition: Condition, fields: FieldSet) -> list[str]:
    if len(condition) > 1:
        return [f"la clé « {key} » ne va avec aucune autre clé ; retirez les autres"]
    content = condition[key]
    if key == "not":
        empty = ["« not » ne porte rien ; dites quelle condition il nie"]
        return _faults(content, fields) if content else empty
    if not isinstance(content, list | tuple) or not content:
        return [f"« {key} » attend une liste de conditions ; ajoutez-en au moins une"]
    return [fault for part in content for fault in _faults(part or "", fields)]


def _test_faults(test: Condition, fields: FieldSet) -> list[str]:
    name = test["field"]
    field = Facts({}, fields).field(name) if isinstance(name, str) else None
    if field is None:
        return [
            f"le champ « {name} » n’existe pas ou plus ; choisissez un champ du "
            "formulaire amont ou une variable de la clause"
        ]
    operator = OPERATORS.get(test.get("operator", ""))
    if operator is None:
        said = test.get("operator", "")
        return [
            f"l’opérateur « {said} » du champ « {_title(field)} » n’existe pas ; "
            f"choisissez parmi {_fitting(field)}"
        ]
    if not _accepts(test["operator"], field):
        return [
            f"l’opérateur « {test['operator']} » ne convient pas au champ "
            f"« {_title(field)} » ; choisissez parmi {_fitting(field)}"
        ]
    return _value_faults(test, field)


def _accepts(operator: str, field: Field) -> bool:
    if "." in field.name and field.type is FieldType.CHOICES:
        return operator in {"contains", "filled", "empty"}
    if field.type is FieldType.ROWS:
        return operator in {"filled", "empty"}
    return field.type in OPERATORS[operator].types


def _value_faults(test: Condition, field: Field) -> list[str]:
    operator = OPERATORS[test["operator"]]
    if not operator.takes_value:
        return (
            []
            if "value" not in test
            else [
                f"l’opérateur « {test['operator']} » du champ « {_title(field)} » "
                "n’attend pas de valeur ; retirez-la"
            ]
        )
    raw = test.get("value")
    if isinstance(raw, list | tuple) and not operator.takes_list:
        return [
            f"le champ « {_title(field)} » se compare à une seule valeur ; gardez-en "
            "une, ou prenez l’opérateur « in »"
        ]
    try:
        wanted = wanted_value(test, field)
    except UnreadableValueError as error:
        return [f"champ « {_title(field)} » : {error} ; corrigez la valeur"]
    return _choice_faults(wanted if isinstance(wanted, list) else [wanted], field)


def _choice_faults(wanted: list[Any], field: Field) -> list[str]:
    known = {choice.value for choice in field.choices}
    if not known or field.type not in {FieldType.CHOICE, FieldType.CHOICES}:
        return []
    return [
        f"« {value} » n’est pas une valeur du champ « {_title(field)} » ; choisissez "
        f"parmi {_quoted(choice.value for choice in field.choices)}"
        for value in wanted
        if value not in known
    ]


def _fitting(field: Field) -> str:
    return _quoted(name for name in OPERATORS if _accepts(name, field))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def _title(field: Field) -> str:
    return french(field.title)
