"""« Pourquoi cette phrase ? »: one passage of a piece, explained to the end."""

import re
from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.clause.library import plain_title
from sicp.operations.document.piece import blocks_of
from sicp.operations.document.piece import cover_html
from sicp.operations.document.piece import piece_of
from sicp.operations.document.reason import BODY
from sicp.operations.document.reason import COMPUTED
from sicp.operations.document.reason import COVER
from sicp.operations.document.reason import DEFAULT
from sicp.operations.document.reason import FORM
from sicp.operations.document.reason import LAW
from sicp.operations.document.reason import LOTS
from sicp.operations.document.reason import PIECE
from sicp.operations.document.reason import reason_of
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.document import ground_lines
from sicp.views.office.consultation.draft import head
from sicp.views.office.consultation.draft import is_writer
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms.field_view import law_line

_HEADINGS = re.compile(r"<(/?)h[3-6]\b")
_PLACES = {
    FORM: _("origin-form", default="Formulaire amont"),
    LOTS: _("origin-lots", default="Lots"),
    PIECE: _("origin-piece", default="Réponse propre à cette pièce"),
    DEFAULT: _("origin-default", default="Valeur proposée par le clausier"),
    BODY: _("origin-body", default="Coordonnées de l’organisme"),
    LAW: _("origin-law", default="Calculé d’après le droit en vigueur"),
    COMPUTED: _("origin-computed", default="Calculé d’après la consultation"),
}
_VOTES = {
    "for": _("vote-for", default="Pour"),
    "against": _("vote-against", default="Contre"),
    "abstain": _("vote-abstain", default="Abstention"),
}


@view_config(
    name="pourquoi",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    renderer="templates/draft_reason/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Tell why one passage is there, what it was made from and who decided."""
    piece = piece_of(context, request.today)
    reason = reason_of(context, piece, request.GET.get("passage", COVER))
    head(context, request)
    kept = reason.clause.clause_id if reason.clause is not None else ""
    return {
        "tabs": tabs(context.__parent__.__parent__, request, "pieces"),
        "back_url": request.resource_url(context, anchor=reason.key),
        "html": _html(piece, reason.key),
        "grounds": [ground_lines(ground) for ground in reason.cause.grounds],
        "fragments": [ground_lines(ground) for ground in reason.cause.fragments],
        "sources": _sources(context, request, reason.cause.sources),
        "origins": [_origin(context, request, item) for item in reason.origins],
        "clause": _clause(request, reason, piece),
        "adoption": _adoption(request, reason.adoption),
        "chosen": _act(request, reason.chosen),
        "rewritten": _act(request, reason.rewritten),
        "others": [
            _other(context, request, piece, ground)
            for ground in reason.cause.alternatives
            if ground.id != kept
        ],
        "is_choice": reason.section is not None and reason.section.kind == "choice",
    }


def _html(piece: Any, key: str) -> str:
    if key == COVER:
        return cover_html(piece)
    html = next(block.html for block in blocks_of(piece) if block.key == key)
    # Alone on its page, the passage stands right under the title of the page.
    return _HEADINGS.sub(r"<\1h3", html)


def _sources(context: Any, request: Any, sources: Any) -> list[tuple[str, str]]:
    return [
        (plain_title(title), request.resource_url(context, anchor=name))
        for name, title in sources
    ]


def _origin(context: Any, request: Any, origin: Any) -> dict[str, Any]:
    return {
        "title": origin.value.title,
        "text": origin.value.text,
        "place": _PLACES[origin.place],
        "url": _answer_url(context, request, origin),
        "act": _act(request, origin.act),
    }


def _answer_url(context: Any, request: Any, origin: Any) -> str:
    """Lead to the place where a value is changed, for whoever may change it there."""
    consultation = context.__parent__.__parent__
    if origin.place in {PIECE, DEFAULT}:
        if not is_writer(context, request):
            return ""
        return str(request.resource_url(context, anchor=f"form-{origin.field}"))
    if not may(request.actor, p.EDIT_FORM, consultation):
        return ""
    if origin.place == LOTS:
        return str(request.resource_url(consultation, "lots"))
    if origin.place == FORM:
        anchor = f"form-{origin.field}"
        return str(
            request.resource_url(consultation, "formulaire", origin.step, anchor=anchor)
        )
    return ""


def _clause(request: Any, reason: Any, piece: Any) -> dict[str, Any] | None:
    trace = reason.section.trace if reason.section is not None else None
    if trace is None:
        return None
    clause = piece.library.clause(trace.clause_id, piece.on)
    return {
        "title": plain_title(trace.title),
        "id": trace.clause_id,
        "version": trace.version,
        "kind": CLAUSE_KINDS[trace.kind],
        "law": law_line(trace.legal_basis),
        "derogates": ", ".join(trace.derogates),
        "note": trace.note,
        "links": clause.links if clause is not None else (),
        "is_local": trace.is_local,
        "url": _clause_url(request, reason.clause, trace.version),
    }


def _clause_url(request: Any, clause: Any, version: int) -> str:
    library = request.site["clausier"]
    if clause is None or not may(request.actor, p.VIEW_LIBRARY, library):
        return ""
    return str(request.resource_url(clause, query={"version": version}))


def _adoption(request: Any, adoption: Any) -> dict[str, Any] | None:
    if adoption is None:
        return None
    proposal, release = adoption.proposal, adoption.release
    sees_votes = may(request.actor, p.VIEW_PROPOSALS, request.site["propositions"])
    return {
        "written": _act(request, adoption.written),
        "reason": adoption.reason,
        "release": release.name if release is not None else "",
        "in_force_from": display.day(release.in_force_from) if release else "",
        "proposal": proposal.__name__ if proposal is not None else "",
        "proposal_url": (
            request.resource_url(proposal)
            if proposal is not None and sees_votes
            else ""
        ),
        "votes": [
            {
                "title": title,
                "count": len(adoption.votes.get(value, ())),
                "who": ", ".join(
                    person(request, login) for login in adoption.votes.get(value, ())
                )
                if sees_votes
                else "",
            }
            for value, title in _VOTES.items()
        ]
        if adoption.votes
        else [],
    }


def _other(context: Any, request: Any, piece: Any, ground: Any) -> dict[str, Any]:
    clause = piece.library.clause(ground.id, piece.on)
    told = ground_lines(ground)
    may_choose = told.holds and clause.group and is_writer(context, request)
    return {
        "ground": told,
        "id": ground.id,
        "group": clause.group,
        "may_choose": bool(may_choose),
        "choose_url": request.resource_url(context, "choix"),
        "revision": context.revision,
    }


def _act(request: Any, act: Any) -> dict[str, str] | None:
    if act is None:
        return None
    return {"who": person(request, act.login), "at": display.moment(act.at)}
