"""A clause in force is commented from its page, without any proposal."""

from email import message_from_bytes
from email import policy
from pathlib import Path
from typing import Any

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.library import clause_called
from tests.functional.conftest import log_in
from tests.functional.office.clause.test_version import words

CLAUSE = "/clausier/penalites/retard/penalties-late-fixed/"
QUOTE = "pénalité forfaitaire"


@pytest.fixture
def owned(site: Any) -> Any:
    """The clause, for which a lawyer of the committee answers."""
    clause = clause_called(site, "penalties-late-fixed")
    data = {**clause.current.data, "owner": "comite.juridique"}
    clause.add_version(data, "editeur", clock.now())
    transaction.commit()
    return clause


@pytest.fixture
def waiting(mails: Path) -> Path:
    """The folder of mails, empty."""
    folder = mails / "new"
    for file in folder.glob("*"):
        file.unlink()
    return folder


def received(folder: Path) -> list[tuple[str, str, str]]:
    """Return the mails that wait: to whom, subject, words."""
    found = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in folder.iterdir()
    ]
    return [(mail["To"], mail["Subject"], mail.get_content()) for mail in found]


def said(app: Any, text: str, **fields: str) -> Any:
    """Comment the clause and return its page."""
    form = app.get(CLAUSE).forms["comment"]
    form["text"] = text
    for name, value in fields.items():
        form[name] = value
    return form.submit("comment", status=303).follow()


def buttons(page: Any, way: str) -> list[Any]:
    """Return the forms by which threads are closed or opened."""
    return [f for f in page.forms.values() if (f.action or "").endswith(f"/{way}")]


@pytest.mark.usefixtures("owned")
def test_a_writer_comments_a_passage_and_the_owner_is_told(
    app_writer: Any, waiting: Path
) -> None:
    page = said(app_writer, "Et par heure ?", quote=QUOTE)
    thread = page.html.select_one(".passage-threads .thread")
    assert "Et par heure ?" in thread.get_text()
    assert QUOTE in thread.select_one(".thread-quote").get_text()
    assert "Discussion 1" in words(page)
    [(to, subject, body)] = received(waiting)
    assert to.startswith("comite.juridique")
    assert "Pénalités" in subject
    assert "Et par heure ?" in body
    assert CLAUSE.rstrip("/") in body


@pytest.mark.usefixtures("owned")
def test_an_answer_is_told_to_who_asked_and_the_owner_closes(
    served: Any, app_writer: Any, waiting: Path
) -> None:
    said(app_writer, "Et par heure ?")
    owner = log_in(served, "comite.juridique")
    page = owner.get(CLAUSE)
    form = next(f for k, f in page.forms.items() if str(k).startswith("answer-"))
    form["text"] = "Non : par jour."
    page = form.submit("answer", status=303).follow()
    assert "Non : par jour." in page.html.select_one(".thread-answer").get_text()
    told = {to: subject for to, subject, _body in received(waiting)}
    assert len(told) == 2
    assert any("Réponse à votre commentaire" in subject for subject in told.values())
    page = buttons(page, "traiter")[0].submit(status=303).follow()
    assert "Traité par Solange Meyer" in words(page)
    page = buttons(page, "rouvrir")[0].submit(status=303).follow()
    assert "Traité par" not in words(page)


@pytest.mark.usefixtures("owned")
def test_only_those_concerned_close_a_comment(
    served: Any, app_writer: Any, site: Any
) -> None:
    said(log_in(served, "comite.achats"), "Plafond ?")
    page = app_writer.get(CLAUSE)
    assert "Plafond ?" in words(page)
    assert buttons(page, "traiter") == []
    transaction.begin()
    name = clause_called(site, "penalties-late-fixed").comments[0].id
    sent = {"csrf_token": page.forms["logout"]["csrf_token"].value, "comment": name}
    assert "clos par son auteur" in app_writer.post(
        CLAUSE + "traiter", sent, status=403
    )
    assert buttons(log_in(served, "editeur").get(CLAUSE), "traiter")


def test_who_answers_for_no_clause_is_not_told(app_writer: Any, waiting: Path) -> None:
    said(app_writer, "Sans responsable.")
    assert list(waiting.iterdir()) == []


@pytest.mark.usefixtures("owned")
def test_nobody_is_told_what_he_wrote(served: Any, waiting: Path) -> None:
    said(log_in(served, "comite.juridique"), "Note pour moi.")
    assert list(waiting.iterdir()) == []


def test_what_cannot_be_kept_is_said_at_its_field(app_writer: Any, site: Any) -> None:
    form = app_writer.get(CLAUSE).forms["comment"]
    form["text"], form["quote"] = "Oui.", "jamais écrit"
    page = form.submit("comment", status=422)
    assert "Ces mots ne sont pas dans le texte" in words(page)
    assert page.forms["comment"]["text"].value == "Oui."
    form["text"], form["quote"] = "", ""
    form.submit("comment", status=422)
    transaction.begin()
    assert clause_called(site, "penalties-late-fixed").comments == ()


def test_a_comment_follows_its_words_from_version_to_version(
    app_writer: Any, site: Any
) -> None:
    said(app_writer, "Pourquoi ce mot ?", quote=QUOTE)
    transaction.begin()
    clause = clause_called(site, "penalties-late-fixed")
    data = {**clause.current.data, "text": "Le titulaire est sanctionné."}
    clause.add_version(data, "editeur", clock.now())
    transaction.commit()
    page = app_writer.get(CLAUSE)
    assert "Passages qui ne sont plus dans le texte" in words(page)
    assert "Pourquoi ce mot ?" in words(page)
    old = app_writer.get(CLAUSE + "?version=1")
    assert "comment" not in old.forms
    assert "Pourquoi ce mot ?" not in words(old)


def test_who_does_not_read_the_clausier_says_nothing(
    app_beneficiary: Any, app_writer: Any
) -> None:
    token = app_beneficiary.get("/").forms["logout"]["csrf_token"].value
    for way in ("commentaire", "reponse?a=x", "traiter", "rouvrir"):
        sent = {"csrf_token": token, "text": "x", "comment": "x"}
        app_beneficiary.post(CLAUSE + way, sent, status=403)
    token = app_writer.get("/").forms["logout"]["csrf_token"].value
    for way in ("reponse?a=x", "traiter", "rouvrir"):
        sent = {"csrf_token": token, "text": "x", "comment": "x"}
        app_writer.post(CLAUSE + way, sent, status=400)
