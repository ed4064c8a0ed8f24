"""Colleagues comment a piece and say what they think of it; the writer settles it."""

import pytest

from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import CCAP
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import path_of
from tests.functional.office.consultation.test_draft import token
from tests.functional.office.consultation.test_draft_reason import said


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


@pytest.fixture
def piece(app_writer, path) -> str:
    """The address of a piece that was begun."""
    begin(app_writer, path)
    return f"{path}pieces/{CCAP}/"


def comment(app, piece, text, **query):
    """Comment a piece as a reader does."""
    form = app.get(piece + "relecture", query).forms["form"]
    form["text"] = text
    return form.submit("comment", status=303).follow()


def test_a_reader_comments_a_passage_and_the_writer_settles_it(
    app_writer, app_manager, piece
) -> None:
    page = comment(app_manager, piece, "Délai trop <b>court</b>.", passage="invoicing")
    assert "Délai trop <b>court</b>." in said(page)
    assert "<b>court" not in page.text
    assert "Relecture (1)" in app_writer.get(piece)
    assert "Commentaires à traiter : 1" in said(app_writer.get(piece + ".."))
    page = app_writer.get(piece + "relecture")
    assert page.html.select_one(".comment-thread a[href$='#invoicing']")
    settle = next(f for f in page.forms.values() if "comment" in f.fields and not f.id)
    page = settle.submit(status=303).follow()
    assert "Traité par Marie Brunet" in said(page)
    assert "Relecture (1)" not in app_writer.get(piece)


def test_a_comment_is_answered_in_its_thread(app_writer, app_manager, piece) -> None:
    page = comment(app_manager, piece, "Pourquoi ce délai ?")
    link = page.html.select_one(".comment-thread a[href*=reponse]")["href"]
    form = app_writer.get(link).forms["form"]
    assert "quote" not in form.fields
    form["text"] = "Il vient du besoin."
    page = form.submit("comment", status=303).follow()
    assert "Il vient du besoin." in page.html.select_one(".comment-answer").get_text()


def test_an_empty_comment_is_told_at_its_field(app_manager, piece) -> None:
    form = app_manager.get(piece + "relecture").forms["form"]
    page = form.submit("comment", status=422)
    assert page.html.select_one("#form-text")


def test_a_review_is_asked_by_mail_and_answered(
    app_writer, served, piece, mails
) -> None:
    before = set(mails.glob("new/*"))
    form = app_writer.get(piece + "demander-relecture").forms["form"]
    offered = [
        box["value"]
        for box in app_writer.get(piece + "demander-relecture").html.select(
            "input[type=checkbox]"
        )
    ]
    assert "gestionnaire" in offered
    assert "beneficiaire" not in offered
    assert "redacteur.lac" not in offered
    assert "redacteur" not in offered
    for box in form.fields.values():
        for field in box:
            if getattr(field, "_value", None) == "gestionnaire":
                field.checked = True
    form["note"] = "Surtout les pénalités."
    page = form.submit("ask", status=303).follow()
    assert "Attendue" in said(page)
    (mail,) = set(mails.glob("new/*")) - before
    assert "relecture" in mail.read_text()
    app = log_in(served, "gestionnaire")
    assert "Votre relecture est demandée" in app.get(piece + "relecture")
    form = app.get(piece + "rendre-relecture").forms["form"]
    choose(form, "rework")
    assert "Donnez le motif" in form.submit("give", status=422)
    choose(form, "rework")
    form["reason"] = "Plafond des pénalités."
    page = form.submit("give", status=303).follow()
    assert "À reprendre" in said(page)
    assert "Plafond des pénalités." in said(page)
    assert "a rendu un avis sur une pièce" in app.get(piece + "../../historique")


def choose(form, value) -> None:
    """Tick the radio button of a value."""
    for fields in form.fields.values():
        for field in fields:
            if getattr(field, "options", None) and value in [
                option[0] for option in field.options
            ]:
                field.value = value


def test_who_was_not_asked_gives_no_review(app_manager, piece) -> None:
    form = app_manager.get(piece + "rendre-relecture").forms["form"]
    choose(form, "fine")
    page = form.submit("give", status="*")
    assert page.status_int in {403, 422}
    assert "ne vous est pas demandée" in page


def test_only_who_sees_the_piece_takes_part(
    served, app_writer, piece, database
) -> None:
    values = {"csrf_token": token(app_writer.get(piece + "relecture")), "text": "x"}
    for login in ("beneficiaire", "redacteur.lac"):
        app = log_in(served, login)
        for name in ("relecture", "demander-relecture", "rendre-relecture"):
            app.get(piece + name, status=403)
            app.post(piece + name, values, status=403)
        app.post(piece + "commentaire-traite", values, status=403)
    manager = log_in(served, "gestionnaire")
    manager.get(piece + "demander-relecture", status=403)


def test_a_comment_that_is_none_is_not_settled(app_writer, piece) -> None:
    page = app_writer.get(piece + "relecture")
    values = {"csrf_token": token(page), "comment": "nowhere"}
    answer = app_writer.post(piece + "commentaire-traite", values, status=400)
    assert "n’existe plus" in answer
