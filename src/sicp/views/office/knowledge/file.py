"""The file of a sheet: read it, put it, take it off."""

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.file import offered_title
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.file import remove_file
from sicp.operations.knowledge.file import take_file_title
from sicp.operations.knowledge.file import title_of
from sicp.operations.reading import PENDING
from sicp.operations.reading import is_failed
from sicp.operations.reading import metadata_of
from sicp.operations.reading import state_title
from sicp.operations.reading import text_of
from sicp.operations.upload import kind_title
from sicp.operations.upload import size_limit
from sicp.operations.user.right import may
from sicp.views.office.forms import number_of
from sicp.views.office.forms import upload_of
from sicp.views.office.knowledge.offer import CONTENT
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.offer import part
from sicp.views.office.knowledge.wording import by
from sicp.views.shared import display
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Term
from sicp.views.shared.downloads import stream_answer
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

#: The button that gives a sheet the title of its file.
TAKE_TITLE = "take_title"
_UNPROCESSABLE = 422
_PASSAGES_SHOWN = 20
_SHORT_HASH = 16
_SHOWS = {"pptx", "odp"}


@part(ISheet, CONTENT, rank=5, template="templates/file/shown.pt")
def shown_file(sheet: Any, request: Any) -> dict[str, Any] | None:
    """Show the file of a sheet beside its text."""
    file = sheet.shown.file if sheet.shown is not None else None
    if file is None:
        return None
    is_writer = may(request.actor, p.EDIT_KNOWLEDGE, sheet)
    query = {} if sheet.current is not None else {"copie": "1"}
    return {"file": told_file(sheet, file, query, request), "is_writer": is_writer}


