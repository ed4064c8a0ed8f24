"""Keep order: make, rename, move, copy and order folders and sheets, throw away."""

from collections.abc import Iterator
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.knowledge import is_in_bin
from sicp.content_types.knowledge import lineage_of
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.folder import LONGEST_TITLE
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.folder import describe_folder
from sicp.operations.knowledge.place import copy_item
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.place import places_to_write
from sicp.operations.knowledge.place import rename_item
from sicp.operations.user.right import may
from sicp.views.office.forms import attempt
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.sheet import citations
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_LONGEST_SUMMARY = 1000


@view_config(
    name="nouveau",
    context=IKnowledgeBase,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
@view_config(
    name="nouveau",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
def create(context: Any, request: Any) -> Any:
    """Make a folder here."""
    _task(context, request, _("folder-new", default="Nouveau dossier"))
    create_title = _("folder-create", default="Créer le dossier")
    form = _form(request, create_title, *_folder_nodes())
    if request.method == "POST":
        values = validate(form, request.POST)
        folder = values and attempt(
            request,
            form,
            create_folder,
            context,
            values["title"],
            summary=values["summary"],
        )
        if folder:
            flash(
                request,
                _(
                    "folder-created",
                    default="Le dossier « ${title} » est créé.",
                    mapping={"title": folder.title},
                ),
            )
            return HTTPSeeOther(request.resource_url(folder))
    return _page(form)


@view_config(
    name="renommer",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
def change(context: Any, request: Any) -> Any:
    """Give a folder another title and another summary; old addresses still lead."""
    _task(context, request, _("folder-rename", default="Renommer ou décrire"))
    before = {"title": context.title, "summary": context.summary}
    form = _form(request, _SAVE, *_folder_nodes(), appstruct=before)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and _changed(context, request, form, before, values):
            flash(request, _("folder-changed", default="Le dossier est à jour."))
            return HTTPSeeOther(request.resource_url(context))
    note = _(
        "folder-rename-note",
        default="L’adresse suit le titre ; les anciennes adresses mènent toujours ici.",
    )
    return _page(form, note)


@view_config(
    name="deplacer",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
@view_config(
    name="deplacer",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
def move(context: Any, request: Any) -> Any:
    """Put a thing, with all it holds, in another folder."""
    _task(context, request, _("move", default="Déplacer"))
    node = target_node(request, without=context)
    form = _form(request, _("move", default="Déplacer"), node)
    if request.method == "POST":
        values = validate(form, request.POST)
        target = values and place_called(request, values["target"])
        if target is not None and attempt(request, form, move_item, context, target):
            _tell_moved(request, target)
            return HTTPSeeOther(request.resource_url(context))
    note = _(
        "knowledge-move-note",
        default="Les anciennes adresses mènent toujours ici. Si le nouveau dossier est "
        "réservé à certaines entités, ce qu’on y range l’est aussi.",
    )
    return _page(form, note)


@view_config(
    name="copier",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
@view_config(
    name="copier",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/change.pt",
)
def copy(context: Any, request: Any) -> Any:
    """Copy a thing, with all it holds, into a folder."""
    _task(context, request, _("copy", default="Copier"))
    node = target_node(request, without=context)
    form = _form(request, _("copy", default="Copier"), node)
    if request.method == "POST":
        values = validate(form, request.POST)
        target = values and place_called(request, values["target"])
        copied = target is not None and attempt(
            request, form, copy_item, context, target
        )
        if copied:
            flash(request, _("knowledge-copied", default="La copie est faite."))
            return HTTPSeeOther(request.resource_url(copied))
    note = _(
        "knowledge-copy-note",
        default="Les fiches copiées sont des brouillons : elles se relisent et se "
        "publient comme les autres.",
    )
    return _page(form, note)


@view_config(
    name="supprimer",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/remove.pt",
)
@view_config(
    name="supprimer",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/place/remove.pt",
)
def remove(context: Any, request: Any) -> Any:
    """Throw a thing away, once its usage is read."""
    _task(context, request, _("knowledge-remove", default="Mettre à la corbeille"))
    node = colander.SchemaNode(
        Text(_LONGEST_SUMMARY, has_lines=True),
        name="reason",
        title=_("reason", default="Motif"),
        widget=LongTextControl(lines=2),
        missing="",
    )
    title = _("knowledge-remove", default="Mettre à la corbeille")
    form = _form(request, title, node)
    parent = context.__parent__
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request, form, remove_item, context, reason=values["reason"]
        ):
            flash(
                request,
                _(
                    "knowledge-removed",
                    default="« ${title} » est à la corbeille.",
                    mapping={"title": context.title},
                ),
            )
            return HTTPSeeOther(request.resource_url(parent))
    is_sheet = ISheet.providedBy(context)
    return {
        "form": form.render(),
        "cited": citations(context, request),
        "is_sheet": is_sheet,
        "count": 1 if is_sheet else request.shelves.count(context),
    }


def target_node(request: Any, without: Any = None) -> Any:
    """Return the field in which a folder of the base is chosen."""
    return colander.SchemaNode(
        colander.String(),
        name="target",
        title=_("knowledge-target", default="Dossier"),
        widget=ChoiceControl(
            options=tuple(_target_options(request, without)), is_compact=True
        ),
    )


def place_called(request: Any, value: str) -> Any:
    """Return the base or the folder that an answer designates, or None."""
    base, number = request.site["connaissances"], number_of(value)
    return base if number == base.__oid__ else base.numbers.get(number or 0)


def _target_options(request: Any, without: Any) -> Iterator[Option]:
    base = request.site["connaissances"]
    for place, depth in places_to_write(request.shelves, base, request.actor):
        if without is not None and without in lineage_of(place):
            continue
        title = place.title
        if place is base:
            title = _("knowledge-top", default="Base de connaissances, hors dossier")
        yield Option(str(place.__oid__), title, depth)


def _changed(
    folder: Any, request: Any, form: Form, before: dict[str, str], values: Any
) -> bool:
    is_renamed = values["title"] != before["title"]
    if is_renamed and not attempt(request, form, rename_item, folder, values["title"]):
        return False
    is_described = values["summary"] != before["summary"]
    return not is_described or bool(
        attempt(request, form, describe_folder, folder, values["summary"])
    )


def _folder_nodes() -> list[Any]:
    return [
        colander.SchemaNode(
            Text(LONGEST_TITLE),
            name="title",
            title=_("folder-title", default="Titre du dossier"),
        ),
        colander.SchemaNode(
            Text(_LONGEST_SUMMARY, has_lines=True),
            name="summary",
            title=_("folder-summary", default="Ce qu’on y trouve"),
            description=_(
                "folder-summary-help", default="Une phrase ou deux, sous le titre."
            ),
            widget=LongTextControl(lines=2),
            missing="",
        ),
    ]


def _task(context: Any, request: Any, title: str) -> None:
    is_base = IKnowledgeBase.providedBy(context)
    request.layout.show(title, subtitle="" if is_base else context.title)


def _form(request: Any, button: str, *nodes: Any, appstruct: Any = None) -> Form:
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        appstruct=appstruct,
        buttons=[Button("save", button)],
    )


def _page(form: Form, note: str = "") -> dict[str, Any]:
    return {"form": form.render(), "note": note}


def _tell_moved(request: Any, target: Any) -> None:
    mapping = {"title": target.title}
    told = _("knowledge-moved", default="Rangé dans « ${title} ».", mapping=mapping)
    flash(request, told)


@offer(IKnowledgeBase, rank=10, place=KEEPING)
@offer(IKnowledgeFolder, rank=10, place=KEEPING)
def shelf_offers(place: Any, request: Any) -> Iterator[Action]:
    """Offer to make a folder here, and to order what stands here."""
    if is_in_bin(place) or not may(request.actor, p.EDIT_KNOWLEDGE, place):
        return
    yield Action(
        _("folder-new", default="Nouveau dossier"),
        request.resource_url(place, "nouveau"),
    )
    if len(place):
        title = _("knowledge-order", default="Changer l’ordre")
        yield Action(title, request.resource_url(place, "ordre"))


@offer(IKnowledgeFolder, rank=20, place=KEEPING)
@offer(ISheet, rank=20, place=KEEPING)
def item_offers(item: Any, request: Any) -> Iterator[Action]:
    """Offer to rename, move, copy and throw away."""
    if is_in_bin(item) or not may(request.actor, p.EDIT_KNOWLEDGE, item):
        return
    if IKnowledgeFolder.providedBy(item):
        yield _to(item, request, _("folder-rename", default="Renommer ou décrire"))
    for title, name in _ITEM_PAGES:
        yield Action(title, request.resource_url(item, name))


def _to(folder: Any, request: Any, title: str) -> Action:
    return Action(title, request.resource_url(folder, "renommer"))


_ITEM_PAGES = (
    (_("move", default="Déplacer"), "deplacer"),
    (_("copy", default="Copier"), "copier"),
    (_("knowledge-remove", default="Mettre à la corbeille"), "supprimer"),
)
_SAVE = _("save", default="Enregistrer")
