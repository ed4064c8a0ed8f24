"""The files whose text could not be read, for who manages the base."""

from itertools import islice
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.operations.reading import failures
from sicp.operations.reading import retry_reading
from sicp.operations.reading import waiting_keys
from sicp.operations.user.right import may
from sicp.views.office.knowledge.file import text_badge
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import offer
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_PAGE = "lectures"
_MOST_SHOWN = 200
_MOST_RETRIED = 1_000
_COLUMNS = (
    Column("sheet", _("reading-sheet", default="Fiche")),
    Column("file", _("sheet-file", default="Fichier")),
    Column("state", _("reading-state", default="Lecture"), is_short=True),
    Column("reason", _("reading-reason", default="Motif")),
)


@offer(IKnowledgeBase, rank=80, place=KEEPING)
def reading_actions(base: Any, request: Any) -> Any:
    """Offer the files that could not be read to who manages the base."""
    if may(request.actor, p.MANAGE_KNOWLEDGE, base):
        title = _("readings", default="Lecture des fichiers")
        yield Action(title, request.resource_url(base, _PAGE))


@view_config(
    name=_PAGE,
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    renderer="templates/reading/show_readings.pt",
)
def show_readings(context: Any, request: Any) -> Any:
    """List what could not be read; have some of it, or all, read again."""
    if request.method == "POST":
        return _retry(context, request)
    request.layout.show(_("readings", default="Lecture des fichiers"))
    found = list(islice(failures(request.site, request.actor), _MOST_SHOWN))
    url = request.resource_url(context, _PAGE)
    table = Table(
        _("readings-failed", default="Fichiers dont le texte n’a pas pu être lu"),
        _COLUMNS,
        [_row(failure, request) for failure in found],
        batch_url=url,
        batch_actions=(("retry", _("reading-retry", default="Relire")),),
        empty=EmptyState(
            _("readings-none", default="Tous les fichiers qui ont un texte sont lus."),
        ),
    )
    return {
        "waiting": len(waiting_keys(request.site)),
        "count": len(found),
        "table": table,
        "url": url,
        "base_url": request.resource_url(context),
    }


def _retry(context: Any, request: Any) -> Any:
    if "all" in request.POST:
        found = failures(request.site, request.actor)
        keys = [failure.key for failure in islice(found, _MOST_RETRIED)]
    else:
        keys = [key for key in request.POST.getall("rows") if isinstance(key, str)]
    count = sum(retry_reading(request.site, key, now=request.now) for key in keys)
    if count:
        said = _(
            "readings-retried",
            default="Fichiers qui seront relus : ${count}.",
            mapping={"count": display.number(count)},
        )
        flash(request, said)
    else:
        flash(
            request, _("readings-chosen-none", default="Cochez des fichiers."), "info"
        )
    return HTTPSeeOther(request.resource_url(context, _PAGE))


def _row(failure: Any, request: Any) -> Row:
    file, sheet = failure.file, failure.sheet
    query = {"copie": "1"} if sheet.shown.file is not file or not sheet.current else {}
    file_url = request.resource_url(sheet, "fichier", query=query)
    return Row(
        (
            Cell(sheet.title, request.resource_url(sheet)),
            Cell(file.file_name, file_url, note=display.file_size(file.size)),
            Cell(badge=text_badge(file)),
            Cell(file.text_reason),
        ),
        id=failure.key,
        name=sheet.title,
    )
