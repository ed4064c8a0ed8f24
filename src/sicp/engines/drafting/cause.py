"""Why each section of a document is there: one answer for every one of them.

From the canevas down to the place, each node that leads to the section is a *ground*,
with its own condition and whether each part of it holds here.
"""

from collections.abc import Iterable

from sicp.engines.drafting import blocks
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.condition_french import ALWAYS
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.draft import Cause
from sicp.engines.drafting.draft import Ground
from sicp.engines.drafting.draft import UsedValue
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.selection import Kept
from sicp.engines.drafting.selection import Selection
from sicp.engines.drafting.truth import truth_of
from sicp.engines.drafting.typography import spaced

#: Of a conditional fragment, what is quoted to know it again.
_LONGEST_QUOTE = 120


class Causes:
    """Tells the cause of each section of one document."""

    def __init__(self, canevas: Canevas, selection: Selection, facts: Facts) -> None:
        self._selection = selection
        self._facts = facts
        self._plan = _ground(
            "canevas", canevas.id, canevas.title, canevas.applies, facts
        )

    def of_cover(self, values: tuple[UsedValue, ...]) -> Cause:
        """Tell why there is a first page: the canevas has one."""
        return Cause((self._plan,), values)

    def of_node(
        self,
        kept: Kept,
        above: tuple[Ground, ...],
        values: tuple[UsedValue, ...],
        sources: tuple[tuple[str, str], ...] = (),
    ) -> Cause:
        """Tell why a heading, a list of derogations or a choice is there."""
        grounds = (self._plan, *above, self.ground_of(kept))
        clause = kept.clause
        others = self._alternatives(clause) if clause else ()
        return Cause(grounds, values, sources=sources, alternatives=others)

    def of_clause(
        self,
        kept: Kept,
        clause: Clause,
        above: tuple[Ground, ...],
        values: tuple[UsedValue, ...],
    ) -> Cause:
        """Tell why a clause is there, and why each conditional fragment is or not."""
        own = _ground("clause", clause.id, clause.title, clause.condition, kept.facts)
        return Cause(
            (self._plan, *above, self.ground_of(kept), own),
            values,
            fragments=tuple(_fragments(kept)),
            alternatives=self._alternatives(clause),
        )

    def ground_of(self, kept: Kept) -> Ground:
        """Tell under which condition the canevas puts a node at its place."""
        node = kept.node
        clause = kept.clause
        title = clause.title if clause else getattr(node, "title", "")
        name = clause.id if clause else getattr(node, "id", "")
        kind = "use" if clause else node.kind
        return _ground(kind, name, title, node.condition, self._facts)

    def _alternatives(self, clause: Clause) -> tuple[Ground, ...]:
        return tuple(
            _ground("alternative", other.id, other.title, other.condition, self._facts)
            for other in self._selection.candidates(clause.group)
        )


def _ground(
    kind: str, name: str, title: str, condition: Condition | None, facts: Facts
) -> Ground:
    if not condition:
        return Ground(kind, name, title, ALWAYS, None)
    said = spaced(to_french(condition, facts.fields))
    return Ground(kind, name, title, said, truth_of(condition, facts))


def _fragments(kept: Kept) -> Iterable[Ground]:
    for inline in blocks.all_inlines(kept.blocks):
        if isinstance(inline, blocks.Conditional):
            said = spaced(_words(inline.inlines))
            quote = said[:_LONGEST_QUOTE].strip()
            if len(said) > _LONGEST_QUOTE:
                quote = f"{quote}…"
            yield _ground("fragment", "", quote, inline.condition, kept.facts)


def _words(inlines: blocks.Inlines) -> str:
    return "".join(_word(inline) for inline in inlines)


def _word(inline: blocks.Inline) -> str:
    match inline:
        case blocks.Text(text=text):
            return text.replace("\n", " ")
        case blocks.Styled(inlines=inlines) | blocks.Conditional(inlines=inlines):
            return _words(inlines)
        case blocks.Plural(many=many):
            return many
    return "…"
