"""All the pieces of a consultation: begin them, see what each still wants."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.consultation import IDrafts
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.review import count_comments
from sicp.operations.document import may_make_pdf
from sicp.operations.document import proposals
from sicp.operations.document.piece import count_open
from sicp.operations.document.piece import piece_of
from sicp.operations.document.question import needs_of
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.draft import acting
from sicp.views.office.consultation.draft import posted
from sicp.views.office.consultation.rebase import notice_of
from sicp.views.shared import display
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash


@view_config(
    context=IDrafts,
    permission=p.VIEW_DETAIL,
    renderer="templates/draft_set/show_all.pt",
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
    pieces = _pieces(context, request)
    proposed = [proposal for proposal in offered if proposal.is_proposed]
    return {
        "tabs": tabs(consultation, request, "pieces"),
        "pieces": [
            _line(context[name], pieces.get(name), request) for name in sorted(context)
        ],
        "missing": _missing(context, pieces, request),
        "questions_url": request.resource_url(context, "questions"),
        "start_all_url": request.resource_url(context, "tout-commencer"),
        "proposed": proposed,
        "starts_several": sum(offer.is_for_file for offer in proposed) > 1,
        "groups": _groups(proposed),
        "others": [proposal for proposal in offered if not proposal.is_proposed],
        "is_writer": may(request.actor, p.DRAFT_DOCUMENTS, consultation),
        "start_url": request.resource_url(context, "commencer"),
        "coherence_url": request.resource_url(consultation, "coherence"),
        "bundle_url": request.resource_url(consultation, "dossier"),
    }


@view_config(
    name="commencer",
    context=IDrafts,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def start(context: Any, request: Any) -> Any:
    """Begin the piece of a canevas."""
    draft = create_draft(
        context.__parent__, posted(request, "template"), **acting(request)
    )
    return HTTPSeeOther(request.resource_url(draft))


@view_config(
    name="tout-commencer",
    context=IDrafts,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
)
def start_all(context: Any, request: Any) -> Any:
    """Begin every piece proposed to the file of the consultation, if it is not begun.

    Letters and forms wait for the moment when the procedure calls for them.
    """
    consultation = context.__parent__
    names = [
        proposal.id
        for proposal in proposals(request.site, consultation, request.today)
        if proposal.is_proposed and proposal.is_for_file and proposal.id not in context
    ]
    for name in names:
        create_draft(consultation, name, **acting(request))
    flash(
        request,
        _(
            "pieces-all-begun",
            default="Pièces commencées : ${count}.",
            mapping={"count": len(names)},
        ),
    )
    return HTTPSeeOther(request.resource_url(context))


def _pieces(context: Any, request: Any) -> dict[str, Any]:
    """Assemble every piece; one whose canevas was taken away is not there."""
    found = {}
    for name, draft in context.items():
        try:
            found[name] = piece_of(draft, request.today)
        except InvalidInputError:
            # The other pieces are listed all the same.
            continue
    return found


def _missing(context: Any, pieces: Any, request: Any) -> list[dict[str, Any]]:
    """Tell each answer that is waited for once, with the pieces that need it."""
    open_pieces = {n: q for n, q in pieces.items() if context[n].frozen_at is None}
    say = request.layout.say
    return [
        {
            "name": need.field.name,
            "title": say(need.field.title),
            "url": request.resource_url(
                context,
                "questions",
                query={"groupe": need.group},
                anchor=f"form-{need.field.name}",
            ),
            "pieces": ", ".join(
                dict.fromkeys(d.piece_title for d in need.demands.values())
            ),
        }
        for need in needs_of(open_pieces)
        if need.is_waited_for
    ]


_PHASES = {
    "candidature": _("pieces-phase-candidature", default="Phase de candidature"),
    "offer": _("pieces-phase-offer", default="Phase d’offre"),
    "single": _("pieces-phase-single", default="Toute la procédure"),
}
_FILE = _("pieces-file", default="Dossier de la consultation")
_LATER = _("pieces-later", default="Courriers et formulaires")


def _groups(proposed: list[Any]) -> list[dict[str, Any]]:
    """Give the canevas proposed: those of the file, phase by phase, then the others."""
    of_file = [offer for offer in proposed if offer.is_for_file]
    later = [offer for offer in proposed if not offer.is_for_file]
    phases = list(dict.fromkeys(offer.phase for offer in of_file))
    groups = [
        {
            "title": _PHASES[phase] if len(phases) > 1 else _FILE,
            "offers": [offer for offer in of_file if offer.phase == phase],
            "is_later": False,
        }
        for phase in phases
    ]
    if later:
        groups.append({"title": _LATER, "offers": later, "is_later": True})
    return groups


def _line(draft: Any, piece: Any, request: Any) -> dict[str, Any]:
    user = request.site["utilisateurs"].get(draft.modified_by)
    return {
        "title": draft.title,
        "url": request.resource_url(draft),
        "badge": _progress(draft, piece),
        "comments": count_comments(draft),
        "review_url": request.resource_url(draft, "relecture"),
        "changed_at": display.moment(draft.modified_at),
        "notice": notice_of(draft, request),
        "changed_by": user.title if user else draft.modified_by,
        "docx_url": request.resource_url(draft, "docx"),
        "pdf_url": request.resource_url(draft, "pdf") if may_make_pdf() else "",
    }


def _progress(draft: Any, piece: Any) -> Badge:
    if draft.frozen_at is not None:
        return Badge(_("draft-is-frozen", default="Figée"), "success")
    if piece is None:
        return Badge(_("draft-without-template", default="Canevas retiré"), "danger")
    count = count_open(piece)
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
