"""The demonstration site, served to a browser as a small body would serve it.

``scripts/screens.py`` uses it too: what is pictured is what is proved.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import transaction
from waitress import create_server

from sicp import clock
from sicp.app import make_configurator
from sicp.operations import demonstration
from sicp.operations.site import site_of

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
#: No sandbox: the tests may run as root in a container. The rest keeps it offline.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = demonstration.PASSWORD
_SETTINGS = {
    "sicp.session_secret": "a secret of the tests, long enough for them",
    "sicp.secure_cookies": "false",
    "sicp.demonstration": "true",
    "zodbconn.uri": "memory://",
    "mail.default_sender": "sicp@example.org",
}


@contextmanager
def serving(**settings: str) -> Iterator[str]:
    """Serve the demonstration from memory; give its address."""
    server = create_server(_application(settings), host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


def _application(settings: dict[str, str]) -> Any:
    application = make_configurator({**_SETTINGS, **settings}).make_wsgi_app()
    connection = application.registry._zodb_databases[""].open()
    now = clock.now()
    site = site_of(connection, application.registry, now)
    transaction.commit()
    demonstration.build(site, application.registry, now)
    transaction.commit()
    connection.close()
    return application


def log_in(page: Any, login: str) -> None:
    """Enter as ``login`` by the page of connection."""
    page.goto("/connexion")
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state("load")
