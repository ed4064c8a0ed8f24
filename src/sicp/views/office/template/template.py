"""The canevas, to read: each one as an ordered tree of clauses."""

from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.template import ITemplate
from sicp.interfaces.template import ITemplateLibrary
from sicp.operations.clause import clauses_of
from sicp.operations.document.reading import count_clauses
from sicp.operations.document.reading import read_canevas
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.layout import Action

_COLUMNS = (
    Column("title", _("template-title", default="Canevas")),
    Column("document", _("template-document", default="Pièce")),
    Column("applies", _("template-applies", default="Proposé quand")),
    Column("clauses", _("template-clauses", default="Clauses"), is_number=True),
    Column("changed", _("template-changed", default="Dernier changement")),
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
    templates = sorted(context.values(), key=lambda item: (item.document, item.title))
    table = Table(
        _("templates", default="Canevas"),
        _COLUMNS,
        [_row(template, request) for template in templates],
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
    request.layout.show(context.title)
    applies, nodes = read_canevas(context, request.today)
    urls = {
        clause.clause_id: request.resource_url(clause)
        for clause in clauses_of(request.site["clausier"])
    }
    return {
        "applies": applies,
        "nodes": nodes,
        "urls": urls,
        "kinds": CLAUSE_KINDS,
        "document": context.document,
        "count": count_clauses(context),
        "changed": display.moment(context.modified_at),
    }


def _row(template: Any, request: Any) -> Row:
    applies, _nodes = read_canevas(template, request.today)
    return Row(
        (
            Cell(template.title, request.resource_url(template)),
            Cell(template.document),
            Cell(applies),
            Cell(display.number(count_clauses(template))),
            Cell(display.day(template.modified_at)),
        ),
        name=template.title,
    )
