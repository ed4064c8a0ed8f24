"""The journal of administration: who changed accounts, rights and entities."""

from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.journal import IJournal
from sicp.operations.journal import read_journal
from sicp.views.office.wording import action_titles
from sicp.views.office.wording import journal_lines
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import url_with

#: What the journal of the site holds; consultations keep journals of their own.
_KEPT = ("entity", "body", "user", "password", "assign", "substitut", "profile")
_COLUMNS = (
    Column("at", _("column-at", default="Quand")),
    Column("who", _("column-who", default="Qui")),
    Column("what", _("column-what", default="Quoi")),
    Column("object", _("column-on", default="Sur")),
    Column("details", _("column-details", default="Détail")),
)


@view_config(
    context=IJournal, permission=p.VIEW_JOURNAL, renderer="templates/journal/show.pt"
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the journal of what the person administers, latest first."""
    request.layout.show(_("journal-title", default="Journal de l’administration"))
    actions = _actions()
    asked = request.GET.get("acte", "")
    chosen = asked if asked in actions else ""
    found = read_journal(request.site, request.actor, _page(request), chosen)
    newer = url_with(request, page=found.page - 1) if found.page > 1 else ""
    older = url_with(request, page=found.page + 1) if found.has_older else ""
    return {
        "table": _table(request, found.entries),
        "newer": newer,
        "older": older,
        "clear_url": request.resource_url(context),
        "is_filtered": bool(chosen),
        "actions": [
            {"value": name, "title": title, "is_chosen": name == chosen}
            for name, title in actions.items()
        ],
    }


def _actions() -> dict[str, str]:
    return {n: title for n, title in action_titles().items() if n.startswith(_KEPT)}


def _page(request: Any) -> int:
    page = request.GET.get("page", "1")
    # A page beyond the end is empty; a longer number is no page.
    is_number = page.isascii() and page.isdigit() and len(page) <= len("9999")
    return max(1, int(page)) if is_number else 1


def _table(request: Any, entries: Any) -> Table:
    rows = [
        Row(tuple(Cell(line[column.name]) for column in _COLUMNS))
        for line in journal_lines(request, entries)
    ]
    empty = EmptyState(
        _("journal-empty", default="Rien n’est noté ici."),
        _(
            "journal-empty-text",
            default="Ce qui change les comptes, les affectations, les profils et les "
            "entités de votre périmètre paraîtra ici.",
        ),
    )
    title = _("journal-title", default="Journal de l’administration")
    return Table(title, _COLUMNS, rows, empty=empty)
