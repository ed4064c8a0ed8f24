"""Walk the folders of procedures: module, public body, year."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultationFolder
from sicp.interfaces.consultation import IConsultations
from sicp.operations.consultation.listing import PAGE_SIZE
from sicp.operations.consultation.listing import Listing
from sicp.operations.consultation.listing import Wanted
from sicp.operations.consultation.listing import list_consultations
from sicp.operations.consultation.listing import sees_something_of
from sicp.operations.reference_data import procedure_choices
from sicp.operations.user.right import may
from sicp.views.office.consultation.wording import NATURE_TITLES
from sicp.views.office.consultation.wording import STATE_TITLES
from sicp.views.office.consultation.wording import state_badge
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import sortable
from sicp.views.shared.layout import Action

_COLUMNS = (
    Column("reference", _("column-reference", default="Référence")),
    Column("objet", _("column-object", default="Objet")),
    Column("procedure", _("column-procedure", default="Procédure")),
    Column("limite", _("column-due", default="Limite des offres"), is_short=True),
    Column("etat", _("column-state", default="État")),
    Column("modification", _("column-modified", default="Modifiée"), is_short=True),
)
_LONGEST_TEXT = 200


@view_config(
    context=IConsultations, permission=p.ENTER, renderer="templates/folder/show.pt"
)
def show_module(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """List every consultation the person sees."""
    return _page(context, request, {}, _("module-procedures", default="Procédures"))


@view_config(
    context=IConsultationFolder,
    permission=p.ENTER,
    renderer="templates/folder/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """List the consultations of a body, or of one of its years."""
    folder = _folder_query(context)
    if not sees_something_of(request.site, request.actor, folder["body"]):
        # Another body's folder does not exist for who sees nothing of it.
        raise HTTPNotFound
    return _page(context, request, folder, _folder_title(context))


def _folder_title(context: Any) -> str:  # noqa: ANN401
    if getattr(context, "entity", None) is not None:
        return context.title
    return _(
        "folder-year-title",
        default="${body} – ${year}",
        mapping={"body": context.__parent__.title, "year": context.title},
    )


def _folder_query(context: Any) -> dict[str, Any]:  # noqa: ANN401
    entity = getattr(context, "entity", None)
    if entity is not None:
        return {"body": entity}
    return {"body": context.__parent__.entity, "year": int(context.__name__)}


def _page(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    folder: dict[str, Any],
    title: str,
) -> dict[str, Any]:
    wanted = _wanted(request, folder)
    listing = list_consultations(request.site, request.actor, wanted)
    module = request.site["consultations"]
    request.layout.show(title)
    if may(request.actor, p.CREATE_CONSULTATION, module):
        request.layout.primary_action = Action(
            _("consultation-new", default="Nouvelle consultation"),
            request.resource_url(module, "nouvelle"),
        )
    return {
        "table": _table(request, listing, wanted),
        "text": wanted.text,
        "filters": _filter_controls(request, wanted),
        "sort": request.GET.get("sort", ""),
        "clear_url": request.resource_url(context),
        "is_filtered": bool(wanted.text or any(wanted.filters.values())),
    }


def _wanted(request: Any, folder: dict[str, Any]) -> Wanted:  # noqa: ANN401
    asked = request.GET.get("sort", "") or "-reference"
    page = request.GET.get("page", "1")
    return Wanted(
        folder=folder,
        filters={
            name: request.GET.get(name, "")[:_LONGEST_TEXT]
            for name in ("nature", "procedure", "etat")
        },
        text=request.GET.get("texte", "")[:_LONGEST_TEXT],
        sort=asked.removeprefix("-"),
        is_descending=asked.startswith("-"),
        # Longer numbers than a list has pages are read as the last page.
        page=int(page[:9]) if page.isascii() and page[:9].isdigit() else 1,
    )


def _table(request: Any, listing: Listing, wanted: Wanted) -> Table:  # noqa: ANN401
    titles = {c.value: c.title for c in procedure_choices(request.today)}
    return Table(
        _("consultations-list", default="Consultations"),
        sortable(request, _COLUMNS),
        [_row(request, listing, item, titles) for item in listing.consultations],
        empty=_empty(request, wanted),
        pager=Pager.of(request, listing.page, PAGE_SIZE, listing.total),
    )


def _row(
    request: Any,  # noqa: ANN401
    listing: Listing,
    item: Any,  # noqa: ANN401
    titles: dict[str, str],
) -> Row:  # noqa: ANN401
    is_detailed = item.__oid__ in listing.detailed
    url = (
        request.resource_url(item, "detail")
        if is_detailed
        else (request.resource_url(item))
    )
    procedure = item.answers.get("procedure") or ""
    due = item.answers.get("bids_due_at")
    return Row(
        (
            Cell(item.reference, url),
            Cell(item.object),
            Cell(titles.get(procedure, procedure)),
            _due_cell(request, due) if due else Cell(),
            Cell(badge=state_badge(item)),
            Cell(request.layout.relative_day(item.modified_at, request.today)),
        ),
        name=item.reference,
    )


def _due_cell(request: Any, due: Any) -> Cell:  # noqa: ANN401
    return Cell(
        display.moment(due), note=request.layout.relative_day(due, request.today)
    )


def _empty(request: Any, wanted: Wanted) -> EmptyState:  # noqa: ANN401
    if wanted.text or any(wanted.filters.values()):
        return EmptyState(
            _(
                "list-nothing-found",
                default="Aucune consultation ne répond à ces critères.",
            )
        )
    module = request.site["consultations"]
    action = None
    if may(request.actor, p.CREATE_CONSULTATION, module):
        action = Action(
            _("consultation-new", default="Nouvelle consultation"),
            request.resource_url(module, "nouvelle"),
        )
    return EmptyState(
        _("list-empty", default="Aucune consultation ici pour le moment."),
        _(
            "list-empty-text",
            default="Les consultations dont votre direction est "
            "responsable ou bénéficiaire paraîtront dans ce dossier.",
        ),
        action,
    )


def _filter_controls(
    request: Any,  # noqa: ANN401
    wanted: Wanted,
) -> list[dict[str, Any]]:
    procedures = {c.value: c.title for c in procedure_choices(request.today)}
    lists = (
        ("nature", _("filter-nature", default="Nature"), NATURE_TITLES),
        ("procedure", _("filter-procedure", default="Procédure"), procedures),
        ("etat", _("filter-state", default="État"), STATE_TITLES),
    )
    return [
        {
            "name": name,
            "title": title,
            "options": [
                {
                    "value": value,
                    "title": text,
                    "is_chosen": wanted.filters.get(name) == value,
                }
                for value, text in options.items()
            ],
        }
        for name, title, options in lists
    ]
