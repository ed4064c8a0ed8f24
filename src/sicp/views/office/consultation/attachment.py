"""The technical pieces of a consultation: join, replace, order, take away."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.consultation.attachment import ATTACHMENT_KINDS
from sicp.exceptions import DomainError
from sicp.i18n import _
from sicp.interfaces.consultation import IAttachment
from sicp.interfaces.consultation import IAttachments
from sicp.interfaces.consultation import IConsultation
from sicp.operations.consultation.attachment import FOLDER
from sicp.operations.consultation.attachment import LONGEST_TITLE
from sicp.operations.consultation.attachment import add_attachment
from sicp.operations.consultation.attachment import attachments_of
from sicp.operations.consultation.attachment import may_be_removed
from sicp.operations.consultation.attachment import move_attachment
from sicp.operations.consultation.attachment import remove_attachment
from sicp.operations.consultation.attachment import replace_attachment
from sicp.operations.upload import kind_title
from sicp.operations.upload import size_limit
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.forms import number_of
from sicp.views.office.forms import upload_of
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.downloads import stream_answer
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_UNPROCESSABLE = 422
_TOO_LARGE = 413
_SHORT_HASH = 12
_STEPS = {"up": -1, "down": 1}

KIND_TITLES = {
    "cctp": _("attachment-cctp", default="CCTP"),
    "bpu": _("attachment-bpu", default="Bordereau des prix unitaires (BPU)"),
    "dqe": _("attachment-dqe", default="Détail quantitatif estimatif (DQE)"),
    "dpgf": _(
        "attachment-dpgf", default="Décomposition du prix global et forfaitaire (DPGF)"
    ),
    "plan": _("attachment-plan", default="Plan"),
    "other": _("attachment-other", default="Autre pièce"),
}
_TEXT_STATES = {
    "done": Badge(_("attachment-text-done", default="Texte lu"), "success"),
    "pending": Badge(_("text-pending", default="Lecture du texte en attente"), "info"),
    "none": Badge(_("attachment-text-none", default="Sans texte"), "neutral"),
    "failed": Badge(_("attachment-text-failed", default="Texte illisible"), "warning"),
}
_COLUMNS = (
    Column("title", _("attachment-title", default="Intitulé de la pièce")),
    Column("kind", _("attachment-kind", default="Type de pièce")),
    Column("file", _("attachment-file", default="Fichier")),
    Column("version", _("attachment-version", default="Version"), is_number=True),
    Column("hash", _("attachment-hash", default="Empreinte SHA-256"), is_short=True),
    Column("text", _("attachment-text", default="Lecture du texte"), is_short=True),
)


@view_config(
    context=IAttachments,
    permission=p.VIEW_DETAIL,
    renderer="templates/attachment/show_all.pt",
)
@view_config(
    name=FOLDER,
    context=IConsultation,
    permission=p.VIEW_DETAIL,
    renderer="templates/attachment/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the technical pieces; a consultation without any has no folder yet."""
    return _list_page(_consultation(context, request), request, {}, None)


@view_config(
    context=IAttachments,
    permission=p.BUNDLE_TECHNICAL,
    request_method="POST",
    renderer="templates/attachment/show_all.pt",
)
@view_config(
    name=FOLDER,
    context=IConsultation,
    permission=p.BUNDLE_TECHNICAL,
    request_method="POST",
    renderer="templates/attachment/show_all.pt",
)
def add(context: Any, request: Any) -> Any:
    """Join a file."""
    consultation = _consultation(context, request)
    said = {name: _text(request, name) for name in ("title", "kind")}
    try:
        piece = add_attachment(
            consultation,
            upload_of(request, size_limit(request.registry)),
            said["title"],
            said["kind"],
            **_by(request),
        )
    except DomainError as error:
        request.response.status_int = _UNPROCESSABLE
        return _list_page(consultation, request, said, _problem(request, error))
    flash(
        request,
        _(
            "attachment-added",
            default="La pièce « ${title} » est jointe.",
            mapping={"title": piece.title},
        ),
    )
    return HTTPSeeOther(request.resource_url(consultation, FOLDER))


@view_config(
    context=IAttachment,
    permission=p.VIEW_DETAIL,
    renderer="templates/attachment/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a piece and all its versions."""
    return _piece_page(context, request, None)


@view_config(
    context=IAttachment,
    permission=p.BUNDLE_TECHNICAL,
    request_method="POST",
    renderer="templates/attachment/show.pt",
)
def replace(context: Any, request: Any) -> Any:
    """Replace the file of a piece."""
    try:
        replace_attachment(
            context, upload_of(request, size_limit(request.registry)), **_by(request)
        )
    except DomainError as error:
        request.response.status_int = _UNPROCESSABLE
        return _piece_page(context, request, _problem(request, error))
    flash(request, _("attachment-replaced", default="Le fichier est remplacé."))
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="retirer",
    context=IAttachment,
    permission=p.BUNDLE_TECHNICAL,
    request_method="POST",
)
def remove(context: Any, request: Any) -> Any:
    """Take a piece away."""
    consultation = context.__parent__.__parent__
    remove_attachment(context, **_by(request))
    flash(request, _("attachment-removed", default="La pièce est retirée."))
    return HTTPSeeOther(request.resource_url(consultation, FOLDER))


@view_config(
    name="deplacer",
    context=IAttachment,
    permission=p.BUNDLE_TECHNICAL,
    request_method="POST",
)
def move(context: Any, request: Any) -> Any:
    """Move a piece one place up or down."""
    step = _STEPS.get(_text(request, "step"), 0)
    move_attachment(context, step, actor=request.actor, now=request.now)
    return HTTPSeeOther(request.resource_url(context))


