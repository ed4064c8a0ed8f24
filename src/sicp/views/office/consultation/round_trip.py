"""Bringing back a Word file edited outside: send it, compare, take what one wants."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.document.round_trip import apply_import
from sicp.operations.document.round_trip import drop_import
from sicp.operations.document.round_trip import import_called
from sicp.operations.document.round_trip import receive_file
from sicp.operations.document.round_trip import size_limit
from sicp.operations.document.round_trip_account import account_of
from sicp.operations.document.round_trip_writing import LONGEST_REASON
from sicp.operations.document.round_trip_writing import Decisions
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.shared import display
from sicp.views.shared.downloads import stream_answer
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_UNPROCESSABLE = 422
_CONFLICT = 409
#: What a form carries around its file: names, token.
_ENVELOPE = 64 * 1024
_STATES = {
    "waiting": Badge(_("round-trip-waiting", default="À examiner"), "warning"),
    "applied": Badge(_("round-trip-applied", default="Repris"), "success"),
    "dropped": Badge(_("round-trip-dropped", default="Écarté"), "neutral"),
}


@view_config(
    name="rapporter",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    renderer="templates/round_trip/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the files brought back to a piece, and take another one."""
    return _list_page(context, request, "")


@view_config(
    name="rapporter",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/round_trip/show_all.pt",
)
def receive(context: Any, request: Any) -> Any:
    """Keep the file and show what it changes."""
    if (request.content_length or 0) > size_limit() + _ENVELOPE:
        return _refused(context, request, _too_large())
    sent = request.POST.get("file")
    file, name = getattr(sent, "file", None), getattr(sent, "filename", "") or ""
    try:
        kept = receive_file(context, file, _last_name(name), **_by(request))
    except InvalidInputError as error:
        return _refused(context, request, error.message)
    return HTTPSeeOther(_address(context, request, "comparer", kept))


