"""Keeps the knowledge base of a site: loaded, taken in, given out."""

import click

from sicp import clock
from sicp.cli.bulk import export
from sicp.cli.bulk import extract
from sicp.cli.bulk import import_
from sicp.cli.options import as_option
from sicp.cli.options import config_option
from sicp.cli.site import open_site
from sicp.operations.knowledge.reminder import remind_reviews
from sicp.operations.knowledge.seed import load_knowledge


@click.group()
def knowledge() -> None:
    """Keep the knowledge base: folders, articles of the code, sheets."""


@knowledge.command()
@config_option
@as_option
@click.option(
    "--articles",
    metavar="NUMBER",
    multiple=True,
    help="Load only the articles whose number begins so, such as L212; may be given "
    "several times. Default: the whole code.",
)
def load(config: str | None, actor: str | None, articles: tuple[str, ...]) -> None:
    """Load the folders, articles and sheets that come with this version.

    To be run on a new site, and after each update. A sheet whose text changed gets a
    new version; what people of the site wrote is never replaced ("kept"), what they
    threw away does not come back.
    """
    with open_site(config) as opened:
        counts = load_knowledge(
            opened.root,
            actor=opened.actor(actor),
            now=clock.now(),
            registry=opened.registry,
            articles=articles or None,
        )
        opened.commit("knowledge load")
    click.echo(", ".join(f"{count} {fate}" for fate, count in counts.items()))


for _command in (export, extract, import_):
    knowledge.add_command(_command)


@knowledge.command()
@config_option
def remind(config: str | None) -> None:
    """Write to those who answer for sheets whose day of review has come.

    To be run once a day. Each review is told once.
    """
    with open_site(config) as opened:
        count = remind_reviews(opened.root, now=clock.now(), registry=opened.registry)
        opened.commit("knowledge remind")
    click.echo(f"{count} reminded")
