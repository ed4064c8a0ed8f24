"""What waits for the person in the knowledge base, or for the whole committee."""

from collections.abc import Iterator
from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.operations.knowledge.review import waiting_for
from sicp.operations.user.right import may
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.wording import kind_title
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Card
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Action

_SHOWN_TEXT = 120


@offer(IKnowledgeBase, rank=60)
def review_list_action(base: Any, request: Any) -> Any:
    """Offer what waits to who writes or publishes here."""
    if any(
        may(request.actor, name, base)
        for name in (p.EDIT_KNOWLEDGE, p.PUBLISH_KNOWLEDGE)
    ):
        url = request.resource_url(base, "a-relire")
        yield Action(_("knowledge-review-list", default="À relire"), url)


@view_config(
    name="a-relire",
    context=IKnowledgeBase,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/waiting/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List what waits for the person, or for the whole committee."""
    request.layout.show(_("knowledge-review-list", default="À relire"))
    is_mine = request.GET.get("qui") == "moi"
    owner = request.actor.login if is_mine else ""
    waiting = waiting_for(request.site, request.actor, request.today, owner=owner)
    here = request.resource_url(context, "a-relire")
    return {
        "is_mine": is_mine,
        "is_publisher": may(request.actor, p.PUBLISH_KNOWLEDGE, context),
        "mine_url": f"{here}?qui=moi",
        "all_url": here,
        "cards": list(_cards(waiting, request)),
    }


def _cards(waiting: Any, request: Any) -> Iterator[Card]:
    say = request.layout.say
    yield _card(
        _("waiting-submitted", default="Soumises à la relecture"),
        [
            _term(
                sheet,
                request,
                request.resource_url(sheet, "relecture"),
                say(
                    _(
                        "waiting-submitted-by",
                        default="par ${who} le ${day}",
                        mapping={
                            "who": person(request, sheet.working.submitted_by),
                            "day": display.day(sheet.working.submitted_at),
                        },
                    )
                ),
            )
            for sheet in waiting.submitted
        ],
    )
    yield _card(
        _("waiting-due", default="À relire : l’échéance est venue"),
        [
            _term(
                sheet,
                request,
                request.resource_url(sheet),
                f"{person(request, sheet.owner)} · {display.day(sheet.review_on)}",
            )
            for sheet in waiting.due
        ],
    )
    yield _card(
        _("waiting-mine", default="Mes textes en cours"),
        [
            _term(
                sheet,
                request,
                request.resource_url(sheet, "modifier"),
                display.day(sheet.working.since),
            )
            for sheet in waiting.mine
        ],
    )
    yield _card(
        _("waiting-questions", default="Questions sans réponse"),
        [
            Term(
                comment.text[:_SHOWN_TEXT],
                item.title,
                url=request.resource_url(item, anchor=f"comment-{comment.id}"),
                note=f"{person(request, comment.author)} · {display.day(comment.at)}",
            )
            for item, comment in waiting.questions
        ],
    )


def _card(title: str, terms: list[Term]) -> Card:
    nothing = _("waiting-nothing", default="Rien n’attend.")
    return Card(title, terms=terms, count=len(terms) or None, empty=nothing)


def _term(sheet: Any, request: Any, url: str, note: str) -> Term:
    title = sheet.working.title if sheet.working is not None else sheet.title
    return Term(title, request.layout.say(kind_title(sheet)), url=url, note=note)
