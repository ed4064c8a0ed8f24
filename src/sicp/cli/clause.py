"""Brings the clauses and canevas of this version into a site."""

import sys
from pathlib import Path

import click

from sicp import clock
from sicp.cli.options import as_option
from sicp.cli.options import config_option
from sicp.cli.site import open_site
from sicp.operations.clause.exchange import export_library
from sicp.operations.clause.exchange import import_library
from sicp.operations.template import load_library


@click.command()
@config_option
@as_option
def library(config: str | None, actor: str | None) -> None:
    """Load the clauses and the canevas that come with this version.

    To be run on a new site, and after each update. A clause whose text changed gets a
    new version; what people of the site wrote is never replaced.
    """
    with open_site(config) as opened:
        by = {
            "actor": opened.actor(actor),
            "now": clock.now(),
            "registry": opened.registry,
        }
        loaded = load_library(opened.root, **by)
        opened.commit("library")
    for what, counts in loaded.items():
        told = ", ".join(f"{count} {fate}" for fate, count in counts.items())
        click.echo(f"{what}: {told}")


@click.group()
def clausier() -> None:
    """Take the clausier out in an open format, or in."""


@clausier.command("export")
@config_option
@as_option
@click.option(
    "--output",
    metavar="FILE",
    default="-",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; the standard output by default.",
)
def export(config: str | None, actor: str | None, output: Path) -> None:
    """Write the clauses in all versions, the canevas and the publications as JSON."""
    with open_site(config) as opened:
        data = export_library(opened.root, actor=opened.actor(actor))
    if str(output) == "-":
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        click.echo(f"{output}: {len(data)} bytes")


@clausier.command("import")
@config_option
@as_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(config: str | None, actor: str | None, file: Path) -> None:
    """Take FILE in: what is new is added, what people wrote is never replaced.

    A file that cannot be read whole changes nothing and ends with status 1.
    """
    with open_site(config) as opened:
        counts = import_library(
            opened.root,
            file.read_bytes(),
            actor=opened.actor(actor),
            now=clock.now(),
            registry=opened.registry,
        )
        opened.commit("clausier import")
    click.echo(", ".join(f"{count} {fate}" for fate, count in counts.items()))
