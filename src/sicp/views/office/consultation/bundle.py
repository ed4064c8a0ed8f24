"""The file of a consultation: order its pieces, put them together, download."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultation
from sicp.operations.consultation.attachment import attachments_of
from sicp.operations.consultation.attachment import move_attachment
from sicp.operations.document import may_make_pdf
from sicp.operations.document.bundle import drafts_in_order
from sicp.operations.document.bundle import is_current
from sicp.operations.document.bundle import move_draft
from sicp.operations.document.bundle import prepare_bundle
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.shared import display
from sicp.views.shared.downloads import stream_answer
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_STEPS = {"up": -1, "down": 1}
_FILES = {
    "zip": _("bundle-zip", default="Archive de toutes les pièces (ZIP)"),
    "pdf": _("bundle-pdf", default="Toutes les pièces en un seul PDF"),
    "table-docx": _("bundle-table-docx", default="Bordereau des pièces (Word)"),
    "table-pdf": _("bundle-table-pdf", default="Bordereau des pièces (PDF)"),
}
_NAMES = {
    "zip": "Dossier",
    "pdf": "Dossier",
    "table-docx": "Bordereau",
    "table-pdf": "Bordereau",
}


@view_config(
    name="dossier",
    context=IConsultation,
    permission=p.VIEW_DETAIL,
    renderer="templates/bundle/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the pieces in their order, and the file as it was last put together."""
    frame(context, request)
    bundle = context["pieces"].bundle
    is_writer = may(request.actor, p.BUNDLE_ADMINISTRATIVE, context)
    return {
        "tabs": tabs(context, request, "pieces"),
        "drafts": [_draft(request, draft) for draft in drafts_in_order(context)],
        "attachments": [_attachment(request, q) for q in attachments_of(context)],
        "is_writer": is_writer,
        "is_technical": may(request.actor, p.BUNDLE_TECHNICAL, context),
        "order_url": request.resource_url(context, "dossier-ordre"),
        "technical_order_url": request.resource_url(context, "dossier-ordre-technique"),
        "prepare_url": request.resource_url(context, "dossier-preparer"),
        "pieces_url": request.resource_url(context, "pieces"),
        "attachments_url": request.resource_url(context, "annexes"),
        "has_pdf": may_make_pdf(),
        "bundle": _bundle(context, request, bundle) if bundle is not None else None,
    }


@view_config(
    name="dossier-ordre",
    context=IConsultation,
    permission=p.BUNDLE_ADMINISTRATIVE,
    request_method="POST",
)
def move(context: Any, request: Any) -> Any:
    """Move an administrative piece one place up or down."""
    name = _said(request, "name")
    move_draft(context, name, _step(request), **_by(request))
    return _back(context, request, f"move-{name}")


@view_config(
    name="dossier-ordre-technique",
    context=IConsultation,
    permission=p.BUNDLE_TECHNICAL,
    request_method="POST",
)
def move_technical(context: Any, request: Any) -> Any:
    """Move a technical piece one place up or down."""
    name = _said(request, "name")
    piece = next((q for q in attachments_of(context) if q.__name__ == name), None)
    if piece is None:
        raise HTTPNotFound
    move_attachment(piece, _step(request), actor=request.actor, now=request.now)
    return _back(context, request, f"move-{name}")


@view_config(
    name="dossier-preparer",
    context=IConsultation,
    permission=p.BUNDLE_ADMINISTRATIVE,
    request_method="POST",
)
def prepare(context: Any, request: Any) -> Any:
    """Put all pieces together, while the person waits."""
    prepare_bundle(context, **_by(request))
    flash(request, _("bundle-prepared", default="Le dossier est rassemblé."))
    return HTTPSeeOther(request.resource_url(context, "dossier"))


@view_config(name="dossier-fichier", context=IConsultation, permission=p.VIEW_DETAIL)
def download(context: Any, request: Any) -> Any:
    """Give one of the files that were made."""
    kind = request.GET.get("sorte", "")
    bundle = context["pieces"].bundle
    file = bundle.file(kind) if bundle is not None and kind in _FILES else None
    if file is None:
        raise HTTPNotFound
    extension = kind.removeprefix("table-")
    name = f"{_NAMES[kind]}_{context.reference}.{extension}"
    answer = stream_answer(file.blob.open("r"), file.size, name, extension)
    answer.etag = file.sha256
    return answer


def _by(request: Any) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def _said(request: Any, name: str) -> str:
    """Return a text that a button posted; a file in its place is nothing."""
    value = request.POST.get(name, "")
    return value if isinstance(value, str) else ""


def _step(request: Any) -> int:
    return _STEPS.get(_said(request, "step"), 0)


def _back(context: Any, request: Any, anchor: str) -> Any:
    return HTTPSeeOther(request.resource_url(context, "dossier", anchor=anchor))


def _draft(request: Any, draft: Any) -> dict[str, Any]:
    is_frozen = draft.frozen_at is not None
    badge = (
        Badge(_("draft-is-frozen", default="Figée"), "success")
        if is_frozen
        else Badge(_("bundle-not-frozen", default="Non figée"), "warning")
    )
    return {
        "name": draft.__name__,
        "title": draft.title,
        "url": request.resource_url(draft),
        "badge": badge,
    }


def _attachment(request: Any, piece: Any) -> dict[str, Any]:
    version = piece.current
    return {
        "name": piece.__name__,
        "title": piece.title,
        "url": request.resource_url(piece),
        "file_name": version.file_name,
        "version": version.number,
    }


def _bundle(context: Any, request: Any, bundle: Any) -> dict[str, Any]:
    author = request.site["utilisateurs"].get(bundle.made_by)
    return {
        "is_current": is_current(context),
        "made_at": display.moment(bundle.made_at),
        "made_by": author.title if author is not None else bundle.made_by,
        "pieces": bundle.pieces,
        "files": [
            {
                "title": _FILES[file.kind],
                "url": request.resource_url(
                    context, "dossier-fichier", query={"sorte": file.kind}
                ),
                "size": display.file_size(file.size),
                "sha256": file.sha256,
            }
            for file in bundle.files
        ],
    }
