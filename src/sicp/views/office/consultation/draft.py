"""The pieces of a consultation: begin, write beside the document, download."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.consultation import IDrafts
from sicp.operations.consultation.draft import LONGEST_LOCAL_TEXT
from sicp.operations.consultation.draft import choose_alternative
from sicp.operations.consultation.draft import clause_of
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import leave_out
from sicp.operations.consultation.draft import may_rewrite
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.document import file_name
from sicp.operations.document import may_make_pdf
from sicp.operations.document import produce
from sicp.operations.document import proposals
from sicp.operations.document.piece import answer_holds
from sicp.operations.document.piece import count_open
from sicp.operations.document.piece import known_values
from sicp.operations.document.piece import piece_of
from sicp.operations.document.piece import variables_of
from sicp.operations.document.production import frozen_file
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.document import page_of
from sicp.views.office.consultation.wording import state_badge
from sicp.views.office.consultation.wording import text_of
from sicp.views.office.forms import number_of
from sicp.views.shared import display
from sicp.views.shared.downloads import file_answer
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import autosave_answer
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import schema_for
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_CONFLICT = 409
_TEXT_LINES = 14


@view_config(
    context=IDrafts, permission=p.VIEW_DETAIL, renderer="templates/draft/show_all.pt"
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the pieces begun, and the canevas from which others may begin."""
    consultation = context.__parent__
    frame(consultation, request)
    offered = [
        proposal
        for proposal in proposals(request.site, consultation, request.today)
        if proposal.id not in context
    ]
    return {
        "tabs": tabs(consultation, request, "pieces"),
        "pieces": [_line(context[name], request) for name in sorted(context)],
        "proposed": [proposal for proposal in offered if proposal.is_proposed],
        "others": [proposal for proposal in offered if not proposal.is_proposed],
        "is_writer": may(request.actor, p.DRAFT_DOCUMENTS, consultation),
        "start_url": request.resource_url(context, "commencer"),
        "coherence_url": request.resource_url(consultation, "coherence"),
    }


