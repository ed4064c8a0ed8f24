"""The knowledge base in bulk: taken in, given out, its files read."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import transaction
from ZODB.POSException import ConflictError

from sicp import clock
from sicp.cli.background import work_off
from sicp.cli.exchange import batches
from sicp.cli.options import as_option
from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from sicp.operations.knowledge.bulk import opened_source
from sicp.operations.knowledge.bulk.export import begin_export
from sicp.operations.knowledge.bulk.export import note_export
from sicp.operations.knowledge.bulk.export import write_export
from sicp.operations.knowledge.bulk.taking import FATES
from sicp.operations.knowledge.bulk.taking import KEPT
from sicp.operations.knowledge.bulk.taking import REFUSED
from sicp.operations.knowledge.bulk.taking import Import
from sicp.operations.knowledge.bulk.taking import Outcome
from sicp.operations.knowledge.bulk.taking import begin_import
from sicp.operations.knowledge.bulk.taking import note_import
from sicp.operations.knowledge.bulk.taking import relink
from sicp.operations.knowledge.bulk.taking import take
from sicp.operations.knowledge.bulk.target import FolderTarget
from sicp.operations.knowledge.redirect import resolve

_BATCH = 200
_ATTEMPTS = 5


@click.command("import")
@config_option
@json_option
@as_option
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--under",
    metavar="PATH",
    default="",
    help='Folder to take them in, such as "marches/modeles". Default: the base itself.',
)
@click.option("--dry-run", is_flag=True, help="Tell what would be done, write nothing.")
@click.option(
    "--publish/--draft",
    default=True,
    help="Publish what is taken, or leave it as drafts. Default: published.",
)
def import_(  # noqa: PLR0913
    config: str | None,
    as_json: bool,  # noqa: FBT001
    actor: str | None,
    source: Path,
    under: str,
    dry_run: bool,  # noqa: FBT001
    publish: bool,  # noqa: FBT001
) -> None:
    """Take SOURCE into the base: a folder, a ZIP archive, or lines of JSON.

    Each file becomes a sheet, in folders named as its own. A table at the top, called
    "metadonnees" (.xlsx, .ods or .csv), tells more of them: its columns are chemin,
    titre, sorte, thèmes, dossier, texte, and the fields of each kind. A file of lines
    of JSON (.jsonl) tells one sheet a line: "title", "text", and if wanted "kind",
    "fields", "themes", "folder", "path". What "sicp knowledge export" wrote is read
    back with its tree.

    What is taken is published, so that people find it; a sheet whose required fields
    are missing stays a draft. --draft leaves all of it to be read again first.

    Run again, it changes nothing; a newer source updates what it changed, but never
    what a person wrote. What is refused is told with the reason; the rest is taken.
    Status 1 when the source cannot be read, or when nothing at all could be taken.
    """
    with open_site(config) as opened, opened_source(source) as read:
        work = begin_import(
            _shelf(opened, under),
            read,
            actor=opened.actor(actor),
            now=clock.now(),
            registry=opened.registry,
            is_published=publish,
            is_dry=dry_run,
        )
        problems = _take_all(opened, work, source.name)
    _tell(work, problems, as_json=as_json)
    if sum(work.counts.values()) and work.counts[REFUSED] == sum(work.counts.values()):
        raise SystemExit(1)


@click.command()
@config_option
@as_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(config: str | None, actor: str | None, folder: Path) -> None:
    """Write the whole base in FOLDER, as a site that is read without any server.

    Open its index.html in a browser. It holds what the account may read, the files too,
    and data.jsonl, by which "sicp knowledge import FOLDER" takes all of it back.
    FOLDER must be empty, or not be there yet.
    """
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty."
        raise click.ClickException(message)
    with open_site(config) as opened:
        base = opened.root["connaissances"]
        work = begin_export(base, actor=opened.actor(actor), now=clock.now())
        with FolderTarget(folder) as target:
            for done in write_export(work, target):
                click.echo(f"{done} of {len(work.items)}", err=True)
                opened.connection.cacheGC()
        note_export(work, opened.registry)
        opened.commit("knowledge export")
    click.echo(f"{folder / 'index.html'}: {len(work.items)} folders and sheets")


@click.command()
@config_option
@json_option
def extract(config: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Read the files that wait, carry out the imports and exports that pages asked for.

    Each file is read in a process apart, whose time and memory are bounded.

    The server does it by itself; run this every minute where something else than
    "sicp serve" serves the site.
    """
    with open_site(config) as opened:
        counts = work_off(opened.registry)
    if as_json:
        click.echo(json.dumps(dict(counts)))
        return
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(told or "nothing waited")


def _take_all(opened: OpenSite, work: Import, name: str) -> list[Outcome]:
    """Take all of a source, batch by batch; return what was not taken."""
    start, problems = time.monotonic(), []
    for batch in batches(work.source.records(), _BATCH):
        problems += [
            outcome
            for outcome in _take_and_commit(opened, work, batch)
            if outcome.fate in {REFUSED, KEPT}
        ]
        done = sum(work.counts.values())
        speed = done / max(time.monotonic() - start, 1e-6)
        click.echo(f"{name}: {done} taken, {speed:.0f}/s", err=True)
    if not work.is_dry:
        for _batch in relink(work, _BATCH):
            opened.commit("knowledge import")
        note_import(work, name)
        opened.commit("knowledge import")
    return problems


def _take_and_commit(
    opened: OpenSite, work: Import, batch: Iterable[Any]
) -> list[Outcome]:
    for attempt in range(_ATTEMPTS):
        before = work.memory()
        try:
            outcomes = take(work, batch)
            if work.is_dry:
                transaction.abort()
            else:
                opened.commit("knowledge import")
        except ConflictError:
            transaction.abort()
            work.go_back(before)
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            opened.connection.cacheGC()
            return outcomes
    return []


def _shelf(opened: OpenSite, path: str) -> Any:
    base = opened.root["connaissances"]
    found = resolve(base, [name for name in path.split("/") if name])
    if found is None:
        message = f"There is no folder {path}."
        raise click.ClickException(message)
    return found


def _tell(work: Import, problems: list[Outcome], *, as_json: bool) -> None:
    counts = {fate: work.counts[fate] for fate in FATES}
    if as_json:
        told = [
            {"where": o.where, "title": o.title, "fate": o.fate, "reason": o.reason}
            for o in problems
        ]
        report = {"read": sum(counts.values()), **counts, "problems": told}
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    for outcome in problems:
        click.echo(f"{outcome.where}: {outcome.title} – {outcome.reason}")
    click.echo(", ".join(f"{count} {fate}" for fate, count in counts.items()))
