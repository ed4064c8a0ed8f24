"""Brings data into the site from published files."""

import json
import time
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click
import transaction
from ZODB.POSException import ConflictError

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.options import required_as_option
from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from sicp.cli.user import find_entity
from sicp.operations.open_data import REFUSED
from sicp.operations.open_data import Import
from sicp.operations.open_data import Outcome
from sicp.operations.open_data import begin_import
from sicp.operations.open_data import note_import
from sicp.operations.open_data import read_contracts
from sicp.operations.open_data import take

_BATCH = 200
_ATTEMPTS = 5


@click.group("import")
def import_() -> None:
    """Bring data into the site."""


@import_.command()
@config_option
@json_option
@required_as_option
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--body",
    metavar="NAME",
    help="Put all the contracts in this public body, told by its name or its address. "
    "Default: each buyer is a body of its own, found by its SIRET or made.",
)
@click.option(
    "--entity",
    metavar="PATH",
    help='Make this entity answer for all of them, such as "region/direction-x".',
)
def decp(  # noqa: PLR0913
    config: str | None,
    as_json: bool,  # noqa: FBT001
    actor: str,
    files: tuple[Path, ...],
    body: str | None,
    entity: str | None,
) -> None:
    """Import contracts published as "données essentielles" (any version, JSON or CSV).

    FILES may be compressed with gzip. Run again on the same file, it changes nothing;
    on a newer one, it updates what the publication changed, but never what a person
    wrote. Written 200 contracts at a time: an interrupted import is simply run again.
    What is refused is told with the reason; the rest is taken. Status 1 when a file
    cannot be read, or when nothing at all could be taken.
    """
    with open_site(config) as opened:
        work = begin_import(
            opened.root,
            _target(opened, body, entity),
            actor=opened.actor(actor),
            now=clock.now(),
            registry=opened.registry,
        )
        report = Report()
        for file in files:
            _import_file(opened, work, file, report)
        note_import(work, report.counts(), [file.name for file in files])
        opened.commit("import decp")
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report)
    if report.refused and report.read == len(report.refused):
        raise SystemExit(1)


class Report:
    """What an import did, told as text or as JSON."""

    def __init__(self) -> None:
        self.read = 0
        self.done: dict[str, int] = {"created": 0, "updated": 0, "unchanged": 0}
        self.refused: list[tuple[Path, Outcome]] = []

    def add(self, file: Path, outcomes: Iterable[Outcome]) -> None:
        """Count what became of some contracts of ``file``."""
        for outcome in outcomes:
            self.read += 1
            if outcome.kind == REFUSED:
                self.refused.append((file, outcome))
            else:
                self.done[outcome.kind] += 1

    def counts(self) -> dict[str, int]:
        """Return the number of contracts of each fate."""
        return {"read": self.read, **self.done, "refused": len(self.refused)}

    def as_json(self) -> dict[str, Any]:
        """Return the report for a machine; records are ranks in their file, from 1."""
        refused = [
            {
                "file": file.name,
                "record": outcome.positions[0],
                "records": list(outcome.positions),
                "uid": outcome.uid,
                "reasons": list(outcome.reasons),
            }
            for file, outcome in self.refused
        ]
        return {"read": self.read, **self.done, "refused": refused}

    def __str__(self) -> str:
        lines = [
            f"{file.name}, record {outcome.positions[0]} "
            f"({outcome.uid or 'no number'}): {' '.join(outcome.reasons)}"
            for file, outcome in self.refused
        ]
        counts = ", ".join(f"{count} {name}" for name, count in self.counts().items())
        return "\n".join([*lines, counts])


def _target(opened: OpenSite, body: str | None, entity: str | None) -> Any:
    if entity:
        return find_entity(opened, entity)
    return _find_body(opened, body) if body else None


def _find_body(opened: OpenSite, name: str) -> Any:
    top = opened.root["organisation"]
    found = [b for b in top.values() if name in {b.__name__, b.title}]
    if not found:
        message = f"There is no public body {name}."
        raise click.ClickException(message)
    return found[0]


def _import_file(opened: OpenSite, work: Import, file: Path, report: Report) -> None:
    start, before = time.monotonic(), report.read
    for batch in batches(read_contracts(file), _BATCH):
        report.add(file, _take_and_commit(opened, work, batch))
        seconds = time.monotonic() - start
        speed = (report.read - before) / seconds if seconds else 0
        progress = f"{file.name}: {report.read - before} contracts, {speed:.0f}/s"
        click.echo(progress, err=True)


def _take_and_commit(opened: OpenSite, work: Import, batch: list[Any]) -> list[Outcome]:
    for attempt in range(_ATTEMPTS):
        try:
            outcomes = take(work, batch)
            opened.commit("import decp")
        except ConflictError:
            transaction.abort()
            work.forget()
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return outcomes
    return []


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Cut things into lists of ``size``; the last one may be shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
