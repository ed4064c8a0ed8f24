"""The plan of a canevas as its editor sees it: in French, with what the proof found."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from time import thread_time
from typing import Any

from substanced.util import find_objectmap

from sicp.catalog.words import fold
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.findings import Finding
from sicp.engines.drafting.findings import Severity
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.plan_changes import changes_between
from sicp.engines.drafting.plan_moves import ways_of
from sicp.engines.drafting.plan_tree import DEROGATIONS
from sicp.engines.drafting.plan_tree import TreeNode
from sicp.engines.drafting.proof import Proof
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.condition import say_condition
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.release import adopted_clauses
from sicp.operations.clause.release import library_to_come
from sicp.operations.document.proof import prove_canevas
from sicp.operations.document.reading import canevas_calling
from sicp.operations.template.editing import Plan
from sicp.operations.template.editing import edited_canevas
from sicp.operations.template.editing import heirs_of
from sicp.operations.template.editing import plan_of

#: What a node is beside the canevas extended.
OWN = "own"
CHANGED = "changed"
MOVED = "moved"
INHERITED = "inherited"

#: A proof that took more work is made apart, once the page is there.
_PATIENCE_SECONDS = 1.0
_SLOW: set[str] = set()

_EXCERPT_WORDS = 25
_WORD = re.compile(r"\w+")
#: The test of a fragment; a plural, of which the first form is kept; gaps in a row.
_TEST = re.compile(r"\{if\s[^:{}]*:\s*")
_PLURAL = re.compile(r"\{plural:[^|{}]*\|([^|{}]*)\|[^{}]*\}")
_GAPS = re.compile(r"…[\s….]*…\s?")
_MARKS = re.compile(r"[*#|]|^- ", re.MULTILINE)


@dataclass(frozen=True)
class PlanNode:
    """One node; ``condition`` is that of the place, ``own_condition`` of the clause.

    ``state`` is empty in a canevas that extends none. ``ways`` are the steps it may
    make from here. ``is_to_come`` marks a clause adopted and not published yet.
    """

    key: str
    kind: str
    title: str
    raw_title: str
    condition: str
    own_condition: str
    level: int | None
    is_numbered: bool
    state: str
    ways: tuple[str, ...]
    children: tuple["PlanNode", ...]
    clause: Clause | None
    findings: tuple[Finding, ...] = ()
    is_to_come: bool = False

    def walk(self) -> Iterator["PlanNode"]:
        """Yield the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class PlanProof:
    """What the check of the tree being edited gave, its heirs included.

    ``heirs`` are the canevas that extend it and would be at fault, with their errors.
    """

    proof: Proof
    heirs: tuple[tuple[Any, tuple[Finding, ...]], ...]
    heirs_count: int

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing stands against the publication."""
        return not self.proof.errors and not self.heirs


@dataclass(frozen=True)
class PlanReading:
    """The whole plan; ``lost`` are the nodes of the parent that it leaves out."""

    nodes: tuple[PlanNode, ...]
    lost: tuple[PlanNode, ...]
    faults: tuple[str, ...]

    def walk(self) -> Iterator[PlanNode]:
        """Yield every node in reading order."""
        for node in self.nodes:
            yield from node.walk()

    def node(self, key: str) -> PlanNode | None:
        """Return the node of that key, None when there is none."""
        return next((node for node in self.walk() if node.key == key), None)

    def place_of(self, key: str) -> tuple[int, int, PlanNode | None]:
        """Return the rank of a node, of how many, and the article that holds it.

        Raises:
            KeyError: no node has that key.
        """
        groups = [(None, self.nodes), *((node, node.children) for node in self.walk())]
        for holder, nodes in groups:
            keys = [node.key for node in nodes]
            if key in keys:
                return keys.index(key) + 1, len(keys), holder
        raise KeyError(key)


def read_plan(
    template: Any,  # noqa: ANN401
    on: date,
    proof: PlanProof | None = None,
) -> PlanReading:
    """Read the tree being edited, with what ``proof`` found at each node."""
    plan = plan_of(template)
    site = find_objectmap(template).root
    to_come = {clause.id for clause in adopted_clauses(site)}
    reader = _Reader(plan, library_to_come(site, on), to_come, on)
    nodes = tuple(reader.node(node) for node in plan.tree.root.children)
    reading = PlanReading(nodes, reader.lost(), plan.faults)
    return _with_findings(reading, proof) if proof is not None else reading


def prove_plan(template: Any, on: date) -> PlanProof:  # noqa: ANN401
    """Check the tree being edited and its heirs, with the clauses they may call."""
    started = thread_time()
    library = library_to_come(find_objectmap(template).root, on)
    heirs = heirs_of(template)
    found = [(heir, _prove(heir, library, on).errors) for heir in heirs]
    proof = PlanProof(
        _prove(template, library, on),
        tuple((heir, errors) for heir, errors in found if errors),
        len(heirs),
    )
    is_slow = thread_time() - started > _PATIENCE_SECONDS
    (_SLOW.add if is_slow else _SLOW.discard)(template.template_id)
    return proof


def is_proof_slow(template: Any) -> bool:  # noqa: ANN401
    """Tell whether the last proof made people wait, so that it is better made apart."""
    return template.template_id in _SLOW


def general_findings(reading: PlanReading, proof: PlanProof) -> tuple[Finding, ...]:
    """Return what the proof says of no node in particular."""
    placed = {finding for node in reading.walk() for finding in node.findings}
    return tuple(f for f in proof.proof.findings if f not in placed)


class _Reader:
    """Reads the nodes of one plan."""

    def __init__(
        self, plan: Plan, library: Library, to_come: AbstractSet[str], on: date
    ) -> None:
        self._plan = plan
        self._library = library
        self._to_come = to_come
        self._on = on
        self._states = _states(plan)

    def node(self, node: TreeNode, depth: int = 0) -> PlanNode:
        """Read one node and all below it."""
        return replace(
            self._read(node, depth),
            state=self._states.get(node.key, self._default),
            ways=ways_of(self._plan.tree, node.key),
            children=tuple(self.node(child, depth + 1) for child in node.children),
        )

    def lost(self) -> tuple[PlanNode, ...]:
        """Read what the parent has and the plan leaves out."""
        if self._plan.parent is None:
            return ()
        kept = {node.key for node in self._plan.tree.walk()}
        gone = (node for node in self._plan.parent.walk() if node.key not in kept)
        return tuple(self._read(node, 0) for node in gone)

    @property
    def _default(self) -> str:
        return INHERITED if self._plan.parent is not None else ""

    def _read(self, node: TreeNode, depth: int) -> PlanNode:
        clause = self._library.clause(node.key) if node.kind == "clause" else None
        said = node.properties
        title = clause.title if clause else str(said.get("title") or "")
        own = ""
        if clause is not None and clause.condition:
            own = say_condition(clause.condition, self._on, clause.variables)
        return PlanNode(
            node.key,
            _kind(node, depth),
            plain_title(title) or (node.key if node.kind == "clause" else ""),
            str(said.get("title") or ""),
            say_condition(said["condition"], self._on) if "condition" in said else "",
            own,
            said.get("level"),
            said.get("numbered", True) is not False,
            "",
            (),
            (),
            clause,
            is_to_come=node.key in self._to_come,
        )


def _kind(node: TreeNode, depth: int) -> str:
    if node.kind in {"clause", DEROGATIONS}:
        return node.kind
    return "article" if depth else "part"


def _states(plan: Plan) -> Mapping[str, str]:
    """Tell what became of the nodes that differ from those of the parent."""
    if plan.parent is None:
        return {}
    known = {node.key for node in plan.parent.walk()}
    states = {node.key: OWN for node in plan.tree.walk() if node.key not in known}
    try:
        changes = changes_between(plan.parent.to_data(), plan.tree.to_data())
    except LoadError:
        return states
    for verb, state in (("move", MOVED), ("change", CHANGED), ("replace", CHANGED)):
        keys = (str(change[verb]) for change in changes if verb in change)
        states |= {key: state for key in keys if states.get(key) != OWN}
    return states


def _with_findings(reading: PlanReading, proof: PlanProof) -> PlanReading:
    def told(node: PlanNode) -> PlanNode:
        children = tuple(told(child) for child in node.children)
        found = tuple(f for f in proof.proof.findings if _is_about(f, node))
        return replace(node, children=children, findings=found)

    return replace(reading, nodes=tuple(told(node) for node in reading.nodes))


def _is_about(finding: Finding, node: PlanNode) -> bool:
    if node.kind == "clause":
        title = node.clause.title if node.clause else node.key
        named = f"appel de la clause « {title} »"
        return finding.clause_id == node.key or finding.message.startswith(named)
    return finding.message.startswith(f"article « {node.raw_title or node.key} »")


def _prove(template: Any, library: Library, on: date) -> Proof:  # noqa: ANN401
    try:
        return prove_canevas(edited_canevas(template), library, on)
    except InvalidInputError as error:
        finding = Finding(Severity.ERROR, error.message)
        return Proof((finding,), 0, is_exhaustive=True, partial=())


def find_clauses(
    site: Any,  # noqa: ANN401
    on: date,
    words: str,
    family: str,
    clause_id: str = "",
) -> list[Clause]:
    """Return the clauses that hold all ``words``, the best answers first.

    Accents and capitals do not count. Those whose title holds the words come before
    those of which only the text does, whole words before parts of words, titles that
    begin with one before others, then those that say them most. They are in force, or
    adopted for the next publication. Nothing asked finds nothing; ``family`` alone
    finds the whole family, ``clause_id`` that very clause.
    """
    if not (words or family or clause_id):
        return []
    wanted = fold(words).split()
    told = (
        (clause, fold(clause.title), _words_of(clause))
        for clause in library_to_come(site, on)
        if not family or clause.family == family
        if not clause_id or clause.id == clause_id
    )
    found = [item for item in told if all(word in item[2] for word in wanted)]
    found.sort(key=lambda item: _rank(item[1], item[2], wanted))
    return [clause for clause, _title, _text in found]


def _rank(title: str, text: str, wanted: list[str]) -> tuple[Any, ...]:
    whole = set(_WORD.findall(title))
    return (
        -sum(word in title for word in wanted),
        -sum(word in whole for word in wanted),
        not title.startswith(tuple(wanted)),
        -sum(text.count(word) for word in wanted),
        title,
    )


def canevas_to_call(site: Any, clause_id: str) -> Iterator[Any]:  # noqa: ANN401
    """Walk the canevas that will call a clause once published, and do not yet."""
    calling = {template.template_id for template in canevas_calling(site, clause_id)}
    for template in site["canevas"].values():
        is_edited = template.working is not None and template.template_id not in calling
        if is_edited and clause_id in _called_by_edited(template):
            yield template


def _called_by_edited(template: Any) -> set[str]:  # noqa: ANN401
    try:
        uses = edited_canevas(template).clause_uses()
    except InvalidInputError:
        return set()
    return {use.clause for use, _conditions in uses}


def _words_of(clause: Clause) -> str:
    said = (clause.id, clause.title, clause.text, *clause.legal_basis)
    return fold(" ".join(said))


def excerpt(clause: Clause) -> str:
    """Return the first words of a clause, without its marks nor its conditions."""
    text = _PLURAL.sub(r"\1", _TEST.sub("", clause.text))
    bare = _MARKS.sub("", plain_title(text))
    words = _GAPS.sub("… ", bare.replace("}", "")).split()
    said = " ".join(words[:_EXCERPT_WORDS])
    return f"{said}…" if len(words) > _EXCERPT_WORDS else said
