"""A writer edits the Word file outside, brings it back, and takes what he wants."""

import time

import pytest

from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import document
from tests.functional.office.consultation.test_draft import path_of
from tests.functional.office.consultation.test_draft import token
from tests.unit.engines.docx.word_edits import Edited

CCAP = "pieces/ccap-common-services/"
NEW_TEXT = "Le titulaire intervient sous huit jours <b>ouvrés."


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


@pytest.fixture
def word(app_writer, path) -> Edited:
    """The Word file of a piece just begun."""
    begin(app_writer, path)
    return Edited(app_writer.get(path + CCAP + "docx").body)


def send(app, path: str, data: bytes, name: str = "relu.docx", status: int = 303):
    """Bring a file back by the form of the page."""
    page = app.get(path + CCAP + "rapporter")
    values = {"csrf_token": token(page)}
    files = [("file", name, data)]
    return app.post(
        path + CCAP + "rapporter", values, upload_files=files, status=status
    )


def edited(word: Edited) -> bytes:
    """Rewrite an open clause, change a value, remove a compulsory clause."""
    texts = word.texts(word.clause("execution-times#1"))
    for text in texts[1:-1]:
        text.text = ""
    texts[-1].text = NEW_TEXT
    for control in word.values("duration_months"):
        word.retype(control, "18 mois")
    word.remove(word.clause("price-contents#1"))
    return word.data


def test_changes_are_shown_then_taken_once_confirmed(app_writer, path, word) -> None:
    page = send(app_writer, path, edited(word)).follow()
    assert "sous huit jours <b>ouvrés" in page.html.get_text(" ")
    assert "jours <b>" not in page.text
    assert "18 mois" in page
    assert "elle reste dans la pièce" in page
    before = document(app_writer.get(path + CCAP))
    assert "sous huit jours" not in before
    form = page.forms["changes"]
    reasons = [n for n in form.fields if n and n.startswith("reason-")]
    form[reasons[0]] = "Dit dans l’acte d’engagement"
    page = form.submit("apply", status=303).follow()
    assert "modifications sont reprises" in page
    after = document(app_writer.get(path + CCAP))
    assert "sous huit jours" in after
    assert "18 mois" in after
    history = app_writer.get(path + "historique")
    assert "a rapporté un fichier Word" in history
    assert "a repris un fichier Word rapporté" in history


def test_what_is_not_ticked_is_not_taken(app_writer, path, word) -> None:
    page = send(app_writer, path, edited(word)).follow()
    form = page.forms["changes"]
    for box in form.fields["take"]:
        box.checked = False
    page = form.submit("apply", status=303).follow()
    assert "Rien n’a été repris" in page
    assert "sous huit jours" not in document(app_writer.get(path + CCAP))


def test_a_refusal_in_the_middle_writes_nothing(app_writer, path, word) -> None:
    first, second = word.values("object")
    word.retype(first, "Nettoyage des écoles")
    word.retype(second, "Nettoyage des gymnases")
    page = send(app_writer, path, edited(word)).follow()
    form = page.forms["changes"]
    for box in form.fields["take"]:
        box.checked = True
    refused = form.submit("apply", status=422)
    assert "n’en retenez qu’une" in refused
    text = document(app_writer.get(path + CCAP))
    assert "sous huit jours" not in text
    assert "Nettoyage des gymnases" not in text


def test_a_piece_changed_meanwhile_is_compared_again(
    served, app_writer, path, word
) -> None:
    page = send(app_writer, path, edited(word)).follow()
    # A Word file tells the second it was made in: what follows must be a later one.
    time.sleep(2.1)
    other = log_in(served, "redacteur.central").get(path + CCAP).forms["form"]
    other["insertion_facilitator"] = "Maison bleue"
    other.submit("save", status=303)
    refused = page.forms["changes"].submit("apply", status=409)
    assert "peut venir d’un collègue" in refused
    assert "sous huit jours" not in document(app_writer.get(path + CCAP))
    refused.forms["changes"].submit("apply", status=303)
    assert "sous huit jours" in document(app_writer.get(path + CCAP))


def test_the_file_is_kept_and_given_back_as_it_came(app_writer, path, word) -> None:
    data = edited(word)
    page = send(app_writer, path, data, "C:\\moi\\relu <1>.docx").follow()
    listing = page.forms["changes"].submit("drop", status=303).follow()
    assert "Écarté" in listing
    answer = listing.click("relu")
    assert answer.body == data
    assert "relu" in answer.headers["Content-Disposition"]
    app_writer.get(path + CCAP + "comparer?fichier=x", status=404)
    app_writer.get(path + CCAP + "rapporte?fichier=%00", status=404)


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"PK\x03\x04 broken", b"<html>"])
def test_what_is_no_word_file_is_refused_in_french(app_writer, path, data) -> None:
    begin(app_writer, path)
    page = send(app_writer, path, data, status=422)
    assert page.html.select_one("#upload-file")["aria-invalid"] == "true"
    assert "Aucun fichier n’a été rapporté" in page


def test_a_manager_sees_the_files_and_brings_nothing(
    served, app_writer, path, word
) -> None:
    send(app_writer, path, word.data)
    manager = log_in(served, "gestionnaire.central")
    page = manager.get(path + CCAP + "rapporter")
    assert "upload" not in page.forms
    values = {"csrf_token": token(page)}
    for name in ("rapporter", "comparer"):
        manager.post(path + CCAP + name, values, status=403)
