"""What can be said of the text of one clause without any answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.blocks import inlines_of
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.formats import formats_accept
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import fields_named

_COUNTED = frozenset({FieldType.ROWS, FieldType.CHOICES, FieldType.INTEGER})


def scope(clause: Clause, fields: FieldSet) -> FieldSet:
    """Return every field the clause may name: form, own variables, row if repeated."""
    own = tuple(v for v in clause.variables if v.name not in fields)
    rows = fields.get(clause.repeat)
    return fields.extended_with((*own, *(row_fields(rows) if rows else ())))


def references(clause: Clause) -> tuple[Reference, ...]:
    """Return the references of a clause, none when its text cannot be read."""
    try:
        inlines = [i for i, _, _ in _walk_clause(clause, FieldSet())]
    except MarkupError:
        return ()
    return tuple(inline for inline in inlines if isinstance(inline, Reference))


def text_faults(clause: Clause, fields: FieldSet) -> Iterator[str]:
    """Yield what is wrong in the text and in the title of a clause, in French."""
    try:
        walked = list(_walk_clause(clause, scope(clause, fields)))
    except MarkupError as error:
        yield f"{error} ; corrigez le texte à cet endroit"
        return
    for block in clause.blocks:
        if isinstance(block, Table) and block.repeat:
            yield from _repeat_faults(block.repeat, scope(clause, fields))
    for inline, known, _ in walked:
        yield from _inline_faults(inline, known)


def inlines_faults(inlines: tuple[Any, ...], fields: FieldSet) -> Iterator[str]:
    """Yield what is wrong in one run of text that is no clause (a title, a cover)."""
    for inline, known, _ in _walk(inlines, fields, ()):
        yield from _inline_faults(inline, known)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A conditional fragment, with the tests it stands in, its own one last."""

    tests: tuple[Condition, ...]
    fields: FieldSet


def fragments(clause: Clause, fields: FieldSet) -> tuple[Fragment, ...]:
    """Return the conditional fragments of a clause whose text can be read."""
    try:
        walked = list(_walk_clause(clause, scope(clause, fields)))
    except MarkupError:
        return ()
    return tuple(
        Fragment((*(guard.condition for guard in guards), inline.condition), known)
        for inline, known, guards in walked
        if isinstance(inline, Conditional)
    )


def unguarded(clause: Clause, fields: FieldSet) -> Iterator[str]:
    """Yield the titles of optional values printed without « if … filled » around."""
    try:
        walked = list(_walk_clause(clause, scope(clause, fields)))
    except MarkupError:
        return
    decided = set(fields_named(clause.condition))
    for inline, known, guards in walked:
        tested = decided | {guard.field for guard in guards}
        if isinstance(inline, Variable) and inline.name not in tested:
            field = known.get(inline.name)
            if field is not None and _may_be_empty(field, clause):
                yield french(field.title)


def unused_variables(clause: Clause) -> Iterator[str]:
    """Yield the titles of variables a clause declares and never uses."""
    try:
        walked = [i for i, _, _ in _walk_clause(clause, FieldSet())]
    except MarkupError:
        return
    named = {i.name for i in walked if isinstance(i, Variable | Plural)}
    named |= {i.field for i in walked if isinstance(i, Conditional)}
    named |= {n for v in clause.variables for n in fields_named(v.applies_when)}
    named |= set(fields_named(clause.condition))
    for variable in clause.variables:
        if variable.name not in named:
            yield french(variable.title)


def _may_be_empty(field: Field, clause: Clause) -> bool:
    is_asked = bool(field.step) or field.name in {v.name for v in clause.variables}
    return is_asked and not field.required and "default" not in field.meta


Guards = tuple[Conditional, ...]
Walked = tuple[Any, FieldSet, Guards]


def _walk_clause(clause: Clause, fields: FieldSet) -> Iterator[Walked]:
    """Yield inlines with the fields they may name and the fragments they stand in."""
    yield from _walk(clause.heading, fields, ())
    for block in clause.blocks:
        known = fields
        if isinstance(block, Table) and block.repeat in fields:
            known = fields.extended_with(row_fields(fields[block.repeat]))
        for inlines in inlines_of(block):
            yield from _walk(inlines, known, ())


def _walk(
    inlines: tuple[Any, ...], fields: FieldSet, guards: Guards
) -> Iterator[Walked]:
    for inline in inlines:
        yield inline, fields, guards
        if isinstance(inline, Styled):
            yield from _walk(inline.inlines, fields, guards)
        elif isinstance(inline, Conditional):
            yield from _walk(inline.inlines, fields, (*guards, inline))


def _inline_faults(inline: Any, fields: FieldSet) -> Iterator[str]:  # noqa: ANN401
    match inline:
        case Variable():
            yield from _variable_faults(inline, fields)
        case Plural():
            field = fields.get(inline.name)
            if field is None:
                yield _unknown(inline.name)
            elif field.type not in _COUNTED:
                yield (
                    f"« {french(field.title)} » ne se compte pas : pas de pluriel ; "
                    "prenez une liste ou un nombre entier"
                )
        case Conditional():
            yield from check(inline.condition, fields)


def _variable_faults(inline: Variable, fields: FieldSet) -> Iterator[str]:
    field = Facts({}, fields).field(inline.name)
    if field is None:
        yield _unknown(inline.name)
    elif not formats_accept(field, inline.format):
        title = french(field.title)
        fitting = [n for n, types in FORMAT_TYPES.items() if field.type in types]
        yield (
            f"le format « {inline.format} » ne convient pas à « {title} » ; choisissez "
            f"parmi {', '.join(f'« {name} »' for name in fitting)}"
        )


def _repeat_faults(name: str, fields: FieldSet) -> Iterator[str]:
    field = fields.get(name)
    if field is None:
        yield _unknown(name)
    elif field.type is not FieldType.ROWS:
        yield (
            f"un tableau ne se répète pas sur « {french(field.title)} » ; choisissez "
            "une liste du formulaire amont"
        )


def _unknown(name: str) -> str:
    return (
        f"le texte cite « {name} », qui n’est ni un champ ni une variable ; citez un "
        "champ du formulaire amont ou ajoutez cette variable à la clause"
    )