@view_config(
    name="commencer",
    context=IDrafts,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def start(context: Any, request: Any) -> Any:
    """Begin the piece of a canevas."""
    draft = create_draft(context.__parent__, _said(request, "template"), **_by(request))
    return HTTPSeeOther(request.resource_url(draft))


@view_config(
    context=IDraft, permission=p.VIEW_DETAIL, renderer="templates/draft/show.pt"
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the document as it will be, beside what is still to be said."""
    piece = piece_of(context, request.today)
    is_editor = _is_editor(context, request)
    form = _form(context, request, piece) if is_editor else None
    return _page(context, request, piece, form, [])


@view_config(
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/draft/show.pt",
)
def save(context: Any, request: Any) -> Any:
    """Save the answers of the piece."""
    piece = piece_of(context, request.today)
    form = _form(context, request, piece)
    conflict: list[dict[str, str]] = []
    values = validate(form, request.POST)
    if values is not None:
        try:
            _save(context, request, values)
        except EditConflictError as error:
            conflict = _both_texts(request, piece, values)
            form = _form(context, request, piece, values)
            form.refuse(error.message)
            request.response.status_int = _CONFLICT
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            flash(request, _("draft-saved", default="Vos réponses sont enregistrées."))
            return HTTPSeeOther(request.resource_url(context))
    return _page(context, request, piece, form, conflict)


@view_config(
    name="enregistrement",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="json",
)
def autosave(context: Any, request: Any) -> dict[str, Any]:
    """Save answers while the writer thinks."""
    form = _form(context, request, piece_of(context, request.today))
    values = validate(form, request.POST)
    if values is None:
        return autosave_answer(form, None)
    try:
        _save(context, request, values)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return autosave_answer(form, None)
    return {**autosave_answer(form, request.now), "revision": context.revision}


@view_config(
    name="apercu",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/draft/preview.pt",
)
def preview(context: Any, request: Any) -> dict[str, Any]:
    """Show the document with answers that are not saved yet; nothing is written."""
    piece = piece_of(context, request.today)
    values = validate(_form(context, request, piece), request.POST)
    if values is not None:
        values.pop("revision")
        piece = piece_of(context, request.today, values)
    return _preview(context, request, piece)


@view_config(
    name="texte",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    renderer="templates/draft/rewrite.pt",
)
def rewrite(context: Any, request: Any) -> Any:
    """Put the writer's own text in an open clause, or go back to the library's."""
    clause = clause_of(context, request.GET.get("clause", ""), request.now)
    if not may_rewrite(clause):
        raise InvalidInputError(
            _(
                "clause-fixed",
                default="La clause « ${title} » est fixe : son texte ne se réécrit "
                "pas.",
                mapping={"title": clause.title},
            )
        )
    form = _text_form(context, request, clause, _stored_text(context, clause))
    theirs = ""
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            done = _set_text(context, request, clause, form, values)
            if done:
                return _back_to(context, request, clause.id)
            if request.response.status_int == _CONFLICT:
                theirs = _stored_text(context, clause)
                form = _text_form(context, request, clause, values.get("text") or "")
                form.refuse(_someone_wrote(context, request))
                request.response.status_int = _CONFLICT
    _frame(context, request)
    return {
        "form": form.render(),
        "clause": clause,
        "theirs": theirs,
        "back_url": request.resource_url(context, anchor=clause.id),
        "tabs": tabs(context.__parent__.__parent__, request, "pieces"),
    }


@view_config(
    name="choix",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def choose(context: Any, request: Any) -> Any:
    """Keep one of several clauses that suit the answers."""
    clause_id = _said(request, "clause")
    choose_alternative(
        context,
        _said(request, "group"),
        clause_id,
        revision=_revision(request),
        **_by(request),
    )
    return _back_to(context, request, clause_id)


@view_config(
    name="retrait",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def remove(context: Any, request: Any) -> Any:
    """Take an optional clause out of the piece, or put it back."""
    clause_id = _said(request, "clause")
    is_left_out = _said(request, "remove") != "no"
    leave_out(context, clause_id, is_left_out=is_left_out, **_by(request))
    return _back_to(context, request, "" if is_left_out else clause_id)


@view_config(name="docx", context=IDraft, permission=p.VIEW_DETAIL)
def download_docx(context: Any, request: Any) -> Any:
    """Give the Word document."""
    return _download(context, request, "docx")


@view_config(name="pdf", context=IDraft, permission=p.VIEW_DETAIL)
def download_pdf(context: Any, request: Any) -> Any:
    """Give the PDF."""
    return _download(context, request, "pdf")


def _download(context: Any, request: Any, extension: str) -> Any:
    consultation = context.__parent__.__parent__
    data = produce(
        request.site,
        consultation,
        context.template_id,
        extension=extension,
        **_by(request),
    )
    template = request.site["canevas"][context.template_id]
    answer = file_answer(data, file_name(consultation, template, extension))
    frozen = frozen_file(context, extension)
    if frozen is not None:
        answer.etag = frozen.sha256
    return answer


def _by(request: Any) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def _is_editor(context: Any, request: Any) -> bool:
    consultation = context.__parent__.__parent__
    may_draft = may(request.actor, p.DRAFT_DOCUMENTS, consultation)
    return may_draft and context.frozen_at is None


def _frame(context: Any, request: Any) -> None:
    consultation = context.__parent__.__parent__
    request.layout.show(
        context.title,
        subtitle=f"{consultation.reference} — {consultation.object}",
        badge=state_badge(consultation),
    )


def _page(
    context: Any, request: Any, piece: Any, form: Any, conflict: Any
) -> dict[str, Any]:
    _frame(context, request)
    # The document and its questions take the whole width.
    request.layout.tree = ()
    request.layout.page_class = "page-drafting"
    request.layout.primary_action = Action(
        _("download-docx", default="Télécharger le document Word"),
        request.resource_url(context, "docx"),
    )
    if may_make_pdf():
        request.layout.actions = [
            Action(
                _("download-pdf", default="PDF"), request.resource_url(context, "pdf")
            )
        ]
    request.layout.actions = [*request.layout.actions, _freeze_action(context, request)]
    has_questions = form is not None and len(form.children) > 1
    return {
        **_preview(context, request, piece),
        "form": form.render() if has_questions else "",
        "conflict": conflict,
        "is_frozen": context.frozen_at is not None,
        "has_pdf": may_make_pdf(),
    }


def _freeze_action(context: Any, request: Any) -> Action:
    title = (
        _("freeze-open", default="Figer la pièce")
        if context.frozen_at is None
        else _("freeze-see", default="Fichiers figés")
    )
    return Action(title, request.resource_url(context, "figer"))


def _preview(context: Any, request: Any, piece: Any) -> dict[str, Any]:
    return {
        **page_of(piece, request, is_editor=_is_editor(context, request)),
        "rewrite_url": request.resource_url(context, "texte"),
        "choose_url": request.resource_url(context, "choix"),
        "remove_url": request.resource_url(context, "retrait"),
        "preview_url": request.resource_url(context, "apercu"),
        "revision": context.revision,
    }


def _form(context: Any, request: Any, piece: Any, typed: Any = None) -> Form:
    schema = schema_for(variables_of(piece))
    schema.add(revision_node())
    known = {**known_values(piece), **(typed or {}), "revision": context.revision}
    return Form(
        schema,
        request,
        appstruct=known,
        applies=lambda condition: answer_holds(piece, condition),
        marks_optional=False,
        autosave_url=request.resource_url(context, "enregistrement"),
        action=request.resource_url(context),
        buttons=[Button("save", _("draft-save", default="Enregistrer les réponses"))],
    )


def _save(context: Any, request: Any, values: dict[str, Any]) -> None:
    revision = values.pop("revision")
    save_answers(context, values, revision=revision, **_by(request))


def _both_texts(
    request: Any, piece: Any, values: dict[str, Any]
) -> list[dict[str, str]]:
    say = request.layout.say
    theirs = known_values(piece)
    return [
        {
            "title": field.title,
            "theirs": text_of(field, theirs.get(field.name), request.today, say),
            "mine": text_of(field, values.get(field.name), request.today, say),
        }
        for field in variables_of(piece)
        if field.name in values and theirs.get(field.name) != values[field.name]
    ]


def _stored_text(context: Any, clause: Any) -> str:
    return context.local_texts.get(clause.id, clause.text)


def _text_form(context: Any, request: Any, clause: Any, text: str) -> Form:
    node = colander.SchemaNode(
        Text(LONGEST_LOCAL_TEXT, has_lines=True),
        name="text",
        title=_("local-text", default="Texte de la clause pour cette pièce"),
        widget=LongTextControl(lines=_TEXT_LINES),
        missing=None,
    )
    buttons = [Button("save", _("local-text-save", default="Enregistrer le texte"))]
    if clause.id in context.local_texts:
        restore = _("local-text-restore", default="Revenir au texte du clausier")
        buttons.append(Button("restore", restore))
    return Form(
        colander.SchemaNode(colander.Mapping(), node, revision_node()),
        request,
        appstruct={"text": text, "revision": context.revision},
        marks_optional=False,
        action=request.resource_url(context, "texte", query={"clause": clause.id}),
        buttons=buttons,
    )


def _set_text(
    context: Any, request: Any, clause: Any, form: Form, values: dict[str, Any]
) -> bool:
    text = None if "restore" in request.POST else values.get("text")
    try:
        set_local_text(
            context, clause.id, text, revision=values["revision"], **_by(request)
        )
    except EditConflictError:
        request.response.status_int = _CONFLICT
        return False
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    return True


def _someone_wrote(context: Any, request: Any) -> str:
    user = request.site["utilisateurs"].get(context.modified_by)
    return _(
        "local-text-conflict",
        default="${who} a réécrit cette clause pendant que vous l’écriviez.",
        mapping={"who": user.title if user else context.modified_by},
    )


def _said(request: Any, name: str) -> str:
    """Return a text that a button posted; a file in its place is nothing."""
    value = request.POST.get(name, "")
    return value if isinstance(value, str) else ""


def _revision(request: Any) -> int | None:
    said = _said(request, "revision")
    return number_of(said)


def _back_to(context: Any, request: Any, anchor: str) -> Any:
    place = {"anchor": anchor} if anchor else {}
    return HTTPSeeOther(request.resource_url(context, **place))


def _line(draft: Any, request: Any) -> dict[str, Any]:
    user = request.site["utilisateurs"].get(draft.modified_by)
    return {
        "title": draft.title,
        "url": request.resource_url(draft),
        "badge": _progress(draft, request),
        "changed_at": display.moment(draft.modified_at),
        "changed_by": user.title if user else draft.modified_by,
        "docx_url": request.resource_url(draft, "docx"),
        "pdf_url": request.resource_url(draft, "pdf") if may_make_pdf() else "",
    }


def _progress(draft: Any, request: Any) -> Badge:
    if draft.frozen_at is not None:
        return Badge(_("draft-is-frozen", default="Figée"), "success")
    try:
        count = count_open(piece_of(draft, request.today))
    except InvalidInputError:
        # The other pieces are listed all the same.
        return Badge(_("draft-without-template", default="Canevas retiré"), "danger")
    if not count:
        return Badge(_("draft-complete", default="Complète"), "success")
    if count == 1:
        return Badge(_("draft-one-open", default="1 point à traiter"), "warning")
    return Badge(
        _(
            "draft-open",
            default="${count} points à traiter",
            mapping={"count": count},
        ),
        "warning",
    )
