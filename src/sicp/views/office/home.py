"""The home page: what is mine, what must I do today."""

from typing import Any

from pyramid.view import view_config
from substanced.interfaces import IRoot

from sicp import permissions as p
from sicp.i18n import _
from sicp.operations.consultation.listing import Wanted
from sicp.operations.consultation.listing import counts_by_state
from sicp.operations.consultation.listing import list_consultations
from sicp.operations.user.right import may
from sicp.views.shared import display
from sicp.views.shared.components import Card
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Action
from sicp.workflows.consultation.consultation import TABLE

_RECENT = 8


@view_config(context=IRoot, permission=p.ENTER, renderer="templates/home/show.pt")
def show(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Show what the person last touched, what is due, and where to begin."""
    module = context["consultations"]
    request.layout.show(_("home", default="Accueil"))
    if may(request.actor, p.CREATE_CONSULTATION, module):
        request.layout.primary_action = Action(
            _("consultation-new", default="Nouvelle consultation"),
            request.resource_url(module, "nouvelle"),
        )
    return {
        "cards": [
            _recent_card(context, request),
            _due_card(context, request),
            _states_card(context, request),
        ]
    }


@view_config(
    name="accessibilite",
    context=IRoot,
    permission=p.PUBLIC,
    renderer="templates/home/accessibility.pt",
)
def accessibility(_context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Say how accessible the application is, and whom to tell of an obstacle."""
    request.layout.show(_("accessibility", default="Accessibilité"))
    return {}


def _recent_card(site: Any, request: Any) -> Card:  # noqa: ANN401
    listing = list_consultations(site, request.actor, Wanted(sort="modification"))
    terms = [
        _term(request, item, display.relative_day(item.modified_at, request.today))
        for item in listing.consultations[:_RECENT]
    ]
    return Card(
        _("home-recent", default="Dernières consultations modifiées"),
        terms=terms,
        count=listing.total,
        empty=_(
            "home-recent-empty", default="Vous ne suivez encore aucune consultation."
        ),
        url=request.resource_url(site["consultations"]),
        link_title=_("home-recent-all", default="Toutes les consultations"),
    )


def _due_card(site: Any, request: Any) -> Card:  # noqa: ANN401
    listing = list_consultations(
        site,
        request.actor,
        Wanted(sort="limite", is_descending=False, due_from=request.now),
    )
    terms = [
        _term(
            request,
            item,
            display.relative_day(item.answers.get("bids_due_at"), request.today),
        )
        for item in listing.consultations[:_RECENT]
    ]
    return Card(
        _("home-due", default="Prochaines dates limites de réception des offres"),
        terms=terms,
        empty=_("home-due-empty", default="Aucune date limite à venir."),
    )


def _states_card(site: Any, request: Any) -> Card:  # noqa: ANN401
    counts = counts_by_state(site, request.actor)
    url = request.resource_url(site["consultations"])
    terms = [
        Term(
            state.title,
            url=f"{url}?etat={state.name}",
            note=display.number(counts.get(state.name, 0)),
        )
        for state in TABLE.states
    ]
    return Card(_("home-states", default="Consultations par état"), terms=terms)


def _term(request: Any, consultation: Any, note: str) -> Term:  # noqa: ANN401
    return Term(
        consultation.reference,
        consultation.object,
        url=request.resource_url(consultation),
        note=request.layout.say(note),
    )
