"""One piece: write beside the document, choose, leave out, download."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.consultation.draft import choose_alternative
from sicp.operations.consultation.draft import leave_out
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.review import count_comments
from sicp.operations.consultation.review import threads_on
from sicp.operations.document import file_name
from sicp.operations.document import may_make_pdf
from sicp.operations.document import produce
from sicp.operations.document.piece import answer_holds
from sicp.operations.document.piece import known_values
from sicp.operations.document.piece import piece_of
from sicp.operations.document.piece import variables_of
from sicp.operations.document.production import frozen_file
from sicp.operations.user.right import may
from sicp.views.office.consultation.document import page_of
from sicp.views.office.consultation.rebase import notice_of
from sicp.views.office.consultation.wording import both_texts
from sicp.views.office.consultation.wording import state_badge
from sicp.views.office.forms import number_of
from sicp.views.shared.downloads import file_answer
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import autosave_answer
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import schema_for
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_CONFLICT = 409


@view_config(
    context=IDraft, permission=p.VIEW_DETAIL, renderer="templates/draft/show.pt"
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the document as it will be, beside what is still to be said."""
    piece = piece_of(context, request.today)
    is_editor = is_writer(context, request)
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
            conflict = both_texts(
                variables_of(piece),
                known_values(piece),
                values,
                request.today,
                request.layout.say,
            )
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
    name="choix",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def choose(context: Any, request: Any) -> Any:
    """Keep one of several clauses that suit the answers."""
    clause_id = posted(request, "clause")
    choose_alternative(
        context,
        posted(request, "group"),
        clause_id,
        revision=_revision(request),
        **acting(request),
    )
    return back_to(context, request, clause_id)


@view_config(
    name="retrait",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def remove(context: Any, request: Any) -> Any:
    """Take an optional clause out of the piece, or put it back."""
    clause_id = posted(request, "clause")
    is_left_out = posted(request, "remove") != "no"
    leave_out(context, clause_id, is_left_out=is_left_out, **acting(request))
    return back_to(context, request, "" if is_left_out else clause_id)


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
        **acting(request),
    )
    template = request.site["canevas"][context.template_id]
    answer = file_answer(data, file_name(consultation, template, extension))
    frozen = frozen_file(context, extension)
    if frozen is not None:
        answer.etag = frozen.sha256
    return answer


def acting(request: Any) -> dict[str, Any]:
    """Say in whose name and when an operation is done."""
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def is_writer(context: Any, request: Any) -> bool:
    """Tell whether the person may write this piece as it stands."""
    consultation = context.__parent__.__parent__
    may_draft = may(request.actor, p.DRAFT_DOCUMENTS, consultation)
    return may_draft and context.frozen_at is None


def head(context: Any, request: Any) -> None:
    """Head the page with the piece, its consultation and its state."""
    consultation = context.__parent__.__parent__
    request.layout.show(
        context.title,
        subtitle=f"{consultation.reference} — {consultation.object}",
        badge=state_badge(consultation),
    )


def _page(
    context: Any, request: Any, piece: Any, form: Any, conflict: Any
) -> dict[str, Any]:
    head(context, request)
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
    request.layout.actions = [
        *request.layout.actions,
        Action(
            _("round-trip-open", default="Rapporter le fichier Word modifié"),
            request.resource_url(context, "rapporter"),
        ),
        _freeze_action(context, request),
    ]
    has_questions = form is not None and len(form.children) > 1
    return {
        **_preview(context, request, piece),
        "form": form.render() if has_questions else "",
        "conflict": conflict,
        "notice": notice_of(context, request),
        "is_frozen": context.frozen_at is not None,
        "questions_url": request.resource_url(context, "questions"),
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
        **page_of(piece, request, is_editor=is_writer(context, request)),
        "rewrite_url": request.resource_url(context, "texte"),
        "why_url": request.resource_url(context, "pourquoi"),
        "review_url": request.resource_url(context, "relecture"),
        "comments": _comment_counts(context),
        "comment_count": count_comments(context),
        "choose_url": request.resource_url(context, "choix"),
        "remove_url": request.resource_url(context, "retrait"),
        "preview_url": request.resource_url(context, "apercu"),
        "revision": context.revision,
    }


def _comment_counts(context: Any) -> dict[str, int]:
    """Count the open comments on each passage."""
    found: dict[str, int] = {}
    for thread in threads_on(context):
        if thread.is_open:
            found[thread.comment.about] = found.get(thread.comment.about, 0) + 1
    return found


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
    save_answers(context, values, revision=revision, **acting(request))


def posted(request: Any, name: str) -> str:
    """Return a text that a button posted; a file in its place is nothing."""
    value = request.POST.get(name, "")
    return value if isinstance(value, str) else ""


def _revision(request: Any) -> int | None:
    said = posted(request, "revision")
    return number_of(said)


def back_to(context: Any, request: Any, anchor: str) -> Any:
    """Lead back to a place of the document, or to its top."""
    place = {"anchor": anchor} if anchor else {}
    return HTTPSeeOther(request.resource_url(context, **place))
