"""The demonstration site, served to a browser as a small body would serve it.

``scripts/screens.py`` uses it too: what is pictured is what is proved.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

import transaction
import ZODB
from pyramid.traversal import resource_path
from waitress import create_server
from ZODB.DemoStorage import DemoStorage

from sicp import clock
from sicp.app import make_configurator
from sicp.cli.background import working
from sicp.operations import demonstration
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.release import FORCED
from sicp.operations.company import know_company
from sicp.operations.consultation.attachment import add_attachment
from sicp.operations.consultation.draft import create_draft
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.file import put_file
from sicp.operations.reading import note_reading
from sicp.operations.reading import read_waiting
from sicp.operations.reading import waiting_keys
from sicp.operations.site import site_of
from sicp.operations.upload import Upload
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import system_actor
from tests.conftest import FEW_ARTICLES
from tests.factories.knowledge import build_base
from tests.factories.knowledge import build_closed
from tests.factories.knowledge import written_sheet
from tests.factories.release import publish
from tests.unit.engines.text_extraction import described
from tests.unit.engines.text_extraction import files

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
#: What a file says of itself, at length.
_SAID = {
    "title": "Règlement de la consultation pour le nettoyage des locaux et des vitres",
    "author": "Direction de la commande publique, Jeanne Martin-Lefebvre",
    "modified": datetime(2025, 3, 4, 9, 30),
}
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
_COMPLETE = "Nettoyage des locaux"
_UNFINISHED = "Maintenance des cuisines"
_RULES = "rc-open-call"
#: A piece that a publication concerns: it proposes a clause and imposes another.
_CONCERNED = "ccap-common-services"
_OFFERED = "execution-times"
_IMPOSED = "price-contents"
#: A clause that has a question, a condition and a group, and no proposal otherwise.
_PROPOSED = "price-revisable"


@dataclass(frozen=True)
class Served:
    """Where the site is, and where its most telling objects are in it."""

    url: str
    #: A consultation whose form is complete, with lots and a piece begun.
    complete: str
    #: Another, of which half of the form is empty.
    unfinished: str
    #: A proposal being written.
    proposal: str
    #: The latest publication of the clausier.
    release: str
    #: A sheet of knowledge with two versions, which the editor amends.
    sheet: str

    @property
    def concerned(self) -> str:
        """A piece that the latest publication concerns."""
        return f"{self.complete}/pieces/{_CONCERNED}/"

    @property
    def rules(self) -> str:
        """The règlement de la consultation of the complete one."""
        return f"{self.complete}/pieces/{_RULES}/"


@contextmanager
def serving(**settings: str) -> Iterator[Served]:
    """Serve the demonstration from memory."""
    with TemporaryDirectory() as mails:
        # Mails wait there: nothing is sent from a test.
        waiting = {"mail.queue_path": f"{mails}/queue"}
        application, places = _application({**waiting, **settings})
        server = create_server(application, host="127.0.0.1", port=0, threads=6)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        with working(application.registry, pause=0.3):
            yield Served(f"http://127.0.0.1:{server.effective_port}", *places)
        server.close()
        thread.join(timeout=5)


def _application(settings: dict[str, str]) -> tuple[Any, list[str]]:
    application = make_configurator({**_SETTINGS, **settings}).make_wsgi_app()
    registry = application.registry
    # The memory alone has no place for the files that people join.
    registry._zodb_databases[""] = ZODB.DB(DemoStorage())
    connection = registry._zodb_databases[""].open()
    now = clock.now()
    site = site_of(connection, registry, now)
    transaction.commit()
    demonstration.build(site, registry, now, articles=FEW_ARTICLES)
    found = [_consultation(site, title) for title in (_COMPLETE, _UNFINISHED)]
    writer = actor_for(site, "redacteur", now)
    by = {"actor": writer, "now": now, "registry": registry}
    create_draft(found[0], _RULES, **by)
    create_draft(found[0], _CONCERNED, **by)
    for name, kind, data in _files():
        add_attachment(found[0], Upload(BytesIO(data), name), "", kind, **by)
    transaction.commit()
    committee = {**by, "actor": system_actor(site)}
    know_company(site, "73282932000074", "SIRET", "Dupont et filles", **committee)
    # Without a number, a company is named where its name is.
    know_company(site, "", "", "Nettoyage des locaux", **committee)
    _fill_base(site, committee, actor_for(site, "documentaliste", now))
    publish(site, committee, _OFFERED, "Le calendrier est remis au titulaire.")
    release = publish(site, committee, _IMPOSED, "La visite est comprise.", FORCED)
    keeper = {**by, "actor": actor_for(site, "editeur", now)}
    found.append(propose_amendment(site, _PROPOSED, **keeper))
    found.append(release)
    shelf = site["connaissances"]["fiches-pratiques"]["preparer"]
    found.append(written_sheet(shelf, keeper, by))
    _join(site, found[-1], described.docx(**_SAID), "Modèle daté.docx", keeper)
    transaction.commit()
    places = [resource_path(item) for item in found]
    connection.close()
    return application, places


def _fill_base(site: Any, by: dict[str, Any], keeper: Any) -> None:
    """Give the base sheets in every state, and something in its bin."""
    made = build_base(site, by)
    lycees = site["organisation"]["region-ile-des-alpes"]["direction-des-lycees"]
    build_closed(made, [lycees.__oid__], by)
    _join(
        site,
        made["draft"],
        files.docx("# Modèle", "Des mots."),
        "Modèle d’acte.docx",
        by,
    )
    remove_item(made["old"], **{**by, "actor": keeper}, reason="Doublon")


def _join(site: Any, sheet: Any, content: bytes, name: str, by: dict[str, Any]) -> None:
    """Put a file on a sheet, and read it."""
    put_file(sheet, Upload(BytesIO(content), name), **by)
    for key in waiting_keys(site):
        note_reading(site, key, read_waiting(site, key))


def _files() -> Iterator[tuple[str, str, bytes]]:
    """Give what is joined to the complete consultation; two sentences contradict it."""
    wrong = (
        "# 2. Durée",
        "Le marché est conclu pour une durée de deux ans.",
        "# 5. Exécution",
        "La visite des sites est facultative.",
    )
    yield "CCTP nettoyage.docx", "cctp", files.docx(*wrong)
    rows = [["Désignation", "Prix unitaire € HT"], ["Vitrerie", None]]
    yield "BPU et DQE.xlsx", "bpu", files.xlsx(BPU=rows, DQE=rows)
    yield "Plan des locaux.png", "plan", b"\x89PNG\r\n\x1a\n"


def _consultation(site: Any, title: str) -> Any:
    return next(
        consultation
        for body in site["consultations"].values()
        for year in body.values()
        for consultation in year.values()
        if consultation.object.startswith(title)
    )


def log_in(page: Any, login: str) -> None:
    """Enter as ``login`` by the page of connection."""
    page.goto("/connexion")
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state("load")
