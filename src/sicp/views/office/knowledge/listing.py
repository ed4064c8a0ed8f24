"""The list of the sheets of a folder: sorted, narrowed, one page at a time."""

from dataclasses import replace
from typing import Any

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.operations.knowledge.listing import PAGE_SIZE
from sicp.operations.knowledge.listing import Facets
from sicp.operations.knowledge.listing import SheetPage
from sicp.operations.knowledge.listing import WantedSheets
from sicp.operations.knowledge.listing import facets_of
from sicp.operations.knowledge.listing import list_sheets
from sicp.operations.knowledge.listing import theme_title
from sicp.operations.user.right import may
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import date_of
from sicp.rules.sheet_kind import reference_of
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.wording import STATE_TITLES
from sicp.views.office.knowledge.wording import sheet_badge
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import sortable
from sicp.views.shared.components import url_with

_LONGEST = 200
_MOST_THEMES = 60
#: The columns, by their name in the address, with the order of the list each asks for.
_COLUMNS = {
    "titre": Column("titre", _("column-sheet", default="Fiche")),
    "sorte": Column("sorte", _("column-kind", default="Sorte")),
    "reference": Column("reference", _("column-reference", default="Référence")),
    "date": Column("date", _("column-date", default="Date"), is_short=True),
    "modification": Column(
        "modification", _("column-modified", default="Modifiée"), is_short=True
    ),
    "etat": Column("etat", _("column-state", default="État"), is_short=True),
    "relecture": Column(
        "relecture", _("column-review", default="À relire le"), is_short=True
    ),
}
_ORDERS = {
    "titre": "title",
    "sorte": "kind",
    "reference": "reference",
    "date": "date",
    "modification": "modified",
    "etat": "state",
    "relecture": "review",
}
_FIRST_COLUMNS = ("titre", "sorte", "reference", "date", "modification")
_FIRST_COLUMNS_OF_WRITERS = ("titre", "sorte", "etat", "modification", "relecture")
FILTERS = ("texte", "sorte", "etat", "theme", "responsable")


def is_narrowed(request: Any) -> bool:
    """Tell whether the address asks for a part of the list, or for a wider one."""
    return any(_asked(request, name) for name in (*FILTERS, "dessous"))


def sheet_listing(folder: Any, request: Any, *, has_below: bool) -> dict[str, Any]:
    """Make what the templates need to show the list of a folder."""
    wanted = _wanted(request, has_below=has_below)
    is_whole = has_below and IKnowledgeBase.providedBy(folder)
    place = None if is_whole else folder
    page = list_sheets(place, wanted, request.actor, request.site)
    facets = facets_of(place, request.actor, request.site, has_below=has_below)
    return {
        "table": _table(folder, request, page),
        "wanted": wanted,
        "facets": facets,
        "filters": _filters(request, facets, wanted),
        "sort": _asked(request, "sort"),
        "is_narrowed": is_narrowed(request),
        "list_url": request.resource_url(folder),
        "manual_url": url_with(request, sort=None, page=None)
        if _asked(request, "sort")
        else "",
        "kept": _kept(request),
    }


def _asked(request: Any, name: str) -> str:
    return request.GET.get(name, "")[:_LONGEST].strip()


def _wanted(request: Any, *, has_below: bool) -> WantedSheets:
    sort = _asked(request, "sort")
    return WantedSheets(
        words=_asked(request, "texte"),
        kinds=_one(request, "sorte"),
        states=_one(request, "etat"),
        themes=_one(request, "theme"),
        owner=_asked(request, "responsable"),
        has_below=has_below,
        order=_ORDERS.get(sort.removeprefix("-"), "manual"),
        is_descending=sort.startswith("-"),
        page=number_of(request.GET.get("page")) or 1,
    )


def _one(request: Any, name: str) -> tuple[str, ...]:
    value = _asked(request, name)
    return (value,) if value else ()


def _kept(request: Any) -> list[tuple[str, str]]:
    names = {*FILTERS, "dessous", "sort"}
    return [(name, value) for name, value in request.GET.items() if name in names]


