"""« Marie a ouvert cette page il y a 3 minutes » : told where two people write."""

from datetime import datetime
from typing import Any

from sicp.i18n import _
from sicp.interfaces.clause import IProposal
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.template import ITemplate
from sicp.operations.presence import note_presence
from sicp.views.shared.layout import flash

#: The pages in which one writes: the name of the view, and what it is a view of.
_PAGES = {
    "modifier": (IProposal, ITemplate),
    "texte": (IDraft,),
    "formulaire": (IConsultation,),
}
_MOST_TOLD = 3
_MINUTE = 60


def tell_presence(event: Any) -> None:
    """Say above an editing page who else has opened it.

    A page is only rendered for whom its permission lets in: nobody else is told, and
    nobody else is noted.
    """
    request, context = event.get("request"), event.get("context")
    if not _is_page(request, context):
        return
    # A page is made of several templates: each of them comes through here.
    request.is_noted = True
    visits = note_presence(
        request.registry.site_settings.presence_file,
        _page(request, context),
        actor=request.actor,
        now=request.now,
    )
    for visit in visits[:_MOST_TOLD]:
        person = request.site["utilisateurs"].get(visit.login)
        if person is not None:
            flash(request, _told(person.title, visit.opened_at, request.now), "info")


def _is_page(request: Any, context: Any) -> bool:
    """Tell whether a page in which one writes is about to be shown, not a refusal."""
    if getattr(request, "method", "") != "GET" or hasattr(request, "is_noted"):
        return False
    kinds = _PAGES.get(getattr(request, "view_name", ""), ())
    is_refused = getattr(request, "exception", None) is not None
    return not is_refused and any(kind.providedBy(context) for kind in kinds)


def _page(request: Any, context: Any) -> str:
    clause = request.GET.get("clause", "")
    return "/".join((str(context.__oid__), request.view_name, *request.subpath, clause))


def _told(name: str, opened_at: datetime, now: datetime) -> str:
    minutes = int((now - opened_at).total_seconds() // _MINUTE)
    if minutes < 1:
        return _(
            "presence-just-now",
            default="${name} vient d’ouvrir cette page.",
            mapping={"name": name},
        )
    if minutes == 1:
        return _(
            "presence-one-minute",
            default="${name} a ouvert cette page il y a une minute.",
            mapping={"name": name},
        )
    return _(
        "presence-minutes",
        default="${name} a ouvert cette page il y a ${count} minutes.",
        mapping={"name": name, "count": minutes},
    )