@view_config(
    name="apercu",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/file/read.pt",
)
def read(context: Any, request: Any) -> Any:
    """Show the words of the file, by pages or parts: nothing is to be taken away."""
    said = _asked(context, request)
    text = text_of(said.file) if said is not None and said.file is not None else None
    if text is None:
        raise HTTPNotFound
    request.layout.show(said.file.file_name, subtitle=context.title)
    last = max(1, -(-len(text.passages) // _PASSAGES_SHOWN))
    page = min(max(1, number_of(request.GET.get("page")) or 1), last)
    start = (page - 1) * _PASSAGES_SHOWN
    return {
        "passages": _told_passages(text.passages[start : start + _PASSAGES_SHOWN]),
        "is_cut": text.is_cut,
        "pager": Pager.of(request, page, _PASSAGES_SHOWN, len(text.passages)),
        "sheet_url": request.resource_url(context),
    }


@offer(ISheet, rank=40)
def file_actions(sheet: Any, request: Any) -> Any:
    """Offer to put a file on a sheet."""
    if may(request.actor, p.EDIT_KNOWLEDGE, sheet):
        url = request.resource_url(sheet, "joindre")
        yield Action(_("sheet-file-join", default="Joindre un fichier"), url)


@view_config(name="fichier", context=ISheet, permission=p.VIEW_KNOWLEDGE)
def download(context: Any, request: Any) -> Any:
    """Give the file of a sheet: as published, of an older version, or as written."""
    said = _asked(context, request)
    if said is None or said.file is None:
        raise HTTPNotFound
    file = said.file
    return stream_answer(file.file.open("r"), file.size, file.file_name, file.kind)


@view_config(
    name="joindre",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/file/join.pt",
)
def join(context: Any, request: Any) -> Any:
    """Put a file on the working copy, take it off, or take its title."""
    if request.method != "POST":
        return _page(context, request, None)
    try:
        if "remove" in request.POST:
            remove_file(context, **by(request))
            said = _("sheet-file-removed", default="Le fichier est retiré.")
        elif TAKE_TITLE in request.POST:
            take_file_title(context, **by(request))
            said = _("sheet-title-taken", default="Le titre du fichier est repris.")
        else:
            put_file(
                context, upload_of(request, size_limit(request.registry)), **by(request)
            )
            said = _("sheet-file-put", default="Le fichier est joint.")
    except DomainError as error:
        request.response.status_int = _UNPROCESSABLE
        return _page(context, request, request.layout.say(error.message))
    flash(request, said)
    return HTTPSeeOther(request.resource_url(context, "joindre"))


def file_form(sheet: Any, request: Any, problem: str | None = None) -> dict[str, Any]:
    """Return what the macro « form » of ``templates/file/form.pt`` shows.

    It posts to a page of its own, so that any page of a sheet may bear it.
    """
    said = sheet.working if sheet.working is not None else sheet.current
    file = said.file if said is not None else None
    query = {"copie": "1"} if sheet.working is not None else {}
    return {
        "url": request.resource_url(sheet, "joindre"),
        "file": told_file(sheet, file, query, request) if file is not None else None,
        "offered": offered_title(sheet, request.actor),
        "limit": display.file_size(size_limit(request.registry)),
        "problem": problem,
    }


def sent_with_title(sheet: Any, request: Any) -> Any:
    """Return what the form of a sheet sent; its title is that of the file if asked."""
    if TAKE_TITLE not in request.POST:
        return request.POST
    sent = request.POST.copy()
    del sent[TAKE_TITLE]
    said = sheet.working if sheet.working is not None else sheet.current
    sent["title"] = title_of(said.file) or sent.get("title", "")
    return sent


def told_file(
    sheet: Any, file: Any, query: dict[str, str], request: Any
) -> dict[str, Any]:
    """Say what a page tells of a file."""
    return {
        "name": file.file_name,
        "url": request.resource_url(sheet, "fichier", query=query),
        "read_url": request.resource_url(sheet, "apercu", query=query)
        if file.text is not None
        else "",
        "hash": file.sha256[:_SHORT_HASH],
        "kind": kind_title(file),
        "size": display.file_size(file.size),
        "badge": text_badge(file),
        "reason": file.text_reason,
        "terms": list(_terms(file)),
    }


def _terms(file: Any) -> Iterator[Term]:
    """Say what a file says of itself, as far as it does."""
    told = metadata_of(file)
    if told.title:
        yield Term(_("sheet-file-title", default="Titre"), told.title)
    if told.author:
        yield Term(_("sheet-file-author", default="Auteur"), told.author)
    if told.modified_at is not None:
        day = display.day(told.modified_at)
        yield Term(_("sheet-file-modified", default="Modifié le"), day)
    if told.pages:
        is_show = file.kind in _SHOWS
        title = _SLIDES if is_show else _("sheet-file-pages", default="Pages")
        yield Term(title, display.number(told.pages))


def text_badge(file: Any) -> Badge:
    """Show what is known of the text of a file."""
    if file.text_state == PENDING:
        return Badge(state_title(file), "info")
    is_without = file.text_state == "unreadable"
    tone = "warning" if is_failed(file) else "neutral" if is_without else "success"
    return Badge(state_title(file), tone)


def _told_passages(passages: Iterable[Any]) -> list[dict[str, str]]:
    """Say each passage under its title or its page, which is not said twice."""
    told, before = [], ""
    for passage in passages:
        heading = passage.heading or passage.place
        shown = "" if heading == before else heading
        # A title that is a passage of its own is its own text.
        text = "" if passage.text.strip() == shown.strip() else passage.text
        told.append({"heading": shown, "text": text})
        before = heading
    return told


def _asked(sheet: Any, request: Any) -> Any:
    """Return the text whose file is asked, None for none that the person may read."""
    if "copie" in request.GET:
        return sheet.working if may(request.actor, p.EDIT_KNOWLEDGE, sheet) else None
    if "version" not in request.GET:
        return sheet.current
    number = number_of(request.GET["version"])
    # Trees of small numbers refuse the others.
    is_small = number is not None and 0 < number < 2**31
    return sheet.versions.get(number) if is_small else None


def _page(sheet: Any, request: Any, problem: str | None) -> dict[str, Any]:
    request.layout.show(
        _("sheet-file-page", default="Fichier de la fiche"), subtitle=sheet.title
    )
    return {
        "form": file_form(sheet, request, problem),
        "sheet_url": request.resource_url(sheet),
    }


_SLIDES = _("sheet-file-slides", default="Diapositives")