@view_config(
    name="comparer",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    renderer="templates/round_trip/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what a file changes; nothing is written."""
    kept = _kept(context, request)
    return _page(context, request, kept, _account(context, request, kept), "", "")


@view_config(
    name="comparer",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/round_trip/show.pt",
)
def confirm(context: Any, request: Any) -> Any:
    """Write what was taken, or nothing at all."""
    kept = _kept(context, request)
    if "drop" in request.POST:
        drop_import(context, kept.id, **_by(request))
        flash(request, _("round-trip-dropped-done", default="Le fichier est écarté."))
        return HTTPSeeOther(request.resource_url(context, "rapporter"))
    account = _account(context, request, kept)
    try:
        done = apply_import(
            context,
            kept.id,
            _decisions(request, account),
            stamp=_said(request, "stamp"),
            **_by(request),
        )
    except (EditConflictError, InvalidInputError) as error:
        # The refusal of the answer gives up all that was written before it.
        is_late = isinstance(error, EditConflictError)
        request.response.status_int = _CONFLICT if is_late else _UNPROCESSABLE
        return _page(context, request, kept, account, error.message, error.field)
    flash(request, _done(done))
    return HTTPSeeOther(request.resource_url(context, "rapporter"))


@view_config(name="rapporte", context=IDraft, permission=p.VIEW_DETAIL)
def download(context: Any, request: Any) -> Any:
    """Give the file as it came."""
    kept = _kept(context, request)
    file = kept.file.open("r")
    return stream_answer(file, kept.size, kept.file_name, "docx")


def _by(request: Any) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def _kept(context: Any, request: Any) -> Any:
    try:
        return import_called(context, request.GET.get("fichier", ""))
    except InvalidInputError as error:
        raise HTTPNotFound from error


def _account(context: Any, request: Any, kept: Any) -> Any:
    if kept.state != "waiting":
        raise HTTPNotFound
    return account_of(context, kept, actor=request.actor, now=request.now)


def _address(context: Any, request: Any, name: str, kept: Any) -> str:
    return request.resource_url(context, name, query={"fichier": kept.id})


def _last_name(name: str) -> str:
    # Some browsers send the whole path on the disk of the person.
    return name.replace("\\", "/").rpartition("/")[2].strip()


def _too_large() -> str:
    return _(
        "round-trip-too-large",
        default="Le fichier est trop volumineux : ${count} Mo au plus.",
        mapping={"count": size_limit() // (1024 * 1024)},
    )


def _refused(context: Any, request: Any, message: str) -> dict[str, Any]:
    request.response.status_int = _UNPROCESSABLE
    return _list_page(context, request, request.layout.say(message))


def _said(request: Any, name: str) -> str:
    """Return a text that a form posted; a file in its place is nothing."""
    value = request.POST.get(name, "")
    return value if isinstance(value, str) else ""


def _decisions(request: Any, account: Any) -> Decisions:
    added = {offer.key: _said(request, offer.key) for offer in account.added}
    reasons = {
        offer.key: _said(request, f"reason-{offer.key}")[:LONGEST_REASON]
        for offer in account.removals
        if not offer.is_optional
    }
    taken = [t for t in request.POST.getall("take") if isinstance(t, str)]
    return Decisions(frozenset(taken), added, reasons)


def _done(done: Any) -> str:
    count = len(done.taken)
    if not count:
        return _(
            "round-trip-nothing-taken",
            default="Rien n’a été repris ; le fichier reste conservé.",
        )
    if count == 1:
        return _("round-trip-one-taken", default="1 modification est reprise.")
    return _(
        "round-trip-taken",
        default="${count} modifications sont reprises.",
        mapping={"count": count},
    )


def _list_page(context: Any, request: Any, problem: str) -> dict[str, Any]:
    consultation = context.__parent__.__parent__
    frame(consultation, request)
    is_writer = (
        may(request.actor, p.DRAFT_DOCUMENTS, consultation)
        and context.frozen_at is None
    )
    return {
        "tabs": tabs(consultation, request, "pieces"),
        "title": context.title,
        "piece_url": request.resource_url(context),
        "action_url": request.resource_url(context, "rapporter"),
        "imports": [
            _line(context, request, kept, is_writer=is_writer)
            for kept in reversed(context.imports)
        ],
        "is_writer": is_writer,
        "is_frozen": context.frozen_at is not None,
        "problem": problem,
        "limit": display.file_size(size_limit()),
    }


def _line(context: Any, request: Any, kept: Any, *, is_writer: bool) -> dict[str, Any]:
    author = request.site["utilisateurs"].get(kept.by)
    is_open = is_writer and kept.state == "waiting"
    return {
        "name": kept.file_name,
        "url": _address(context, request, "rapporte", kept),
        "compare_url": _address(context, request, "comparer", kept) if is_open else "",
        "size": display.file_size(kept.size),
        "sha256": kept.sha256,
        "at": display.moment(kept.at),
        "by": author.title if author is not None else kept.by,
        "badge": _STATES[kept.state],
        "taken": kept.taken,
    }


def _page(  # noqa: PLR0913
    context: Any, request: Any, kept: Any, account: Any, refusal: str, field: str
) -> dict[str, Any]:
    consultation = context.__parent__.__parent__
    frame(consultation, request)
    say = request.layout.say
    return {
        "tabs": tabs(consultation, request, "pieces"),
        "title": context.title,
        "name": kept.file_name,
        "list_url": request.resource_url(context, "rapporter"),
        "action_url": _address(context, request, "comparer", kept),
        "account": account,
        "refusals": {
            offer.key: say(offer.refusal)
            for offer in (*account.texts, *account.values)
            if offer.refusal
        },
        "refusal": say(refusal) if refusal else "",
        "field": field,
        "made_at": display.moment(kept.made_at) if kept.made_at else "",
        "chosen": frozenset(
            t for t in request.POST.getall("take") if isinstance(t, str)
        )
        if request.method == "POST"
        else None,
        "said": {name: _said(request, name) for name in request.POST},
        "longest_reason": LONGEST_REASON,
    }
