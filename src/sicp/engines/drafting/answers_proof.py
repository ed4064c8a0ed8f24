"""What is found by trying answers: what never appears, what is missing or twice."""

from collections.abc import Iterable
from collections.abc import Iterator

from sicp.engines.drafting.calls import Called
from sicp.engines.drafting.calls import Conditions
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
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import ConditionError
from sicp.engines.drafting.operators import fields_named
from sicp.engines.drafting.text_proof import fragments
from sicp.engines.drafting.text_proof import references
from sicp.engines.drafting.text_proof import scope


class Trials:
    """The answers tried for one canevas.

    Attributes:
        tried: how many combinations of answers in all.
        partial: in French, what was only tried by pairs of answers.
    """

    def __init__(
        self, applies: Condition | None, impossible: Iterable[Condition]
    ) -> None:
        self.tried = 0
        self.partial: list[str] = []
        self._applies = applies
        self.impossible = tuple(impossible)

    def of(self, conditions: Conditions, fields: FieldSet, subject: str) -> Trial:
        """Return the answers to try for ``conditions``, all of them possible."""
        found = trial((*conditions, self._applies), fields)
        # Only what bears on the answers tried can exclude some of them.
        kept = tuple(a for a in found.answers if self._is_possible(a, fields))
        self.tried += len(kept)
        if not found.is_exhaustive and subject not in self.partial:
            self.partial.append(subject)
        return Trial(kept, found.is_exhaustive)

    def may_hold(self, conditions: Conditions, fields: FieldSet, subject: str) -> bool:
        """Tell whether some answers make all the conditions true, as far as tried."""
        tried = self.of(conditions, fields, subject)
        return any(all_hold(conditions, Facts(a, fields)) for a in tried.answers)

    def _is_possible(self, answers: Answers, fields: FieldSet) -> bool:
        facts = Facts(answers, fields)
        if self._applies and not all_hold((self._applies,), facts):
            return False
        return not any(all_hold((c,), facts) for c in self.impossible)


