"""A canevas tried before it is published: on a consultation, or on invented answers."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from sicp.clock import legal_day
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.conditions import ConditionError
from sicp.engines.drafting.conditions import evaluate
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.html import render
from sicp.engines.drafting.typography import spaced
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.release import library_to_come
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.production import write_piece
from sicp.operations.document.sample import sample_answers
from sicp.operations.document.sample import wanted_by
from sicp.operations.template.editing import edited_canevas

_FIRST_HEADING = 3


@dataclass(frozen=True)
class Trial:
    """The document that the canevas being edited would give.

    ``holds`` tells whether it would be proposed there, None when its condition is
    faulty. Questions and problems are in French.
    """

    draft: Draft
    html: str
    holds: bool | None
    questions: tuple[str, ...]
    problems: tuple[str, ...]


def try_canevas(
    site: Any,  # noqa: ANN401
    template: Any,  # noqa: ANN401
    on: date,
    consultation: Any = None,  # noqa: ANN401
) -> Trial:
    """Assemble the tree being edited with the clauses to come; nothing is kept.

    Without ``consultation``, invented answers are taken, those that its condition of
    proposal wants among them. The caller sees to the rights on the consultation.

    Raises:
        InvalidInputError: the canevas cannot be read.
    """
    canevas = edited_canevas(template)
    fields = drafting_fields(on)
    answers = (
        {**sample_answers(fields), **wanted_by(canevas.applies)}
        if consultation is None
        else answers_for_drafting(site, consultation, {}, on)
    )
    draft = assemble(canevas, library_to_come(site, on), answers, fields, on=on)
    try:
        holds = evaluate(canevas.applies, answers, fields)
    except ConditionError:
        holds = None
    return Trial(
        draft,
        render(draft, first_heading=_FIRST_HEADING),
        holds,
        tuple(spaced(french(question.title)) for question in draft.questions),
        tuple(spaced(problem.message) for problem in draft.problems),
    )


def write_trial(
    site: Any,  # noqa: ANN401
    template: Any,  # noqa: ANN401
    now: datetime,
    consultation: Any = None,  # noqa: ANN401
) -> bytes:
    """Return the Word file of the tree being edited, as ``try_canevas`` assembles it.

    Raises:
        InvalidInputError: the canevas cannot be read.
    """
    trial = try_canevas(site, template, legal_day(now), consultation)
    if consultation is not None:
        return write_piece(site, consultation, trial.draft, now, "docx")
    properties = Properties(title=trial.draft.title, created_at=now)
    return write_docx(trial.draft, HouseStyle(), properties)
