"""Read a condition back as a French sentence a lawyer can check."""

from collections.abc import Mapping
from typing import Any

from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.formats import format_value
from sicp.engines.drafting.formats import joined
from sicp.engines.drafting.nouns import NounPhrase
from sicp.engines.drafting.nouns import noun_phrase
from sicp.engines.drafting.operators import CONTRARY
from sicp.engines.drafting.operators import OPERATORS
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import wanted_value
from sicp.engines.drafting.values import UnreadableValueError

ALWAYS = "toujours"

_DATES = frozenset({FieldType.DATE, FieldType.DATETIME})

#: Said as they are written; a test that does not suit a list still reads.
_QUOTED = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CPV,
        FieldType.CHOICES,
        FieldType.ROWS,
    }
)

_ORDER: Mapping[str, str] = {
    "gt": "supérieur{e} à {value}",
    "ge": "d’au moins {value}",
    "lt": "inférieur{e} à {value}",
    "le": "d’au plus {value}",
}
_DATE_ORDER: Mapping[str, str] = {
    "gt": "postérieur{e} au {value}",
    "ge": "au plus tôt le {value}",
    "lt": "antérieur{e} au {value}",
    "le": "au plus tard le {value}",
}


def to_french(condition: Condition | None, fields: FieldSet) -> str:
    """Return the sentence of a condition, without final stop.

    For example « la procédure est « Appel d’offres ouvert » et le nombre de lots est
    supérieur à 1 ». A field nobody knows is named as it is written.
    """
    if not condition:
        return ALWAYS
    return _sentence(condition, Facts({}, fields), within="")


def _sentence(condition: Condition, facts: Facts, within: str) -> str:
    if "not" in condition:
        return _contrary(condition["not"], facts, within)
    for key, word in (("all", "et"), ("any", "ou")):
        if key in condition:
            return _series(condition[key], facts, within, key, word)
    return _test(condition, facts)


def _series(
    parts: list[Condition], facts: Facts, within: str, key: str, word: str
) -> str:
    said = [_sentence(part, facts, key) for part in parts]
    if len(said) == 1:
        return said[0]
    sentence = f" {word} ".join(said)
    return f"({sentence})" if within and within != key else sentence


def _contrary(condition: Condition, facts: Facts, within: str) -> str:
    if "not" in condition:
        return _sentence(condition["not"], facts, within)
    operator = condition.get("operator", "")
    if operator in CONTRARY:
        return _test({**condition, "operator": CONTRARY[operator]}, facts)
    return f"il n’est pas vrai que {_sentence(condition, facts, 'not')}"


def _test(test: Condition, facts: Facts) -> str:
    name = test.get("field", "")
    operator = test.get("operator", "")
    field = facts.field(name)
    if field is None or operator not in OPERATORS:
        return f"« {name} » {operator} « {test.get('value', '')} »"
    try:
        wanted = wanted_value(test, field)
    except UnreadableValueError:
        return f"« {french(field.title)} » {operator} « {test.get('value', '')} »"
    if operator == "contains":
        return _containment(field, wanted, facts)
    if field.type is FieldType.BOOLEAN and OPERATORS[operator].takes_value:
        return _answer(field, operator, wanted)
    return _plain(noun_phrase(field), field, operator, wanted)


def _plain(noun: NounPhrase, field: Field, operator: str, wanted: Any) -> str:  # noqa: ANN401
    verb = "sont" if noun.is_plural else "est"
    denied = f"ne {verb}" if noun.is_plural else f"n’{verb}"
    ending = noun.ending
    if operator in {"filled", "empty"}:
        state = f"renseigné{ending}"
        if operator == "filled":
            return f"{noun.text} {verb} {state}"
        return f"{noun.text} {denied} pas {state}"
    if operator in {"is", "in"}:
        return f"{noun.text} {verb} {joined(_many(wanted, field), 'ou')}"
    if operator == "is_not":
        return f"{noun.text} {denied} pas {_said(wanted, field)}"
    if operator == "not_in":
        return f"{noun.text} {denied} ni {' ni '.join(_many(wanted, field))}"
    pattern = (_DATE_ORDER if field.type in _DATES else _ORDER)[operator]
    rest = pattern.format(e=ending, value=_said(wanted, field))
    return f"{noun.text} {verb} {rest}"


def _answer(field: Field, operator: str, wanted: Any) -> str:  # noqa: ANN401
    values = wanted if isinstance(wanted, list) else [wanted]
    answers = joined(["oui" if value else "non" for value in values], "ou")
    verb = "est" if operator in {"is", "in"} else "n’est pas"
    return f"la réponse à « {french(field.title)} » {verb} « {answers} »"


def _containment(field: Field, wanted: Any, facts: Facts) -> str:  # noqa: ANN401
    said = f"« {french(field.choice_title(str(wanted)))} »"
    rows, dot, _ = field.name.partition(".")
    table = facts.field(rows) if dot else None
    if table is None:
        noun = noun_phrase(field)
        return f"{noun.text} {'comprennent' if noun.is_plural else 'comprend'} {said}"
    return (
        f"la liste « {french(table.title)} » comprend un élément dont "
        f"« {french(field.title)} » est {said}"
    )


def _many(wanted: Any, field: Field) -> list[str]:  # noqa: ANN401
    values = wanted if isinstance(wanted, list) else [wanted]
    return [_said(value, field) for value in values]


def _said(value: Any, field: Field) -> str:  # noqa: ANN401
    if field.type is FieldType.CHOICE:
        return f"« {french(field.choice_title(str(value)))} »"
    if field.type in _QUOTED:
        return f"« {value} »"
    return format_value(field, value)
