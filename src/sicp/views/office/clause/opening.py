"""The ways to open a proposal: a new clause, a change, a retirement."""

from collections.abc import Mapping
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.location import lineage
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.clause import RETIREMENT
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IProposals
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import open_proposal
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_clause
from sicp.operations.clause.proposal import propose_retirement
from sicp.operations.document.reading import canevas_calling
from sicp.operations.user.right import may
from sicp.views.office.clause.folder import place_options
from sicp.views.office.clause.wording import by
from sicp.views.office.forms import attempt
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import options_of
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_LONGEST_TITLE = 200
_LONGEST_REASON = 2_000


@view_config(
    name="nouvelle",
    context=IProposals,
    permission=p.EDIT_LIBRARY,
    renderer="templates/opening/create.pt",
)
def create(_context: Any, request: Any) -> Any:
    """Propose a clause the clausier does not have."""
    request.layout.show(_("proposal-new", default="Proposer une clause"))
    place = request.GET.get("place", "")
    form = _creation_form(request, place)
    if request.method == "POST":
        values = validate(form, request.POST)
        made = values and attempt(
            request,
            form,
            propose_clause,
            request.site,
            _first_data(values),
            reason=values["reason"] or "",
        )
        if made:
            flash(
                request,
                _("proposal-made", default="La proposition est ouverte, en rédaction."),
            )
            return HTTPSeeOther(request.resource_url(made, "modifier"))
    return {"form": form.render()}


@view_config(
    name="proposer",
    context=IClause,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
)
def amend(context: Any, request: Any) -> Any:
    """Open a proposal to change a clause, or go to the one already open."""
    site, clause_id = request.site, context.clause_id
    made = propose_amendment(site, clause_id, **by(request))
    is_written = proposal_state(made) == "draft" and made.kind != RETIREMENT
    way = ("modifier",) if is_written else ()
    return HTTPSeeOther(request.resource_url(made, *way))


@view_config(
    name="retirer",
    context=IClause,
    permission=p.EDIT_LIBRARY,
    renderer="templates/opening/retire.pt",
)
def retire(context: Any, request: Any) -> Any:
    """Propose to take a clause out of the clausier."""
    request.layout.show(
        _("clause-retire", default="Proposer le retrait de la clause"),
        subtitle=plain_title(context.title),
    )
    form = Form(
        colander.SchemaNode(colander.Mapping(), _reason_node(is_needed=True)),
        request,
        marks_optional=False,
        buttons=[
            Button("propose", _("retirement-propose", default="Proposer le retrait"))
        ],
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        made = values and attempt(
            request,
            form,
            propose_retirement,
            request.site,
            context.clause_id,
            reason=values["reason"],
        )
        if made:
            return HTTPSeeOther(request.resource_url(made))
    return {
        "form": form.render(),
        "used_by": [
            (template.title, request.resource_url(template))
            for template in canevas_calling(request.site, context.clause_id)
        ],
        "back_url": request.resource_url(context),
    }


def creation_actions(place: Any, request: Any) -> list[Action]:
    """Return the way to propose a new clause, from the place where it would stand."""
    folder = request.site["propositions"]
    if not may(request.actor, p.EDIT_LIBRARY, folder):
        return []
    names = [item.__name__ for item in lineage(place) if item.__name__]
    inside = "/".join(reversed(names[: names.index("clausier")]))
    query = {"place": inside} if inside else {}
    title = _("proposal-new", default="Proposer une clause")
    new = Action(title, request.resource_url(folder, "nouvelle", query=query))
    if inside:
        return [new]
    title = _("model-import", default="Importer un modèle Word")
    return [Action(title, request.resource_url(place, "importer")), new]


def clause_actions(clause: Any, request: Any) -> list[Action]:
    """Return what the committee may do of a clause, from its page."""
    folder = request.site["propositions"]
    if not may(request.actor, p.VIEW_PROPOSALS, folder):
        return []
    found = open_proposal(request.site, clause.clause_id)
    if found is not None:
        title = _("proposal-open-one", default="Voir la proposition en cours")
        return [Action(title, request.resource_url(found))]
    if not may(request.actor, p.EDIT_LIBRARY, clause) or clause.retired_from:
        return []
    return [
        Action(
            _("clause-retire-action", default="Retirer"),
            request.resource_url(clause, "retirer"),
        ),
        Action(
            _("clause-amend", default="Proposer une modification"),
            request.resource_url(clause, "proposer"),
            method="post",
        ),
    ]


def _first_data(values: Mapping[str, Any]) -> dict[str, Any]:
    family, _slash, theme = values["place"].partition("/")
    data = {
        "title": values["title"],
        "family": family,
        "theme": theme,
        "kind": values["kind"],
        "text": values["text"] or "",
    }
    return {name: value for name, value in data.items() if value}


def _creation_form(request: Any, place: str) -> Form:
    places = place_options(request.site)
    known = {option.value for option in places}
    nodes = (
        colander.SchemaNode(
            Text(_LONGEST_TITLE),
            name="title",
            title=_("clause-title", default="Titre de la clause"),
        ),
        colander.SchemaNode(
            colander.String(),
            name="place",
            title=_("clause-place", default="Famille et thème"),
            widget=ChoiceControl(options=places, is_compact=True),
        ),
        colander.SchemaNode(
            colander.String(),
            name="kind",
            title=_("clause-kind", default="Nature"),
            widget=ChoiceControl(options=options_of(CLAUSE_KINDS.items())),
        ),
        colander.SchemaNode(
            Text(has_lines=True),
            name="text",
            title=_("clause-first-text", default="Premier texte"),
            description=_(
                "clause-first-text-help",
                default="Il se complète ensuite, avec ses données et sa condition.",
            ),
            widget=LongTextControl(lines=8),
            missing="",
        ),
        _reason_node(is_needed=False),
    )
    first = {"kind": "compulsory", "place": place if place in known else None}
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        appstruct=first,
        action=request.resource_url(request.site["propositions"], "nouvelle"),
        buttons=[
            Button("propose", _("proposal-open", default="Ouvrir la proposition"))
        ],
    )


def _reason_node(*, is_needed: bool) -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_REASON, has_lines=True),
        name="reason",
        title=_("reason", default="Motif"),
        description=_(
            "proposal-reason-help",
            default="Il sera dit aux rédacteurs à la publication.",
        ),
        widget=LongTextControl(lines=3),
        **({} if is_needed else {"missing": ""}),
    )
