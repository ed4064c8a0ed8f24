"""What can be said of each clause of a canevas without trying answers."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.text_proof import references
from sicp.engines.drafting.text_proof import scope
from sicp.engines.drafting.text_proof import text_faults
from sicp.engines.drafting.text_proof import unguarded
from sicp.engines.drafting.text_proof import unused_variables
from sicp.engines.drafting.variable_proof import variable_faults


def check_clause(clause: Clause, fields: FieldSet, report: Report) -> None:
    """Check a clause by itself: condition, variables, text, repetition, dates."""
    known = scope(clause, fields)
    for fault in check(clause.condition, known, "condition"):
        report.unreadable(f"clause « {clause.title} », {fault}", clause.id)
    for variable in clause.variables:
        subject = f"variable « {french(variable.title)} »"
        for fault in check(variable.applies_when, known, subject):
            report.unreadable(f"clause « {clause.title} », {fault}", clause.id)
        for fault in variable_faults(variable):
            report.blame(clause, f"{subject} : {fault}")
    for fault in text_faults(clause, fields):
        report.blame(clause, fault)
    for fault in (*_repeat_faults(clause, fields), *_kind_faults(clause)):
        report.blame(clause, fault)
    for fault in (*_date_faults(clause), *_derogation_faults(clause, fields)):
        report.blame(clause, fault)
    for remark in _remarks(clause, fields):
        report.note(clause, remark)


def check_targets(
    clauses: Iterable[Clause],
    library: Library,
    on: date | None,
    *,
    has_articles: bool,
    report: Report,
) -> None:
    """Check that references lead to clauses there are, or have words instead."""
    every = tuple(clauses)
    called = {clause.id for clause in every}
    for clause in every:
        for reference in references(clause):
            target = library.clause(reference.clause_id, on)
            if target is None:
                report.blame(
                    clause,
                    f"renvoi à la clause « {reference.clause_id} », introuvable ou "
                    "hors de sa validité ; renvoyez à une autre clause ou supprimez "
                    "le renvoi",
                )
            elif not reference.fallback:
                for fault in _hole(clause, target, called, has_articles=has_articles):
                    report.blame(clause, fault)
            elif target.id == clause.id:
                reason = "elle renvoie à elle-même ; renvoyez à une autre clause"
                report.note(clause, reason)


def _hole(
    clause: Clause, target: Clause, called: Collection[str], *, has_articles: bool
) -> Iterator[str]:
    advice = "écrivez un texte de remplacement dans le renvoi"
    if target.id not in called:
        yield (
            f"renvoi à « {target.title} », absente de ce canevas, sans texte de "
            f"remplacement ; {advice} ou ajoutez cette clause au canevas"
        )
    elif not has_articles:
        yield (
            f"renvoi à « {target.title} », mais ce document n’a pas d’articles "
            f"numérotés ; {advice}"
        )
    elif target.id == clause.id:
        yield "elle renvoie à elle-même ; renvoyez à une autre clause"


def _repeat_faults(clause: Clause, fields: FieldSet) -> Iterator[str]:
    if not clause.repeat:
        return
    field = fields.get(clause.repeat)
    advice = "choisissez une liste du formulaire amont (lots, tranches…)"
    if field is None:
        yield f"elle se répète sur « {clause.repeat} », introuvable ; {advice}"
    elif field.type is not FieldType.ROWS:
        title = french(field.title)
        yield f"elle se répète sur « {title} », qui n’est pas une liste ; {advice}"


def _kind_faults(clause: Clause) -> Iterator[str]:
    if clause.kind is ClauseKind.ALTERNATIVE and not clause.group:
        yield (
            "une alternative doit nommer son groupe ; indiquez-le, ou changez sa nature"
        )
    if clause.kind is not ClauseKind.ALTERNATIVE and clause.group:
        yield (
            f"elle nomme le groupe « {clause.group} » sans être une alternative ; "
            "changez sa nature ou supprimez le groupe"
        )


def _date_faults(clause: Clause) -> Iterator[str]:
    starts, ends = clause.valid_from, clause.valid_until
    if starts is not None and ends is not None and starts > ends:
        yield (
            f"sa validité finit le {ends:%d/%m/%Y}, avant de commencer le "
            f"{starts:%d/%m/%Y} ; corrigez l’une des deux dates"
        )


def _derogation_faults(clause: Clause, fields: FieldSet) -> Iterator[str]:
    field = fields.get("ccag")
    known = {choice.value for choice in field.choices} if field else set()
    for derogation in clause.derogates:
        if known and derogation.ccag not in known:
            yield (
                f"elle déroge au CCAG « {derogation.ccag} », qui n’existe pas ; "
                f"choisissez parmi {', '.join(f'« {name} »' for name in sorted(known))}"
            )


def _remarks(clause: Clause, fields: FieldSet) -> Iterator[str]:
    for title in unused_variables(clause):
        yield (
            f"la variable « {title} » ne sert à rien ; citez-la dans le texte ou "
            "supprimez-la"
        )
    for title in dict.fromkeys(unguarded(clause, fields)):
        yield (
            f"« {title} » peut être vide et n’est pas sous condition ; mettez les mots "
            "qui la citent sous la condition qu’elle est renseignée"
        )
    if clause.kind is not ClauseKind.FREE and _is_empty(clause):
        yield "son texte est vide ; écrivez-le, ou faites-en une clause libre"


def _is_empty(clause: Clause) -> bool:
    try:
        return not clause.blocks
    except MarkupError:
        return False
