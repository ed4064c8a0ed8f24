"""The variables of clauses: each one a question that can be asked and understood."""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseVariable
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce

_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")
_CHOSEN = frozenset({FieldType.CHOICE, FieldType.CHOICES})


def variable_faults(variable: ClauseVariable) -> Iterator[str]:
    """Yield what is wrong in a variable by itself, in French."""
    if not _NAME.match(variable.name):
        yield (
            f"son nom « {variable.name} » ne peut être cité par un texte ; n’y mettez "
            "que des lettres minuscules sans accent, des chiffres et « _ »"
        )
    if variable.type is FieldType.ROWS:
        yield (
            "une variable de clause ne peut être une liste de lignes ; choisissez un "
            "autre type"
        )
    yield from _choice_faults(variable)
    yield from _bound_faults(variable)
    yield from _default_faults(variable)


def check_names(clauses: Iterable[Clause], fields: FieldSet, report: Report) -> None:
    """Check that one name means one question in the whole document."""
    first: dict[str, tuple[Clause, Field]] = {}
    for clause in clauses:
        counts = Counter(variable.name for variable in clause.variables)
        for name, count in counts.items():
            if count > 1:
                reason = f"la variable « {name} » y figure {count} fois ; gardez-en une"
                report.blame(clause, reason)
        for variable in clause.variables:
            if variable.name in fields:
                report.blame(clause, _taken(variable.name))
            other, known = first.setdefault(variable.name, (clause, variable))
            if other.id != clause.id:
                _compare(clause, variable, other, known, report)


def _compare(
    clause: Clause,
    variable: ClauseVariable,
    other: Clause,
    known: ClauseVariable,
    report: Report,
) -> None:
    if (variable.type, variable.choices) != (known.type, known.choices):
        report.blame(
            clause,
            f"la variable « {variable.name} » n’a pas la même forme dans la clause "
            f"« {other.title} » ; donnez-leur le même type et les mêmes choix, ou un "
            "autre nom à l’une des deux",
        )
    elif french(variable.title) != french(known.title):
        report.note(
            clause,
            f"la variable « {variable.name} » n’a pas le même intitulé dans la clause "
            f"« {other.title} » ; une seule question sera posée, donnez-leur le même "
            "intitulé",
        )


def _taken(name: str) -> str:
    return (
        f"la variable « {name} » porte le nom d’un champ du formulaire amont ; donnez-"
        "lui un autre nom, ou supprimez-la et citez le champ"
    )


def _choice_faults(variable: ClauseVariable) -> Iterator[str]:
    if variable.type not in _CHOSEN:
        if variable.choices:
            yield (
                "elle a des choix, mais son type n’en propose pas ; supprimez les "
                "choix ou changez le type"
            )
        return
    if not variable.choices:
        yield "elle ne propose aucun choix ; ajoutez-en au moins deux"
    for said, values in (
        ("la valeur", [choice.value for choice in variable.choices]),
        ("l’intitulé", [french(choice.title) for choice in variable.choices]),
    ):
        for value, count in Counter(values).items():
            if count > 1:
                yield f"{count} choix ont {said} « {value} » ; gardez-en un seul"


def _bound_faults(variable: ClauseVariable) -> Iterator[str]:
    low, high = variable.minimum, variable.maximum
    if low is not None and high is not None and low > high:
        yield (
            f"son minimum ({low}) dépasse son maximum ({high}) : aucune réponse n’est "
            "admise ; corrigez l’un des deux"
        )


def _default_faults(variable: ClauseVariable) -> Iterator[str]:
    raw = variable.meta.get("default")
    try:
        value = coerce(variable, raw)
    except UnreadableValueError as error:
        yield f"valeur proposée : {error} ; corrigez-la ou supprimez-la"
        return
    if value is None:
        return
    known = {choice.value for choice in variable.choices}
    chosen = value if isinstance(value, tuple) else (value,)
    if variable.type in _CHOSEN and not known.issuperset(chosen):
        yield (
            f"la valeur proposée « {raw} » n’est pas l’un de ses choix ; proposez-en un"
        )
    if not _is_within(variable, value):
        yield (
            f"la valeur proposée « {raw} » est hors de ses limites ; corrigez-la ou "
            "changez le minimum ou le maximum"
        )


def _is_within(variable: ClauseVariable, value: Any) -> bool:  # noqa: ANN401
    try:
        low = variable.minimum is None or value >= variable.minimum
        return bool(low and (variable.maximum is None or value <= variable.maximum))
    except TypeError:
        # Bounds mean nothing for this type (a date, a text).
        return True
