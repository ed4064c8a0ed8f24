"""A proposal of the committee: what it asks, what it changes, where it stands."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.clause import CREATION
from sicp.content_types.clause import RETIREMENT
from sicp.exceptions import DomainError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.clause import IProposal
from sicp.operations.clause.discussion import reopen_comment
from sicp.operations.clause.discussion import resolve_comment
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proof import findings_of_clause
from sicp.operations.clause.proposal import cast_vote
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.document.submission import check_proposal
from sicp.operations.document.submission import submit_proposal
from sicp.operations.user.right import may
from sicp.views.office.clause.committee import move_forms
from sicp.views.office.clause.committee import told_moves
from sicp.views.office.clause.committee import vote_form
from sicp.views.office.clause.committee import vote_panel
from sicp.views.office.clause.discussion import Forms
from sicp.views.office.clause.discussion import discussion_of
from sicp.views.office.clause.discussion import post_answer
from sicp.views.office.clause.discussion import post_comment
from sicp.views.office.clause.discussion import post_settling
from sicp.views.office.clause.discussion import reading_of
from sicp.views.office.clause.standing import calling
from sicp.views.office.clause.standing import difference
from sicp.views.office.clause.standing import outdated
from sicp.views.office.clause.standing import placing
from sicp.views.office.clause.standing import releases_url
from sicp.views.office.clause.standing import stages
from sicp.views.office.clause.standing import terms
from sicp.views.office.clause.wording import MOVED
from sicp.views.office.clause.wording import PROPOSAL_KINDS
from sicp.views.office.clause.wording import by
from sicp.views.office.clause.wording import proposal_badge
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import validate
from sicp.views.shared.forms.field_view import law_line
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import flash

_CONFLICT = 409
_TITLES = {
    "before": _("proposal-before", default="Texte de départ"),
    "after": _("proposal-after", default="Texte proposé"),
}


@view_config(
    context=IProposal,
    permission=p.VIEW_PROPOSALS,
    renderer="templates/proposal/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a proposal whole."""
    return _page(context, request)


@view_config(
    name="transition",
    context=IProposal,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
    renderer="templates/proposal/show.pt",
)
def change_state(context: Any, request: Any) -> Any:
    """Move a proposal to its next state."""
    forms = move_forms(context, request)
    form = forms.get(f"move-{request.GET.get('vers', '')}")
    if form is None:
        raise StateError(
            _(
                "proposal-state-wrong",
                default="Cette proposition n’est plus dans l’état voulu : relisez-la.",
            )
        )
    values = validate(form, request.POST)
    if values is not None:
        name, reason = form.formid.removeprefix("move-"), values.get("reason") or ""
        # A text is put to the committee once it has no fault.
        is_done = (
            _done(request, form, submit_proposal, context)
            if name == "submit"
            else _done(request, form, move_proposal, context, name, reason=reason)
        )
        if is_done:
            flash(request, MOVED[proposal_state(context)])
            return HTTPSeeOther(request.resource_url(context))
    return _page(context, request, {form.formid: form})


@view_config(
    name="verification",
    context=IProposal,
    permission=p.VIEW_PROPOSALS,
    renderer="templates/proposal/check.pt",
)
def check(context: Any, request: Any) -> dict[str, Any]:
    """Show what the text would break, in itself and in the canevas that call it."""
    request.layout.show(
        _("proposal-check", default="Vérification du texte"),
        subtitle=plain_title(context.title),
    )
    found = check_proposal(request.site, context, request.today)
    return {
        "findings": _findings(found),
        "count": len(calling(request, context.clause_id)),
        "back_url": request.resource_url(context),
    }


@view_config(
    name="vote",
    context=IProposal,
    permission=p.VOTE_PROPOSALS,
    request_method="POST",
    renderer="templates/proposal/show.pt",
)
def vote(context: Any, request: Any) -> Any:
    """Vote, or change one's vote."""
    form = vote_form(context, request)
    values = validate(form, request.POST)
    if values is not None and _done(
        request, form, cast_vote, context, values["vote"], reason=values["reason"]
    ):
        flash(request, _("vote-noted", default="Votre vote est noté."))
        return HTTPSeeOther(request.resource_url(context, anchor="vote"))
    return _page(context, request, {"vote": form})


