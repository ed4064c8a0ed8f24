"""The list of canevas, narrowed and sorted by its address."""

from collections.abc import Callable
from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.content_types.consultation.upstream_form.need import NATURES
from sicp.i18n import _
from sicp.interfaces.template import ITemplateLibrary
from sicp.operations.document.canevas_list import CanevasEntry
from sicp.operations.document.canevas_list import Wanted
from sicp.operations.document.canevas_list import find_canevas
from sicp.operations.document.canevas_list import list_canevas
from sicp.operations.user.right import may
from sicp.views.office.template.properties import PHASE_TITLES
from sicp.views.office.template.template import badge_of
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import sortable
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge

_LONGEST_SEARCH = 100
_COLUMNS = (
    Column("titre", _("template-title", default="Canevas")),
    Column("piece", _("template-document", default="Pièce")),
    Column("etat", _("column-state", default="État")),
    Column("clauses", _("template-clauses", default="Clauses"), is_number=True),
    Column("versions", _("template-versions", default="Versions"), is_number=True),
    Column(
        "change", _("template-changed", default="Dernier changement"), is_short=True
    ),
)
_ORDERS: dict[str, Callable[[CanevasEntry], Any]] = {
    "titre": lambda entry: fold(entry.title),
    "piece": lambda entry: (fold(entry.document), entry.title),
    "clauses": lambda entry: entry.clauses,
    "versions": lambda entry: len(entry.template.versions),
    "change": lambda entry: entry.template.modified_at,
}


@view_config(
    context=ITemplateLibrary,
    permission=p.VIEW_LIBRARY,
    renderer="templates/listing/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the canevas that answer what is asked in the address."""
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
    entries = list_canevas(request.site, request.today)
    wanted = _wanted(request)
    found = _sorted(request, find_canevas(entries, wanted))
    return {
        "table": _table(request, found, bool(entries)),
        "wanted": wanted,
        "is_filtered": wanted != Wanted(),
        "count": display.number(len(found)),
        "total": display.number(len(entries)),
        "filters": _filters(entries, wanted),
        "sort": request.GET.get("sort", "")[:_LONGEST_SEARCH],
        "clear_url": request.resource_url(context),
    }


def _wanted(request: Any) -> Wanted:
    names = ("texte", "piece", "phase", "nature")
    return Wanted(*(request.GET.get(n, "").strip()[:_LONGEST_SEARCH] for n in names))


def _filters(entries: list[CanevasEntry], wanted: Wanted) -> list[dict[str, Any]]:
    documents = sorted({entry.document for entry in entries if entry.document})
    pieces = [(name, name) for name in documents]
    phases = list(PHASE_TITLES.items())
    natures = [(nature.value, nature.title) for nature in NATURES]
    asked = (
        ("piece", _("template-document", default="Pièce"), pieces, wanted.document),
        ("phase", _("filter-phase", default="Phase"), phases, wanted.phase),
        ("nature", _("filter-nature", default="Nature"), natures, wanted.nature),
    )
    return [
        {
            "name": name,
            "title": title,
            "options": [
                {"value": value, "title": said, "is_chosen": value == chosen}
                for value, said in options
            ],
        }
        for name, title, options, chosen in asked
    ]


def _sorted(request: Any, entries: list[CanevasEntry]) -> list[CanevasEntry]:
    """Put in the order asked; that of documents and titles when none is."""
    asked = request.GET.get("sort", "")
    name = asked.removeprefix("-")
    say = request.layout.say
    orders = {**_ORDERS, "etat": lambda entry: say(_state(entry).title)}
    if name not in orders:
        return entries
    return sorted(entries, key=orders[name], reverse=asked.startswith("-"))


def _table(request: Any, entries: list[CanevasEntry], has_some: bool) -> Table:  # noqa: FBT001
    return Table(
        _("templates", default="Canevas"),
        sortable(request, _COLUMNS),
        [_row(entry, request) for entry in entries],
        empty=_NONE_FOUND if has_some else _EMPTY,
    )


def _row(entry: CanevasEntry, request: Any) -> Row:
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


def _about(entry: CanevasEntry, say: Any) -> str:
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


def _state(entry: CanevasEntry) -> Badge:
    if entry.is_abstract and entry.template.working is None and not entry.fault:
        return Badge(_("template-is-base", default="Socle"), "neutral")
    return badge_of(entry.template)


_EMPTY = EmptyState(
    _("templates-empty", default="Aucun canevas n’est encore chargé."),
    _(
        "templates-empty-text",
        default="Un canevas est le plan d’une pièce : les clauses qu’elle "
        "appelle, dans leur ordre et sous leurs conditions.",
    ),
)
_NONE_FOUND = EmptyState(
    _("templates-none-found", default="Aucun canevas ne répond à ces choix.")
)
