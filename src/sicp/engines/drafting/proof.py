"""Check a canevas and its clauses for all answers, before anybody uses them.

An *error* would put a problem or a hole into some document; a *remark* is worth a look.
Messages are French and name the clause by its title: a lawyer reads them.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.combinations import Answers
from sicp.engines.drafting.combinations import Trial
from sicp.engines.drafting.combinations import told
from sicp.engines.drafting.combinations import trial
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import ConditionError
from sicp.engines.drafting.text_proof import references
from sicp.engines.drafting.text_proof import scope
from sicp.engines.drafting.text_proof import text_faults
from sicp.engines.drafting.text_proof import unguarded
from sicp.engines.drafting.text_proof import unused_variables

Conditions = tuple[Condition, ...]


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in French; ``clause_id`` is empty for the canevas itself."""

    severity: Severity
    message: str
    clause_id: str = ""


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
) -> Proof:
    """Check ``canevas`` and every clause it calls.

    ``impossible`` holds conditions that no true consultation meets (a count of lots
    above one without lots): such answers are not tried. Answers for which the canevas
    is not proposed are not tried either.
    """
    return _Check(canevas, library, fields, tuple(impossible)).proof()


@dataclass(frozen=True, slots=True)
class _Called:
    """A clause at one place of the canevas, and all the conditions of its presence."""

    clause: Clause
    path: Conditions
    own: Conditions


