"""The committee: its votes, its decisions, its rules and its members."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.clause import IProposals
from sicp.operations.clause.committee import electors_of
from sicp.operations.clause.committee import set_committee_rules
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.user.right import may
from sicp.rules.committee_vote import Outcome
from sicp.rules.committee_vote import outcome_of
from sicp.views.office.clause.discussion import Forms
from sicp.views.office.clause.wording import MAJORITIES
from sicp.views.office.clause.wording import VOTES
from sicp.views.office.forms import attempt
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import NumberControl
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import WholeNumber
from sicp.views.shared.forms import options_of
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash
from sicp.workflows.clause import TABLE

_LONGEST_REASON = 2_000


@view_config(
    name="regles",
    context=IProposals,
    permission=p.VIEW_PROPOSALS,
    renderer="templates/committee/show_rules.pt",
)
def show_rules(context: Any, request: Any) -> Any:
    """Show how the committee decides and who it is; whoever publishes changes it."""
    request.layout.show(_("committee-rules", default="Règles du comité éditorial"))
    keeps = may(request.actor, p.PUBLISH_LIBRARY, request.site["publications"])
    form = _rules_form(request) if keeps else None
    if form is not None and request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request,
            form,
            set_committee_rules,
            request.site,
            values["quorum_percent"],
            values["majority"],
        ):
            flash(
                request, _("committee-rules-saved", default="Les règles sont changées.")
            )
            return HTTPSeeOther(request.resource_url(context, "regles"))
    library = request.site["clausier"]
    members = electors_of(request.site, request.today)
    return {
        "quorum": display.percent(library.quorum_percent),
        "majority": MAJORITIES[library.majority],
        "members": [person(request, login) for login in members],
        "form": form.render() if form is not None else "",
    }


def outcome_now(proposal: Any) -> Outcome:
    """Count the votes cast so far."""
    votes = {login: vote.value for login, vote in proposal.votes.items()}
    return outcome_of(
        votes, proposal.electors, proposal.quorum_percent, proposal.majority
    )


def vote_panel(
    proposal: Any, request: Any, refused: Form | None = None
) -> dict[str, Any] | None:
    """Say who voted what, and what is missing; None before any vote was opened."""
    if proposal.submitted_at is None:
        return None
    outcome = outcome_now(proposal)
    state = proposal_state(proposal)
    is_open = state == "review"
    form = refused or (vote_form(proposal, request) if is_open else None)
    return {
        "outcome": outcome,
        "received": outcome.votes_for + outcome.votes_against + outcome.abstentions,
        "quorum": outcome.quorum,
        "majority": MAJORITIES[proposal.majority],
        "missing": [request.layout.say(reason) for reason in outcome.reasons]
        if is_open
        else [],
        "is_carried": is_open and outcome.is_carried,
        "lines": [_vote_line(proposal, request, login) for login in proposal.electors],
        "form": form.render() if form is not None and _votes(proposal, request) else "",
    }


def vote_form(proposal: Any, request: Any) -> Form:
    """Make the form of a vote; it shows the vote already cast."""
    cast = proposal.votes.get(request.actor.login)
    value = colander.SchemaNode(
        colander.String(),
        name="vote",
        title=_("vote", default="Votre vote"),
        widget=ChoiceControl(options=options_of(VOTES.items())),
    )
    reason = colander.SchemaNode(
        Text(_LONGEST_REASON, has_lines=True),
        name="reason",
        title=_("reason", default="Motif"),
        description=_("vote-reason-help", default="Nécessaire pour voter contre."),
        widget=LongTextControl(lines=2),
        missing="",
    )
    word = (
        _("vote-change", default="Changer mon vote")
        if cast
        else _("vote-cast", default="Voter")
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), value, reason),
        request,
        formid="vote",
        warns_unsaved=False,
        appstruct={"vote": cast.value, "reason": cast.reason} if cast else None,
        action=request.resource_url(proposal, "vote"),
        buttons=[Button("cast", word)],
    )


def told_moves(proposal: Any, request: Any, refused: Forms) -> list[dict[str, Any]]:
    """Say which decisions the person may take, and what still stands against each."""
    found = []
    for name, form in move_forms(proposal, request).items():
        transition = TABLE.transition(name.removeprefix("move-"))
        reasons = transition.guard(proposal) if transition.guard else []
        found.append(
            {
                "title": transition.title,
                "needs_reason": transition.needs_reason,
                "is_refused": name in refused,
                "hindrances": [request.layout.say(reason) for reason in reasons],
                "form": refused.get(name, form).render(),
            }
        )
    return found


def move_forms(proposal: Any, request: Any) -> dict[str, Form]:
    """Make the forms of the decisions the person may take; publishing is elsewhere."""
    return {
        f"move-{transition.name}": _move_form(proposal, request, transition)
        for transition in TABLE.transitions_from(proposal_state(proposal))
        if transition.permission == p.EDIT_LIBRARY
        and may(request.actor, transition.permission, proposal)
    }


def _move_form(proposal: Any, request: Any, transition: Any) -> Form:
    schema = colander.SchemaNode(colander.Mapping())
    if transition.needs_reason:
        schema.add(
            colander.SchemaNode(
                Text(_LONGEST_REASON, has_lines=True),
                name="reason",
                title=_("reason", default="Motif"),
                widget=LongTextControl(lines=2),
            )
        )
    css = "button-quiet-choice" if transition.needs_reason else None
    return Form(
        schema,
        request,
        formid=f"move-{transition.name}",
        marks_optional=False,
        warns_unsaved=False,
        action=request.resource_url(
            proposal, "transition", query={"vers": transition.name}
        ),
        buttons=[Button("move", transition.title, css_class=css)],
    )


def _votes(proposal: Any, request: Any) -> bool:
    is_member = request.actor.login in proposal.electors
    return is_member and may(request.actor, p.VOTE_PROPOSALS, proposal)


def _vote_line(proposal: Any, request: Any, login: str) -> dict[str, str]:
    vote = proposal.votes.get(login)
    return {
        "who": person(request, login),
        "vote": request.layout.say(VOTES[vote.value]) if vote else "",
        "value": vote.value if vote else "",
        "reason": vote.reason if vote else "",
        "at": display.moment(vote.at) if vote else "",
    }


def _rules_form(request: Any) -> Form:
    library = request.site["clausier"]
    quorum = colander.SchemaNode(
        WholeNumber(),
        name="quorum_percent",
        title=_("committee-quorum", default="Quorum"),
        description=_(
            "committee-quorum-help",
            default="Part des membres qui doivent voter, abstentions comprises.",
        ),
        widget=NumberControl(suffix="%", inputmode="numeric"),
    )
    majority = colander.SchemaNode(
        colander.String(),
        name="majority",
        title=_("committee-majority", default="Majorité"),
        widget=ChoiceControl(options=options_of(MAJORITIES.items())),
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), quorum, majority),
        request,
        marks_optional=False,
        appstruct={
            "quorum_percent": library.quorum_percent,
            "majority": library.majority,
        },
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )
