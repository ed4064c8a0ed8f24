"""Check a canevas and its clauses for all answers, before anybody uses them.

An *error* would put a problem or a hole into some document; a *remark* is worth a look.
Messages are French and name the clause by its title: a lawyer reads them.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.engines.drafting.answers_proof import AnswersProof
from sicp.engines.drafting.answers_proof import Trials
from sicp.engines.drafting.calls import calls_of
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.clause_proof import check_clause
from sicp.engines.drafting.clause_proof import check_targets
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.findings import Finding
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.findings import Severity
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.plan_proof import PlanProof
from sicp.engines.drafting.variable_proof import check_names

__all__ = ["Finding", "Proof", "Severity", "prove", "prove_data"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check of one canevas gave.

    ``tried`` is how many combinations of answers were tried in all, ``is_exhaustive``
    whether they were all there are; ``partial`` names, in French, what was only tried
    by pairs of answers.
    """

    findings: tuple[Finding, ...]
    tried: int
    is_exhaustive: bool
    partial: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that stand against using the canevas."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """Return the findings that are only worth a look."""
        return tuple(f for f in self.findings if f.severity is Severity.REMARK)

    @property
    def method(self) -> str:
        """Say in French how far the check went."""
        if self.is_exhaustive:
            return f"toutes les combinaisons de réponses utiles ({self.tried})"
        named = ", ".join(self.partial)
        return f"{self.tried} combinaisons ; deux à deux seulement pour {named}"


def prove(
    canevas: Canevas,
    library: Library,
    fields: FieldSet,
    impossible: Iterable[Condition] = (),
    on: date | None = None,
) -> Proof:
    """Check ``canevas`` and every clause it calls.

    Args:
        canevas: what is checked, with what it takes from its parents.
        library: the clauses it calls.
        fields: what the upstream form asks.
        impossible: conditions that no true consultation meets (a count of lots above
            one without lots): such answers are not tried. Answers for which the
            canevas is not proposed are not tried either.
        on: the day whose versions of the clauses are taken; None takes the latest.
    """
    report = Report()
    called = list(calls_of(canevas, library, fields, on, report))
    clauses = {item.clause.id: item.clause for item in called}
    PlanProof(canevas, library, fields, report).check(called)
    for clause in clauses.values():
        check_clause(clause, fields, report)
    has_articles = canevas.layout is Layout.DOCUMENT
    check_targets(
        clauses.values(), library, on, has_articles=has_articles, report=report
    )
    check_names(clauses.values(), fields, report)
    trials = Trials(canevas.applies, impossible)
    if report.is_readable:
        AnswersProof(canevas, fields, trials, report).check(called, library)
    findings = tuple(dict.fromkeys(report.findings))
    return Proof(findings, trials.tried, not trials.partial, tuple(trials.partial))


def prove_data(  # noqa: PLR0913
    data: Mapping[str, Any],
    parents: Mapping[str, Mapping[str, Any]],
    library: Library,
    fields: FieldSet,
    impossible: Iterable[Condition] = (),
    on: date | None = None,
) -> Proof:
    """Check a canevas in plain form; one that cannot be read is an error like others.

    ``parents`` are the canevas it may extend, by id.
    """
    try:
        canevas = canevas_from_data(data, parents)
    except LoadError as error:
        finding = Finding(Severity.ERROR, str(error))
        return Proof((finding,), tried=0, is_exhaustive=True, partial=())
    return prove(canevas, library, fields, impossible, on)
