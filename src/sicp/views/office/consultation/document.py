"""What the drafting page says of each clause: why it is there, what may be done."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sicp.i18n import _
from sicp.operations.clause.library import plain_title
from sicp.operations.consultation.draft import may_rewrite
from sicp.operations.document.piece import blocks_of
from sicp.operations.document.piece import condition_in_french
from sicp.operations.document.piece import contents_of
from sicp.operations.document.piece import cover_html
from sicp.operations.document.piece import left_out_clauses
from sicp.operations.document.piece import missing_upstream
from sicp.operations.document.reason import COVER
from sicp.operations.document.reason import truth_lines
from sicp.views.office.help import HelpLink
from sicp.views.office.help import clause_helps
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared.forms.field_view import law_line

#: What leads to a passage, in words.
GROUND_KINDS = {
    "canevas": _("ground-canevas", default="Canevas"),
    "part": _("ground-part", default="Partie"),
    "article": _("ground-article", default="Article"),
    "derogations": _("ground-derogations", default="Liste des dérogations"),
    "use": _("ground-use", default="Place dans le canevas"),
    "clause": _("ground-clause", default="Clause"),
    "fragment": _("ground-fragment", default="Passage conditionnel"),
    "alternative": _("ground-alternative", default="Alternative"),
}


@dataclass(frozen=True, slots=True)
class GroundLines:
    """One step of the reasons for a passage: its condition, read part by part.

    ``is_always`` tells that there is no condition.
    """

    kind: str
    id: str
    title: str
    condition: str
    is_always: bool
    holds: bool | None
    lines: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause that stands, or could stand, at a place."""

    id: str
    title: str
    condition: str
    holds: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page. ``trace`` tells which clause it is, when it is one.

    ``grounds`` tell why it is there, ``summary`` how the page asks it. ``choices`` are
    the clauses among which the writer may choose, ``others`` those that the answers
    exclude. ``helps`` are sheets to read about it.
    """

    key: str
    html: str
    title: str = ""
    trace: Any = None
    kind: str = ""
    law: str = ""
    group: str = ""
    choices: Sequence[Choice] = ()
    others: Sequence[Choice] = ()
    may_rewrite: bool = False
    may_leave_out: bool = False
    summary: str = ""
    grounds: Sequence[GroundLines] = ()
    values: Sequence[Any] = ()
    helps: Sequence[HelpLink] = ()

    @property
    def css_class(self) -> str:
        """Tell a clause from a heading, and a rewritten one from the library's."""
        if self.trace is None:
            return "draft-block"
        return "draft-block clause is-local" if self.trace.is_local else "clause"


def page_of(piece: Any, request: Any, *, is_editor: bool) -> dict[str, Any]:
    """Return what the templates show of a piece, apart from its questions."""
    draft, blocks = piece.draft, blocks_of(piece)
    named = (b.section.trace.clause_id for b in blocks if b.section.trace is not None)
    helps = clause_helps(request, named)
    missing = [_missing(request, question) for question in missing_upstream(piece)]
    return {
        "cover": _cover(piece),
        "parts": [_part(piece, block, helps, is_editor=is_editor) for block in blocks],
        "contents": contents_of(piece),
        "missing": missing,
        "waiting": [q for q in draft.questions if q.is_variable],
        "problems": [_problem(problem) for problem in draft.problems],
        "open_count": len(draft.questions) + len(draft.problems),
        "removed": left_out_clauses(piece),
        "is_editor": is_editor,
    }


def form_url(request: Any, question: Any) -> str:
    """Give the address where a question of the upstream form is answered."""
    consultation = request.context.__parent__.__parent__
    name = question.name.partition(".")[0]
    if question.field.meta.get("stored_as") == "content" or "." in question.name:
        return request.resource_url(consultation, "lots")
    return request.resource_url(
        consultation, "formulaire", question.field.step, anchor=f"form-{name}"
    )


def _missing(request: Any, question: Any) -> dict[str, Any]:
    clauses = (*question.clauses, *question.decides)
    titles = [plain_title(title) for _id, title in clauses]
    return {
        "name": question.name,
        "title": question.title,
        "url": form_url(request, question),
        "clauses": ", ".join(dict.fromkeys(titles)),
    }


def _problem(problem: Any) -> dict[str, str]:
    place = problem.clause_id or problem.group
    return {"message": plain_title(problem.message), "place": place}


def _part(
    piece: Any,
    block: Any,
    helps: Mapping[str, Sequence[HelpLink]],
    *,
    is_editor: bool,
) -> Part:
    section, trace = block.section, block.section.trace
    if trace is None:
        group = section.id if section.kind == "choice" else ""
        choices = _choices(piece, group)
        return Part(
            block.key,
            block.html,
            title=plain_title(section.title_text),
            group=group,
            choices=[c for c in choices if c.holds],
            others=[c for c in choices if not c.holds],
            **_why(section.cause, is_heading=section.kind in _HEADINGS),
        )
    group = block.clause.group if block.clause else ""
    choices = _choices(piece, group)
    holding = [c for c in choices if c.holds]
    is_first = trace.occurrence == 1
    return Part(
        key=block.key,
        html=block.html,
        title=plain_title(trace.title),
        trace=trace,
        kind=CLAUSE_KINDS[trace.kind],
        law=law_line(trace.legal_basis),
        group=group,
        choices=holding if len(holding) > 1 else (),
        others=[c for c in choices if not c.holds],
        may_rewrite=is_editor and is_first and may_rewrite(block.clause),
        may_leave_out=is_editor and is_first and trace.kind == "optional",
        helps=helps.get(trace.clause_id, ()),
        **_why(section.cause),
    )


def ground_lines(ground: Any) -> GroundLines:
    """Say one step of the reasons for a passage."""
    return GroundLines(
        GROUND_KINDS[ground.kind],
        ground.id,
        plain_title(ground.title),
        ground.condition,
        is_always=ground.truth is None,
        holds=ground.truth.holds if ground.truth else True,
        lines=truth_lines(ground.truth),
    )


_HEADINGS = frozenset({"part", "article"})
_WHY = _("why", default="Pourquoi cette phrase ?")
_WHY_HEADING = _("why-heading", default="Pourquoi ce titre ?")
_WHY_COVER = _("why-cover", default="Pourquoi cette page ?")


def _why(cause: Any, *, is_heading: bool = False) -> dict[str, Any]:
    """Say what decides a passage itself: the plan of the whole is told on its page."""
    told = [g for g in cause.grounds[1:-1] if g.truth is not None]
    return {
        "summary": _WHY_HEADING if is_heading else _WHY,
        "grounds": [ground_lines(ground) for ground in (*told, cause.grounds[-1])],
        "values": cause.values,
    }


def _cover(piece: Any) -> Part | None:
    cover = piece.draft.cover
    if cover is None:
        return None
    why = {**_why(cover.cause), "summary": _WHY_COVER}
    return Part(COVER, cover_html(piece), **why)


def _choices(piece: Any, group: str) -> list[Choice]:
    found = next((g for g in piece.draft.groups if group and g.name == group), None)
    if found is None:
        return []
    return [
        Choice(
            a.clause_id,
            plain_title(a.title),
            condition_in_french(piece, a.clause_id),
            a.holds,
            a.clause_id == found.kept,
        )
        for a in found.alternatives
    ]
