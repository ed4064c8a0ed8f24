"""A writer freezes a complete piece; its bytes never change; a reader checks them."""

import hashlib

import pytest

from sicp.operations.document import production
from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import document
from tests.functional.office.consultation.test_draft import path_of
from tests.functional.office.consultation.test_draft import token

PIECE = "pieces/ae-services/"


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


@pytest.fixture
def quick(monkeypatch) -> None:
    """Make Word files alone."""
    monkeypatch.setattr(production, "is_available", lambda: False)


def freeze_by_the_page(app, path: str):
    """Freeze by the button of the page; return the page that follows."""
    begin(app, path, "ae-services")
    page = app.get(path + PIECE).click("Figer la pièce")
    form = next(f for f in page.forms.values() if f.action.endswith("/figer"))
    return form.submit(status=303).follow()


def test_a_complete_piece_is_frozen_with_its_two_files(app_writer, path) -> None:
    page = freeze_by_the_page(app_writer, path)
    assert "La pièce est figée" in page
    assert "par Marie Brunet" in page
    for extension in ("docx", "pdf"):
        first = app_writer.get(path + PIECE + extension)
        digest = hashlib.sha256(first.body).hexdigest()
        assert digest in page
        assert first.headers["ETag"] == f'"{digest}"'
        assert app_writer.get(path + PIECE + extension).body == first.body
    form = next(f for f in page.forms.values() if f.action.endswith("/verifier"))
    assert "à l’octet près" in form.submit(status=303).follow()
    assert "Figée" in app_writer.get(path + "pieces/")
    history = app_writer.get(path + "historique")
    assert "a figé une pièce" in history
    assert digest[:12] in history


def test_a_frozen_piece_is_read_and_never_written(app_writer, path, quick) -> None:
    freeze_by_the_page(app_writer, path)
    page = app_writer.get(path + PIECE)
    before = document(page)
    assert "form" not in page.forms
    assert "Cette pièce est figée" in page
    form = app_writer.get(path + "formulaire/need").forms["form"]
    form["place"] = "Lycées de la vallée blanche"
    form["object"] = "Entretien des locaux"
    form.submit("stay", status=303)
    assert document(app_writer.get(path + PIECE)) == before
    assert "Des réponses ont changé depuis" in app_writer.get(path + PIECE + "figer")
    posted = {"csrf_token": token(app_writer.get(path + PIECE + "figer"))}
    for name in ("retrait", "choix", "figer"):
        values = {**posted, "clause": "x", "group": "x"}
        app_writer.post(path + PIECE + name, values, status=409)
    assert app_writer.get(path + PIECE + "pdf", status=503)


def test_an_incomplete_piece_says_what_is_missing(app_writer, path, quick) -> None:
    form = app_writer.get(path + "formulaire/need").forms["form"]
    form["object"] = ""
    form.submit("stay", status="*")
    begin(app_writer, path, "ccap-common-services")
    clear = app_writer.get(path + "formulaire/contract").forms["form"]
    clear["duration_months"] = ""
    clear.submit("stay", status="*")
    address = path + "pieces/ccap-common-services/figer"
    page = app_writer.get(address)
    assert "Ce qui manque avant de figer" in page
    refused = app_writer.post(address, {"csrf_token": token(page)}, status=409)
    assert "La pièce ne peut pas être figée" in refused


def test_a_piece_is_opened_again_with_its_reason(app_writer, path, quick) -> None:
    page = freeze_by_the_page(app_writer, path)
    refused = page.forms["form"].submit("reopen", status=422)
    assert "Rouvrir la pièce" in refused
    form = refused.forms["form"]
    form["reason"] = "Le lot 2 est mal décrit"
    page = form.submit("reopen", status=303).follow()
    assert "La pièce est rouverte" in page
    assert "Le lot 2 est mal décrit" in app_writer.get(path + "historique")


def test_a_manager_reads_and_verifies_but_freezes_nothing(
    served, app_writer, path, quick
) -> None:
    freeze_by_the_page(app_writer, path)
    manager = log_in(served, "gestionnaire.central")
    page = manager.get(path + PIECE + "figer")
    assert "form" not in page.forms
    values = {"csrf_token": token(page)}
    manager.post(path + PIECE + "verifier", values, status=303)
    manager.post(path + PIECE + "figer", values, status=403)
    manager.post(path + PIECE + "defiger", {**values, "reason": "x"}, status=403)
