"""The frame of the agents' pages: what each one may enter, and where he is."""

from importlib.metadata import version
from typing import Any

from pyramid.location import lineage

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.consultation import IAttachments
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IConsultations
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.consultation import IDrafts
from sicp.interfaces.consultation import ILot
from sicp.interfaces.consultation import ILots
from sicp.interfaces.knowledge import IBinEntry
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.knowledge import IShelf
from sicp.interfaces.organisation import IOrganisation
from sicp.operations.user.right import may
from sicp.operations.user.right import standing_of
from sicp.views.office.tree import add_tree
from sicp.views.shared.layout import Account
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import Layout
from sicp.views.shared.layout import Module

#: The modules an agent may enter: service, permission, French title.
_MODULES = (
    ("consultations", p.ENTER, _("module-procedures", default="Procédures")),
    ("canevas", p.VIEW_LIBRARY, _("module-drafting", default="Rédaction")),
    (
        "connaissances",
        p.VIEW_KNOWLEDGE,
        _("module-knowledge", default="Base de connaissances"),
    ),
    (
        "organisation",
        p.VIEW_ADMINISTRATION,
        _("module-administration", default="Administration"),
    ),
)
#: Which module the other services belong to.
_MODULE_OF = {
    "clausier": "canevas",
    "propositions": "canevas",
    "publications": "canevas",
    "utilisateurs": "organisation",
    "profils": "organisation",
    "journal": "organisation",
    "entreprises": "consultations",
}
_VERSION = version("sicp")


def add_layout(event: Any) -> None:  # noqa: ANN401
    """Give the templates their ``layout``."""
    request = event.get("request")
    if request is not None and hasattr(request, "layout"):
        event["layout"] = request.layout


def layout_of(request: Any) -> Layout:  # noqa: ANN401
    """Make the frame of the page being asked."""
    layout = Layout(request, home_url=request.resource_url(request.site))
    layout.version = _VERSION
    layout.accessibility_url = request.resource_url(request.site, "accessibilite")
    if request.actor.login:
        _fill(layout, request)
    return layout


def module_name(request: Any) -> str:  # noqa: ANN401
    """Return the name of the module the page belongs to; empty for the home page."""
    context = getattr(request, "context", None)
    places = [item for item in lineage(context) if item.__name__] if context else []
    name = places[-1].__name__ if places else ""
    return _MODULE_OF.get(name, name)


def _fill(layout: Layout, request: Any) -> None:  # noqa: ANN401
    site, actor = request.site, request.actor
    current = module_name(request)
    standing = standing_of(site, actor, request.today)
    layout.body_name = standing.body_title
    layout.account = Account(
        name=actor.name,
        assignments=standing.assignments,
        profile_url=request.resource_url(site, "mon-compte"),
        logout_url=request.resource_url(site, "deconnexion"),
    )
    layout.modules = [
        Module(title, request.resource_url(site[name]), name == current)
        for name, permission, title in _MODULES
        if may(actor, permission, site[name])
    ]
    layout.search_url = request.resource_url(site, "recherche")
    layout.suggestions_url = request.resource_url(site, "suggestions")
    layout.search_place = _place_number(request)
    layout.breadcrumb = _breadcrumb(request)
    add_tree(layout, request, current)


def _place_number(request: Any) -> str:  # noqa: ANN401
    """Return the number of the folder one is in: one may look in it alone."""
    places = lineage(getattr(request, "context", None) or request.site)
    folder = next((q for q in places if hasattr(q, "keys") and q.__parent__), None)
    return str(folder.__oid__) if folder is not None else ""


def _breadcrumb(request: Any) -> list[Crumb]:  # noqa: ANN401
    context = getattr(request, "context", None)
    if context is None:
        return []
    places = [item for item in lineage(context) if _is_named(request.actor, item)]
    *above, here = [(item, _title(item)) for item in reversed(places)]
    if not above:
        return []
    crumbs = [Crumb(title, request.resource_url(item)) for item, title in above]
    # The page of an object is the end of its own way; a page about it is beyond.
    is_own_page = here[0] is context and not getattr(request, "view_name", "")
    url = "" if is_own_page else request.resource_url(here[0])
    return [*crumbs, Crumb(here[1], url)]


def _is_named(actor: Any, place: Any) -> bool:  # noqa: ANN401
    """Tell whether the way names a place: not what the person may not see."""
    if IBinEntry.providedBy(place):
        return False
    is_kept = IShelf.providedBy(place) or ISheet.providedBy(place)
    return not is_kept or may(actor, p.VIEW_KNOWLEDGE, place)


def _title(place: Any) -> str:  # noqa: ANN401
    for interface, title in _PLACE_TITLES:
        if interface.providedBy(place):
            return title(place)
    if place.__parent__ is None:
        return _("home", default="Accueil")
    return place.title or place.__name__


_PLACE_TITLES = (
    (IConsultation, lambda item: item.reference),
    (ILots, lambda _item: _("lots", default="Lots")),
    (
        ILot,
        lambda item: _(
            "lot-number-n", default="Lot ${number}", mapping={"number": item.number}
        ),
    ),
    (IDrafts, lambda _item: _("pieces", default="Pièces")),
    (IDraft, lambda item: item.title),
    (IAttachments, lambda _item: _("annexes", default="Pièces techniques")),
    (IOrganisation, lambda _item: _("organisation", default="Organisation")),
    (
        IKnowledgeBase,
        lambda _item: _("module-knowledge", default="Base de connaissances"),
    ),
    (IConsultations, lambda _item: _("module-procedures", default="Procédures")),
)
