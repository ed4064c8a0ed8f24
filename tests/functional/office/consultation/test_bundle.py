"""The pieces of a consultation are ordered, put together and downloaded."""

import hashlib
import zipfile
from io import BytesIO

import pytest

from sicp.operations.document import bundle as operation
from sicp.operations.document import bundle_source
from sicp.operations.document import production
from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import path_of
from tests.functional.office.consultation.test_draft import token


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    """Make Word files alone."""
    monkeypatch.setattr(production, "is_available", lambda: False)
    for module in (operation, bundle_source):
        monkeypatch.setattr(module, "may_make_pdf", lambda: False)


def names(page) -> list[str]:
    """Return the titles of the administrative pieces, as listed."""
    listed = page.html.select("section[aria-labelledby=bundle-drafts] .bundle-name")
    return [item.get_text() for item in listed]


def prepare(app, path: str):
    """Put the pieces together by the button of the page."""
    page = app.get(path + "dossier")
    form = next(f for f in page.forms.values() if "preparer" in f.action)
    return form.submit(status=303).follow()


def test_a_writer_orders_and_puts_the_pieces_together(app_writer, path) -> None:
    for canevas in ("ccap-common-services", "rc-open-call"):
        begin(app_writer, path, canevas)
    page = app_writer.get(path + "pieces/").click("Rassembler le dossier")
    before = names(page)
    assert len(before) >= 2
    values = {"csrf_token": token(page), "name": "rc-open-call", "step": "down"}
    page = app_writer.post(path + "dossier-ordre", values, status=303).follow()
    assert names(page)[:2] == [before[1], before[0]]
    page = prepare(app_writer, path)
    assert "Le dossier est rassemblé" in page
    assert "a changé depuis" not in page
    answer = page.click("Archive de toutes les pièces")
    digest = hashlib.sha256(answer.body).hexdigest()
    assert digest in page
    assert answer.headers["ETag"] == f'"{digest}"'
    assert answer.content_type == "application/zip"
    listed = zipfile.ZipFile(BytesIO(answer.body)).namelist()
    assert listed[0] == "00_Bordereau-des-pièces.docx"
    assert listed[1].startswith("01_CCAP")
    assert "a rassemblé le dossier" in app_writer.get(path + "historique")
    values["step"] = "up"
    page = app_writer.post(path + "dossier-ordre", values, status=303).follow()
    assert "a changé depuis" in page


def test_what_does_not_exist_is_not_found(app_writer, path) -> None:
    app_writer.get(path + "dossier-fichier?sorte=zip", status=404)
    app_writer.get(path + "dossier-fichier?sorte=../x", status=404)
    values = {"csrf_token": token(app_writer.get(path + "dossier"))}
    app_writer.post(path + "dossier-ordre", values, status=400)


def test_each_part_has_its_own_right(served, app_writer, path, site) -> None:
    begin(app_writer, path)
    prepare(app_writer, path)
    manager = log_in(served, "gestionnaire.central")
    page = manager.get(path + "dossier")
    assert page.click("Archive de toutes les pièces").content_length > 1000
    values = {"csrf_token": token(page)}
    for name in ("dossier-ordre", "dossier-ordre-technique", "dossier-preparer"):
        manager.post(path + name, values, status=403)
    gas = path_of(site, "gaz des laboratoires")
    technician = log_in(served, "technicien")
    values = {"csrf_token": token(technician.get(gas + "annexes/"))}
    technician.post(gas + "dossier-ordre", values, status=403)
    technician.post(gas + "dossier-preparer", values, status=403)
    technician.post(gas + "dossier-ordre-technique", values, status=404)
