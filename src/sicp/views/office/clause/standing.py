"""Where a proposal stands: its way, its facts, what it changes and what it touches."""

from typing import Any

from sicp.content_types.clause import AMENDMENT
from sicp.content_types.clause import CREATION
from sicp.i18n import _
from sicp.operations.clause.comparison import differences
from sicp.operations.clause.comparison import place_titles
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.document.plan import canevas_to_call
from sicp.operations.document.reading import canevas_calling
from sicp.views.office.clause.wording import STATE_TITLES
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Stage
from sicp.views.shared.components import Term

#: The way of a proposal that goes well.
_WAY = ("draft", "review", "adopted", "in_force")


def stages(proposal: Any) -> list[Stage]:
    """Return the way of a proposal, with the day of each step it made."""
    state = proposal_state(proposal)
    names = _WAY if state in _WAY else (*_stopped_at(proposal), state)
    at = names.index(state)
    days = {
        "draft": proposal.created_at,
        "review": proposal.submitted_at,
        state: proposal.settled_at or proposal.modified_at,
    }
    if proposal.created_at:
        days["draft"] = proposal.created_at
    return [
        Stage(
            STATE_TITLES[name],
            "done" if rank < at else "current" if rank == at else "coming",
            display.day(days[name]) if rank <= at and days.get(name) else "",
        )
        for rank, name in enumerate(names)
    ]


def _stopped_at(proposal: Any) -> tuple[str, ...]:
    return ("draft", "review") if proposal_state(proposal) == "refused" else ("draft",)


def terms(proposal: Any, request: Any) -> list[Term]:
    """Return who proposed what, when, and what was decided."""
    clause = clause_called(request.site, proposal.clause_id)
    told = [
        Term(
            _("proposal-by", default="Proposée par"),
            person(request, proposal.created_by),
            note=display.moment(proposal.created_at),
        )
    ]
    if clause is not None and clause.versions:
        said = request.layout.say(
            _(
                "proposal-on-version",
                default="version ${number}",
                mapping={"number": proposal.base_version or clause.current.number},
            )
        )
        url = request.resource_url(clause)
        title = plain_title(clause.title)
        told.append(Term(_("proposal-clause", default="Clause"), title, url, note=said))
    if proposal.kind == CREATION:
        place = " › ".join(filter(None, place_titles(request.site, proposal.data)))
        told.append(Term(_("clause-place", default="Famille et thème"), place))
    if proposal.modified_at != proposal.created_at:
        told.append(
            Term(
                _("proposal-last", default="Dernier acte"),
                person(request, proposal.modified_by),
                note=display.moment(proposal.modified_at),
            )
        )
    if proposal.settled_reason:
        settled = _("proposal-settled-reason", default="Motif de la décision")
        told.append(Term(settled, proposal.settled_reason))
    if proposal.release:
        told.append(
            Term(_("proposal-release", default="Publication"), proposal.release)
        )
    return told


def difference(proposal: Any, request: Any) -> Any:
    """Return what changes from the version the text was written on."""
    if proposal.kind != AMENDMENT:
        return ()
    clause = clause_called(request.site, proposal.clause_id)
    version = clause.version(proposal.base_version) if clause is not None else None
    before = version.data if version is not None else None
    return differences(request.site, before, proposal.data, request.today)


def outdated(proposal: Any, request: Any) -> int:
    """Return the version published since the text was written on, 0 when none."""
    clause = clause_called(request.site, proposal.clause_id)
    state = proposal_state(proposal)
    if clause is None or not clause.versions or state == "in_force":
        return 0
    current = clause.current.number
    return current if current != proposal.base_version else 0


def calling(request: Any, clause_id: str) -> list[tuple[str, str]]:
    """Return the canevas that call a clause: title and address."""
    return [
        (template.title, request.resource_url(template))
        for template in canevas_calling(request.site, clause_id)
    ]


def placing(request: Any, clause_id: str) -> list[tuple[str, str]]:
    """Return the canevas being edited that would call a clause: title and address."""
    return [
        (str(template.edited["title"]), request.resource_url(template, "modifier"))
        for template in canevas_to_call(request.site, clause_id)
    ]


def releases_url(proposal: Any, request: Any) -> str:
    """Return where an adopted proposal goes on."""
    if proposal_state(proposal) != "adopted":
        return ""
    return request.resource_url(request.site["publications"])
