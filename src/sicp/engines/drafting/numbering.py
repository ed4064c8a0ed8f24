"""Numbers of headings, computed as Word computes those of a multilevel list.

Screens, references and the cached results of Word fields all take their numbers here,
so that nobody ever reads another number than the one printed.
"""

from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.resolution import Target
from sicp.engines.drafting.selection import Kept

#: What is printed before each title, level by level, in Word's own notation.
LEVEL_TEXTS = (
    "Article %1",
    "%1.%2",
    "%1.%2.%3",
    "%1.%2.%3.%4",
    "%1.%2.%3.%4.%5",
    "%1.%2.%3.%4.%5.%6",
)
DEEPEST = len(LEVEL_TEXTS)


def level_texts(layout: Layout) -> tuple[str, ...]:
    """Return what is printed before titles: only a document has articles."""
    if layout is Layout.DOCUMENT:
        return LEVEL_TEXTS
    return ("%1.", *LEVEL_TEXTS[1:])


class Numbering:
    """Counters of one document, walked once from top to bottom.

    Attributes:
        targets: for each clause id, where a reference to it leads; only a document
            has articles to refer to.
    """

    def __init__(self, kept: list[Kept], layout: Layout = Layout.DOCUMENT) -> None:
        self.targets: dict[str, Target] = {}
        self._layout = layout
        self._first_text = level_texts(layout)[0]
        self._counters = [0] * DEEPEST
        self._walk(kept, 1, None)
        if layout is not Layout.DOCUMENT:
            self.targets.clear()

    def _walk(self, nodes: list[Kept], level: int, above: Target | None) -> None:
        for kept in nodes:
            if isinstance(kept.node, Article):
                self._article(kept, level, above)
            else:
                self._leaf(kept, level, above)

    def _article(self, kept: Kept, level: int, above: Target | None) -> None:
        node = kept.node
        if not isinstance(node, Article) or not node.title:
            self._walk(kept.children, level, above)
            return
        if not node.is_numbered:
            kept.level = min(level, DEEPEST)
            self._walk(kept.children, level, None)
            return
        self._number(kept, level)
        here = Target(kept.anchor, kept.number)
        self._walk(kept.children, kept.level + 1, here)

    def _leaf(self, kept: Kept, level: int, above: Target | None) -> None:
        if isinstance(kept.node, ClauseUse) and kept.node.level:
            level = kept.node.level
        if kept.kind == "choice":
            return
        here = above
        if kept.clause is None or kept.clause.has_heading:
            self._number(kept, level)
            here = Target(kept.anchor, kept.number)
            level = kept.level + 1
        self._sub_headings(kept, level)
        if kept.clause is not None and here is not None:
            self.targets.setdefault(kept.clause.id, here)

    def _number(self, kept: Kept, level: int) -> None:
        kept.level, kept.label, kept.number = self._next(level)

    def _sub_headings(self, kept: Kept, level: int) -> None:
        count = sum(isinstance(block, SubHeading) for block in kept.blocks)
        for index in range(1, count + 1):
            reached, label, _ = self._next(level)
            kept.headings.append((reached, label, f"{kept.anchor}--{index}"))

    def _next(self, wanted: int) -> tuple[int, str, str]:
        """Count one heading; a level may go down by one step only, as in Word."""
        reached = next((i for i in range(DEEPEST, 0, -1) if self._counters[i - 1]), 0)
        level = max(1, min(wanted, reached + 1, DEEPEST))
        self._counters[level - 1] += 1
        self._counters[level:] = [0] * (DEEPEST - level)
        number = ".".join(str(n) for n in self._counters[:level])
        if self._layout is Layout.LETTER:
            return level, "", ""
        label = self._first_text.replace("%1", number) if level == 1 else number
        return level, label, number
