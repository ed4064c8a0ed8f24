"""Choose what a draft holds: conditions, alternatives, repetitions, local texts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import Node
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Alternative
from sicp.engines.drafting.draft import Group
from sicp.engines.drafting.draft import Problem
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import ConditionError


@dataclass
class Kept:
    """A node that stays, on its way to become a section.

    ``level``, ``label``, ``number`` and ``headings`` (level, label, anchor of each
    sub-heading) are set by the numbering.
    """

    node: Node
    kind: str
    anchor: str
    facts: Facts
    clause: Clause | None = None
    blocks: Blocks = ()
    is_local: bool = False
    occurrence: int = 1
    row_title: str = ""
    children: list["Kept"] = dataclass_field(default_factory=list)
    level: int = 0
    label: str = ""
    number: str = ""
    headings: list[tuple[int, str, str]] = dataclass_field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """What the writer of the document decided himself.

    ``choices`` keeps one clause of a group of alternatives; ``left_out`` are optional
    clauses he does not want; ``local_texts`` replace the text of open clauses.
    """

    choices: Mapping[str, str]
    left_out: frozenset[str]
    local_texts: Mapping[str, str]


@dataclass
class _Candidate:
    """An alternative the canevas calls at a place that is itself kept."""

    use: ClauseUse
    clause: Clause
    holds: bool


class Selection:
    """One walk through a canevas.

    Attributes:
        kept: the nodes that stay, as a tree.
        groups: every group of alternatives met, and which of them is kept.
        problems: what was found wrong on the way.
        considered: the conditions looked at, each with the clause they decide.
    """

    def __init__(
        self,
        canevas: Canevas,
        library: Library,
        facts: Facts,
        writer: Writer,
        on: date | None,
    ) -> None:
        self.problems: list[Problem] = []
        self.considered: list[tuple[Condition, str, str]] = []
        self._library = library
        self._facts = facts
        self._writer = writer
        self._on = on
        self._anchors: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._candidates = self._gather(canevas)
        self._winners = {g: self._winner(g) for g in self._candidates}
        self.groups = tuple(self._group(name) for name in self._candidates)
        self.kept = self._children(canevas.parts)

    def alternatives(self, clause: Clause) -> tuple[Alternative, ...]:
        """Return the other clauses of the group of ``clause``."""
        candidates = self._candidates.get(clause.group, ())
        return tuple(_alternative(c) for c in candidates if c.clause.id != clause.id)

    def candidates(self, group: str) -> tuple[Clause, ...]:
        """Return the clauses of a group of which one stands at its place."""
        return tuple(c.clause for c in self._candidates.get(group, ()))

    def _gather(self, canevas: Canevas) -> dict[str, list[_Candidate]]:
        found: dict[str, list[_Candidate]] = {}
        for use, conditions in canevas.clause_uses():
            clause = self._library.clause(use.clause, self._on)
            if clause is None or not _is_alternative(clause):
                continue
            above = conditions[:-1] if use.condition else conditions
            if all(self._quietly(c, self._facts) for c in above):
                holds = self._quietly(use.condition, self._facts)
                holds = holds and bool(self._occurrences(clause))
                candidate = _Candidate(use, clause, holds)
                found.setdefault(clause.group, []).append(candidate)
        return found

    def _winner(self, group: str) -> _Candidate | None:
        candidates = self._candidates[group]
        holding = [c for c in candidates if c.holds]
        chosen = self._writer.choices.get(group)
        if chosen and len(holding) != 1:
            kept = next((c for c in holding if c.clause.id == chosen), None)
            if kept is not None:
                return kept
        if len(holding) == 1:
            return holding[0]
        self.problems.append(Problem(_unsettled(candidates, holding), group=group))
        return None

    def _group(self, name: str) -> Group:
        winner = self._winners[name]
        alternatives = tuple(_alternative(c) for c in self._candidates[name])
        return Group(name, alternatives, winner.clause.id if winner else "")

    def _children(self, nodes: tuple[Node, ...]) -> list[Kept]:
        return [kept for node in nodes for kept in self._node(node)]

    def _node(self, node: Node) -> list[Kept]:
        if isinstance(node, ClauseUse):
            return self._use(node)
        title = node.title
        subject = f"article « {title} »" if title else "regroupement sans titre"
        if not self._holds(node.condition, self._facts, subject, ""):
            return []
        if isinstance(node, Article):
            children = self._children(node.children)
            name = node.id or "article"
        else:
            children, name = [], node.kind
        if isinstance(node, Article) and not children:
            return []
        anchor = self._anchor(name)
        return [Kept(node, node.kind, anchor, self._facts, children=children)]

    def _use(self, use: ClauseUse) -> list[Kept]:
        clause = self._library.clause(use.clause, self._on)
        if clause is None:
            message = f"le canevas appelle la clause « {use.clause} », introuvable"
            self.problems.append(Problem(message, use.clause))
            return []
        subject = f"clause « {clause.title} »"
        self._consider(clause.condition, clause)
        if not self._holds(use.condition, self._facts, subject, clause.id):
            return []
        if _is_alternative(clause):
            return self._alternative_use(use, clause)
        if clause.kind is ClauseKind.OPTIONAL and clause.id in self._writer.left_out:
            return []
        return self._clause(use, clause)

    def _alternative_use(self, use: ClauseUse, clause: Clause) -> list[Kept]:
        winner = self._winners.get(clause.group)
        if winner is not None:
            return self._clause(use, clause) if winner.use is use else []
        candidates = self._candidates.get(clause.group, [])
        if candidates and candidates[0].use is use:
            anchor = self._anchor(clause.group)
            return [Kept(use, "choice", anchor, self._facts, clause)]
        return []

    def _clause(self, use: ClauseUse, clause: Clause) -> list[Kept]:
        blocks, is_local = self._text(clause)
        if clause.kind is ClauseKind.FREE and not blocks:
            return []
        return [
            Kept(
                node=use,
                kind="clause",
                anchor=self._anchor(clause.id),
                facts=facts,
                clause=clause,
                blocks=blocks,
                is_local=is_local,
                occurrence=self._occurrence(clause),
                row_title=row_title,
            )
            for facts, row_title in self._occurrences(clause, report=True)
        ]

    def _occurrence(self, clause: Clause) -> int:
        """Count the clause once more: a canevas may call it at several places."""
        self._seen[clause.id] += 1
        return self._seen[clause.id]

    def _text(self, clause: Clause) -> tuple[Blocks, bool]:
        local = self._writer.local_texts.get(clause.id)
        try:
            if local is not None and self._may_be_local(clause):
                return parse(local), True
        except MarkupError as error:
            self._report(clause, f"texte local, {error}")
        try:
            return clause.blocks, False
        except MarkupError as error:
            self._report(clause, str(error))
            return (), False

    def _may_be_local(self, clause: Clause) -> bool:
        if clause.is_open or clause.kind is ClauseKind.FREE:
            return True
        self._report(clause, "cette clause est fixe, le texte local n’est pas repris")
        return False

    def _occurrences(
        self, clause: Clause, *, report: bool = False
    ) -> list[tuple[Facts, str]]:
        """Return the facts of each occurrence, and what tells it from the others."""
        scopes = [(self._facts, "")]
        if clause.repeat:
            rows = self._facts.rows(clause.repeat)
            scopes = [
                (self._facts.within(clause.repeat, row), _row_title(clause, row, index))
                for index, row in enumerate(rows, start=1)
            ]
        if not report:
            return [s for s in scopes if self._quietly(clause.condition, s[0])]
        subject = f"clause « {clause.title} »"
        return [
            s for s in scopes if self._holds(clause.condition, s[0], subject, clause.id)
        ]

    def _consider(self, condition: Condition | None, clause: Clause) -> None:
        if condition:
            self.considered.append((condition, clause.id, clause.title))

    def _holds(
        self, condition: Condition | None, facts: Facts, subject: str, clause_id: str
    ) -> bool:
        try:
            return facts.holds(condition)
        except ConditionError as error:
            self.problems.append(Problem(f"{subject} : {error}", clause_id))
            return False

    def _quietly(self, condition: Condition | None, facts: Facts) -> bool:
        """Decide without report: the same condition is reported at its place."""
        try:
            return facts.holds(condition)
        except ConditionError:
            return False

    def _report(self, clause: Clause, reason: str) -> None:
        message = f"clause « {clause.title} » : {reason}"
        self.problems.append(Problem(message, clause.id))

    def _anchor(self, name: str) -> str:
        self._anchors[name] += 1
        count = self._anchors[name]
        return name if count == 1 else f"{name}-{count}"


def _is_alternative(clause: Clause) -> bool:
    return clause.kind is ClauseKind.ALTERNATIVE and bool(clause.group)


def _alternative(candidate: _Candidate) -> Alternative:
    clause = candidate.clause
    return Alternative(clause.id, clause.title, candidate.holds)


def _unsettled(candidates: list[_Candidate], holding: list[_Candidate]) -> str:
    named = ", ".join(f"« {c.clause.title} »" for c in holding or candidates)
    if holding:
        return f"plusieurs clauses conviennent, choisissez-en une : {named}"
    return f"aucune de ces clauses ne convient aux réponses données : {named}"


def _row_title(clause: Clause, row: Mapping[str, object], index: int) -> str:
    """Say which row an occurrence is about, for a title that does not say it."""
    if "{" in clause.title:
        return ""
    number = row.get("number")
    said = index if number is None else number
    if clause.repeat == "lots":
        return f"lot n°\N{NO-BREAK SPACE}{said}"
    if clause.repeat == "tranches":
        if row.get("kind") == "firm":
            return "tranche ferme"
        return f"tranche optionnelle n°\N{NO-BREAK SPACE}{said}"
    return f"n°\N{NO-BREAK SPACE}{said}"