@view_config(name="fichier", context=IAttachment, permission=p.VIEW_DETAIL)
def download(context: Any, request: Any) -> Any:
    """Give a version of the file, the last one unless another is asked."""
    number = number_of(request.GET.get("version", len(context.versions)))
    version = next((v for v in context.versions if v.number == number), None)
    if version is None:
        raise HTTPNotFound
    file = version.file.open("r")
    return stream_answer(file, version.size, version.file_name, version.kind)


def _consultation(context: Any, request: Any) -> Any:
    # Where there is no folder yet, what follows its name in the address is nothing.
    if IConsultation.providedBy(context):
        if request.subpath:
            raise HTTPNotFound
        return context
    return context.__parent__


def _upload(request: Any) -> Any:
    return upload_of(request, size_limit(request.registry))


def _text(request: Any, name: str) -> str:
    value = request.POST.get(name, "")
    return value[: 2 * LONGEST_TITLE] if isinstance(value, str) else ""


def _by(request: Any) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def _problem(request: Any, error: DomainError) -> dict[str, str]:
    field = error.field if error.field in {"file", "kind"} else "file"
    return {"field": field, "message": request.layout.say(error.message)}


def _list_page(
    consultation: Any, request: Any, said: dict[str, str], problem: Any
) -> dict[str, Any]:
    frame(consultation, request)
    pieces = attachments_of(consultation)
    is_writer = may(request.actor, p.BUNDLE_TECHNICAL, consultation)
    empty = EmptyState(
        _("attachments-empty", default="Aucune pièce technique n’est jointe."),
        _(
            "attachments-empty-text",
            default="Joignez le CCTP, le bordereau des prix, les plans : leur texte "
            "est lu à l’arrivée et comparé aux autres pièces.",
        ),
    )
    caption = _("annexes", default="Pièces techniques")
    rows = [_row(request, piece) for piece in pieces]
    return {
        "tabs": tabs(consultation, request, FOLDER),
        "table": Table(caption, _COLUMNS, rows, empty=empty),
        "is_writer": is_writer,
        "has_pieces": bool(pieces),
        "coherence_url": request.resource_url(consultation, "coherence"),
        "action_url": request.resource_url(consultation, FOLDER),
        "kinds": [(kind, KIND_TITLES[kind]) for kind in ATTACHMENT_KINDS],
        "said": said,
        "problem": problem,
        "longest_title": LONGEST_TITLE,
        "limit": display.file_size(size_limit(request.registry)),
    }


def _row(request: Any, piece: Any) -> Row:
    version = piece.current
    size = display.file_size(version.size)
    note = f"{request.layout.say(kind_title(version))} – {size}"
    return Row(
        (
            Cell(piece.title, request.resource_url(piece)),
            Cell(request.layout.say(KIND_TITLES[piece.kind])),
            Cell(version.file_name, request.resource_url(piece, "fichier"), note=note),
            Cell(str(version.number)),
            Cell(f"{version.sha256[:_SHORT_HASH]}…"),
            Cell(badge=_TEXT_STATES[version.text_state]),
        ),
        name=piece.title,
    )


def _piece_page(piece: Any, request: Any, problem: Any) -> dict[str, Any]:
    consultation = piece.__parent__.__parent__
    frame(consultation, request)
    is_writer = may(request.actor, p.BUNDLE_TECHNICAL, consultation)
    request.layout.actions = _actions(piece, request) if is_writer else []
    return {
        "tabs": tabs(consultation, request, FOLDER),
        "title": piece.title,
        "kind": KIND_TITLES[piece.kind],
        "versions": [_version(request, piece, v) for v in reversed(piece.versions)],
        "list_url": request.resource_url(consultation, FOLDER),
        "action_url": request.resource_url(piece),
        "is_writer": is_writer,
        "problem": problem,
        "limit": display.file_size(size_limit(request.registry)),
    }


def _actions(piece: Any, request: Any) -> list[Action]:
    ordered = piece.__parent__.in_order()
    move_url = request.resource_url(piece, "deplacer")
    actions = []
    if piece is not ordered[0]:
        title = _("attachment-up", default="Monter dans la liste")
        actions.append(Action(title, move_url, method="post", fields={"step": "up"}))
    if piece is not ordered[-1]:
        title = _("attachment-down", default="Descendre dans la liste")
        actions.append(Action(title, move_url, method="post", fields={"step": "down"}))
    if may_be_removed(piece.__parent__.__parent__, request.registry):
        actions.append(
            Action(
                _("attachment-remove", default="Retirer cette pièce"),
                request.resource_url(piece, "retirer"),
                method="post",
                is_dangerous=True,
                confirm=_(
                    "attachment-remove-confirm",
                    default="Retirer cette pièce et toutes ses versions ?",
                ),
            )
        )
    return actions


def _version(request: Any, piece: Any, version: Any) -> dict[str, Any]:
    author = request.site["utilisateurs"].get(version.added_by)
    return {
        "number": version.number,
        "file_name": version.file_name,
        "url": request.resource_url(
            piece, "fichier", query={"version": version.number}
        ),
        "kind": kind_title(version),
        "size": display.file_size(version.size),
        "sha256": version.sha256,
        "added_at": display.moment(version.added_at),
        "added_by": author.title if author is not None else version.added_by,
        "badge": _TEXT_STATES[version.text_state],
        "reason": version.text_reason,
    }