def _table(folder: Any, request: Any, page: SheetPage) -> Table:
    is_writer = may(request.actor, p.EDIT_KNOWLEDGE, folder)
    names = _columns(request, is_writer=is_writer)
    is_kept = is_writer and page.total > 0
    return Table(
        _("sheets-list", default="Liste des fiches"),
        sortable(request, [_COLUMNS[name] for name in names]),
        [_row(request, sheet, names) for sheet in page.sheets],
        empty=_NOTHING_FOUND,
        pager=Pager.of(request, page.page, PAGE_SIZE, page.total),
        hidden_columns=[c for name, c in _COLUMNS.items() if name not in names],
        choose_url=request.resource_url(folder),
        kept_choices=_kept(request),
        batch_url=request.resource_url(folder, "classer") if is_kept else "",
        batch_actions=BATCH_ACTIONS if is_kept else (),
    )


def _columns(request: Any, *, is_writer: bool) -> tuple[str, ...]:
    asked = set(request.GET.getall("columns"))
    first = _FIRST_COLUMNS_OF_WRITERS if is_writer else _FIRST_COLUMNS
    chosen = tuple(name for name in _COLUMNS if name in asked)
    # The first column names the row: a list has it whatever was chosen.
    return ("titre", *(n for n in chosen if n != "titre")) if chosen else first


def _row(request: Any, sheet: Any, names: tuple[str, ...]) -> Row:
    cells = [_CELLS[name](request, sheet) for name in names]
    if "etat" not in names and sheet.state != "published":
        cells[0] = replace(cells[0], badge=sheet_badge(sheet))
    return Row(tuple(cells), id=str(sheet.__oid__), name=sheet.title)


def _title_cell(request: Any, sheet: Any) -> Cell:
    return Cell(sheet.title, request.resource_url(sheet))


def _day_cell(request: Any, day: Any) -> Cell:
    if day is None:
        return Cell(display.NOTHING)
    return Cell(display.day(day), note=request.layout.relative_day(day, request.today))


_CELLS = {
    "titre": _title_cell,
    "sorte": lambda _request, sheet: Cell(SHEET_KINDS[sheet.kind].title),
    "reference": lambda _request, sheet: Cell(
        reference_of(sheet.kind, sheet.shown.fields)
    ),
    "date": lambda _request, sheet: Cell(
        display.day(date_of(sheet.kind, sheet.shown.fields))
    ),
    "modification": lambda request, sheet: Cell(
        request.layout.relative_day(sheet.modified_at, request.today)
    ),
    "etat": lambda _request, sheet: Cell(badge=sheet_badge(sheet)),
    "relecture": lambda request, sheet: _day_cell(request, sheet.review_on),
}


def _filters(
    request: Any, facets: Facets, wanted: WantedSheets
) -> list[dict[str, Any]]:
    site, tokens = request.site, request.shelves.tokens
    themes = facets.themes[:_MOST_THEMES]
    asked = {fold(theme) for theme in wanted.themes} - {name for name, _n in themes}
    themes += tuple((theme, 0) for theme in asked)
    lists = (
        (
            "sorte",
            _("filter-kind", default="Sorte"),
            [(name, SHEET_KINDS[name].title) for name, _n in facets.kinds],
        ),
        (
            "theme",
            _("filter-theme", default="Thème"),
            [(name, theme_title(site, tokens, name)) for name, _n in themes],
        ),
        (
            "etat",
            _("filter-state", default="État"),
            [(name, STATE_TITLES[name]) for name, _n in facets.states],
        ),
        (
            "responsable",
            _("filter-owner", default="Responsable"),
            [(name, person(request, name)) for name, _n in facets.owners if name],
        ),
    )
    return [
        {
            "name": name,
            "title": title,
            "options": [
                {
                    "value": value,
                    "title": text,
                    "is_chosen": fold(_asked(request, name)) == fold(value),
                }
                for value, text in options
            ],
        }
        for name, title, options in lists
        if len(options) > 1 or _asked(request, name)
    ]


BATCH_ACTIONS = (
    ("deplacer", _("batch-move", default="Déplacer")),
    ("supprimer", _("batch-remove", default="Mettre à la corbeille")),
)
_NOTHING_FOUND = EmptyState(
    _("sheets-none-found", default="Aucune fiche ne répond à ces choix."),
    _(
        "sheets-none-found-text",
        default="Retirez un critère, ou cherchez aussi dans les sous-dossiers.",
    ),
)
