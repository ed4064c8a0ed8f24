"""One piece of a consultation as it stands: assembled at each look, never stored."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.clock import legal_day
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import ConditionError
from sicp.engines.drafting.conditions import evaluate
from sicp.engines.drafting.conditions import to_french
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Question
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.html import render
from sicp.engines.drafting.html import render_section
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.typography import spaced
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce
from sicp.operations.consultation.basis import Basis
from sicp.operations.consultation.basis import basis_of
from sicp.operations.consultation.basis import new_basis
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.context import drafting_fields
from sicp.operations.template import writers_canevas

#: The page has a title, and each of its columns another one.
_FIRST_HEADING = 3
#: The phases of a procedure in their order; a single one has them all at once.
PHASES = ("candidature", "offer", "single")


@dataclass(frozen=True)
class Piece:
    """A document assembled for a consultation, with what it was assembled from."""

    draft: Draft
    library: Library
    canevas: Canevas
    fields: FieldSet
    own: Mapping[str, Any]
    answers: Mapping[str, Any]
    left_out: frozenset[str]
    on: date
    release: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One section as the page shows it: its HTML, and why it is there.

    ``key`` tells it from the others, from one look to the next.
    """

    key: str
    html: str
    section: Section
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the table of contents."""

    anchor: str
    level: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A canevas one may start; ``condition`` says in French when it is proposed.

    ``phase`` is candidature, offer or single. ``is_for_file`` tells what candidates
    receive from the letters and forms that the procedure calls for later.
    """

    id: str
    title: str
    document: str
    is_proposed: bool
    condition: str
    phase: str = "single"
    is_for_file: bool = True


def draft_document(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    stored: Any,  # noqa: ANN401
    on: date,
    *,
    answers: Mapping[str, Any] | None = None,
    template_id: str = "",
    basis: Basis | None = None,
) -> Piece:
    """Assemble a piece as it stands on the day ``on``; a frozen one, as it was then.

    Args:
        site: the site.
        consultation: what it is written for.
        stored: what the writer said in this piece; None when it was not begun.
        on: the day whose clauses are taken.
        answers: answers not saved yet, which prevail over those of the piece.
        template_id: the canevas, when the piece was not begun.
        basis: the canevas and clauses to take, instead of those of the piece.

    Raises:
        InvalidInputError: the canevas does not exist any more.
    """
    frozen = stored is not None and stored.frozen_at is not None
    if frozen:
        on = legal_day(stored.frozen_at)
    if basis is None:
        basis = basis_of(stored, on) if stored else new_basis(site, template_id, on)
    canevas, library = basis.canevas, basis.library
    own = {**(stored.answers if stored else {}), **(answers or {})}
    fields = drafting_fields(on)
    left_out = stored.left_out if stored else frozenset()
    known = (
        dict(stored.frozen_answers)
        if frozen
        else answers_for_drafting(site, consultation, own, on)
    )
    draft = assemble(
        canevas,
        library,
        known,
        fields,
        local_texts=dict(stored.local_texts) if stored else {},
        choices=dict(stored.choices) if stored else {},
        left_out=left_out,
        on=on,
    )
    return Piece(
        draft, library, canevas, fields, own, known, left_out, on, basis.release
    )


def piece_of(stored: Any, on: date, answers: Any = None) -> Piece:  # noqa: ANN401
    """Assemble a piece that was begun; ``answers`` are not saved yet.

    Raises:
        InvalidInputError: the canevas does not exist any more.
    """
    site = find_objectmap(stored).root
    consultation = stored.__parent__.__parent__
    return draft_document(site, consultation, stored, on, answers=answers)


def proposals(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    on: date,
) -> tuple[Proposal, ...]:
    """Return every canevas a writer may choose, those whose condition holds first."""
    answers = answers_for_drafting(site, consultation, {}, on)
    fields = drafting_fields(on)
    found = [_proposal(c, answers, fields) for c in writers_canevas(site)]
    return tuple(
        sorted(
            found,
            key=lambda p: (
                not p.is_proposed,
                not p.is_for_file,
                _rank_of(p.phase),
                p.title,
            ),
        )
    )


def _rank_of(phase: str) -> int:
    """Order the phases as a procedure goes through them."""
    return PHASES.index(phase) if phase in PHASES else len(PHASES)


def _proposal(
    canevas: Canevas, answers: Mapping[str, Any], fields: FieldSet
) -> Proposal:
    try:
        holds = bool(canevas.applies) and evaluate(canevas.applies, answers, fields)
    except ConditionError:
        # The editor of the canevas is told; a writer may still choose it himself.
        holds = False
    said = spaced(to_french(canevas.applies, fields))
    return Proposal(
        canevas.id,
        canevas.title,
        canevas.document,
        holds,
        said,
        canevas.phase,
        canevas.layout is Layout.DOCUMENT,
    )