class AnswersProof:
    """The check of one canevas whose conditions can all be read."""

    def __init__(
        self, canevas: Canevas, fields: FieldSet, trials: Trials, report: Report
    ) -> None:
        self._canevas = canevas
        self._fields = fields
        self._trials = trials
        self._report = report
        self._dead: set[str] = set()

    def check(self, called: list[Called], library: Library) -> None:
        """Check presence, articles, groups, variables, fragments and references."""
        if not self._is_ever_proposed():
            return
        for item in called:
            self._check_presence(item)
        self._check_articles()
        self._check_groups(called, library)
        self._check_references(called)

    def _is_ever_proposed(self) -> bool:
        title, applies = self._canevas.title, self._canevas.applies
        if applies is None or self._trials.may_hold((), self._fields, title):
            return True
        said = to_french(applies, self._fields)
        self._report.error(
            f"canevas « {title} » : il ne peut jamais être proposé, car il n’arrive "
            f"jamais que {said} ; corrigez sa condition de proposition"
        )
        return False

    def _check_presence(self, item: Called) -> None:
        clause, conditions = item.clause, item.conditions
        fields = scope(clause, self._fields)
        if conditions and not self._trials.may_hold(conditions, fields, clause.title):
            self._dead.add(clause.id)
            needed = to_french({"all": list(conditions)}, fields)
            self._report.blame(
                clause,
                "elle ne peut jamais figurer dans le document, car il n’arrive jamais "
                f"que {needed} ; corrigez sa condition, celle de sa place, ou retirez-"
                "la du canevas",
            )
            return
        self._check_variables(item, fields)
        self._check_fragments(item)
        self._check_derogations(item, fields)

    def _check_variables(self, item: Called, fields: FieldSet) -> None:
        for variable in item.clause.variables:
            if variable.applies_when is None:
                continue
            needed = (*item.conditions, variable.applies_when)
            if not self._trials.may_hold(needed, fields, item.clause.title):
                self._report.blame(
                    item.clause,
                    f"la question « {french(variable.title)} » n’est jamais posée, car "
                    "il n’arrive jamais que "
                    f"{to_french(variable.applies_when, fields)} ; corrigez la "
                    "condition de la variable ou supprimez-la",
                )

    def _check_fragments(self, item: Called) -> None:
        """Tell a fragment that its own clause forbids.

        That this canevas forbids it is no fault: a clause may serve several canevas.
        """
        anywhere = Trials(None, self._trials.impossible)
        for fragment in fragments(item.clause, self._fields):
            needed = (*item.own, *fragment.tests)
            if any(check(test, fragment.fields) for test in fragment.tests):
                continue  # it was told with the text
            if anywhere.may_hold(needed, fragment.fields, item.clause.title):
                continue
            said = to_french(fragment.tests[-1], fragment.fields)
            self._report.note(
                item.clause,
                f"le fragment sous la condition « {said} » n’apparaît jamais, car la "
                "clause ou un autre fragment dit le contraire ; corrigez sa condition "
                "ou supprimez-le",
            )

    def _check_derogations(self, item: Called, fields: FieldSet) -> None:
        """A clause departs from the CCAG of the contract, or from none (R2112-3).

        A clause whose text depends on the CCAG may name those of other canevas.
        """
        derogations = item.clause.derogates
        if not derogations or "ccag" not in fields or self._tells_ccag(item):
            return
        concerned = sorted({derogation.ccag for derogation in derogations})
        chosen: Condition = {"field": "ccag", "operator": "in", "value": concerned}
        needed = (*item.conditions, chosen)
        if self._trials.may_hold(needed, fields, item.clause.title):
            return
        names = " ou ".join(french(fields["ccag"].choice_title(c)) for c in concerned)
        self._report.blame(
            item.clause,
            f"elle déroge à l’article {derogations[0].article} du {names}, qui n’est "
            "pas celui de ce canevas ; corrigez la dérogation ou retirez la clause",
        )

    def _tells_ccag(self, item: Called) -> bool:
        tests = [t for f in fragments(item.clause, self._fields) for t in f.tests]
        return any("ccag" in fields_named(c) for c in (*item.own, *tests))

    def _check_articles(self) -> None:
        for node, path in self._canevas.walk():
            if not isinstance(node, Article) or not node.children:
                continue
            subject = f"article « {node.title or node.id} »"
            if node.condition and not self._trials.may_hold(
                path, self._fields, subject
            ):
                self._report.error(
                    f"{subject} : il ne peut jamais figurer dans le document, car il "
                    "n’arrive jamais que "
                    f"{to_french({'all': list(path)}, self._fields)} ; corrigez sa "
                    "condition"
                )
            elif _held(node) and _held(node) <= self._dead:
                self._report.error(
                    f"{subject} : il ne peut être que vide, aucune de ses clauses ne "
                    "peut figurer ; corrigez leurs conditions ou retirez l’article"
                )

    def _check_groups(self, called: list[Called], library: Library) -> None:
        groups: dict[str, list[Called]] = {}
        for item in called:
            if item.clause.kind is ClauseKind.ALTERNATIVE and item.clause.group:
                groups.setdefault(item.clause.group, []).append(item)
        ids = {item.clause.id for item in called}
        for name, candidates in groups.items():
            others = [c for c in library if c.group == name and c.id not in ids]
            if others:
                self._report.remark(
                    _incomplete(candidates, others), candidates[0].clause.id
                )
            elif len(candidates) == 1:
                self._report.note(
                    candidates[0].clause,
                    "elle est seule de son groupe ; écrivez une autre alternative, ou "
                    "faites-en une clause obligatoire",
                )
            self._check_group(candidates)

    def _check_group(self, candidates: list[Called]) -> None:
        conditions = [c for item in candidates for c in item.conditions]
        fields = self._fields
        for item in candidates:
            fields = fields.extended_with(tuple(scope(item.clause, fields).values()))
        titles = " / ".join(f"« {c.clause.title} »" for c in candidates)
        tried = self._trials.of(tuple(conditions), fields, f"le groupe {titles}")
        seen: set[str] = set()
        for answers in tried.answers:
            facts = Facts(answers, fields)
            reached = [c for c in candidates if all_hold(c.path, facts)]
            holding = [c for c in reached if all_hold(c.own, facts)]
            if not reached or len(holding) == 1:
                continue
            kind = "several" if holding else "none"
            if kind not in seen:
                seen.add(kind)
                self._report_group(holding, titles, answers, fields)

    def _report_group(
        self, holding: list[Called], titles: str, answers: Answers, fields: FieldSet
    ) -> None:
        example = to_french({"all": told(answers, fields)}, fields)
        if holding:
            named = ", ".join(f"« {c.clause.title} »" for c in holding)
            message = (
                f"plusieurs clauses conviennent ({named}), par exemple quand {example} "
                "; le rédacteur devra choisir, ou rendez leurs conditions exclusives"
            )
            self._report.remark(message, holding[0].clause.group)
        else:
            self._report.error(
                f"aucune des clauses {titles} ne convient quand {example} ; élargissez "
                "la condition de l’une d’elles ou ajoutez une alternative"
            )

    def _check_references(self, called: list[Called]) -> None:
        """Tell the references that would vanish with their target."""
        by_id = {item.clause.id: item for item in called}
        for source in called:
            for reference in references(source.clause):
                target = by_id.get(reference.clause_id)
                if target is not None and not reference.fallback:
                    self._check_reference(source, target)

    def _check_reference(self, source: Called, target: Called) -> None:
        title = target.clause.title
        if target.clause.kind is ClauseKind.OPTIONAL and target is not source:
            self._report.note(
                source.clause,
                f"le renvoi à « {title} » disparaît si le rédacteur ne garde pas cette "
                "clause facultative ; écrivez un texte de remplacement",
            )
        needed, kept = target.conditions, source.conditions
        if not needed or target is source:
            return
        fields = scope(source.clause, scope(target.clause, self._fields))
        tried = self._trials.of((*needed, *kept), fields, source.clause.title)
        if any(_vanishes(needed, kept, Facts(a, fields)) for a in tried.answers):
            self._report.blame(
                source.clause,
                f"le renvoi à « {title} » disparaît quand cette clause n’est pas "
                "gardée : il n’a pas de texte de remplacement ; écrivez-en un",
            )


def all_hold(conditions: Conditions, facts: Facts) -> bool:
    """Tell whether every condition holds; one that cannot be decided does not."""
    try:
        return all(facts.holds(condition) for condition in conditions)
    except ConditionError:
        return False


def _vanishes(needed: Conditions, kept: Conditions, facts: Facts) -> bool:
    return all_hold(kept, facts) and not all_hold(needed, facts)


def _held(article: Article) -> set[str]:
    return set(_names(article))


def _names(article: Article) -> Iterator[str]:
    """Yield the clauses below an article; what is no clause always stays."""
    for child in article.children:
        if isinstance(child, ClauseUse):
            yield child.clause
        elif isinstance(child, Article):
            yield from _names(child)
        else:
            yield ""


def _incomplete(candidates: list[Called], others: list[Clause]) -> str:
    named = ", ".join(f"« {clause.title} »" for clause in others)
    title = candidates[0].clause.title
    return (
        f"clause « {title} » : son groupe compte aussi {named}, que ce canevas "
        "n’appelle pas ; ajoutez-les, ou vérifiez qu’elles ne peuvent y convenir"
    )
