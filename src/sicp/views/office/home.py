"""The home page: what is mine, what must I do today."""

from typing import Any

from pyramid.view import view_config
from substanced.interfaces import IRoot

from sicp import permissions as p
from sicp.i18n import _
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import proposals_to_vote
from sicp.operations.consultation.listing import Listing
from sicp.operations.consultation.listing import Wanted
from sicp.operations.consultation.listing import counts_by_state
from sicp.operations.consultation.listing import list_consultations
from sicp.operations.consultation.release import drafts_to_rebase
from sicp.operations.consultation.upstream_form import missing_fields
from sicp.operations.knowledge.review import waiting_for
from sicp.operations.user.right import may
from sicp.views.shared import display
from sicp.views.shared.components import Card
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Action
from sicp.workflows.consultation.consultation import TABLE

#: How many consultations a card shows, and how many are read to find them.
_SHOWN = 6
_READ = 20


@view_config(context=IRoot, permission=p.ENTER, renderer="templates/home/show.pt")
def show(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Show what the person last touched, what is due, and where to begin."""
    module = context["consultations"]
    is_writer = may(request.actor, p.CREATE_CONSULTATION, module)
    request.layout.show(_("home", default="Accueil"))
    if is_writer:
        request.layout.primary_action = Action(
            _("consultation-new", default="Nouvelle consultation"),
            request.resource_url(module, "nouvelle"),
        )
    recent = list_consultations(context, request.actor, Wanted(sort="modification"))
    unfinished = _unfinished_card(request, recent)
    return {
        "states": _states(context, request),
        "cards": [
            *([unfinished] if is_writer or unfinished.terms else []),
            *_vote_cards(context, request),
            *_rebase_cards(context, request),
            *_knowledge_cards(context, request),
            _due_card(context, request),
            _recent_card(context, request, recent),
        ],
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


def _unfinished_card(request: Any, recent: Listing) -> Card:  # noqa: ANN401
    mine = (
        item
        for item in recent.consultations[:_READ]
        if may(request.actor, p.EDIT_FORM, item)
    )
    counts = ((item, len(missing_fields(item))) for item in mine)
    terms = [
        _term(
            request,
            item,
            _missing_words(count),
            url=request.resource_url(item, "formulaire"),
        )
        for item, count in counts
        if count
    ]
    return Card(
        _("home-unfinished", default="Formulaires à compléter"),
        terms=terms[:_SHOWN],
        count=len(terms) or None,
        empty=_(
            "home-unfinished-empty", default="Aucun formulaire n’attend de réponse."
        ),
    )


def _missing_words(count: int) -> str:
    if count == 1:
        return _("home-one-missing", default="1 réponse manque")
    return _(
        "home-missing", default="${count} réponses manquent", mapping={"count": count}
    )


def _vote_cards(site: Any, request: Any) -> list[Card]:  # noqa: ANN401
    """Show the texts on which the committee waits for the person, if there are any."""
    terms = [
        Term(
            plain_title(proposal.title),
            request.layout.say(
                _(
                    "home-submitted",
                    default="soumise le ${day}",
                    mapping={"day": display.day(proposal.submitted_at)},
                )
            ),
            url=request.resource_url(proposal),
        )
        for proposal in proposals_to_vote(site, request.actor)
    ]
    title = _("home-to-vote", default="Propositions qui attendent votre vote")
    return [Card(title, terms=terms[:_SHOWN], count=len(terms))] if terms else []


def _rebase_cards(site: Any, request: Any) -> list[Card]:  # noqa: ANN401
    """Show the pieces that the latest publication concerns, when there are any."""
    drafts = drafts_to_rebase(site, request.actor, request.today, _SHOWN)
    terms = [
        Term(
            draft.title,
            f"{consultation.reference} · {consultation.object}",
            url=request.resource_url(draft, "reprise"),
        )
        for draft in drafts
        for consultation in (draft.__parent__.__parent__,)
    ]
    title = _("home-rebase", default="Pièces à reprendre")
    return [Card(title, terms=terms)] if terms else []


def _knowledge_cards(site: Any, request: Any) -> list[Card]:  # noqa: ANN401
    """Show what waits for the person in the knowledge base, when something does."""
    waiting = waiting_for(site, request.actor, request.today, owner=request.actor.login)
    say, url = request.layout.say, request.resource_url
    submitted = _("home-sheet-submitted", default="soumise à la relecture")
    due = _("home-sheet-due", default="échéance de relecture")
    mine = _("home-sheet-mine", default="en cours de rédaction")
    question = _("home-question", default="question sans réponse")
    terms = [
        *(
            Term(s.working.title, say(submitted), url=url(s, "relecture"))
            for s in waiting.submitted
        ),
        *(
            Term(item.title, say(question), url=url(item, anchor=f"comment-{c.id}"))
            for item, c in waiting.questions
        ),
        *(Term(s.title, say(due), url=url(s)) for s in waiting.due),
        *(
            Term(s.working.title, say(mine), url=url(s, "modifier"))
            for s in waiting.mine
        ),
    ]
    if not terms:
        return []
    return [
        Card(
            _("home-knowledge", default="Base de connaissances : ce qui vous attend"),
            terms=terms[:_SHOWN],
            count=len(terms),
            url=url(site["connaissances"], "a-relire"),
            link_title=_("home-knowledge-all", default="Tout ce qui attend"),
        )
    ]


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
            display.moment(item.answers.get("bids_due_at")),
        )
        for item in listing.consultations[:_SHOWN]
    ]
    return Card(
        _("home-due", default="Prochaines dates limites de réception des offres"),
        terms=terms,
        empty=_("home-due-empty", default="Aucune date limite à venir."),
    )


def _recent_card(site: Any, request: Any, recent: Listing) -> Card:  # noqa: ANN401
    terms = [
        _term(request, item, display.relative_day(item.modified_at, request.today))
        for item in recent.consultations[:_SHOWN]
    ]
    return Card(
        _("home-recent", default="Dernières consultations modifiées"),
        terms=terms,
        empty=_(
            "home-recent-empty", default="Vous ne suivez encore aucune consultation."
        ),
        url=request.resource_url(site["consultations"]) if terms else "",
        link_title=_("home-recent-all", default="Toutes les consultations"),
    )


def _states(site: Any, request: Any) -> list[Term]:  # noqa: ANN401
    counts = counts_by_state(site, request.actor)
    url = request.resource_url(site["consultations"])
    return [
        Term(state.title, display.number(count), url=f"{url}?etat={state.name}")
        for state in TABLE.states
        if (count := counts.get(state.name))
    ]


def _term(
    request: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    note: str,
    more: str = "",
    url: str = "",
) -> Term:
    return Term(
        consultation.object,
        " · ".join(part for part in (consultation.reference, more) if part),
        url=url or request.resource_url(consultation),
        note=request.layout.say(note),
    )
