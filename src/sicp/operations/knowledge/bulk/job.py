"""Imports and exports that pages ask for: done beside them, piece by piece.

An import is first looked at (« checking »), and told; once confirmed it is carried out.
Each piece is committed with how far it went, so that what is interrupted goes on.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from substanced.util import find_objectmap
from ZODB.blob import Blob

from sicp import permissions as p
from sicp.content_types.background import Job
from sicp.content_types.knowledge import base_of
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.bulk import opened_source
from sicp.operations.knowledge.bulk.export import begin_export
from sicp.operations.knowledge.bulk.export import note_export
from sicp.operations.knowledge.bulk.export import write_export
from sicp.operations.knowledge.bulk.taking import Import
from sicp.operations.knowledge.bulk.taking import begin_import
from sicp.operations.knowledge.bulk.taking import note_import
from sicp.operations.knowledge.bulk.taking import pass_over
from sicp.operations.knowledge.bulk.taking import relink
from sicp.operations.knowledge.bulk.taking import take
from sicp.operations.knowledge.bulk.target import ArchiveTarget
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.reading import background_of
from sicp.operations.reading import new_key
from sicp.operations.upload import Upload
from sicp.operations.upload import file_name
from sicp.operations.upload import hashed_copy
from sicp.operations.upload import import_limit
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import require

IMPORT, EXPORT = "import", "export"
CHECKING, CHECKED, RUNNING = "checking", "checked", "running"
DONE, FAILED, GIVEN_UP = "done", "failed", "given_up"
#: What the worker takes on.
AT_WORK = (CHECKING, RUNNING)
#: A page of the report is what is committed at one go.
BATCH = 50
#: Of one person and one kind; the oldest make room.
_MOST_KEPT = 10
#: A worker that says nothing for so long is gone: another goes on.
_LEASE = timedelta(minutes=2)


def ask_import(  # noqa: PLR0913
    folder: Any,
    upload: Upload | None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    is_published: bool = False,
) -> str:
    """Send a source to be looked at, then taken below ``folder``; return its key.

    Raises:
        NotAllowedError: the actor does not manage the base there.
        InvalidInputError: no file, empty or too large.
    """
    require(actor, p.MANAGE_KNOWLEDGE, folder)
    require_shelf(folder)
    if upload is None:
        raise InvalidInputError(
            _("attachment-file-needed", default="Choisissez un fichier."), "file"
        )
    job = Job(IMPORT, folder.__oid__, actor.login, now)
    job.source, job.file_name = Blob(), file_name(upload.name)
    upload.file.seek(0)
    with job.source.open("w") as target:
        job.size, _sha256 = hashed_copy(upload.file, target, import_limit(registry))
    job.state, job.is_published = CHECKING, is_published
    return _keep(find_objectmap(folder).root, job, now)


def ask_export(base: Any, *, actor: Actor, now: datetime) -> str:
    """Ask for the base as the actor reads it; return the key.

    Raises:
        NotAllowedError: the actor does not manage the base.
    """
    require(actor, p.MANAGE_KNOWLEDGE, base)
    job = Job(EXPORT, base.__oid__, actor.login, now)
    job.state = RUNNING
    return _keep(find_objectmap(base).root, job, now)


def confirm_import(site: Any, key: str, *, actor: Actor) -> None:
    """Have an import that was looked at carried out.

    Raises:
        StateError: it is not waiting for that.
    """
    job = job_called(site, key, actor)
    if job is None or job.state != CHECKED:
        raise StateError(
            _("import-not-waiting", default="Cet import n’attend pas de confirmation.")
        )
    job.state, job.done, job.counts = RUNNING, 0, {}
    job.chunks.clear()


def give_up(site: Any, key: str, *, actor: Actor, now: datetime) -> None:
    """Give an import up; what it took already stays.

    Raises:
        StateError: it is over.
    """
    job = job_called(site, key, actor)
    if job is None or job.state not in {CHECKING, CHECKED, RUNNING}:
        raise StateError(_("import-over", default="Cet import est terminé."))
    job.state, job.ended_at, job.source = GIVEN_UP, now, None


def job_called(site: Any, key: str, actor: Actor) -> Job | None:
    """Return what the actor asked for under this key; None for what others did."""
    jobs = site.background.jobs if site.background is not None else {}
    job: Job | None = jobs.get(key)
    return job if job is not None and job.by == actor.login else None


def jobs_of(site: Any, kind: str, actor: Actor) -> list[tuple[str, Job]]:
    """Return what the actor asked for, the latest first."""
    jobs = site.background.jobs if site.background is not None else {}
    found = [
        (key, job)
        for key, job in jobs.items()
        if job.kind == kind and job.by == actor.login
    ]
    return found[::-1]


def place_of(site: Any, job: Job) -> Any:
    """Return the folder a job is about, None when it is no more."""
    base = site[SERVICE]
    return base if job.place == base.__oid__ else base.numbers.get(job.place)


def waiting_jobs(site: Any, now: datetime) -> list[str]:
    """Return the keys of what is to be carried on, and that nobody is at."""
    jobs = site.background.jobs if site.background is not None else {}
    return [
        key
        for key, job in jobs.items()
        if job.state in AT_WORK and (job.held_until is None or job.held_until <= now)
    ]


def hold(site: Any, key: str, now: datetime) -> None:
    """Say that a worker is at a job."""
    job = site.background.jobs.get(key)
    if job is not None:
        job.held_until = now + _LEASE if job.state in AT_WORK else None


def carry_on(site: Any, key: str, *, now: datetime, registry: Any) -> Iterator[None]:
    """Carry a job on; the caller commits each time this yields.

    Raises:
        NotAllowedError: who asked has no right to it any more: the caller gives up
            what is not committed, and notes why (``fail``).
    """
    job = site.background.jobs[key]
    actor = actor_for(site, job.by, now)
    work = _import if job.kind == IMPORT else _export
    yield from work(site, job, actor, now, registry)


def fail(site: Any, key: str, reason: str, now: datetime) -> None:
    """Note that a job failed."""
    job = site.background.jobs.get(key)
    if job is not None and job.state in AT_WORK:
        job.state, job.reason, job.ended_at = FAILED, reason, now


def report_page(job: Job, number: int) -> tuple[dict[str, Any], ...]:
    """Return one page of the report, from 1; empty where there is none."""
    return tuple(job.chunks.get(number - 1, ()))


def report_lines(job: Job, fates: set[str], most: int) -> list[dict[str, Any]]:
    """Return the first lines of the report that met one of these fates."""
    lines = (line for chunk in job.chunks.values() for line in chunk)
    return list(islice((line for line in lines if line["fate"] in fates), most))


def _keep(site: Any, job: Job, now: datetime) -> str:
    jobs = background_of(site).jobs
    mine = [
        key
        for key, other in jobs.items()
        if (other.kind, other.by) == (job.kind, job.by) and other.state not in AT_WORK
    ]
    for key in mine[: max(0, len(mine) + 1 - _MOST_KEPT)]:
        del jobs[key]
    key = new_key(now)
    jobs[key] = job
    return key


def _import(
    site: Any, job: Job, actor: Actor, now: datetime, registry: Any
) -> Iterator[None]:
    folder = place_of(site, job)
    if folder is None:
        raise StateError(
            _("import-folder-gone", default="Le dossier de l’import n’existe plus.")
        )
    with _at_hand(job) as path, opened_source(path) as source:
        work = begin_import(
            folder,
            source,
            actor=actor,
            now=now,
            registry=registry,
            is_published=job.is_published,
            is_dry=job.state == CHECKING,
        )
        work.counts = Counter(job.counts)
        for _piece in _pieces(job, work):
            yield
            if job.state not in AT_WORK:
                return
        if work.is_dry:
            job.state, job.total = CHECKED, job.done
        else:
            for _batch in relink(work, BATCH):
                yield
            note_import(work, job.file_name)
            job.state, job.ended_at, job.source = DONE, now, None
        yield


def _pieces(job: Job, work: Import) -> Iterator[None]:
    records = work.source.records()
    rank = 0
    while batch := list(islice(records, BATCH)):
        if (rank + 1) * BATCH <= job.done:
            pass_over(work, batch)
        else:
            outcomes = take(work, batch)
            job.chunks[rank] = tuple(asdict(outcome) for outcome in outcomes)
            job.done, job.counts = rank * BATCH + len(batch), dict(work.counts)
            yield
        rank += 1


@contextmanager
def _at_hand(job: Job) -> Iterator[Path]:
    """Give the source as a file that nothing takes away meanwhile.

    Raises:
        StateError: it is gone.
    """
    if job.source is None:
        raise StateError(_("import-over", default="Cet import est terminé."))
    with job.source.open("r") as source:
        yield Path(source.name)


def _export(
    site: Any, job: Job, actor: Actor, now: datetime, registry: Any
) -> Iterator[None]:
    work = begin_export(site[SERVICE], actor=actor, now=now)
    job.total, job.done = len(work.items), 0
    yield
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        with ArchiveTarget(path) as target:
            for done in write_export(work, target):
                job.done = done
                yield
        job.size = path.stat().st_size
        job.result = Blob()
        job.result.consumeFile(str(path))
        note_export(work, registry)
        job.state, job.ended_at = DONE, now
        yield


def folder_title(site: Any, job: Job) -> str:
    """Return the title of the folder a job is about; empty when it is no more."""
    folder = place_of(site, job)
    return str(folder.title) if folder is not None and base_of(folder) else ""
