"""The questions that pieces need, each once, with the clauses that need it.

A question is there only because a clause that is kept, or that waits for the answer to
be kept, prints it or depends on it: when no clause needs it any more, it is gone.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import replace
from typing import Any

from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.typography import spaced
from sicp.engines.drafting.values import is_empty
from sicp.operations.document.piece import Piece
from sicp.operations.document.piece import known_values
from sicp.operations.document.piece import variables_of
from sicp.operations.document.reason import truth_lines
from sicp.operations.document.reason import value_field

#: The group of the questions that no step of the form asks.
OWN = "propres"
#: Of the clauses of a piece that need an answer, how many are named beside it.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """A clause of a piece that needs an answer; ``clause`` is empty for a heading."""

    piece: str
    piece_title: str
    clause: str
    title: str


@dataclass(slots=True)
class Need:
    """One question, its group (a step of the form or ``OWN``), and who needs it.

    ``pieces`` are those in which the answer is kept, when it is not in the form.
    """

    field: Field
    group: str
    is_answered: bool
    is_waited_for: bool
    demands: dict[tuple[str, str], Demand] = dataclass_field(default_factory=dict)
    pieces: dict[str, None] = dataclass_field(default_factory=dict)
    value: Any = None

    @property
    def is_stored_apart(self) -> bool:
        """Tell whether it has pages of its own, such as lots."""
        return self.field.meta.get("stored_as") == "content"


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """The questions of one step, and how far they are answered."""

    name: str
    title: str
    needs: tuple[Need, ...]

    @property
    def answered(self) -> int:
        """Count the questions that wait for nothing."""
        return sum(1 for need in self.needs if not need.is_waited_for)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to say here."""
        return self.answered == len(self.needs)


def needs_of(pieces: Mapping[str, Piece]) -> tuple[Need, ...]:
    """Return the questions that these pieces need, in the order of the form.

    ``pieces`` are assembled pieces, by the id of their canevas.
    """
    found: dict[str, Need] = {}
    for piece_id, piece in pieces.items():
        _gather(found, piece_id, piece)
    order = {name: rank for rank, name in enumerate(UPSTREAM_FORM)}
    names = sorted(found, key=lambda name: order.get(name, len(order)))
    return tuple(found[name] for name in names)


def grouped(needs: Iterable[Need], own_title: str) -> tuple[NeedGroup, ...]:
    """Return the questions by step of the form, then those of the pieces alone."""
    every = tuple(needs)
    titles = (*STEPS, (OWN, own_title))
    groups = (
        NeedGroup(name, title, tuple(need for need in every if need.group == name))
        for name, title in titles
    )
    return tuple(group for group in groups if group.needs)


def asked_field(need: Need) -> Field:
    """Return the question as it is asked: its help says which clauses need it."""
    if need.group == OWN:
        return need.field
    parts = (french(need.field.help).strip(), demanded_by(need))
    return replace(need.field, help=" ".join(part for part in parts if part))


def demanded_by(need: Need) -> str:
    """Say which clauses of which pieces need an answer, in one sentence."""
    by_piece: dict[str, list[str]] = {}
    for demand in need.demands.values():
        titles = by_piece.setdefault(demand.piece_title, [])
        if demand.title and demand.title not in titles:
            titles.append(demand.title)
    said = "\N{NO-BREAK SPACE}; ".join(_piece_words(*item) for item in by_piece.items())
    return spaced(f"Demandé par : {said}.")


def _piece_words(piece: str, titles: list[str]) -> str:
    named = [f"« {_plain(title)} »" for title in titles[:_MOST_NAMED]]
    rest = len(titles) - len(named)
    if rest:
        named.append(f"{rest} autre{'s' if rest > 1 else ''}")
    return f"{piece} ({', '.join(named)})" if named else piece


def _plain(title: str) -> str:
    return re.sub(r"\{[^{}]*\}", "…", title)


def _gather(found: dict[str, Need], piece_id: str, piece: Piece) -> None:
    own = {field.name: field for field in variables_of(piece)}
    known = known_values(piece)
    facts = Facts(piece.answers, piece.fields.extended_with(tuple(own.values())))
    waiting = {value_field(q.name) for q in piece.draft.questions}
    for name, demand in _demands(piece_id, piece):
        field = UPSTREAM_FORM.get(name) or own.get(name)
        if field is None or not facts.applies(name):
            continue
        value = facts.value(name) if name in UPSTREAM_FORM else known.get(name)
        need = found.get(name)
        if need is None:
            group = field.step if name in UPSTREAM_FORM else OWN
            need = found[name] = Need(
                field, group, is_answered=not is_empty(value), is_waited_for=False
            )
            need.value = value
        need.is_waited_for = need.is_waited_for or name in waiting
        need.demands.setdefault((demand.piece, demand.clause), demand)
        if need.group == OWN:
            need.pieces[piece_id] = None


def _demands(piece_id: str, piece: Piece) -> Iterator[tuple[str, Demand]]:
    """Yield each question used somewhere, with the clause that uses it."""
    title = piece.canevas.title
    for section in piece.draft.walk():
        clause = section.trace.clause_id if section.trace else ""
        said = section.trace.title if section.trace else section.title_text
        for name in _names_used(section):
            yield name, Demand(piece_id, title, clause, said)
    for question in piece.draft.questions:
        for clause, said in (*question.clauses, *question.decides):
            yield value_field(question.name), Demand(piece_id, title, clause, said)
    for name, clause, said in _asked_by_clauses(piece):
        yield name, Demand(piece_id, title, clause, said)


def _names_used(section: Section) -> Iterator[str]:
    cause = section.cause
    if cause is None:
        return
    for value in cause.values:
        yield value_field(value.name)
    for ground in (*cause.grounds[1:], *cause.fragments):
        for line in truth_lines(ground.truth):
            for value in line.values:
                yield value_field(value.name)


def _asked_by_clauses(piece: Piece) -> Iterator[tuple[str, str, str]]:
    """Yield the variables of the clauses kept, used by the text or not."""
    for section in piece.draft.walk():
        if section.trace is not None:
            clause = piece.library.clause(section.trace.clause_id, piece.on)
            for field in clause.variables if clause else ():
                yield field.name, section.trace.clause_id, section.trace.title
