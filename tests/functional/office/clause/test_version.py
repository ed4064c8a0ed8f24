"""Versions of a clause: where it stands, two compared, an older one restored."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.library import clause_called
from tests.functional.conftest import log_in

CLAUSE = "/clausier/penalites/retard/penalties-late-fixed/"


@pytest.fixture
def versions(site: Any) -> Any:
    """A clause in three versions; the third one loses a sentence."""
    clause = clause_called(site, "penalties-late-fixed")
    data = {**clause.current.data, "title": "Pénalités de retard, forfait"}
    clause.add_version(data, "editeur", clock.now())
    text = "Le titulaire encourt une pénalité de {penalty_amount} par jour."
    clause.add_version({**data, "text": text}, "comite.juridique", clock.now())
    transaction.commit()
    return clause


def words(page: Any) -> str:
    """Return the words of a page, without no-break spaces."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


def test_the_page_tells_where_the_clause_stands(app_writer) -> None:
    said = words(app_writer.get(CLAUSE))
    assert "En vigueur depuis le" in said
    assert "Comparer la version" not in said


def test_a_retired_clause_is_told_as_such(app_writer, site) -> None:
    clause = clause_called(site, "penalties-late-fixed")
    clause.retire(clock.legal_day(clock.now()), "editeur", clock.now())
    transaction.commit()
    assert "Retirée à compter du" in words(app_writer.get(CLAUSE))


@pytest.mark.usefixtures("versions")
def test_two_versions_stand_side_by_side(app_writer) -> None:
    form = next(
        f
        for f in app_writer.get(CLAUSE).forms.values()
        if f.action.endswith("/comparaison")
    )
    form["de"], form["a"] = "1", "3"
    page = form.submit()
    said = words(page)
    assert "Version 3, du" in said
    assert "Solange Meyer" in said
    assert page.html.select(".difference del")
    same = app_writer.get(CLAUSE + "comparaison?de=2&a=2")
    assert "Rien ne change" in words(same)


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(
    "query", ["de=0&a=1", "de=1&a=9", "de=x&a=1", "de=%C2%B2&a=-1"]
)
def test_a_version_that_is_not_there_is_not_found(app_writer, query) -> None:
    app_writer.get(f"{CLAUSE}comparaison?{query}", status=404)
    app_writer.get(f"{CLAUSE}comparaison-word?{query}", status=404)


@pytest.mark.usefixtures("versions")
def test_word_tracks_the_changes_under_the_name_of_who_made_them(app_writer) -> None:
    page = app_writer.get(CLAUSE + "comparaison?de=1&a=3")
    answer = page.click("Télécharger en Word")
    assert "wordprocessingml" in answer.content_type
    document = ZipFile(BytesIO(answer.body)).read("word/document.xml").decode()
    assert 'w:author="Solange Meyer"' in document
    assert "<w:del " in document


@pytest.mark.usefixtures("versions")
def test_an_older_version_is_restored_as_a_proposal(served, database) -> None:
    app = log_in(served, "editeur")
    forms = [
        f for f in app.get(CLAUSE).forms.values() if f.action.endswith("/restaurer")
    ]
    assert len(forms) == 2
    first = next(f for f in forms if f["version"].value == "1")
    made = first.submit(status=303).follow()
    assert "Retour au texte de la version 1" in words(made)
    assert "Une proposition reprend le texte de la version 1" in words(made)
    refused = first.submit(status=409)
    assert "déjà ouverte" in words(refused)


@pytest.mark.usefixtures("versions")
def test_who_does_not_keep_the_clausier_restores_nothing(app_writer) -> None:
    page = app_writer.get(CLAUSE)
    assert "Restaurer cette version" not in page
    token = page.forms["logout"]["csrf_token"].value
    sent = {"csrf_token": token, "version": "1"}
    app_writer.post(CLAUSE + "restaurer", sent, status=403)


def test_a_version_no_page_sends_is_refused(served, database) -> None:
    app = log_in(served, "editeur")
    token = app.get(CLAUSE).forms["logout"]["csrf_token"].value
    for number in ("", "9", "--1", "9" * 5000):
        sent = {"csrf_token": token, "version": number}
        app.post(CLAUSE + "restaurer", sent, status=400)
