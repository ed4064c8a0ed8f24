"""What differs between two canevas, told to people: one line for each node.

The lines follow the new plan from top to bottom; what is no longer there stands where
it was. Both plans are read with what they take from their parents.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import Cover
from sicp.engines.drafting.canevas import Node
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.lines import lines_of
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.plan_changes import longest_rising
from sicp.engines.drafting.typography import spaced


class LineKind(StrEnum):
    """What became of a node."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # its details may tell other differences too
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Detail:
    """One difference, in French: « Condition », what it was, what it is."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One node of one or both plans.

    ``depth`` is 0 for the first level; ``node`` is part, article, clause or
    derogations; ``title`` is that of the new plan where it has one.
    """

    kind: LineKind
    depth: int
    node: str
    key: str
    title: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of two canevas; ``properties`` are those of the whole."""

    properties: tuple[Detail, ...]
    lines: tuple[Line, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        return not self.properties and not self.count()

    def count(self, *kinds: LineKind) -> int:
        """Count the lines of these kinds; by default all that tell a difference."""
        wanted = kinds or tuple(k for k in LineKind if k is not LineKind.SAME)
        return sum(line.kind in wanted for line in self.lines)


def compare(
    old: Canevas, new: Canevas, fields: FieldSet, library: Library
) -> Comparison:
    """Tell what ``new`` changes of ``old``; ``library`` gives clauses their titles."""
    return _Comparing(fields, library).all(old, new)


@dataclass
class _Placed:
    """A node in one of the plans, under a key that is its own there."""

    key: str
    title: str
    node: Node | None
    holder: "_Placed | None" = None
    children: list["_Placed"] = dataclass_field(default_factory=list)

    def walk(self) -> Iterator["_Placed"]:
        for child in self.children:
            yield child
            yield from child.walk()


class _Comparing:
    """One comparison under way."""

    def __init__(self, fields: FieldSet, library: Library) -> None:
        self._fields = fields
        self._library = library
        self._old: dict[str, _Placed] = {}
        self._new: dict[str, _Placed] = {}

    def all(self, old: Canevas, new: Canevas) -> Comparison:
        roots = [self._placed(canevas) for canevas in (old, new)]
        self._old, self._new = ({p.key: p for p in root.walk()} for root in roots)
        lines = tuple(self._lines(roots[0], roots[1], 0))
        return Comparison(tuple(self._properties(old, new)), lines)

    def _placed(self, canevas: Canevas) -> _Placed:
        root = _Placed("", "", None)
        seen: Counter[str] = Counter()
        self._place(canevas.parts, root, seen)
        return root

    def _place(
        self, nodes: tuple[Node, ...], holder: _Placed, seen: Counter[str]
    ) -> None:
        for node in nodes:
            key = _key(node)
            seen[key] += 1
            own = key if seen[key] == 1 else f"{key}#{seen[key]}"
            placed = _Placed(own, self._title(node), node, holder)
            holder.children.append(placed)
            if isinstance(node, Article):
                self._place(node.children, placed, seen)

    def _title(self, node: Node) -> str:
        if not isinstance(node, ClauseUse):
            return node.title
        clause = self._library.clause(node.clause)
        return self._read(clause.title) if clause else node.clause

    def _lines(
        self, old: _Placed | None, new: _Placed | None, depth: int
    ) -> Iterator[Line]:
        olds = old.children if old else []
        news = new.children if new else []
        staying = _staying(olds, news)
        for placed in _aligned(olds, news, staying):
            before, after = self._old.get(placed.key), self._new.get(placed.key)
            if after is not placed and after is not None:
                continue  # it stands elsewhere in the new plan, and is told there
            yield self._line(before, after, depth, placed.key in staying)
            yield from self._lines(before, after, depth + 1)

    def _line(
        self,
        before: _Placed | None,
        after: _Placed | None,
        depth: int,
        is_staying: bool,  # noqa: FBT001
    ) -> Line:
        told = after or before
        if told is None or told.node is None:
            message = "a line tells of a node of one of the plans"
            raise ValueError(message)
        details: tuple[Detail, ...] = ()
        kind = LineKind.ADDED if before is None else LineKind.REMOVED
        if before is not None and after is not None:
            details = tuple(self._details(before, after))
            kind = LineKind.CHANGED if details else LineKind.SAME
            if not is_staying:
                kind = LineKind.MOVED
                details = (Detail("Place", _where(before), _where(after)), *details)
        return Line(kind, depth, told.node.kind, told.key, told.title, details)

    def _details(self, before: _Placed, after: _Placed) -> Iterator[Detail]:
        old, new = before.node, after.node
        if old is None or new is None:
            return
        if not isinstance(new, ClauseUse) and before.title != after.title:
            yield Detail("Titre", before.title, after.title)
        if old.condition != new.condition:
            yield self._condition("Condition", old.condition, new.condition)
        yield from _differing("Niveau", _level(old), _level(new))
        yield from _differing("Numérotation", _numbering(old), _numbering(new))

    def _condition(
        self, label: str, old: Condition | None, new: Condition | None
    ) -> Detail:
        return Detail(label, self._said(old), self._said(new))

    def _said(self, condition: Condition | None) -> str:
        return spaced(to_french(condition, self._fields))

    def _properties(self, old: Canevas, new: Canevas) -> Iterator[Detail]:
        yield from _differing("Intitulé", old.title, new.title)
        yield from _differing("Document", old.document, new.document)
        yield from _differing("Phase", _PHASES.get(old.phase, old.phase),
                              _PHASES.get(new.phase, new.phase))  # fmt: skip
        yield from _differing("Prolonge", old.extends, new.extends)
        yield from _differing("Socle", _yes(old.is_abstract), _yes(new.is_abstract))
        if old.applies != new.applies:
            yield self._condition("Proposé quand", old.applies, new.applies)
        yield from _differing(
            "Présentation", _LAYOUTS[old.layout], _LAYOUTS[new.layout]
        )
        was, now = old.cover or Cover(), new.cover or Cover()
        yield from self._text("Titre de la couverture", was.title, now.title)
        yield from self._text("Texte de la couverture", was.subtitle, now.subtitle)

    def _text(self, label: str, old: str, new: str) -> Iterator[Detail]:
        if old != new:
            yield Detail(label, self._read(old), self._read(new))

    def _read(self, markup: str) -> str:
        """Return a text as people read it, its values between brackets."""
        try:
            lines = lines_of(parse(markup), self._fields)
        except MarkupError:
            return markup
        said = ("".join(word.text for word in line.words) for line in lines)
        return spaced("\n".join(said))


_LAYOUTS = {
    Layout.DOCUMENT: "document",
    Layout.LETTER: "lettre",
    Layout.FORM: "formulaire",
}
_PHASES = {"candidature": "candidatures", "offer": "offres", "single": "unique"}


def _key(node: Node) -> str:
    if isinstance(node, ClauseUse):
        return node.clause
    return (node.id or node.title) if isinstance(node, Article) else node.kind


def _staying(olds: list[_Placed], news: list[_Placed]) -> set[str]:
    """Return the keys that keep their order under the same holder."""
    order = {placed.key: index for index, placed in enumerate(news)}
    common = [placed.key for placed in olds if placed.key in order]
    return {common[i] for i in longest_rising([order[key] for key in common])}


def _aligned(
    olds: list[_Placed], news: list[_Placed], staying: set[str]
) -> Iterator[_Placed]:
    """Yield the children of both, the old ones after the last that stayed."""
    rest = iter(olds)
    for placed in news:
        if placed.key in staying:
            for gone in rest:
                if gone.key == placed.key:
                    break
                yield gone
        yield placed
    yield from rest


def _where(placed: _Placed) -> str:
    holder = placed.holder
    inside = (
        f"dans « {holder.title} »" if holder and holder.key else "au premier niveau"
    )
    siblings = [child.key for child in holder.children] if holder else []
    rank = siblings.index(placed.key) + 1 if siblings else 1
    return f"{inside}, rang {rank}"


def _differing(label: str, old: str, new: str) -> Iterator[Detail]:
    if old != new:
        yield Detail(label, old, new)


def _level(node: Node) -> str:
    level = node.level if isinstance(node, ClauseUse) else None
    return str(level) if level else "celui de sa place"


def _numbering(node: Node) -> str:
    return _yes(not isinstance(node, Article) or node.is_numbered)


def _yes(value: bool) -> str:  # noqa: FBT001
    return "oui" if value else "non"
