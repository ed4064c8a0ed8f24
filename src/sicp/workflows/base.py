"""Turns a table of states into a Substance D workflow and into the ACL of an object.

A table says, for each function and each state, whether the function acts there and for
whom: ``R`` for the responsible entities and those above, ``B`` for the beneficiary
entities and those below, ``A`` for whoever holds it anywhere, ``-`` for nobody. It is
never rewritten at run time.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from pyramid.authorization import Allow
from pyramid.authorization import Deny
from substanced.workflow import Workflow

from sicp.roles import EVERYONE
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import principal_anywhere
from sicp.roles import principal_at
from sicp.roles import principal_below

RESPONSIBLE = "R"
BENEFICIARY = "B"
ANYWHERE = "A"
NOBODY = "-"

Ace = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class State:
    """A state an object rests in."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A move from one state to another, the permission it asks, and its guard.

    The guard returns the French reasons why the move is not possible now; an empty
    answer lets it pass.
    """

    name: str
    title: str
    from_state: str
    to_state: str
    permission: str
    guard: Callable[[Any], list[str]] | None = None
    needs_reason: bool = False


@dataclass(frozen=True)
class WorkflowTable:
    """All a lawyer wants to know of a workflow, on one page."""

    name: str
    content_type: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    functions: Mapping[str, tuple[str, ...]]

    @property
    def initial(self) -> str:
        """Return the state of a new object."""
        return self.states[0].name

    def index_of(self, state: str) -> int:
        """Return the column of a state.

        Raises:
            KeyError: the table has no such state.
        """
        for number, item in enumerate(self.states):
            if item.name == state:
                return number
        raise KeyError(state)

    def functions_of(self, state: str, perimeter: str) -> tuple[str, ...]:
        """Return the functions that act in ``state`` for ``perimeter``."""
        column = self.index_of(state)
        return tuple(
            code for code, row in self.functions.items() if row[column] == perimeter
        )

    def transition(self, name: str) -> Transition:
        """Find a transition by name.

        Raises:
            KeyError: the table has no such transition.
        """
        for item in self.transitions:
            if item.name == name:
                return item
        raise KeyError(name)

    def transitions_from(self, state: str) -> tuple[Transition, ...]:
        """Return the moves that leave ``state``."""
        return tuple(t for t in self.transitions if t.from_state == state)

    def permissions(self) -> tuple[str, ...]:
        """Return every permission that the table rules."""
        found = {
            permission
            for code in self.functions
            for permission in FUNCTION_BY_CODE[code].permissions
        }
        return tuple(sorted(found))

    def acl(
        self,
        state: str,
        responsible_and_above: Iterable[int] = (),
        beneficiaries: Iterable[int] = (),
    ) -> tuple[Ace, ...]:
        """Write who may do what in ``state``; everything else is refused."""
        grants = [
            (Allow, principal_at(code, entity), FUNCTION_BY_CODE[code].permissions)
            for code in self.functions_of(state, RESPONSIBLE)
            for entity in responsible_and_above
        ]
        grants += [
            (Allow, principal_below(code, entity), FUNCTION_BY_CODE[code].permissions)
            for code in self.functions_of(state, BENEFICIARY)
            for entity in beneficiaries
        ]
        grants += [
            (Allow, principal_anywhere(code), FUNCTION_BY_CODE[code].permissions)
            for code in self.functions_of(state, ANYWHERE)
        ]
        return (*grants, (Deny, EVERYONE, self.permissions()))


def build_workflow(table: WorkflowTable) -> Workflow:
    """Make the Substance D workflow that keeps the state of objects."""
    workflow = Workflow(table.initial, table.name, table.name)
    for state in table.states:
        workflow.add_state(state.name, title=state.title)
    for item in table.transitions:
        workflow.add_transition(
            item.name, item.from_state, item.to_state, title=item.title
        )
    workflow.check()
    return workflow


def initialize(
    registry: Any, table: WorkflowTable, content: Any, state: str = ""
) -> None:
    """Put a new object in its first state, or in the one it already had elsewhere.

    Raises:
        KeyError: the table has no such state.
    """
    workflow = registry.workflow.get(table.name, table.content_type)
    workflow.initialize(content)
    if state:
        table.index_of(state)
        content.__workflow_state__[table.name] = state


def state_of(registry: Any, table: WorkflowTable, content: Any) -> str:  # noqa: ANN401
    """Tell the state an object is in."""
    workflow = registry.workflow.get(table.name, table.content_type)
    return workflow.state_of(content) or table.initial


def move(registry: Any, table: WorkflowTable, content: Any, name: str) -> None:  # noqa: ANN401
    """Do the transition ``name``; rights and guards were asked by the operation."""
    workflow = registry.workflow.get(table.name, table.content_type)
    # Substance D reads the registry from a request; nothing else of it is used here.
    workflow.transition(content, SimpleNamespace(registry=registry), name)
