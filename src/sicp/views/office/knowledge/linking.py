"""Where a link of a sheet may lead: found by a few letters, with scripts or without."""

from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.operations.knowledge.linking import link_targets
from sicp.views.office.knowledge.wording import kind_title

_LONGEST_SEARCH = 100


@view_config(
    name="liens-possibles",
    context=IKnowledgeBase,
    permission=p.VIEW_KNOWLEDGE,
    accept="application/json",
    renderer="json",
)
def find_targets(context: Any, request: Any) -> dict[str, Any]:
    """Answer the dialog of links with what a few letters designate."""
    words, found = _targets(context, request)
    say = request.layout.say
    return {
        "query": words,
        "results": [
            {
                "value": target.href,
                "title": target.title,
                "note": say(_target_kind(target)),
            }
            for target in found
        ],
    }


@view_config(
    name="liens-possibles",
    context=IKnowledgeBase,
    permission=p.VIEW_KNOWLEDGE,
    accept="text/html",
    renderer="templates/linking/show_targets.pt",
)
def show_targets(context: Any, request: Any) -> dict[str, Any]:
    """Show the same to who writes without scripts, with the words to copy."""
    request.layout.show(_("link-find", default="Chercher où mener un lien"))
    words, found = _targets(context, request)
    return {
        "words": words,
        "found": [
            {
                "title": target.title,
                "note": _target_kind(target),
                "copied": f"[{target.title}]({_TYPED[target.sort]} {target.name})",
            }
            for target in found
        ],
        "here": request.resource_url(context, "liens-possibles"),
    }


def _targets(_context: Any, request: Any) -> tuple[str, list[Any]]:
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    return words, link_targets(request.site, request.actor, words)


def _target_kind(target: Any) -> str:
    return _CLAUSE if target.item is None else kind_title(target.item)


_CLAUSE = _("place-clause", default="Clause")
#: How the plain markup names each sort.
_TYPED = {"sheet": "fiche", "article": "article", "clause": "clause"}
