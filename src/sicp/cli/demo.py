"""Makes the demonstration site, tells how to enter it, serves it."""

from time import monotonic

import click

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.serve import run_server
from sicp.cli.settings import SiteFile
from sicp.cli.settings import embedded_file
from sicp.cli.settings import site_file
from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from sicp.cli.storage import storage_files
from sicp.operations import demonstration


@click.command()
@config_option
@click.option("--no-serve", is_flag=True, help="Make the site, do not serve it.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=6543, show_default=True, type=click.IntRange(0, 65535))
@click.option("--reset", is_flag=True, help="Throw the demonstration away first.")
def demo(
    config: str | None,
    no_serve: bool,  # noqa: FBT001
    host: str,
    port: int,
    reset: bool,  # noqa: FBT001
) -> None:
    """Make the demonstration site of the Region Île-des-Alpes, and serve it.

    Prints the accounts and their password. Run again, it changes nothing and serves.
    A site that is not a demonstration is never touched.
    """
    file = site_file(config or str(embedded_file(demonstration=True)))
    if not file.is_demonstration:
        message = (
            f"{file.path} is the site of real work (sicp.demonstration is not true): "
            "the demonstration goes elsewhere, such as SICP_VAR=var-demo sicp demo"
        )
        raise click.ClickException(message)
    if reset:
        _throw_away(file)
    with open_site(str(file.path)) as opened:
        _fill(opened)
        _tell_accounts(opened)
    if not no_serve:
        run_server(file, host, port, threads=8)


def _fill(opened: OpenSite) -> None:
    if demonstration.is_built(opened.root):
        click.echo("The demonstration site is there already.")
        return
    if len(opened.root["organisation"]):
        message = "This site has an organisation of its own: nothing was added to it."
        raise click.ClickException(message)
    start = monotonic()
    demonstration.build(opened.root, opened.registry, clock.now())
    opened.commit("demonstration")
    click.echo(f"The demonstration site was made in {monotonic() - start:.0f} s.")


def _tell_accounts(opened: OpenSite) -> None:
    accounts = demonstration.accounts(opened.root)
    width = max(len(account.login) for account in accounts)
    click.echo(f"\nAccounts (password of all: {demonstration.PASSWORD})")
    for account in accounts:
        click.echo(f"  {account.login:<{width}}  {account.name}: {account.what}")
    click.echo(f"\nSettings: {opened.file.path}")


def _throw_away(file: SiteFile) -> None:
    files = storage_files(file)
    if files is None:
        message = "--reset works on a FileStorage only: empty this database yourself."
        raise click.ClickException(message)
    # Opening it first makes sure that nobody is at work in it.
    with open_site(str(file.path)):
        pass
    files.remove()
