"""Serves the site to browsers, with waitress."""

import gc
import signal
import sys

import click
import plaster
import waitress

from sicp.app import main as make_application
from sicp.cli.alert import alerting
from sicp.cli.background import working
from sicp.cli.options import config_option
from sicp.cli.settings import SiteFile
from sicp.cli.settings import site_file
from sicp.cli.site import explained
from sicp.cli.site import open_site


@click.command()
@config_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=6543, show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
def serve(config: str | None, host: str, port: int, threads: int) -> None:
    """Serve the site over HTTP until interrupted.

    Put a proxy that speaks HTTPS before it on a real site. Refuses to start when the
    database waits for steps: run "sicp evolve --latest" first.
    """
    # The site is made, and its steps looked at, before anybody is let in.
    with open_site(config):
        pass
    run_server(site_file(config), host, port, threads)


def run_server(file: SiteFile, host: str, port: int, threads: int) -> None:
    """Serve until interrupted.

    Raises:
        click.ClickException: the database or the port is taken.
    """
    plaster.setup_logging(str(file.path))
    with explained(file):
        application = make_application({}, **file.settings)
    # What an application is made of stays: to walk it at each collection held a request
    # for a tenth of a second.
    gc.collect()
    gc.freeze()
    try:
        server = waitress.create_server(
            application, host=host, port=port, threads=threads, ident=None
        )
    except OSError as error:
        message = f"Cannot listen on {host}:{port}: {error.strerror}."
        raise click.ClickException(message) from error
    # A service manager stops with TERM: requests under way end, the database closes.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
    click.echo(f"SICP serves http://{host}:{server.effective_port}/ (Ctrl+C to stop)")
    try:
        registry = application.registry
        with working(registry), alerting(registry):
            server.run()
    finally:
        application.registry.search_service.close()
        for database in application.registry._zodb_databases.values():  # noqa: SLF001
            database.close()
