"""How much each clause serves, and how often writers put their own text instead."""

from collections.abc import Callable
from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.clause import IClauseLibrary
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.usage import Usage
from sicp.operations.clause.usage import rewritings_in_sight
from sicp.operations.clause.usage import usage_of
from sicp.operations.clause.usage import usages
from sicp.operations.document.reading import clause_calls
from sicp.views.office.forms import number_of
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import sortable

_PAGE_SIZE = 50
_COLUMNS = (
    Column("titre", _("column-clause", default="Clause")),
    Column("canevas", _("column-templates", default="Canevas"), is_number=True),
    Column("pieces", _("column-pieces", default="Pièces"), is_number=True),
    Column("reecrite", _("column-rewritten", default="Réécrite"), is_number=True),
    Column("taux", _("column-rewriting-rate", default="Taux"), is_number=True),
)
_ORDERS: dict[str, Callable[[Usage], Any]] = {
    "canevas": lambda usage: usage.templates,
    "pieces": lambda usage: usage.pieces,
    "reecrite": lambda usage: (usage.rewritten, usage.percent),
    "taux": lambda usage: (usage.percent, usage.rewritten),
}
_FIRST = "-reecrite"


@view_config(
    name="usages",
    context=IClauseLibrary,
    permission=p.VIEW_LIBRARY,
    renderer="templates/usage/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the clauses, those that writers rewrite most first."""
    request.layout.show(_("clause-usages", default="Usage des clauses"))
    clauses = {clause.clause_id: clause for clause in clauses_of(context)}
    found = usages(request.site, clauses, clause_calls(request.site))
    ordered = _sorted(request, found, clauses)
    last = max(1, -(-len(ordered) // _PAGE_SIZE))
    page = min(max(1, number_of(request.GET.get("page")) or 1), last)
    start = (page - 1) * _PAGE_SIZE
    shown = ordered[start : start + _PAGE_SIZE]
    rows = [_row(request, usage, clauses[usage.clause_id]) for usage in shown]
    caption = _("clause-usages", default="Usage des clauses")
    pager = Pager.of(request, page, _PAGE_SIZE, len(ordered))
    columns = sortable(request, _COLUMNS)
    empty = EmptyState(_("clause-library-empty", default="Le clausier est vide."))
    return {"table": Table(caption, columns, rows, empty=empty, pager=pager)}


def usage_panel(clause: Any, request: Any) -> dict[str, Any]:
    """Say how much one clause serves; names are those of pieces the person may open."""
    usage = usage_of(request.site, clause.clause_id, clause_calls(request.site))
    found = rewritings_in_sight(request.site, clause.clause_id, request.actor)
    return {
        "usage": usage,
        "percent": _percent(usage),
        "rewritings": [_rewriting(request, item) for item in found],
        "all_url": request.resource_url(request.site["clausier"], "usages"),
    }


def _rewriting(request: Any, item: Any) -> dict[str, str]:
    consultation = item.draft.__parent__.__parent__
    return {
        "title": f"{consultation.reference} – {item.draft.title}",
        "url": request.resource_url(item.draft),
        "by": person(request, item.author) if item.author else "",
    }


def _sorted(request: Any, found: list[Usage], clauses: dict[str, Any]) -> list[Usage]:
    def title(usage: Usage) -> str:
        return clauses[usage.clause_id].title.casefold()

    asked = request.GET.get("sort", _FIRST)
    order = _ORDERS.get(asked.removeprefix("-"), title)
    by_title = sorted(found, key=title)
    return sorted(by_title, key=order, reverse=asked.startswith("-"))


def _row(request: Any, usage: Usage, clause: Any) -> Row:
    numbers = (usage.templates, usage.pieces, usage.rewritten)
    return Row(
        (
            Cell(plain_title(clause.title), request.resource_url(clause)),
            *(Cell(display.number(number)) for number in numbers),
            Cell(_percent(usage)),
        ),
        name=clause.title,
    )


def _percent(usage: Usage) -> str:
    return display.percent(round(usage.percent)) if usage.pieces else display.NOTHING
