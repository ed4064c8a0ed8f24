"""Order what a folder holds, and treat many of its sheets at once."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.operations.knowledge.bin import remove_items
from sicp.operations.knowledge.place import Moved
from sicp.operations.knowledge.place import move_items
from sicp.operations.knowledge.place import order_before
from sicp.operations.user.right import may
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.place import place_called
from sicp.views.office.knowledge.place import target_node
from sicp.views.office.knowledge.sheet import citations
from sicp.views.office.knowledge.wording import by
from sicp.views.office.knowledge.wording import kind_title
from sicp.views.office.knowledge.wording import typed
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_PAGE_SIZE = 100
_MOST_ROWS = 200
_UNPROCESSABLE = 422
MOVE, REMOVE = "deplacer", "supprimer"
_RESULTS = (
    Column("titre", _("column-sheet", default="Fiche")),
    Column("motif", _("column-reason", default="Motif")),
)
_TITLES = {
    MOVE: _("batch-move-title", default="Déplacer plusieurs fiches"),
    REMOVE: _("batch-remove-title", default="Mettre plusieurs fiches à la corbeille"),
}


@view_config(
    name="ordre",
    context=IKnowledgeBase,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/order/show.pt",
)
@view_config(
    name="ordre",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/order/show.pt",
)
def show(context: Any, request: Any) -> Any:
    """Show the folders and the sheets of a folder in their order, to change it."""
    if request.method == "POST":
        _order(context, request)
        anchor = f"element-{number_of(typed(request, 'item', 20))}"
        page = number_of(request.GET.get("page")) or 1
        return HTTPSeeOther(f"{_order_url(context, request, page)}#{anchor}")
    request.layout.show(
        _("knowledge-order", default="Changer l’ordre"), subtitle=context.title
    )
    shelves = request.shelves
    folders = shelves.folders_in(context.__oid__)
    sheets = shelves.sheets_in(context.__oid__)
    last = max(1, -(-len(sheets) // _PAGE_SIZE))
    page = min(max(1, number_of(request.GET.get("page")) or 1), last)
    shown = sheets[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE]
    return {
        "groups": [
            {
                "title": title,
                "items": [_item(request, number, every) for number in numbers],
                "next": _following(numbers[-1], every),
            }
            for title, numbers, every in (
                (_("knowledge-by-folder", default="Dossiers"), folders, folders),
                (_("knowledge-sheets", default="Fiches"), shown, sheets),
            )
            if numbers
        ],
        "url": _order_url(context, request, page),
        "back_url": request.resource_url(context),
        "pager": Pager.of(request, page, _PAGE_SIZE, len(sheets)),
    }


@view_config(
    name="classer",
    context=IKnowledgeBase,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
    renderer="templates/order/treat.pt",
)
@view_config(
    name="classer",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
    renderer="templates/order/treat.pt",
)
def treat(context: Any, request: Any) -> Any:
    """Move or throw away the sheets that were ticked, once confirmed."""
    action = typed(request, "action", 20)
    items = _ticked(request)
    if action not in _TITLES or not items:
        flash(
            request,
            _("batch-nothing", default="Cochez d’abord des fiches."),
            "warning",
        )
        return HTTPSeeOther(request.resource_url(context))
    request.layout.show(_TITLES[action], subtitle=context.title)
    if typed(request, "sure", 5):
        try:
            return _answer(context, request, action, items, None)
        except DomainError as error:
            request.response.status_int = _UNPROCESSABLE
            return _answer(context, request, action, items, error)
    return _answer(context, request, action, items, _NOT_ASKED)


_NOT_ASKED = InvalidInputError("")


def _answer(
    context: Any, request: Any, action: str, items: list[Any], error: Any
) -> dict[str, Any]:
    """Show what will be done; without an error, do it and show what was done."""
    is_move = action == MOVE
    done = None
    if error is None:
        done = _treated(request, action, items)
    return {
        "result": None if done is None else _results(request, done, is_move=is_move),
        "items": [
            {
                "id": item.__oid__,
                "title": item.title,
                "kind": kind_title(item),
                "cited": "" if is_move else citations(item, request)["counts"],
            }
            for item in (items if done is None else ())
        ],
        "action": action,
        "is_move": is_move,
        "options": target_node(request).widget.options if is_move else (),
        "problem": request.layout.say(error.message) if error else "",
        "url": request.resource_url(context, "classer"),
        "back_url": request.resource_url(context),
    }


def _treated(request: Any, action: str, items: list[Any]) -> Moved:
    if action == REMOVE:
        reason = typed(request, "reason", 1000)
        return remove_items(items, **by(request), reason=reason)
    target = place_called(request, typed(request, "target", 20))
    if target is None or not may(request.actor, p.VIEW_KNOWLEDGE, target):
        raise InvalidInputError(
            _("folder-needed", default="Choisissez un dossier de la base."), "target"
        )
    return move_items(items, target, **by(request))


def _results(request: Any, done: Moved, *, is_move: bool) -> Table:
    word = (
        _("batch-moved", default="Déplacée")
        if is_move
        else _("batch-removed", default="À la corbeille")
    )
    rows = [
        Row(
            (Cell(item.title, request.resource_url(item)), Cell()),
            result=Badge(word, "success"),
        )
        for item in done.done
    ]
    rows += [
        Row(
            (Cell(item.title, request.resource_url(item)), Cell(why)),
            result=Badge(_("batch-refused", default="Refusée"), "warning"),
        )
        for item, why in done.refused
    ]
    return Table(_("batch-results", default="Ce qui a été fait"), _RESULTS, rows)


def _ticked(request: Any) -> list[Any]:
    base = request.site["connaissances"]
    posted = dict.fromkeys(request.POST.getall("rows")[:_MOST_ROWS])
    numbers = (number_of(value) for value in posted)
    found = (base.numbers.get(number) for number in numbers if number)
    return [
        item
        for item in found
        if item is not None and may(request.actor, p.VIEW_KNOWLEDGE, item)
    ]


def _order_url(context: Any, request: Any, page: int) -> str:
    query = {"page": page} if page > 1 else None
    return str(request.resource_url(context, "ordre", query=query))


def _order(context: Any, request: Any) -> None:
    """Put a thing one place up or down, or before another one.

    Raises:
        InvalidInputError: what was sent designates nothing of this folder.
    """
    item = _held(context, request, "item")
    if item is None:
        raise InvalidInputError(_ELSEWHERE, "item")
    other = _held(context, request, "before")
    step = typed(request, "step", 5)
    if step:
        other = _beside(context, request, item, step)
        if other is item:
            return
    order_before(item, other, **by(request))


def _held(context: Any, request: Any, name: str) -> Any:
    sent = typed(request, name, 50)
    if not sent:
        return None
    found = request.site["connaissances"].numbers.get(number_of(sent) or 0)
    if found is None or found.__parent__ is not context:
        raise InvalidInputError(_ELSEWHERE, name)
    return found


def _beside(context: Any, request: Any, item: Any, step: str) -> Any:
    """Return what an item is to stand before; itself when it does not move."""
    shelves, number = request.shelves, context.__oid__
    is_folder = IKnowledgeFolder.providedBy(item)
    held = shelves.folders_in(number) if is_folder else shelves.sheets_in(number)
    at = held.index(item.__oid__)
    wanted = at - 1 if step == "up" else at + 2
    if wanted < 0 or at + (step != "up") >= len(held):
        return item
    numbers = request.site["connaissances"].numbers
    return numbers[held[wanted]] if wanted < len(held) else None


def _item(request: Any, number: int, every: list[int]) -> dict[str, Any]:
    item = request.site["connaissances"].numbers[number]
    return {
        "id": number,
        "title": item.title,
        "url": request.resource_url(item),
        "is_first": number == every[0],
        "is_last": number == every[-1],
    }


def _following(number: int, every: list[int]) -> str:
    """Return the number of what comes after the page, empty at the end."""
    after = every[every.index(number) + 1 :]
    return str(after[0]) if after else ""


_ELSEWHERE = _("order-elsewhere", default="Choisissez un élément du même dossier.")
