"""What a publication changes in the very words of one piece, before and after.

The piece is assembled twice, with its own answers, choices and texts: the writer reads
what would change in his document, not what changed in the library.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.text_diff import DiffRow
from sicp.engines.drafting.text_diff import compare
from sicp.operations.clause.library import library_with
from sicp.operations.clause.release import CLAUSE
from sicp.operations.consultation.basis import Basis
from sicp.operations.consultation.rebase import Pending
from sicp.operations.consultation.rebase import Step
from sicp.operations.consultation.rebase import basis_after
from sicp.operations.consultation.rebase import step_of
from sicp.operations.document.context import drafting_fields
from sicp.operations.document.piece import Piece
from sicp.operations.document.piece import draft_document

#: The lines kept on each side of one that changes.
_AROUND = 1


@dataclass(frozen=True)
class ChangeReading:
    """One change, with the lines of this piece that are not the same.

    ``is_absent`` tells that the piece does not hold the clause with its answers of
    today. Where the writer's own text stands, ``rows`` compare the texts of the
    library instead: his does not change.
    """

    change: Pending
    rows: tuple[DiffRow, ...]
    is_absent: bool = False


@dataclass(frozen=True)
class StepReading:
    """What a publication offers to a piece, and what was imposed on it."""

    release: str
    pending: tuple[ChangeReading, ...]
    imposed: tuple[ChangeReading, ...]


def read_step(draft: Any, on: date) -> StepReading | None:  # noqa: ANN401
    """Read what separates a piece from the publication in force on ``on``.

    None when nothing does, or when the piece no longer moves.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    step = step_of(draft, on)
    if step is None:
        return None
    return StepReading(
        step.there.release,
        tuple(_pending(draft, step, on)),
        tuple(_imposed(draft, step, on)),
    )


def _pending(draft: Any, step: Step, on: date) -> Iterator[ChangeReading]:  # noqa: ANN401
    if not step.pending:
        return
    site = find_objectmap(draft).root
    before = _assembled(draft, step.here, on)
    for change in step.pending:
        others = {item.key for item in step.pending} - {change.key}
        # One change at a time: what another one brings is told at its own place.
        after = _assembled(draft, basis_after(site, step, others), on)
        yield _reading(site, change, before, after)


def _imposed(draft: Any, step: Step, on: date) -> Iterator[ChangeReading]:  # noqa: ANN401
    if not step.imposed:
        return
    site = find_objectmap(draft).root
    before = _assembled(draft, step.own, on)
    after = _assembled(draft, step.here, on)
    for change in step.imposed:
        yield _reading(site, change, before, after)


def _assembled(draft: Any, basis: Basis, on: date) -> Piece:  # noqa: ANN401
    site = find_objectmap(draft).root
    consultation = draft.__parent__.__parent__
    return draft_document(site, consultation, draft, on, basis=basis)


def _reading(site: Any, change: Pending, before: Piece, after: Piece) -> ChangeReading:  # noqa: ANN401
    if change.kind != CLAUSE:
        return ChangeReading(change, _near_changes(_plans(before, after)))
    if change.is_rewritten:
        return ChangeReading(change, _near_changes(_library_rows(site, change, after)))
    old, new = (tuple(_clause_blocks(piece, change.id)) for piece in (before, after))
    rows = compare(old, new, {})
    return ChangeReading(change, _near_changes(rows), is_absent=not old and not new)


def _clause_blocks(piece: Piece, clause_id: str) -> Iterator[Any]:
    for section in piece.draft.walk():
        if section.trace is not None and section.trace.clause_id == clause_id:
            if section.level:
                # Its number may change by what stands before it: only words count.
                yield Heading(section.level, "", section.anchor, section.title)
            yield from section.blocks


def _plans(before: Piece, after: Piece) -> list[DiffRow]:
    """Compare the headings of two pieces, and the words of what comes or goes."""
    common = _clause_ids(before) & _clause_ids(after)
    old, new = (tuple(_plan_blocks(piece, common)) for piece in (before, after))
    return compare(old, new, {})


def _clause_ids(piece: Piece) -> set[str]:
    return {s.trace.clause_id for s in piece.draft.walk() if s.trace is not None}


def _plan_blocks(piece: Piece, common: set[str]) -> Iterator[Any]:
    for section in piece.draft.walk():
        if section.title:
            yield Heading(section.level or 1, "", section.anchor, section.title)
        if section.trace is not None and section.trace.clause_id not in common:
            yield from section.blocks


def _library_rows(site: Any, change: Pending, piece: Piece) -> list[DiffRow]:  # noqa: ANN401
    texts = [_library_text(site, change.id, n) for n in (change.old, change.new)]
    fields = drafting_fields(piece.on)
    clause = piece.library.clause(change.id)
    named = (*fields.values(), *(clause.variables if clause is not None else ()))
    names = {field.name: field.title for field in named}
    names |= {f"ref:{clause.id}": clause.title for clause in piece.library}
    try:
        return compare(parse(texts[0]), parse(texts[1]), names)
    except MarkupError:
        return []


def _library_text(site: Any, clause_id: str, number: int) -> str:  # noqa: ANN401
    clause = library_with(site, {clause_id: number}).clause(clause_id)
    return clause.text if clause is not None else ""


def _near_changes(rows: list[DiffRow]) -> tuple[DiffRow, ...]:
    """Keep the lines that are not the same, and those beside them."""
    changed = [i for i, row in enumerate(rows) if row.status != "unchanged"]
    kept = {j for i in changed for j in range(i - _AROUND, i + _AROUND + 1)}
    return tuple(row for i, row in enumerate(rows) if i in kept)
