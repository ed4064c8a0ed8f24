"""Brings the clauses and canevas of this version into a site."""

import click

from sicp import clock
from sicp.cli.options import as_option
from sicp.cli.options import config_option
from sicp.cli.site import open_site
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
