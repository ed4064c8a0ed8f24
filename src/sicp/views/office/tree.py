"""The tree at the left of the agents' pages: the places of the current module."""

from collections.abc import Callable
from typing import Any

from pyramid.location import lineage

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.organisation import IEntity
from sicp.operations.consultation.listing import visible_folders
from sicp.operations.knowledge.shelf import Shelves
from sicp.operations.user.perimeter import entities_in_sight
from sicp.operations.user.right import may
from sicp.views.shared.layout import Layout
from sicp.views.shared.layout import TreeNode


def add_tree(layout: Layout, request: Any, module: str) -> None:  # noqa: ANN401
    """Give a page the tree of its module, if it has one."""
    maker = _MAKERS.get(module)
    if maker is not None:
        layout.tree_title, layout.tree = maker(request)


def shelves_of(request: Any) -> Shelves:  # noqa: ANN401
    """Return what the person sees of the knowledge base, worked out once."""
    return Shelves(request.site, request.actor)


def folder_nodes(request: Any, above: Any) -> tuple[TreeNode, ...]:  # noqa: ANN401
    """Show the folders in a place; the branch that leads to the page is open."""
    here = request.context
    path = {id(item) for item in lineage(here)}
    # A sheet is not in the tree: its folder tells where one is.
    place = here.__parent__ if ISheet.providedBy(here) else here
    shelves = request.shelves
    return tuple(
        TreeNode(
            folder.title,
            request.resource_url(folder),
            is_current=folder is place,
            is_open=id(folder) in path,
            has_children=shelves.has_below(folder),
            children_url=request.resource_url(folder, "branche"),
            children=folder_nodes(request, folder) if id(folder) in path else (),
        )
        for folder in shelves.below(above)
    )


def _knowledge_tree(request: Any) -> tuple[str, list[TreeNode]]:  # noqa: ANN401
    base = request.site["connaissances"]
    nodes = list(folder_nodes(request, base))
    binned = base["corbeille"]
    if may(request.actor, p.VIEW_KNOWLEDGE, binned):
        nodes.append(
            TreeNode(
                _("knowledge-bin", default="Corbeille"),
                request.resource_url(binned),
                is_current=request.context is binned,
            )
        )
    if may(request.actor, p.MANAGE_KNOWLEDGE, base):
        nodes += [
            TreeNode(
                title,
                request.resource_url(base, name),
                is_current=request.context is base and request.view_name == name,
            )
            for name, title in _KEEPERS
        ]
    return _("tree-knowledge", default="Dossiers de la base"), nodes


#: Pages about the whole base, for those who manage it.
_KEEPERS = (
    ("synonymes", _("synonyms", default="Synonymes du métier")),
    ("sans-reponse", _("unanswered", default="Recherches sans réponse")),
)


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


_MAKERS: dict[str, Callable[[Any], tuple[str, list[TreeNode]]]] = {
    "consultations": _consultation_tree,
    "organisation": _administration_tree,
    "canevas": _drafting_tree,
    "connaissances": _knowledge_tree,
}
