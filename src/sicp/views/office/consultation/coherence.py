"""The contradictions between the pieces of a consultation, and with its form."""

from itertools import groupby
from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultation
from sicp.operations.consultation.attachment import FOLDER
from sicp.operations.document.coherence import ATTACHMENT
from sicp.operations.document.coherence import DRAFT
from sicp.operations.document.coherence import report_of
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs

_NO_TEXT = _(
    "coherence-no-text", default="plan, image ou format dont le texte ne se lit pas"
)


@view_config(
    name="coherence",
    context=IConsultation,
    permission=p.VIEW_DETAIL,
    renderer="templates/coherence/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what contradicts what, each with both places."""
    frame(context, request)
    report = report_of(request.site, context, request.today, actor=request.actor)
    say = request.layout.say
    unread = {f"{ATTACHMENT}{piece.name}": piece for piece in report.unread}
    return {
        "tabs": tabs(context, request, "pieces"),
        "count": len(report.findings),
        "groups": _groups(context, request, report.findings),
        "read": [
            {"title": q.title, "url": _piece_url(context, request, q.id, "")}
            for q in report.read
            if q.id not in unread
        ],
        "unread": [
            {
                "title": piece.title,
                "url": _piece_url(context, request, name, ""),
                "reason": piece.reason or say(_NO_TEXT),
            }
            for name, piece in unread.items()
        ],
        "cut": report.cut,
        "attachments_url": request.resource_url(context, FOLDER),
    }


def _groups(context: Any, request: Any, findings: Any) -> list[dict[str, Any]]:
    ordered = sorted(findings, key=lambda finding: finding.subject_title)
    return [
        {
            "title": title,
            "findings": [
                {
                    "message": finding.message,
                    "sides": [
                        _side(context, request, place)
                        for place in (finding.first, finding.second)
                    ],
                }
                for finding in group
            ],
        }
        for title, group in groupby(ordered, key=lambda q: q.subject_title)
    ]


def _side(context: Any, request: Any, place: Any) -> dict[str, str]:
    if place.field:
        url = _field_url(context, request, place.field)
    else:
        url = _piece_url(context, request, place.piece_id, place.anchor)
    return {
        "title": place.title,
        "place": place.place,
        "quote": place.quote,
        "url": url,
    }


def _field_url(context: Any, request: Any, name: str) -> str:
    if name == "lots":
        return request.resource_url(context, "lots")
    field = UPSTREAM_FORM.get(name)
    if field is None or not may(request.actor, p.EDIT_FORM, context):
        return request.resource_url(context, "detail")
    return request.resource_url(
        context, "formulaire", field.step, anchor=f"form-{name}"
    )


def _piece_url(context: Any, request: Any, piece_id: str, anchor: str) -> str:
    name = piece_id.partition(":")[2]
    if piece_id.startswith(ATTACHMENT):
        return request.resource_url(context[FOLDER][name])
    begun = context["pieces"].get(name) if piece_id.startswith(DRAFT) else None
    if begun is not None:
        more = {"anchor": anchor} if anchor else {}
        return request.resource_url(begun, **more)
    place = "pieces" if piece_id else FOLDER
    return request.resource_url(context, place)
