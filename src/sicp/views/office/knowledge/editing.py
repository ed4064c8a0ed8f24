"""A sheet is written: begun in a folder, amended on a working copy, never lost."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.file import offered_title
from sicp.operations.knowledge.folder import LONGEST_TITLE
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.listing import facets_of
from sicp.operations.knowledge.listing import theme_title
from sicp.operations.knowledge.merging import Writing
from sicp.operations.knowledge.merging import writing_of
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.sheet import discard_working
from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.knowledge.sheet import take_over
from sicp.operations.knowledge.sheet import write_sheet
from sicp.operations.user.right import may
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.views.office.knowledge.file import sent_with_title
from sicp.views.office.knowledge.form import CLOSE
from sicp.views.office.knowledge.form import SAVE
from sicp.views.office.knowledge.form import TAKE_OVER
from sicp.views.office.knowledge.form import base_of
from sicp.views.office.knowledge.form import keep_typed
from sicp.views.office.knowledge.form import read_base
from sicp.views.office.knowledge.form import revision_of
from sicp.views.office.knowledge.form import sheet_form
from sicp.views.office.knowledge.form import writing_from
from sicp.views.office.knowledge.merging import merge_or_ask
from sicp.views.office.knowledge.offer import PRIMARY
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.wording import by
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import autosave_answer
from sicp.views.shared.forms import validate
from sicp.views.shared.headers import allow_editor
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_CONFLICT = 409
_MOST_THEMES = 40
#: What each kind is for, told to who chooses it.
KIND_HELP = {
    "practice": _(
        "kind-help-practice", default="Explique comment faire, pas à pas, aux agents."
    ),
    "official_text": _(
        "kind-help-official-text",
        default="Loi, décret, arrêté, circulaire, règlement interne.",
    ),
    "article": _(
        "kind-help-article",
        default="Un article d’un code : les textes qui le citent y mènent seuls.",
    ),
    "case_law": _("kind-help-case-law", default="Une décision et ce qu’elle juge."),
    "model": _("kind-help-model", default="Un document à reprendre, avec son fichier."),
    "form": _("kind-help-form", default="Un formulaire officiel, avec son fichier."),
    "file": _("kind-help-file", default="Un document tel quel, avec son fichier."),
}


@offer(IKnowledgeBase, rank=10, place=PRIMARY)
@offer(IKnowledgeFolder, rank=10, place=PRIMARY)
def creation_actions(folder: Any, request: Any) -> Any:
    """Offer to begin a sheet here."""
    if may(request.actor, p.EDIT_KNOWLEDGE, folder):
        url = request.resource_url(folder, "nouvelle-fiche")
        yield Action(_("sheet-new", default="Nouvelle fiche"), url)


@offer(ISheet, rank=10, place=PRIMARY)
def editing_actions(sheet: Any, request: Any) -> Any:
    """Offer to write a sheet, or to go on."""
    if not may(request.actor, p.EDIT_KNOWLEDGE, sheet):
        return
    if sheet.working is None:
        url = request.resource_url(sheet, "commencer")
        yield Action(_("sheet-edit", default="Modifier"), url, method="post")
    elif not sheet.working.is_submitted:
        title = _("sheet-go-on", default="Continuer la rédaction")
        if sheet.working.by != request.actor.login:
            title = _("sheet-see-pen", default="Voir qui écrit")
        yield Action(title, request.resource_url(sheet, "modifier"))


@view_config(
    name="nouvelle-fiche",
    context=IKnowledgeBase,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/editing/create.pt",
)
@view_config(
    name="nouvelle-fiche",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/editing/create.pt",
)
def create(context: Any, request: Any) -> Any:
    """Choose a kind, then write a first draft."""
    require_shelf(context)
    kind = request.GET.get("sorte", "")
    request.layout.show(_("sheet-new", default="Nouvelle fiche"))
    # A search in vain proposes its words.
    title = " ".join(request.GET.get("titre", "").split())[:LONGEST_TITLE]
    if kind not in SHEET_KINDS:
        return {"kinds": _kinds(context, request, title), "form": None}
    url = request.resource_url(context, "nouvelle-fiche", query={"sorte": kind})
    form = sheet_form(request, kind, Writing(title, ""), action=url, buttons=_BEGIN)
    if request.method == "POST":
        made = _created(context, request, kind, form)
        if made is not None:
            flash(request, _("sheet-created", default="Le brouillon est enregistré."))
            return HTTPSeeOther(request.resource_url(made))
    request.layout.show(
        _("sheet-new", default="Nouvelle fiche"), subtitle=SHEET_KINDS[kind].title
    )
    return {
        "kinds": None,
        **_written(request, form),
        "takes_file": SHEET_KINDS[kind].takes_file,
    }


@view_config(
    name="commencer",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
def start(context: Any, request: Any) -> Any:
    """Take the pen, if nobody holds it."""
    if context.working is None:
        start_editing(context, **by(request))
    return HTTPSeeOther(request.resource_url(context, "modifier"))


@view_config(
    name="modifier",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="GET",
    renderer="templates/editing/edit.pt",
)
def edit(context: Any, request: Any) -> Any:
    """Show the working copy, ready to be written, or say who writes it."""
    is_mine = context.working is not None and context.working.by == request.actor.login
    if not is_mine or context.working.is_submitted:
        return _page(context, request, None)
    return _page(context, request, _form(context, request))


@view_config(
    name="modifier",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
    renderer="templates/editing/edit.pt",
)
def save(context: Any, request: Any) -> Any:
    """Save what was written, or show how it meets what a colleague wrote."""
    if TAKE_OVER in request.POST:
        take_over(context, **by(request))
    form = _form(context, request)
    values = validate(form, sent_with_title(context, request))
    if values is not None:
        try:
            return _save(context, request, values)
        except DomainError as error:
            form.refuse(error.message, error.field)
            if isinstance(error, StateError):
                request.response.status_int = _CONFLICT
    keep_typed(form, request, context.kind)
    return _page(context, request, form)


@view_config(
    name="enregistrement",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
    renderer="json",
)
def autosave(context: Any, request: Any) -> dict[str, Any]:
    """Save while the writer thinks."""
    form = _form(context, request)
    values = validate(form, request.POST)
    if values is None:
        return autosave_answer(form, None)
    try:
        writing = writing_from(context.kind, values)
        _write(context, request, writing, values["revision"])
    except (InvalidInputError, StateError, EditConflictError) as error:
        request.response.status_int = _CONFLICT
        said = request.layout.say(error.message)
        return {**autosave_answer(form, None), "message": said}
    return {
        **autosave_answer(form, request.now),
        "revision": context.working.revision,
        "base": base_of(writing_of(context.working)),
    }


@view_config(
    name="relais",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
def relieve(context: Any, request: Any) -> Any:
    """Take the pen from a colleague."""
    take_over(context, **by(request))
    flash(
        request,
        _(
            "sheet-relieved",
            default="Vous avez pris le relais : votre collègue en est averti.",
        ),
    )
    return HTTPSeeOther(request.resource_url(context, "modifier"))


@view_config(
    name="abandonner",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
def discard(context: Any, request: Any) -> Any:
    """Give the working copy up."""
    if context.working is not None:
        discard_working(context, **by(request))
    flash(
        request,
        _("sheet-discarded", default="Les modifications sont abandonnées."),
    )
    return HTTPSeeOther(request.resource_url(context))


def _kinds(folder: Any, request: Any, proposed: str) -> list[dict[str, str]]:
    carried = {"titre": proposed} if proposed else {}
    return [
        {
            "title": kind.title,
            "help": KIND_HELP[name],
            "url": request.resource_url(
                folder, "nouvelle-fiche", query={"sorte": name, **carried}
            ),
        }
        for name, kind in SHEET_KINDS.items()
    ]


def _created(folder: Any, request: Any, kind: str, form: Form) -> Any:
    values = validate(form, request.POST)
    if values is not None:
        try:
            wanted = writing_from(kind, values).as_input()
            return create_sheet(folder, kind, wanted, **by(request))
        except DomainError as error:
            form.refuse(error.message, error.field)
    keep_typed(form, request, kind)
    return None


def _form(sheet: Any, request: Any) -> Form:
    is_other = sheet.working is not None and sheet.working.by != request.actor.login
    is_held = is_other or TAKE_OVER in request.POST
    return sheet_form(
        request,
        sheet.kind,
        writing_of(sheet.working or sheet.current),
        revision=revision_of(sheet),
        action=request.resource_url(sheet, "modifier"),
        autosave_url=request.resource_url(sheet, "enregistrement"),
        buttons=(_RELIEVE, *_BUTTONS) if is_held else _BUTTONS,
    )


def _save(sheet: Any, request: Any, values: Any) -> Any:
    writing = writing_from(sheet.kind, values)
    try:
        _write(sheet, request, writing, values["revision"])
    except EditConflictError as error:
        base = read_base(sheet.kind, values["base"])
        return merge_or_ask(sheet, request, base, writing, error.message)
    if CLOSE in request.POST:
        flash(request, _SAVED)
        return HTTPSeeOther(request.resource_url(sheet))
    flash(request, _SAVED)
    return HTTPSeeOther(request.resource_url(sheet, "modifier"))


def _write(sheet: Any, request: Any, writing: Writing, revision: int | None) -> None:
    note = sheet.working.note if sheet.working is not None else ""
    write_sheet(sheet, writing.as_input(note), revision=revision, **by(request))


def _page(sheet: Any, request: Any, form: Form | None) -> dict[str, Any]:
    request.layout.show(
        _("sheet-writing", default="Écrire la fiche"), subtitle=sheet.title
    )
    working = sheet.working
    is_mine = working is not None and working.by == request.actor.login
    if sheet.current is not None and is_mine:
        request.layout.actions = [_discarding(sheet, request)]
    return {
        **_written(request, form),
        "pen": _pen(sheet, request),
        "returned": working.note if working and not working.is_submitted else "",
        "sheet_url": request.resource_url(sheet),
        "review_url": request.resource_url(sheet, "relecture"),
        "start_url": request.resource_url(sheet, "commencer"),
        "relieve_url": request.resource_url(sheet, "relais"),
        "file_url": _file_url(sheet, request),
        "file_title": offered_title(sheet, request.actor),
    }


def _file_url(sheet: Any, request: Any) -> str:
    takes_file = SHEET_KINDS[sheet.kind].takes_file
    return request.resource_url(sheet, "joindre") if takes_file else ""


def _pen(sheet: Any, request: Any) -> dict[str, Any] | None:
    working = sheet.working
    if working is None:
        return None
    return {
        "who": person(request, working.by),
        "since": display.moment(working.since),
        "saved": display.moment(working.saved_at) if working.saved_at else "",
        "is_mine": working.by == request.actor.login,
        "is_submitted": working.is_submitted,
    }


def _discarding(sheet: Any, request: Any) -> Action:
    return Action(
        _("sheet-discard", default="Abandonner les modifications"),
        request.resource_url(sheet, "abandonner"),
        method="post",
        confirm=request.layout.say(
            _(
                "sheet-discard-confirm",
                default="Abandonner les modifications ? Le texte publié reste ; ce qui "
                "a été écrit depuis est perdu.",
            )
        ),
        is_dangerous=True,
    )


def _written(request: Any, form: Form | None) -> dict[str, Any]:
    """Return what the templates need of a form, and let the editor stand there."""
    allow_editor(request.response)
    base = request.site["connaissances"]
    facets = facets_of(None, request.actor, request.site, has_below=True)
    return {
        "form": form.render() if form is not None else None,
        "themes": [
            theme_title(request.site, request.shelves.tokens, theme)
            for theme, _count in facets.themes[:_MOST_THEMES]
        ]
        if form is not None
        else [],
        "targets_url": request.resource_url(base, "liens-possibles"),
    }


_BEGIN = (Button(SAVE, _("sheet-save-draft", default="Enregistrer le brouillon")),)
_BUTTONS = (
    Button(SAVE, _("sheet-save", default="Enregistrer")),
    Button(CLOSE, _("sheet-save-close", default="Enregistrer et fermer")),
)
_RELIEVE = Button(
    TAKE_OVER, _("sheet-relieve-save", default="Prendre le relais et enregistrer")
)
_SAVED = _("sheet-saved", default="La fiche est enregistrée.")
