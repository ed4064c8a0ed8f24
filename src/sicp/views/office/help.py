"""The sheets of the knowledge base that help with what a page asks or shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sicp.operations.knowledge.help import CLAUSE
from sicp.operations.knowledge.help import FIELD
from sicp.operations.knowledge.help import STAGE
from sicp.operations.knowledge.help import STAGES
from sicp.operations.knowledge.help import helping


@dataclass(frozen=True, slots=True)
class HelpLink:
    """One sheet, as a page leads to it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class StageHelp:
    """The sheets that help at one stage; ``is_current`` opens them."""

    title: str
    links: tuple[HelpLink, ...]
    is_current: bool = False


def field_helps(request: Any, names: Iterable[str]) -> dict[str, tuple[HelpLink, ...]]:
    """Return what helps with fields of the upstream form, for who asks."""
    return _links(request, FIELD, names)


def clause_helps(request: Any, names: Iterable[str]) -> dict[str, tuple[HelpLink, ...]]:
    """Return what helps with clauses, for who asks."""
    return _links(request, CLAUSE, names)


def stage_helps(request: Any, current: str) -> list[StageHelp]:
    """Return what helps at each stage that has some help, for who asks."""
    found = _links(request, STAGE, STAGES)
    return [
        StageHelp(title, found[name], is_current=name == current)
        for name, title in STAGES.items()
        if name in found
    ]


def _links(
    request: Any, sort: str, names: Iterable[str]
) -> dict[str, tuple[HelpLink, ...]]:
    found = helping(request.site, request.actor, sort, names)
    return {
        name: tuple(HelpLink(s.title, request.resource_url(s)) for s in sheets)
        for name, sheets in found.items()
    }
