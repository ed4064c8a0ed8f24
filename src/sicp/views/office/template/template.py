"""The canevas, to read: each one as an ordered tree of clauses."""

from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.template import ITemplate
from sicp.operations.clause import clauses_of
from sicp.operations.document.reading import count_clauses
from sicp.operations.document.reading import read_canevas
from sicp.operations.user.right import may
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared import display
from sicp.views.shared.components import Tab
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import Crumb


@view_config(
    context=ITemplate, permission=p.VIEW_LIBRARY, renderer="templates/template/show.pt"
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a canevas as a tree."""
    tabs = heading(context, request, "")
    if not context.versions:
        return {"tabs": tabs, "is_published": False}
    applies, nodes = read_canevas(context, request.today)
    urls = {
        clause.clause_id: request.resource_url(clause)
        for clause in clauses_of(request.site["clausier"])
    }
    return {
        "tabs": tabs,
        "is_published": True,
        "applies": applies,
        "nodes": nodes,
        "urls": urls,
        "kinds": CLAUSE_KINDS,
        "document": context.document,
        "count": count_clauses(context),
        "changed": display.moment(context.modified_at),
    }


def heading(context: Any, request: Any, name: str) -> list[Tab]:
    """Say which canevas a page is about; ``name`` is that of the page, or empty.

    Returns:
        the pages about this canevas, for those who may change it.
    """
    title = str(context.edited.get("title") or context.title)
    way = request.layout.breadcrumb
    url = request.resource_url(context) if name else ""
    request.layout.show(
        title, badge=badge_of(context), breadcrumb=[*way[:-1], Crumb(title, url)]
    )
    if not may(request.actor, p.EDIT_LIBRARY, context):
        return []
    return [
        Tab(
            word, request.resource_url(context, *([page] if page else [])), page == name
        )
        for page, word in _PAGES
    ]


def badge_of(template: Any) -> Badge:
    """Tell how a canevas stands to the publications."""
    if not template.versions:
        return Badge(_("template-new", default="Jamais publié"), "warning")
    if template.working is not None:
        edited = _("template-edited", default="Modifié, non publié")
        return Badge(edited, "progress")
    return Badge(_("template-published", default="Publié"), "success")


_PAGES = (
    ("", _("template-page-read", default="Version publiée")),
    ("modifier", _("template-page-plan", default="Plan")),
    ("proprietes", _("template-page-properties", default="Propriétés")),
    ("differences", _("template-page-differences", default="Différences")),
    ("essayer", _("template-page-trial", default="Essayer")),
)
