"""The canevas of a site: listed, proved, each written once."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import transaction
import ZODB

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.site import open_site
from sicp.operations import demonstration
from sicp.operations.document.fitting import Fitting
from sicp.operations.document.fitting import fitting_pieces
from sicp.operations.document.production import write_piece
from sicp.operations.document.proof import prove_every_template
from sicp.operations.document.reading import count_clauses
from sicp.operations.site import site_of
from sicp.operations.template import engine_canevas

_UNFIT = re.compile(r"[^\w.-]+")


@click.group()
def canevas() -> None:
    """List the canevas, prove them, write each of them once.

    A site that holds no canevas yet is answered for by those of this version, in a
    demonstration made in memory.
    """


@canevas.command("list")
@config_option
@json_option
def list_(config: str | None, as_json: bool) -> None:  # noqa: FBT001
    """List the canevas; --json gives a list."""
    with _site_with_canevas(config) as site:
        rows = [_row(item) for item in _sorted_templates(site)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        mark = " (socle)" if row["is_abstract"] else ""
        click.echo(f"{row['id']:<36} {row['document']:<10} {row['title']}{mark}")


@canevas.command()
@config_option
@json_option
@click.argument("names", metavar="[CANEVAS]…", nargs=-1)
def check(config: str | None, as_json: bool, names: tuple[str, ...]) -> None:  # noqa: FBT001
    """Prove canevas for all answers; status 1 when one is at fault.

    Findings are in French and name the clause. Without CANEVAS, all are proved.
    """
    with _site_with_canevas(config) as site:
        today = clock.legal_day(clock.now())
        _check_known(site, names)
        proofs = [
            (template, proof)
            for template, proof in prove_every_template(site, today)
            if not names or template.template_id in names
        ]
    report = [
        {
            "id": template.template_id,
            "is_sound": not proof.errors,
            "method": proof.method,
            "errors": [finding.message for finding in proof.errors],
            "remarks": [f.message for f in proof.findings if f not in proof.errors],
        }
        for template, proof in proofs
    ]
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else _told(report))
    if any(not line["is_sound"] for line in report):
        raise SystemExit(1)


@canevas.command("draft-all")
@config_option
@click.option(
    "--output",
    metavar="FOLDER",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write in; it is made if need be.",
)
@click.option("--pdf", is_flag=True, help="Write PDF files too; asks for LibreOffice.")
def draft_all(config: str | None, output: Path, pdf: bool) -> None:  # noqa: FBT001
    """Write each canevas once, on the consultation it suits best.

    Status 1 when a canevas suits no consultation, or gives a document with a problem.
    """
    output.mkdir(parents=True, exist_ok=True)
    faults = 0
    with _site_with_canevas(config) as site:
        now = clock.now()
        for fitting in fitting_pieces(site, clock.legal_day(now)):
            faults += not _write(site, fitting, output, now, has_pdf=pdf)
    if faults:
        message = f"{faults} canevas without a sound document."
        raise click.ClickException(message)


@contextmanager
def _site_with_canevas(config: str | None) -> Iterator[Any]:
    with open_site(config) as opened:
        if len(opened.root["canevas"]):
            yield opened.root
            return
        click.echo("The site holds no canevas: those of this version answer.", err=True)
        with _demonstration_in_memory(opened.registry) as site:
            yield site


@contextmanager
def _demonstration_in_memory(registry: Any) -> Iterator[Any]:  # noqa: ANN401
    database = ZODB.DB(None)
    connection = database.open()
    now = clock.now()
    try:
        site = site_of(connection, registry, now)
        transaction.commit()
        demonstration.build(site, registry, now, articles=())
        yield site
    finally:
        transaction.abort()
        connection.close()
        database.close()


def _sorted_templates(site: Any) -> list[Any]:  # noqa: ANN401
    found = (item for item in site["canevas"].values() if item.versions)
    return sorted(found, key=lambda item: (item.document, item.template_id))


def _row(template: Any) -> dict[str, Any]:  # noqa: ANN401
    read = engine_canevas(template)
    return {
        "id": read.id,
        "title": read.title,
        "document": read.document,
        "phase": read.phase,
        "version": len(template.versions),
        "extends": read.extends or None,
        "is_abstract": read.is_abstract,
        "clauses": count_clauses(template),
    }


def _check_known(site: Any, names: tuple[str, ...]) -> None:  # noqa: ANN401
    unknown = [name for name in names if name not in site["canevas"]]
    if unknown:
        message = f"There is no canevas {', '.join(unknown)}."
        raise click.ClickException(message)


def _told(report: list[dict[str, Any]]) -> str:
    lines = []
    for line in report:
        fate = "conforme" if line["is_sound"] else "EN DÉFAUT"
        lines.append(f"{line['id']}: {fate} – {line['method']}")
        lines += [f"  erreur : {message}" for message in line["errors"]]
        lines += [f"  remarque : {message}" for message in line["remarks"]]
    return "\n".join(lines)


def _write(
    site: Any,  # noqa: ANN401
    fitting: Fitting,
    output: Path,
    now: Any,  # noqa: ANN401
    *,
    has_pdf: bool,
) -> bool:
    """Write one canevas; tell whether its document is sound."""
    name = fitting.canevas.id
    if fitting.piece is None:
        click.echo(f"{name}: suits no consultation", err=True)
        return False
    draft = fitting.piece.draft
    for extension in ("docx", "pdf") if has_pdf else ("docx",):
        content = write_piece(site, fitting.consultation, draft, now, extension)
        (output / f"{_UNFIT.sub('-', name)}.{extension}").write_bytes(content)
    blanks = len(draft.questions)
    click.echo(
        f"{name}: {fitting.consultation.reference}, {blanks} blank(s) to fill, "
        f"{len(draft.problems)} problem(s)"
    )
    for problem in draft.problems:
        click.echo(f"  {problem.message}", err=True)
    return not draft.problems
