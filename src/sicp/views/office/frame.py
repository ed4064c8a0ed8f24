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
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation
from sicp.operations.consultation.listing import visible_folders
from sicp.operations.user.perimeter import entities_in_sight
from sicp.operations.user.right import may
from sicp.operations.user.right import standing_of
from sicp.views.shared.layout import Account
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import Layout
from sicp.views.shared.layout import Module
from sicp.views.shared.layout import TreeNode

#: The modules an agent may enter: service, permission, French title.
_MODULES = (
    ("consultations", p.ENTER, _("module-procedures", default="Procédures")),
    ("canevas", p.VIEW_LIBRARY, _("module-drafting", default="Rédaction")),
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
    layout.search_url = request.resource_url(site["consultations"])
    layout.breadcrumb = _breadcrumb(request)
    _add_tree(layout, request, current)


def _breadcrumb(request: Any) -> list[Crumb]:  # noqa: ANN401
    context = getattr(request, "context", None)
    if context is None:
        return []
    *above, here = [(item, _title(item)) for item in reversed(list(lineage(context)))]
    if not above:
        return []
    crumbs = [Crumb(title, request.resource_url(item)) for item, title in above]
    # The page of an object is the end of its own way; a page about it is beyond.
    is_own_page = not getattr(request, "view_name", "")
    url = "" if is_own_page else request.resource_url(here[0])
    return [*crumbs, Crumb(here[1], url)]


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
    (IConsultations, lambda _item: _("module-procedures", default="Procédures")),
)


def _add_tree(layout: Layout, request: Any, module: str) -> None:  # noqa: ANN401
    makers = {
        "consultations": _consultation_tree,
        "organisation": _administration_tree,
        "canevas": _drafting_tree,
    }
    maker = makers.get(module)
    if maker is not None:
        layout.tree_title, layout.tree = maker(request)


def _consultation_tree(request: Any) -> tuple[str, list[TreeNode]]:  # noqa: ANN401
    here = {id(item) for item in lineage(request.context)}
    nodes = []
    for body, years in visible_folders(request.site, request.actor):
        children = tuple(
            TreeNode(
                year.title,
                request.resource_url(year),
                is_current=year is request.context,
                count=count,
            )
            for year, count in years
        )
        nodes.append(
            TreeNode(
                body.title,
                request.resource_url(body),
                is_current=body is request.context,
                is_open=id(body) in here or len(nodes) == 0,
                has_children=bool(children),
                children=children,
            )
        )
    return _("tree-procedures", default="Dossiers de procédures"), nodes


def _administration_tree(request: Any) -> tuple[str, list[TreeNode]]:  # noqa: ANN401
    entries = (
        (
            "organisation",
            p.VIEW_ADMINISTRATION,
            _("organisation", default="Organisation"),
        ),
        ("utilisateurs", p.VIEW_USERS, _("users", default="Utilisateurs")),
        ("profils", p.VIEW_PROFILES, _("profiles", default="Profils")),
        ("journal", p.VIEW_JOURNAL, _("journal", default="Journal")),
    )
    nodes = [
        _service_node(request, name, title)
        for name, permission, title in entries
        if may(request.actor, permission, request.site[name])
    ]
    return _("tree-administration", default="Administration"), nodes


def _drafting_tree(request: Any) -> tuple[str, list[TreeNode]]:  # noqa: ANN401
    entries = (
        ("canevas", p.VIEW_LIBRARY, _("templates", default="Canevas")),
        ("clausier", p.VIEW_LIBRARY, _("clause-library", default="Clausier")),
        (
            "propositions",
            p.VIEW_PROPOSALS,
            _("proposals", default="Propositions du comité"),
        ),
        ("publications", p.VIEW_LIBRARY, _("releases", default="Publications")),
    )
    nodes = [
        _service_node(request, name, title)
        for name, permission, title in entries
        if may(request.actor, permission, request.site[name])
    ]
    return _("tree-drafting", default="Rédaction"), nodes


def _service_node(request: Any, name: str, title: str) -> TreeNode:  # noqa: ANN401
    service = request.site[name]
    inside = any(item is service for item in lineage(request.context))
    children = ()
    if name == "organisation" and inside:
        children = _entity_nodes(request, service)
    return TreeNode(
        title,
        request.resource_url(service),
        is_current=request.context is service,
        is_open=inside,
        has_children=bool(children),
        children=children,
    )


def _entity_nodes(request: Any, parent: Any) -> tuple[TreeNode, ...]:  # noqa: ANN401
    """Show the branch that leads to the entity being looked at, and its neighbours."""
    path = {id(item) for item in lineage(request.context) if IEntity.providedBy(item)}
    children = entities_in_sight(request.actor, parent)
    return tuple(
        TreeNode(
            item.title,
            request.resource_url(item),
            is_current=item is request.context,
            is_open=id(item) in path,
            has_children=len(item) > 0,
            children=_entity_nodes(request, item) if id(item) in path else (),
        )
        for item in children
    )
