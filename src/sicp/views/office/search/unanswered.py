"""What people look for in vain, and what can be done about it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.operations.search.unanswered import LONGEST_TEXT
from sicp.operations.search.unanswered import MOST_TEXTS
from sicp.operations.search.unanswered import Unanswered
from sicp.operations.search.unanswered import dismiss_unanswered
from sicp.operations.search.unanswered import unanswered_searches
from sicp.views.office.forms import number_of
from sicp.views.shared import display
from sicp.views.shared.components import Pager
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_PAGE_SIZE = 50


@view_config(
    name="sans-reponse",
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    renderer="templates/unanswered/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List them, the most often first."""
    request.layout.show(_("unanswered", default="Recherches sans réponse"))
    request.layout.actions = [
        Action(
            _("synonyms", default="Synonymes du métier"),
            request.resource_url(context, "synonymes"),
        )
    ]
    found = unanswered_searches(request.site, request.actor)
    last = max(1, -(-len(found) // _PAGE_SIZE))
    page = min(max(1, number_of(request.GET.get("page")) or 1), last)
    start = (page - 1) * _PAGE_SIZE
    return {
        "lines": [
            _line(context, request, item) for item in found[start : start + _PAGE_SIZE]
        ],
        "is_full": len(found) >= MOST_TEXTS,
        "pager": Pager.of(request, page, _PAGE_SIZE, len(found)),
        "dismiss_url": request.resource_url(context, "retirer-sans-reponse"),
    }


@view_config(
    name="retirer-sans-reponse",
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    request_method="POST",
)
def dismiss(context: Any, request: Any) -> Any:
    """Take one out of the list."""
    dismiss_unanswered(
        request.site,
        request.POST.get("texte", "")[:LONGEST_TEXT],
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    flash(request, _("unanswered-dismissed", default="La recherche est retirée."))
    return HTTPSeeOther(request.resource_url(context, "sans-reponse"))


def _line(context: Any, request: Any, item: Unanswered) -> dict[str, Any]:
    return {
        "key": item.key,
        "text": item.text,
        "count": display.number(item.count),
        "last_on": display.day(item.last_at),
        "since": request.layout.relative_day(item.last_at, request.today),
        "is_partial": item.is_partial,
        "search_url": request.resource_url(
            request.site, "recherche", query={"q": item.text}
        ),
        "sheet_url": request.resource_url(
            context, "nouvelle-fiche", query={"titre": item.text}
        ),
        "synonym_url": request.resource_url(
            context, "synonymes", query={"groupe": "nouveau", "expression": item.text}
        ),
    }
