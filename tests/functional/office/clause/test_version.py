"""Versions of a clause: where it stands, two compared, an older one restored."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_clause
from sicp.operations.clause.proposal import propose_retirement
from tests.conftest import all_powerful
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


def tracked(answer: Any) -> str:
    """Return the body of a Word file that was answered."""
    assert "wordprocessingml" in answer.content_type
    return ZipFile(BytesIO(answer.body)).read("word/document.xml").decode()


def plain(found: list[str]) -> str:
    """Return the words of pieces of a Word file."""
    return " ".join(re.sub(r"<[^>]+>", "", piece) for piece in found)


@pytest.fixture
def proposed(served: Any, site: Any) -> Any:
    """A proposal under examination: it changes « forfaitaire » only."""
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    data = dict(clause_called(site, "penalties-late-fixed").current.data)
    data["text"] = data["text"].replace("forfaitaire", "journalière")
    made = propose_amendment(site, data["id"], data=data, **by)
    move_proposal(made, "submit", **by)
    made.created_by = "comite.juridique"
    transaction.commit()
    return made


def test_a_proposal_is_taken_to_word_with_its_changes_tracked(
    served: Any, proposed: Any
) -> None:
    app = log_in(served, "comite.achats")
    page = app.get(f"/propositions/{proposed.__name__}/")
    document = tracked(page.click("Télécharger en Word avec suivi"))
    assert 'w:author="Solange Meyer"' in document
    at = proposed.modified_at.strftime("%Y-%m-%dT%H:%M")
    assert f'w:date="{at}' in document
    kept = r"<w:(ins|del) .*?</w:\1>"
    by_kind = {"ins": [], "del": []}
    for found in re.finditer(kept, document, re.DOTALL):
        by_kind[found[1]].append(found[0])
    assert "journalière" in plain(by_kind["ins"])
    assert "forfaitaire" in plain(by_kind["del"])
    assert "titulaire" not in plain(by_kind["ins"] + by_kind["del"])


def test_a_version_not_in_force_yet_is_not_what_it_is_compared_with(
    served: Any, site: Any, proposed: Any
) -> None:
    clause = clause_called(site, "penalties-late-fixed")
    data = {**clause.current.data, "title": "Titre à venir"}
    tomorrow = clock.legal_day(clock.now()) + timedelta(days=1)
    clause.add_version(data, "editeur", clock.now(), tomorrow)
    transaction.commit()
    app = log_in(served, "editeur")
    document = tracked(app.get(f"/propositions/{proposed.__name__}/comparaison-word"))
    assert "à venir" not in document
    assert "journalière" in document


def test_a_new_clause_is_inserted_and_a_retired_one_deleted_whole(
    served: Any, site: Any
) -> None:
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    clause = clause_called(site, "penalties-late-fixed")
    new = propose_clause(site, {**clause.current.data, "id": "penalties-new"}, **by)
    gone = propose_retirement(site, clause.clause_id, reason="Inutile.", **by)
    transaction.commit()
    app = log_in(served, "editeur")
    files = [
        tracked(app.get(f"/propositions/{item.__name__}/comparaison-word"))
        for item in (new, gone)
    ]
    assert "<w:ins " in files[0]
    assert "<w:del " not in files[0]
    assert "<w:del " in files[1]
    assert "<w:ins " not in files[1]


def test_who_does_not_see_the_proposals_takes_none_away(
    app_writer: Any, proposed: Any
) -> None:
    address = f"/propositions/{proposed.__name__}/comparaison-word"
    app_writer.get(address, status=403)
