"""The canevas, to read: each one as an ordered tree of clauses."""

from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.template import ITemplate
from sicp.interfaces.template import ITemplateLibrary
from sicp.operations.clause import clauses_of
from sicp.operations.document.plan import list_canevas
from sicp.operations.document.reading import count_clauses
from sicp.operations.document.reading import read_canevas
from sicp.operations.user.right import may
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Tab
from sicp.views.shared.components import Table
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import Crumb

_COLUMNS = (
    Column("title", _("template-title", default="Canevas")),
    Column("document", _("template-document", default="Pièce")),
    Column("state", _("column-state", default="État")),
    Column("clauses", _("template-clauses", default="Clauses"), is_number=True),
    Column("versions", _("template-versions", default="Versions"), is_number=True),
    Column(
        "changed", _("template-changed", default="Dernier changement"), is_short=True
    ),
)


@view_config(
    context=ITemplateLibrary,
    permission=p.VIEW_LIBRARY,
    renderer="templates/template/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the canevas."""
    request.layout.show(_("templates", default="Canevas"))
    request.layout.actions = [
        Action(
            _("clause-library-open", default="Ouvrir le clausier"),
            request.resource_url(request.site["clausier"]),
        )
    ]
    if may(request.actor, p.EDIT_LIBRARY, context):
        request.layout.primary_action = Action(
            _("template-add", default="Nouveau canevas"),
            request.resource_url(context, "nouveau"),
        )
    table = Table(
        _("templates", default="Canevas"),
        _COLUMNS,
        [_row(entry, request) for entry in list_canevas(request.site, request.today)],
        empty=EmptyState(
            _("templates-empty", default="Aucun canevas n’est encore chargé."),
            _(
                "templates-empty-text",
                default="Un canevas est le plan d’une pièce : les clauses qu’elle "
                "appelle, dans leur ordre et sous leurs conditions.",
            ),
        ),
    )
    return {"table": table}


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


def _row(entry: Any, request: Any) -> Row:
    template = entry.template
    return Row(
        (
            Cell(
                entry.title,
                request.resource_url(template),
                note=_about(entry, request.layout.say),
            ),
            Cell(entry.document),
            Cell(badge=_state(entry)),
            Cell(display.number(entry.clauses)),
            Cell(display.number(len(template.versions))),
            Cell(display.day(template.modified_at)),
        ),
        name=entry.title,
    )


def _about(entry: Any, say: Any) -> str:
    """Say when a canevas is proposed, and which other it extends."""
    told = [entry.fault] if entry.fault else []
    if entry.applies:
        mapping = {"condition": entry.applies}
        applies = _(
            "template-applies-note",
            default="Proposé quand ${condition}.",
            mapping=mapping,
        )
        told.append(say(applies))
    if entry.parent:
        mapping = {"title": entry.parent}
        extends = _(
            "template-extends-note", default="Prolonge « ${title} ».", mapping=mapping
        )
        told.append(say(extends))
    return " ".join(told)


def _state(entry: Any) -> Badge:
    if entry.is_abstract and entry.template.working is None and not entry.fault:
        return Badge(_("template-is-base", default="Socle"), "neutral")
    return badge_of(entry.template)


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