@view_config(
    name="commentaire",
    context=IProposal,
    permission=p.VIEW_PROPOSALS,
    request_method="POST",
    renderer="templates/proposal/show.pt",
)
def comment(context: Any, request: Any) -> Any:
    """Say something of the proposal, of a property or of a passage."""
    return post_comment(context, request, _page)


@view_config(
    name="reponse",
    context=IProposal,
    permission=p.VIEW_PROPOSALS,
    request_method="POST",
    renderer="templates/proposal/show.pt",
)
def answer(context: Any, request: Any) -> Any:
    """Answer a comment."""
    return post_answer(context, request, _page)


@view_config(
    name="traiter",
    context=IProposal,
    permission=p.VIEW_PROPOSALS,
    request_method="POST",
)
def resolve(context: Any, request: Any) -> Any:
    """Say that a comment was dealt with."""
    return post_settling(context, request, resolve_comment)


@view_config(
    name="rouvrir",
    context=IProposal,
    permission=p.VIEW_PROPOSALS,
    request_method="POST",
)
def reopen(context: Any, request: Any) -> Any:
    """Say that a comment is still to be dealt with."""
    return post_settling(context, request, reopen_comment)


def _page(proposal: Any, request: Any, refused: Forms | None = None) -> dict[str, Any]:
    """Say all there is of a proposal; ``refused`` are the forms to show again."""
    _frame(proposal, request)
    reading = reading_of(proposal, request)
    used_by = calling(request, proposal.clause_id)
    placed_in = placing(request, proposal.clause_id)
    waits = proposal_state(proposal) == "adopted"
    return {
        "stages": stages(proposal),
        "terms": terms(proposal, request),
        "reason": proposal.reason,
        "kind": proposal.kind,
        "reading": reading,
        "law": law_line(reading.clause.legal_basis),
        "nature": CLAUSE_KINDS[reading.clause.kind.value],
        "difference": difference(proposal, request),
        "titles": _TITLES,
        "findings": _findings(
            findings_of_clause(request.site, proposal.data, request.today)
        ),
        "outdated": outdated(proposal, request),
        **discussion_of(proposal, request, reading, refused),
        "used_by": used_by,
        "placed_in": placed_in,
        "is_to_place": waits
        and proposal.kind == CREATION
        and not (used_by or placed_in),
        "templates_url": request.resource_url(request.site["canevas"]),
        "vote": vote_panel(proposal, request, (refused or {}).get("vote")),
        "moves": told_moves(proposal, request, refused or {}),
        "releases_url": releases_url(proposal, request),
    }


def _done(request: Any, form: Form, operation: Any, *args: Any, **kw: Any) -> bool:
    """Do it for the person; what is refused is shown in the form."""
    try:
        operation(*args, **kw, **by(request))
    except DomainError as error:
        form.refuse(error.message, error.field)
        if isinstance(error, StateError):
            request.response.status_int = _CONFLICT
        return False
    return True


def _frame(proposal: Any, request: Any) -> None:
    title = plain_title(proposal.title)
    way = [*request.layout.breadcrumb]
    if way and not getattr(request, "view_name", ""):
        way = [*way[:-1], Crumb(title)]
    request.layout.show(
        title,
        subtitle=request.layout.say(PROPOSAL_KINDS[proposal.kind]),
        badge=proposal_badge(proposal),
        breadcrumb=way,
        primary_action=_editing(proposal, request),
        actions=_actions(proposal, request),
    )


def _actions(proposal: Any, request: Any) -> list[Action]:
    word = Action(
        _("proposal-word", default="Télécharger en Word avec suivi"),
        request.resource_url(proposal, "comparaison-word"),
    )
    if proposal.kind == RETIREMENT:
        return [word]
    check = Action(
        _("proposal-check-do", default="Vérifier le texte"),
        request.resource_url(proposal, "verification"),
    )
    return [check, word]


def _findings(found: Any) -> list[dict[str, Any]]:
    return [
        {"is_error": item.severity == "error", "message": item.message}
        for item in found
    ]


def _editing(proposal: Any, request: Any) -> Action | None:
    """Return the way to the editing form, while the text is being written."""
    is_written = proposal_state(proposal) == "draft" and proposal.kind != RETIREMENT
    if not is_written or not may(request.actor, p.EDIT_LIBRARY, proposal):
        return None
    title = _("proposal-write", default="Modifier le texte")
    return Action(title, request.resource_url(proposal, "modifier"))