def blocks_of(piece: Piece) -> tuple[Block, ...]:
    """Return the sections of the page in reading order, none inside another."""
    return tuple(
        Block(
            section.anchor,
            render_section(replace(section, children=()), first_heading=_FIRST_HEADING),
            section,
            _clause(piece, section),
        )
        for section in piece.draft.walk()
    )


def cover_html(piece: Piece) -> str:
    """Return the first page as HTML."""
    return render(replace(piece.draft, sections=()), first_heading=_FIRST_HEADING)


def contents_of(piece: Piece, depth: int = 2) -> tuple[ContentsEntry, ...]:
    """Return the table of contents down to the level ``depth``."""
    return tuple(
        ContentsEntry(s.anchor, s.level, s.label, s.title_text)
        for s in piece.draft.walk()
        if 0 < s.level <= depth
    )


def count_open(piece: Piece) -> int:
    """Count what stands against freezing the piece: questions and problems."""
    return len(piece.draft.questions) + len(piece.draft.problems)


def missing_upstream(piece: Piece) -> tuple[Question, ...]:
    """Return the questions of the upstream form that this piece waits for."""
    return tuple(q for q in piece.draft.questions if not q.is_variable)


def variables_of(piece: Piece) -> tuple[Field, ...]:
    """Return the questions this piece asks by itself, those without answer first.

    The help of each says which clauses want it.
    """
    waiting = {q.name for q in piece.draft.questions if q.is_variable}
    wanted = _wanted_by(piece)
    fields = [_explained(field, titles) for field, titles in wanted.values()]
    return tuple(sorted(fields, key=lambda field: field.name not in waiting))


def known_values(piece: Piece) -> dict[str, Any]:
    """Return what is known of the variables of a piece, their defaults included."""
    known: dict[str, Any] = {}
    for field, _titles in _wanted_by(piece).values():
        value = piece.own.get(field.name)
        known[field.name] = default_of(field) if value is None else value
    return known


def answer_holds(piece: Piece, condition: Mapping[str, Any]) -> bool:
    """Tell whether the condition of a question holds; one that is faulty does not."""
    variables = tuple(field for field, _titles in _wanted_by(piece).values())
    try:
        return evaluate(condition, piece.answers, piece.fields.extended_with(variables))
    except ConditionError:
        return False


def default_of(field: Field) -> Any:  # noqa: ANN401
    """Return what a variable holds before anybody answers; None when nothing."""
    try:
        return coerce(field, field.meta.get("default"))
    except UnreadableValueError:
        return None


def left_out_clauses(piece: Piece) -> tuple[Clause, ...]:
    """Return the optional clauses of this canevas that the writer does not want."""
    called = {use.clause for use, _ in piece.canevas.clause_uses()}
    names = sorted(piece.left_out & called)
    found = (piece.library.clause(name, piece.on) for name in names)
    return tuple(clause for clause in found if clause is not None)


def condition_in_french(piece: Piece, clause_id: str) -> str:
    """Say when a clause is kept."""
    clause = piece.library.clause(clause_id, piece.on)
    if clause is None:
        return ""
    fields = piece.fields.extended_with(clause.variables)
    return spaced(to_french(clause.condition, fields))


def _clause(piece: Piece, section: Section) -> Clause | None:
    if section.trace is None:
        return None
    return piece.library.clause(section.trace.clause_id, piece.on)


def _wanted_by(piece: Piece) -> dict[str, tuple[Field, list[str]]]:
    """Return each variable asked in this piece, with the clauses that want it."""
    wanted: dict[str, tuple[Field, list[str]]] = {}
    for clause in _asking(piece):
        for field in clause.variables:
            if field.name not in piece.fields:
                _field, titles = wanted.setdefault(field.name, (field, []))
                titles.append(clause.title)
    for question in piece.draft.questions:
        if question.is_variable and question.name not in wanted:
            titles = [title for _id, title in question.decides]
            wanted[question.name] = (question.field, titles)
    return wanted


def _asking(piece: Piece) -> Iterator[Clause]:
    kept = dict.fromkeys(s.trace.clause_id for s in piece.draft.walk() if s.trace)
    for name in kept:
        clause = piece.library.clause(name, piece.on)
        if clause is not None:
            yield clause


def _explained(field: Field, titles: list[str]) -> Field:
    named = ", ".join(f"« {title} »" for title in dict.fromkeys(titles))
    word = "clause" if len(set(titles)) == 1 else "clauses"
    reason = f"Demandé par {'la' if word == 'clause' else 'les'} {word} {named}."
    said = " ".join(part for part in (french(field.help).strip(), reason) if part)
    return replace(field, help=spaced(said))
