"""The recycle bin: what was thrown away is seen, brought back, or destroyed."""

from collections.abc import Iterator
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import IBinEntry
from sicp.interfaces.knowledge import IKnowledgeBin
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.bin import bin_entries
from sicp.operations.knowledge.bin import origin_of
from sicp.operations.knowledge.bin import purge_entry
from sicp.operations.knowledge.bin import restore_item
from sicp.operations.knowledge.place import places_to_write
from sicp.operations.knowledge.zone import numbers_below
from sicp.operations.user.right import may
from sicp.views.office.forms import attempt
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.place import place_called
from sicp.views.office.knowledge.wording import by
from sicp.views.office.knowledge.wording import kind_title
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import Term
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_PAGE_SIZE = 50
_ORIGIN = "origin"
_COLUMNS = (
    Column("titre", _("column-thing", default="Élément")),
    Column("sorte", _("column-kind", default="Sorte")),
    Column("origine", _("column-origin", default="Il était dans")),
    Column("par", _("column-removed-by", default="Mis à la corbeille par")),
    Column("depuis", _("column-since", default="Depuis le"), is_short=True),
)


@view_config(
    context=IKnowledgeBin,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/bin/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List what the person threw away; all of it to who manages the base."""
    request.layout.show(context.title)
    entries = list(bin_entries(request.site, request.actor))
    last = max(1, -(-len(entries) // _PAGE_SIZE))
    page = min(max(1, number_of(request.GET.get("page")) or 1), last)
    shown = entries[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE]
    return {
        "table": Table(
            _("knowledge-bin", default="Corbeille"),
            _COLUMNS,
            [_row(request, entry) for entry in shown],
            empty=_EMPTY,
            pager=Pager.of(request, page, _PAGE_SIZE, len(entries)),
        )
    }


@view_config(
    context=IBinEntry,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/bin/show.pt",
)
def show(context: Any, request: Any) -> Any:
    """Show one thing thrown away; bring it back where it was, or elsewhere."""
    request.layout.show(context.title, subtitle=kind_title(context.item))
    form = _restore_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        target = values and _target(request, values["target"])
        item = values and attempt(request, form, restore_item, context, target=target)
        if item:
            flash(request, _("bin-restored", default="L’élément est repris."))
            return HTTPSeeOther(request.resource_url(item))
    may_destroy = may(request.actor, p.MANAGE_KNOWLEDGE, context)
    request.layout.actions = [*_destroying(context, request)] if may_destroy else []
    return {
        "terms": _terms(context, request),
        "item_url": request.resource_url(context.item),
        "form": form.render(),
        "has_origin": origin_of(context) is not None,
    }


@view_config(
    name="detruire",
    context=IBinEntry,
    permission=p.MANAGE_KNOWLEDGE,
    request_method="POST",
)
def destroy(context: Any, request: Any) -> Any:
    """Destroy for good what was thrown away."""
    place = context.__parent__
    count = purge_entry(context, **by(request))
    flash(
        request,
        _(
            "bin-purged",
            default="Éléments détruits : ${count}.",
            mapping={"count": count},
        ),
    )
    return HTTPSeeOther(request.resource_url(place))


def _row(request: Any, entry: Any) -> Row:
    return Row(
        (
            Cell(entry.title, request.resource_url(entry)),
            Cell(kind_title(entry.item)),
            Cell(entry.origin_title),
            Cell(person(request, entry.removed_by), note=entry.reason),
            Cell(
                display.day(entry.removed_at),
                note=request.layout.relative_day(entry.removed_at, request.today),
            ),
        ),
        name=entry.title,
    )


def _terms(entry: Any, request: Any) -> list[Term]:
    terms = [
        Term(_("column-origin", default="Il était dans"), entry.origin_title),
        Term(
            _("column-removed-by", default="Mis à la corbeille par"),
            person(request, entry.removed_by),
            note=display.moment(entry.removed_at),
        ),
    ]
    if entry.reason:
        terms.append(Term(_("reason", default="Motif"), entry.reason))
    is_sheet = ISheet.providedBy(entry.item)
    if not is_sheet:
        count = sum(1 for _number in numbers_below(request.site, entry.item))
        title = _("bin-holds", default="Dossiers et fiches contenus")
        terms.append(Term(title, display.number(count)))
    return terms


def _restore_form(entry: Any, request: Any) -> Form:
    node = colander.SchemaNode(
        colander.String(),
        name="target",
        title=_("bin-target", default="Le reprendre dans"),
        widget=ChoiceControl(options=tuple(_targets(entry, request)), is_compact=True),
    )
    first = {"target": _ORIGIN} if origin_of(entry) is not None else None
    return Form(
        colander.SchemaNode(colander.Mapping(), node),
        request,
        appstruct=first,
        buttons=[Button("restore", _("bin-restore", default="Reprendre"))],
    )


def _targets(entry: Any, request: Any) -> Iterator[Option]:
    if origin_of(entry) is not None:
        yield Option(
            _ORIGIN,
            _(
                "bin-origin",
                default="Sa place : ${title}",
                mapping={"title": entry.origin_title},
            ),
        )
    base = request.site["connaissances"]
    for place, depth in places_to_write(request.shelves, base, request.actor):
        yield Option(str(place.__oid__), place.title, depth)


def _target(request: Any, value: str) -> Any:
    return None if value == _ORIGIN else place_called(request, value)


def _destroying(entry: Any, request: Any) -> Iterator[Action]:
    yield Action(
        _("bin-purge", default="Détruire définitivement"),
        request.resource_url(entry, "detruire"),
        method="post",
        confirm=request.layout.say(
            _(
                "bin-purge-sure",
                default="Détruire « ${title} » et tout ce qu’il contient ? Rien ne "
                "permettra de le reprendre.",
                mapping={"title": entry.title},
            )
        ),
        is_dangerous=True,
    )


_EMPTY = EmptyState(
    _("bin-empty", default="La corbeille est vide."),
    _(
        "bin-empty-text",
        default="Ce que l’on retire de la base attend ici, avec son contenu, "
        "d’être repris ou détruit.",
    ),
)
