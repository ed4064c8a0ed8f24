"""Take an archive into the base, give the base out: asked here, done beside."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.knowledge import is_in_bin
from sicp.exceptions import DomainError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IShelf
from sicp.operations.knowledge.bulk.job import AT_WORK
from sicp.operations.knowledge.bulk.job import BATCH
from sicp.operations.knowledge.bulk.job import CHECKED
from sicp.operations.knowledge.bulk.job import CHECKING
from sicp.operations.knowledge.bulk.job import DONE
from sicp.operations.knowledge.bulk.job import EXPORT
from sicp.operations.knowledge.bulk.job import FAILED
from sicp.operations.knowledge.bulk.job import GIVEN_UP
from sicp.operations.knowledge.bulk.job import IMPORT
from sicp.operations.knowledge.bulk.job import RUNNING
from sicp.operations.knowledge.bulk.job import ask_export
from sicp.operations.knowledge.bulk.job import ask_import
from sicp.operations.knowledge.bulk.job import confirm_import
from sicp.operations.knowledge.bulk.job import folder_title
from sicp.operations.knowledge.bulk.job import give_up
from sicp.operations.knowledge.bulk.job import job_called
from sicp.operations.knowledge.bulk.job import jobs_of
from sicp.operations.knowledge.bulk.job import report_lines
from sicp.operations.knowledge.bulk.job import report_page
from sicp.operations.knowledge.bulk.taking import CREATED
from sicp.operations.knowledge.bulk.taking import DUPLICATE
from sicp.operations.knowledge.bulk.taking import FATES
from sicp.operations.knowledge.bulk.taking import KEPT
from sicp.operations.knowledge.bulk.taking import REFUSED
from sicp.operations.knowledge.bulk.taking import UNCHANGED
from sicp.operations.knowledge.bulk.taking import UPDATED
from sicp.operations.upload import import_limit
from sicp.operations.user.right import may
from sicp.views.office.forms import number_of
from sicp.views.office.forms import upload_of
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.wording import by
from sicp.views.office.knowledge.wording import typed
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.downloads import stream_answer
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_UNPROCESSABLE = 422
_MOST_PROBLEMS = 200
#: The name of the page, as the address of what is asked follows it.
_IMPORT, _EXPORT = "importer", "exporter"

_STATES = {
    CHECKING: Badge(_("import-checking", default="En cours d’examen"), "info"),
    CHECKED: Badge(_("import-checked", default="À confirmer"), "warning"),
    RUNNING: Badge(_("job-running", default="En cours"), "info"),
    DONE: Badge(_("job-done", default="Terminé"), "success"),
    FAILED: Badge(_("job-failed", default="Échec"), "danger"),
    GIVEN_UP: Badge(_("job-given-up", default="Abandonné"), "neutral"),
}
_FATES = {
    CREATED: (_("fate-created", default="À créer"), "success"),
    UPDATED: (_("fate-updated", default="À mettre à jour"), "info"),
    UNCHANGED: (_("fate-unchanged", default="Sans changement"), "neutral"),
    DUPLICATE: (_("fate-duplicate", default="En double"), "neutral"),
    KEPT: (_("fate-kept", default="Gardée telle quelle"), "warning"),
    REFUSED: (_("fate-refused", default="Refusée"), "danger"),
}
_DONE_FATES = {
    CREATED: (_("fate-was-created", default="Créée"), "success"),
    UPDATED: (_("fate-was-updated", default="Mise à jour"), "info"),
}
_NOT_TAKEN = {DUPLICATE, KEPT, REFUSED}
_COLUMNS = (
    Column("title", _("import-column-title", default="Titre")),
    Column("where", _("import-column-where", default="Dans l’archive")),
    Column("folder", _("import-column-folder", default="Dossier")),
    Column("fate", _("import-column-fate", default="Suite"), is_short=True),
    Column("reason", _("import-column-reason", default="Motif")),
)


@offer(IShelf, rank=70, place=KEEPING)
def bulk_actions(shelf: Any, request: Any) -> Any:
    """Offer to take an archive in, and the base out, to who manages it."""
    if is_in_bin(shelf) or not may(request.actor, p.MANAGE_KNOWLEDGE, shelf):
        return
    url = request.resource_url(shelf, _IMPORT)
    yield Action(_("knowledge-import", default="Importer une archive"), url)
    if IKnowledgeBase.providedBy(shelf):
        url = request.resource_url(shelf, _EXPORT)
        yield Action(_("knowledge-export", default="Exporter la base"), url)


@view_config(
    name=_IMPORT,
    context=IShelf,
    permission=p.MANAGE_KNOWLEDGE,
    renderer="templates/bulk/take_in.pt",
)
def take_in(context: Any, request: Any) -> Any:
    """Send an archive; it is looked at, and nothing is written before one confirms."""
    if request.subpath:
        return _one_import(context, request)
    if request.method != "POST":
        return _import_page(context, request, None)
    try:
        sent = upload_of(request, import_limit(request.registry))
        published = bool(typed(request, "publish"))
        key = ask_import(context, sent, is_published=published, **by(request))
    except DomainError as error:
        request.response.status_int = _UNPROCESSABLE
        return _import_page(context, request, request.layout.say(error.message))
    return HTTPSeeOther(request.resource_url(context, _IMPORT, key))


@view_config(
    name=_EXPORT,
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    renderer="templates/bulk/give_out.pt",
)
def give_out(context: Any, request: Any) -> Any:
    """Ask for the base as an archive, take it once it is ready."""
    if request.subpath:
        return _archive(request)
    if request.method == "POST":
        ask_export(context, actor=request.actor, now=request.now)
        flash(request, _("export-asked", default="L’export est demandé."))
        return HTTPSeeOther(request.resource_url(context, _EXPORT))
    request.layout.show(_("knowledge-export", default="Exporter la base"))
    jobs = jobs_of(request.site, EXPORT, request.actor)
    exports = [_told_job(context, request, key, job, _EXPORT) for key, job in jobs]
    return {
        "exports": exports,
        "is_at_work": any(job.state in AT_WORK for _key, job in jobs),
        "url": request.resource_url(context, _EXPORT),
        "base_url": request.resource_url(context),
    }


def _archive(request: Any) -> Any:
    job = job_called(request.site, "/".join(request.subpath), request.actor)
    if job is None or job.kind != EXPORT or job.result is None:
        raise HTTPNotFound
    name = f"base-de-connaissances-{job.asked_at:%Y-%m-%d}.zip"
    return stream_answer(job.result.open("r"), job.size, name, "zip")


def _import_page(context: Any, request: Any, problem: str | None) -> dict[str, Any]:
    title = _("knowledge-import", default="Importer une archive")
    request.layout.show(title, subtitle=context.title)
    return {
        "job": None,
        "problem": problem,
        "url": request.resource_url(context, _IMPORT),
        "limit": display.file_size(import_limit(request.registry)),
        "imports": [
            _told_job(context, request, key, job, _IMPORT)
            for key, job in jobs_of(request.site, IMPORT, request.actor)
        ],
        "folder_url": request.resource_url(context),
    }


def _one_import(context: Any, request: Any) -> Any:
    key = "/".join(request.subpath)
    job = job_called(request.site, key, request.actor)
    if job is None or job.kind != IMPORT:
        raise HTTPNotFound
    url = request.resource_url(context, _IMPORT, key)
    if request.method == "POST":
        return _decide(request, key, url)
    request.layout.show(
        _("knowledge-import-one", default="Import"),
        subtitle=job.file_name,
        badge=_STATES[job.state],
    )
    is_dry = job.state in {CHECKING, CHECKED}
    wants_all = "tout" in request.GET
    return {
        "job": _told_job(context, request, key, job, _IMPORT),
        "state": job.state,
        "is_at_work": job.state in AT_WORK,
        "is_dry": is_dry,
        "is_published": job.is_published,
        "counts": _counts(job, is_dry=is_dry),
        "table": _report(request, job, is_dry=is_dry, wants_all=wants_all),
        "wants_all": wants_all,
        "all_url": f"{url}?tout=1",
        "url": url,
        "list_url": request.resource_url(context, _IMPORT),
        "folder_url": request.resource_url(context),
        "may_confirm": job.state == CHECKED
        and bool(job.counts.get(CREATED) or job.counts.get(UPDATED)),
        "may_give_up": job.state in {CHECKING, CHECKED, RUNNING},
    }


def _decide(request: Any, key: str, url: str) -> Any:
    try:
        if "confirm" in request.POST:
            confirm_import(request.site, key, actor=request.actor)
        else:
            give_up(request.site, key, actor=request.actor, now=request.now)
    except DomainError as error:
        flash(request, error.message, "warning")
    return HTTPSeeOther(url)


def _told_job(
    context: Any, request: Any, key: str, job: Any, page: str
) -> dict[str, Any]:
    return {
        "name": job.file_name,
        "url": request.resource_url(context, page, key),
        "folder": folder_title(request.site, job),
        "asked_at": display.moment(job.asked_at),
        "badge": _STATES[job.state],
        "reason": job.reason,
        "size": display.file_size(job.size) if job.size else "",
        "is_ready": job.result is not None,
        "done": display.number(job.done),
        "total": display.number(job.total) if job.total else "",
        "value": job.done if job.total else None,
        "most": job.total or None,
    }


def _counts(job: Any, *, is_dry: bool) -> list[tuple[str, str]]:
    return [
        (display.number(job.counts[fate]), _fate(fate, is_dry=is_dry).title)
        for fate in FATES
        if job.counts.get(fate)
    ]


def _report(request: Any, job: Any, *, is_dry: bool, wants_all: bool) -> Table | None:
    if job.state in AT_WORK:
        return None
    pager = None
    if wants_all:
        last = max(1, len(job.chunks))
        page = min(max(1, number_of(request.GET.get("page")) or 1), last)
        lines = report_page(job, page)
        pager = Pager.of(request, page, BATCH, sum(job.counts.values()))
    else:
        lines = report_lines(job, _NOT_TAKEN, _MOST_PROBLEMS)
    caption = _("import-report", default="Ce que l’import prend et ne prend pas")
    return Table(
        caption,
        _COLUMNS,
        [_row(request, line, is_dry=is_dry) for line in lines],
        pager=pager,
        empty=EmptyState(
            _("import-nothing-refused", default="Tout peut être pris.")
            if is_dry
            else _("import-all-taken", default="Tout est pris.")
        ),
    )


def _row(request: Any, line: dict[str, Any], *, is_dry: bool) -> Row:
    number = line["number"]
    base = request.site["connaissances"]
    url = request.resource_url(base, f"~{number}") if number in base.numbers else ""
    title = line["title"] or line["where"]
    return Row(
        (
            Cell(title, url),
            Cell(line["where"]),
            Cell(line["folder"]),
            Cell(badge=_fate(line["fate"], is_dry=is_dry)),
            Cell(line["reason"]),
        ),
        name=title,
    )


def _fate(fate: str, *, is_dry: bool) -> Badge:
    told = _FATES[fate] if is_dry else _DONE_FATES.get(fate, _FATES[fate])
    return Badge(*told)