class _Check:
    """One check under way."""

    def __init__(
        self,
        canevas: Canevas,
        library: Library,
        fields: FieldSet,
        impossible: Conditions,
    ) -> None:
        self._canevas = canevas
        self._library = library
        self._fields = fields
        self._impossible = impossible
        self._findings: list[Finding] = []
        self._tried = 0
        self._partial: list[str] = []
        self._called = list(self._calls())

    def proof(self) -> Proof:
        self._check_nodes()
        for clause in {c.clause.id: c.clause for c in self._called}.values():
            self._check_clause(clause)
        self._check_variables()
        if not self._errors():
            # Combinations of conditions that cannot be read would prove nothing.
            self._check_presence()
            self._check_groups()
            self._check_references()
        findings = tuple(dict.fromkeys(self._findings))
        is_exhaustive = not self._partial
        return Proof(findings, self._tried, is_exhaustive, tuple(self._partial))

    def _calls(self) -> Iterator[_Called]:
        for use, conditions in self._canevas.clause_uses():
            clause = self._library.clause(use.clause)
            if clause is None:
                message = f"le canevas appelle la clause « {use.clause} », introuvable"
                self._find(Severity.ERROR, message)
                continue
            own = (clause.condition,) if clause.condition else ()
            yield _Called(clause, conditions, own)

    def _check_nodes(self) -> None:
        faults = list(check(self._canevas.applies, self._fields, "canevas"))
        for node, _ in self._canevas.walk():
            if isinstance(node, ClauseUse):
                subject = f"appel de la clause « {node.clause} »"
            else:
                subject = f"article « {node.title} »"
            faults.extend(check(node.condition, self._fields, subject))
            if isinstance(node, Article) and not node.children:
                self._find(Severity.REMARK, f"{subject} : il ne contient rien")
        for fault in faults:
            self._find(Severity.ERROR, fault)

    def _check_clause(self, clause: Clause) -> None:
        known = scope(clause, self._fields)
        for fault in check(clause.condition, known):
            self._blame(clause, fault)
        for variable in clause.variables:
            subject = f"variable « {french(variable.title)} »"
            for fault in check(variable.applies_when, known, subject):
                self._blame(clause, fault)
        for fault in text_faults(clause, self._fields):
            self._blame(clause, fault)
        for title in unused_variables(clause):
            self._note(clause, f"la variable « {title} » ne sert à rien")
        for title in dict.fromkeys(unguarded(clause, self._fields)):
            self._note(
                clause, f"« {title} » peut être vide et n’est pas sous condition"
            )
        self._check_repeat(clause)
        self._check_targets(clause)

    def _check_repeat(self, clause: Clause) -> None:
        field = self._fields.get(clause.repeat)
        if clause.repeat and (field is None or field.type is not FieldType.ROWS):
            self._blame(clause, f"elle se répète sur « {clause.repeat} », introuvable")
        if clause.kind is ClauseKind.ALTERNATIVE and not clause.group:
            self._blame(clause, "une alternative doit nommer son groupe")

    def _check_targets(self, clause: Clause) -> None:
        called = {c.clause.id for c in self._called}
        for reference in references(clause):
            if reference.clause_id not in self._library:
                self._blame(
                    clause, f"renvoi à la clause « {reference.clause_id} », introuvable"
                )
            elif reference.clause_id not in called and not reference.fallback:
                title = self._title(reference.clause_id)
                self._blame(
                    clause,
                    f"renvoi à « {title} », absente de ce canevas, sans texte de "
                    "remplacement",
                )

    def _check_variables(self) -> None:
        """One name means one question in the whole document."""
        first: dict[str, tuple[Clause, object]] = {}
        for clause in {c.clause.id: c.clause for c in self._called}.values():
            for variable in clause.variables:
                if variable.name in self._fields:
                    self._blame(
                        clause,
                        f"la variable « {variable.name} » porte le nom d’un champ du "
                        "formulaire amont",
                    )
                shape = (variable.type, variable.choices)
                other, known = first.setdefault(variable.name, (clause, shape))
                if known != shape:
                    self._blame(
                        clause,
                        f"la variable « {variable.name} » n’a pas la même forme dans "
                        f"la clause « {other.title} »",
                    )

    def _check_presence(self) -> None:
        for called in self._called:
            conditions = (*called.path, *called.own)
            fields = scope(called.clause, self._fields)
            if not conditions and self._canevas.applies is None:
                continue
            tried = self._trial(conditions, fields, called.clause.title)
            if any(_all_hold(conditions, Facts(a, fields)) for a in tried.answers):
                continue
            sure = "ne peut jamais figurer dans le document"
            partly = "n’a figuré dans le document pour aucune des réponses essayées"
            self._blame(called.clause, sure if tried.is_exhaustive else partly)

    def _check_groups(self) -> None:
        groups: dict[str, list[_Called]] = {}
        for called in self._called:
            if called.clause.kind is ClauseKind.ALTERNATIVE:
                groups.setdefault(called.clause.group, []).append(called)
        for candidates in groups.values():
            if len(candidates) == 1:
                self._note(candidates[0].clause, "elle est seule de son groupe")
            self._check_group(candidates)

    def _check_group(self, candidates: list[_Called]) -> None:
        conditions = [c for item in candidates for c in (*item.path, *item.own)]
        fields = self._fields
        for item in candidates:
            fields = fields.extended_with(tuple(scope(item.clause, fields).values()))
        titles = " / ".join(f"« {c.clause.title} »" for c in candidates)
        tried = self._trial(tuple(conditions), fields, f"le groupe {titles}")
        seen: set[str] = set()
        for answers in tried.answers:
            facts = Facts(answers, fields)
            reached = [c for c in candidates if _all_hold(c.path, facts)]
            holding = [c for c in reached if _all_hold(c.own, facts)]
            if not reached or len(holding) == 1:
                continue
            kind = "several" if holding else "none"
            if kind not in seen:
                seen.add(kind)
                self._report_group(holding, titles, answers, fields)

    def _report_group(
        self, holding: list[_Called], titles: str, answers: Answers, fields: FieldSet
    ) -> None:
        example = to_french({"all": told(answers, fields)}, fields)
        if holding:
            named = ", ".join(f"« {c.clause.title} »" for c in holding)
            message = f"plusieurs clauses conviennent ({named}), par exemple quand "
            self._find(Severity.REMARK, message + example, holding[0].clause.group)
        else:
            message = f"aucune des clauses {titles} ne convient quand {example}"
            self._find(Severity.ERROR, message)

    def _check_references(self) -> None:
        """Tell the references that would vanish with their target."""
        by_id = {c.clause.id: c for c in self._called}
        for source in self._called:
            for reference in references(source.clause):
                target = by_id.get(reference.clause_id)
                if target is not None and not reference.fallback:
                    self._check_reference(source, target)

    def _check_reference(self, source: _Called, target: _Called) -> None:
        needed = (*target.path, *target.own)
        kept = (*source.path, *source.own)
        if not needed or target.clause.kind is ClauseKind.ALTERNATIVE:
            return
        fields = scope(source.clause, scope(target.clause, self._fields))
        tried = self._trial((*needed, *kept), fields, source.clause.title)
        for answers in tried.answers:
            facts = Facts(answers, fields)
            if _all_hold(kept, facts) and not _all_hold(needed, facts):
                self._note(
                    source.clause,
                    f"le renvoi à « {target.clause.title} » disparaît quand cette "
                    "clause n’est pas gardée : il n’a pas de texte de remplacement",
                )
                return

    def _trial(self, conditions: Conditions, fields: FieldSet, subject: str) -> Trial:
        """Return the answers to try for ``conditions``, all of them possible."""
        applies = self._canevas.applies
        found = trial((*conditions, applies), fields)
        # Only what bears on the answers tried can exclude some of them.
        kept = tuple(a for a in found.answers if self._is_possible(a, fields))
        self._tried += len(kept)
        if not found.is_exhaustive and subject not in self._partial:
            self._partial.append(subject)
        return Trial(kept, found.is_exhaustive)

    def _is_possible(self, answers: Answers, fields: FieldSet) -> bool:
        facts = Facts(answers, fields)
        if self._canevas.applies and not _all_hold((self._canevas.applies,), facts):
            return False
        return not any(_all_hold((c,), facts) for c in self._impossible)

    def _errors(self) -> bool:
        return any(f.severity is Severity.ERROR for f in self._findings)

    def _title(self, clause_id: str) -> str:
        clause = self._library.clause(clause_id)
        return clause.title if clause else clause_id

    def _blame(self, clause: Clause, reason: str) -> None:
        message = f"clause « {clause.title} » : {reason}"
        self._find(Severity.ERROR, message, clause.id)

    def _note(self, clause: Clause, reason: str) -> None:
        message = f"clause « {clause.title} » : {reason}"
        self._find(Severity.REMARK, message, clause.id)

    def _find(self, severity: Severity, message: str, clause_id: str = "") -> None:
        self._findings.append(Finding(severity, message, clause_id))


def _all_hold(conditions: Conditions, facts: Facts) -> bool:
    try:
        return all(facts.holds(condition) for condition in conditions)
    except ConditionError:
        return False
