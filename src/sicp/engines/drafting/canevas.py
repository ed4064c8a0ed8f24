"""A canevas: the ordered tree of clauses from which one document is assembled.

The items of ``parts`` are the first level of the numbering, whatever they are: a part,
an article or a clause there is « Article N », what it holds is « N.1 », and so on. A
node without title adds no level: it only groups, or carries a condition.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from typing import ClassVar

from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.operators import Condition


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause at its place; ``level`` sets the level of its heading (1 = Article)."""

    kind: ClassVar[str] = "clause"
    clause: str
    condition: Condition | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class DerogationList:
    """The article that lists by itself every derogation to the CCAG (R2112-3)."""

    kind: ClassVar[str] = "derogations"
    title: str = "Dérogations au CCAG"
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A heading that holds clauses or other articles."""

    kind: ClassVar[str] = "article"
    id: str
    title: str = ""
    children: tuple["Node", ...] = ()
    condition: Condition | None = None
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class Part(Article):
    """An article of the first level; it is spoken of apart by the canevas editor."""

    kind: ClassVar[str] = "part"


Node = Article | ClauseUse | DerogationList


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: a title in inline markup and lines in markup."""

    title: str = ""
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Canevas:
    """The plan of one document (RC, CCAP, AE…), in one version.

    ``applies`` says when it is proposed; ``phase`` whether it serves the candidatures,
    the offers or a single stage. ``layout`` tells a letter and a form from a document.

    ``extends`` names the canevas this one prolongs, ``changes`` what it changes of it;
    ``parts`` is then the outcome, and ``inherited`` names the properties that were not
    its own. An abstract canevas (« socle ») only serves to be extended: it is proved
    and edited like others, never proposed to a writer.
    """

    id: str
    title: str
    document: str = ""
    version: int = 1
    phase: str = "single"
    applies: Condition | None = None
    cover: Cover | None = None
    parts: tuple[Node, ...] = ()
    extends: str = ""
    changes: tuple[Mapping[str, Any], ...] = ()
    inherited: frozenset[str] = frozenset()
    is_abstract: bool = False
    layout: Layout = Layout.DOCUMENT

    def walk(self) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
        """Yield every node with the conditions of its ancestors and its own."""
        yield from _walk(self.parts, ())

    def clause_uses(self) -> Iterator[tuple[ClauseUse, tuple[Condition, ...]]]:
        """Yield every use of a clause with the conditions that lead to it."""
        for node, conditions in self.walk():
            if isinstance(node, ClauseUse):
                yield node, conditions


def _walk(
    nodes: tuple[Node, ...], above: tuple[Condition, ...]
) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
    for node in nodes:
        conditions = (*above, node.condition) if node.condition else above
        yield node, conditions
        if isinstance(node, Article):
            yield from _walk(node.children, conditions)
