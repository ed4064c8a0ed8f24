"""Freezing a piece: what is missing, what is kept, and opening it again."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.document import may_make_pdf
from sicp.operations.document.freeze import LONGEST_REASON
from sicp.operations.document.freeze import changed_since_frozen
from sicp.operations.document.freeze import freeze
from sicp.operations.document.freeze import intact_files
from sicp.operations.document.freeze import may_unfreeze
from sicp.operations.document.freeze import missing_of
from sicp.operations.document.freeze import unfreeze
from sicp.operations.document.piece import piece_of
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.forms import attempt
from sicp.views.office.forms import number_of
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

_FILE_KINDS = {
    "docx": _("file-docx", default="Document Word"),
    "pdf": _("file-pdf", default="PDF (PDF/A, lisible par les lecteurs d’écran)"),
}


@view_config(
    name="figer",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    renderer="templates/freeze/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what stands against freezing a piece, or the files it keeps."""
    return _page(context, request, None)


@view_config(
    name="figer",
    context=IDraft,
    permission=p.BUNDLE_ADMINISTRATIVE,
    request_method="POST",
)
def confirm(context: Any, request: Any) -> Any:
    """Freeze the piece."""
    said = request.POST.get("revision", "")
    freeze(context, revision=number_of(said), **_by(request))
    flash(request, _("draft-frozen-done", default="La pièce est figée."))
    return HTTPSeeOther(request.resource_url(context, "figer"))


@view_config(
    name="verifier",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    request_method="POST",
)
def verify(context: Any, request: Any) -> Any:
    """Hash the kept files again and say whether they are what was frozen."""
    found = intact_files(context)
    if found and all(found.values()):
        flash(
            request,
            _(
                "frozen-intact",
                default="Vérifié : les fichiers conservés sont ceux qui ont été figés, "
                "à l’octet près.",
            ),
        )
    else:
        flash(
            request,
            _(
                "frozen-altered",
                default="Attention : un fichier conservé n’est plus celui qui a été "
                "figé. Prévenez l’administrateur.",
            ),
            "danger",
        )
    return HTTPSeeOther(request.resource_url(context, "figer"))


@view_config(
    name="defiger",
    context=IDraft,
    permission=p.BUNDLE_ADMINISTRATIVE,
    request_method="POST",
    renderer="templates/freeze/show.pt",
)
def reopen(context: Any, request: Any) -> Any:
    """Open a frozen piece again, with a reason."""
    form = _reason_form(context, request)
    values = validate(form, request.POST)
    if values is not None and attempt(
        request, form, unfreeze, context, values["reason"]
    ):
        flash(request, _("draft-unfrozen", default="La pièce est rouverte."))
        return HTTPSeeOther(request.resource_url(context))
    return _page(context, request, form)


def _by(request: Any) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def _page(context: Any, request: Any, form: Form | None) -> dict[str, Any]:
    consultation = context.__parent__.__parent__
    frame(consultation, request)
    may_bundle = may(request.actor, p.BUNDLE_ADMINISTRATIVE, consultation)
    is_frozen = context.frozen_at is not None
    may_reopen = is_frozen and may_bundle and may_unfreeze(context, request.registry)
    if form is None and may_reopen:
        form = _reason_form(context, request)
    return {
        "tabs": tabs(consultation, request, "pieces"),
        "title": context.title,
        "piece_url": request.resource_url(context),
        "freeze_url": request.resource_url(context, "figer"),
        "verify_url": request.resource_url(context, "verifier"),
        "revision": context.revision,
        "is_frozen": is_frozen,
        "may_bundle": may_bundle,
        "has_pdf": may_make_pdf(),
        "form": form.render() if form is not None else "",
        **(_frozen(context, request) if is_frozen else _open(context, request)),
    }


def _open(context: Any, request: Any) -> dict[str, Any]:
    return {"missing": missing_of(piece_of(context, request.today))}


def _frozen(context: Any, request: Any) -> dict[str, Any]:
    author = request.site["utilisateurs"].get(context.frozen_by)
    return {
        "frozen_at": display.moment(context.frozen_at),
        "frozen_by": author.title if author is not None else context.frozen_by,
        "changed": changed_since_frozen(context, request.today),
        "files": [
            {
                "title": _FILE_KINDS[file.extension],
                "url": request.resource_url(context, file.extension),
                "size": display.file_size(file.size),
                "sha256": file.sha256,
            }
            for file in context.frozen_files
        ],
    }


def _reason_form(context: Any, request: Any) -> Form:
    reason = colander.SchemaNode(
        Text(LONGEST_REASON, has_lines=True),
        name="reason",
        title=_("unfreeze-reason", default="Motif de la réouverture"),
        description=_(
            "unfreeze-help",
            default="Le motif et l’empreinte des fichiers figés restent dans "
            "l’historique.",
        ),
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), reason),
        request,
        action=request.resource_url(context, "defiger"),
        buttons=[Button("reopen", _("unfreeze", default="Rouvrir la pièce"))],
    )
