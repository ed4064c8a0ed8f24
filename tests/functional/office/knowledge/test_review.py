"""A sheet goes from its writer to the committee, and to its readers."""

from datetime import date
from email import message_from_string
from email.policy import default
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp import clock
from sicp import permissions as p
from sicp.operations.knowledge.comment import comments_of
from sicp.operations.knowledge.comment import usefulness_of
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.knowledge.sheet import write_sheet
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from tests.functional.conftest import confirmed
from tests.functional.conftest import log_in


def form_to(page: Any, view: str) -> Any:
    """Return the form of a page that posts to a view."""
    return next(f for f in page.forms.values() if f.action.endswith(f"/{view}"))


def posts(page: Any) -> set[str]:
    return {f.action.rsplit("/", 1)[-1] for f in page.forms.values()}


@pytest.fixture
def editor(site: Any, by: dict[str, Any], made: Any) -> dict[str, Any]:
    """What operations ask for; the editor acts."""
    return {**by, "actor": actor_for(site, "editeur", by["now"])}


@pytest.fixture
def written(made: Any, editor: Any) -> Any:
    """A published sheet that the editor amended."""
    sheet = made["decree"]
    start_editing(sheet, **editor)
    fields = dict(sheet.current.fields)
    text = "<p>Le décret, revu.</p>"
    write_sheet(sheet, SheetInput("Décret revu", text, fields), **editor)
    transaction.commit()
    return sheet


@pytest.fixture
def app_committee(served: Any, database: Any) -> Any:
    """Another who writes and publishes."""
    return log_in(served, "documentaliste")


@pytest.fixture
def sent(mails: Any) -> Any:
    """Give the mails sent since the beginning of the test."""
    before = set(mails.rglob("*"))

    def new() -> list[str]:
        found = set(mails.rglob("*")) - before
        return [m.read_text("utf-8", "replace") for m in found if m.is_file()]

    return new


def test_a_text_is_submitted_returned_and_published(
    app_editor, app_committee, app_reader, written, site, sent
) -> None:
    path = resource_path(written)
    page = app_editor.get(f"{path}/relecture")
    form = page.forms["submit"]
    form["note"] = "Voyez le titre"
    form.submit(status=303)
    assert app_editor.get(f"{path}/modifier").forms.get("sheet") is None
    listed = app_committee.get("/connaissances/a-relire")
    assert "Décret revu" in listed.text
    assert "Décret revu" in app_committee.get("/").text
    page = app_committee.get(f"{path}/relecture")
    assert "Voyez le titre" in page.text
    assert page.forms["return"].submit(expect_errors=True).status_int == 422
    form = page.forms["return"]
    form["reason"] = "Citez l’article"
    form.submit(status=303)
    assert len(sent()) == 1
    page = app_editor.get(f"{path}/modifier")
    assert "Citez l’article" in page.text
    page.forms["sheet"].submit("close", status=303)
    form = app_committee.get(f"{path}/relecture").forms["publish"]
    assert form["review_on"].value
    form["note"], form["review_on"] = "Mise à jour", "02/03/2030"
    path = form.submit(status=303).location
    assert "revu" in app_reader.get(path).text
    assert "Mise à jour" in app_reader.get(f"{path}versions").text
    transaction.begin()
    assert written.review_on == date(2030, 3, 2)


def test_who_may_not_decide_is_offered_nothing(app_reader, app_writer, written) -> None:
    path = resource_path(written)
    for app in (app_reader, app_writer):
        for view in ("publier", "renvoyer", "soumettre", "obsolete", "en-vigueur"):
            token = app.get(path).forms["logout"]["csrf_token"].value
            answer = app.post(
                f"{path}/{view}",
                {"csrf_token": token, "reason": "x"},
                expect_errors=True,
            )
            assert answer.status_int == 403, view
        assert "Décret revu" not in app.get("/connaissances/a-relire").text
        page = app.get(path)
        assert "Relire et publier" not in page.text
        assert "revu" not in page.text


def test_what_is_missing_is_told_before_publication(
    app_editor, made, site, editor
) -> None:
    form = app_editor.get(
        f"{resource_path(made['texts'])}/nouvelle-fiche?sorte=official_text"
    ).forms["sheet"]
    form["title"], form["text"] = "Loi", "Un."
    path = form.submit("save", status=303).location
    answer = (
        app_editor.get(f"{path}relecture").forms["publish"].submit(expect_errors=True)
    )
    assert answer.status_int == 409
    assert "Nature" in answer.html.select_one(".error-summary").get_text()


def test_a_sheet_is_obsolete_under_a_banner_then_in_force(
    app_editor, app_reader, made
) -> None:
    path = resource_path(made["lots"])
    page = app_editor.get(path).click("Déclarer obsolète")
    assert page.forms["state"].submit(expect_errors=True).status_int == 422
    form = page.forms["state"]
    form["reason"] = "Remplacée par une autre"
    form.submit(status=303)
    page = app_reader.get(path)
    assert "Cette fiche est obsolète" in page.text
    assert "Remplacée par une autre" in page.text
    assert app_editor.get(f"{path}/obsolete").forms["state"]
    form = app_editor.get(f"{path}/en-vigueur").forms["state"]
    form["reason"] = "À jour"
    form.submit(status=303)
    assert "obsolète" not in app_reader.get(path).text


def test_a_sheet_is_entrusted_by_name(app_editor, made, site) -> None:
    path = resource_path(made["lots"])
    page = app_editor.get(f"{path}/confier")
    form = page.forms["entrust"]
    for said in ("personne du tout", "!"):
        form["owner"] = said
        answer = form.submit(expect_errors=True)
        assert answer.status_int == 422
    form["owner"] = site["utilisateurs"]["redacteur"].title
    form["review_on"] = "03/04/2031"
    form.submit(status=303)
    transaction.begin()
    sheet = made["lots"]
    assert (sheet.owner, sheet.review_on) == ("redacteur", date(2031, 4, 3))


def test_versions_are_read_compared_and_taken_up_again(
    app_editor, app_reader, written, editor, site
) -> None:
    publish_sheet(written, **editor, note="Deux")
    transaction.commit()
    path = resource_path(written)
    page = app_reader.get(f"{path}/versions")
    assert {"restaurer", "reprendre"}.isdisjoint(posts(page))
    assert "Le décret." in app_reader.get(f"{path}/version?numero=1").text
    page = app_reader.get(f"{path}/comparaison?de=1&a=2")
    assert page.html.select_one("ins")
    for wrong in (
        "version?numero=9",
        "version",
        "comparaison?de=1",
        "version?numero=x",
    ):
        assert app_reader.get(f"{path}/{wrong}", expect_errors=True).status_int == 404
    page = app_editor.get(f"{path}/versions")
    form_to(page, "reprendre").submit(status=303)
    transaction.begin()
    assert written.working.text == "<p>Le décret.</p>"
    busy = form_to(page, "reprendre").submit(expect_errors=True)
    assert busy.status_int == 409
    asked = form_to(app_editor.get(f"{path}/version?numero=1"), "restaurer").submit()
    confirmed(asked, status=303)
    transaction.begin()
    assert written.current.number == 3
    assert written.current.text == "<p>Le décret.</p>"


def test_a_sheet_is_useful_once_for_each(app_reader, made) -> None:
    path = resource_path(made["lots"])
    for answer in ("oui", "oui", "non"):
        form_to(app_reader.get(path), "utile").submit("utile", value=answer, status=303)
    transaction.begin()
    said = usefulness_of(made["lots"])
    assert (said.yes, said.no) == (0, 1)
    token = app_reader.get(path).forms["logout"]["csrf_token"].value
    wrong = {"csrf_token": token, "utile": "peut-être"}
    answer = app_reader.post(f"{path}/utile", wrong, expect_errors=True)
    assert answer.status_int == 400


def test_a_comment_goes_to_the_owner_and_is_folded_once_dealt_with(
    app_reader, app_editor, made, sent
) -> None:
    path = resource_path(made["lots"])
    form = app_reader.get(path).forms["say"]
    empty = form.submit(expect_errors=True)
    assert empty.status_int == 422
    form["text"] = "<b>Une erreur</b> au point 2"
    page = form.submit(status=303).follow()
    assert "&lt;b&gt;Une erreur" in page.text
    assert len(sent()) == 1
    assert "traiter" not in posts(app_reader.get(path))
    form_to(app_editor.get(path), "traiter").submit(status=303)
    page = app_reader.get(path)
    assert "Une erreur" in page.html.select_one("#comments details").get_text()


def addressed(mails):
    """Return to whom mails are sent."""
    return {message_from_string(mail)["To"] for mail in mails}


def publishers(site, folder):
    """Return the addresses of those who publish in a folder."""
    now = clock.now()
    return {
        user.email
        for login, user in site["utilisateurs"].items()
        if may(actor_for(site, login, now), p.PUBLISH_KNOWLEDGE, folder)
    }


def test_a_question_in_a_closed_folder_is_told_to_its_own(
    app_writer, made, site, sent
) -> None:
    form = app_writer.get(resource_path(made["closed"])).forms["say"]
    form["text"] = "Qui signe ?"
    form.submit(status=303)
    told = addressed(sent())
    assert told == publishers(site, made["closed"])
    assert told != publishers(site, made["practice"])


def test_a_question_becomes_a_sheet_and_who_asked_is_told(
    app_reader, app_editor, made, site, sent
) -> None:
    path = resource_path(made["practice"])
    form = app_reader.get(path).forms["say"]
    form["text"] = "Quel délai pour un MAPA ?"
    form.submit(status=303)
    told = addressed(sent())
    assert told == publishers(site, made["practice"])
    body = message_from_string(sent()[0], policy=default).get_content()
    assert "parce que vous publiez dans ce dossier" in body
    assert "Quel délai" in app_editor.get("/connaissances/a-relire").text
    page = form_to(app_editor.get(path), "repondre").submit(status=303).follow()
    form = page.forms["sheet"]
    assert form["title"].value == "Quel délai pour un MAPA ?"
    form["title"], form["text"] = "Le délai secret d’un MAPA", "Un délai suffisant."
    form.submit("save", status=303)
    page = app_reader.get(path)
    assert "Une fiche est en préparation" in page.text
    assert "secret" not in page.text
    transaction.begin()
    sheet = next(s for s in made["practice"].values() if s.title.startswith("Le délai"))
    app_editor.get(f"{resource_path(sheet)}/relecture").forms["publish"].submit()
    assert "Le délai secret" in app_reader.get(path).text
    assert len(sent()) == len(told) + 1
    assert len(comments_of(made["practice"])) == 2


def test_a_folder_and_a_theme_are_followed_and_left(
    app_reader, app_writer, made, written, editor, sent
) -> None:
    folder, sheet = (resource_path(made[name]) for name in ("texts", "lots"))
    form_to(app_reader.get(folder), "suivre").submit(status=303)
    page = app_writer.get(sheet)
    theme = next(f for f in page.forms.values() if "theme" in f.fields)
    assert theme.submit(status=303).location.endswith(f"{sheet}/")
    page = app_reader.get("/connaissances/mes-abonnements")
    assert "Textes officiels" in page.text
    form = page.forms["theme"]
    assert form.submit(expect_errors=True).status_int == 422
    form["theme"] = "Seuils"
    form.submit(status=303)
    publish_sheet(written, **editor)
    transaction.commit()
    assert len(sent()) == 1
    page = app_reader.get("/connaissances/mes-abonnements")
    for _rank in range(2):
        page = form_to(page, "ne-plus-suivre").submit(status=303).follow()
    assert "Vous ne suivez rien" in page.text


def test_a_closed_folder_is_followed_by_its_readers_only(
    app_reader, app_writer, made, sent, by
) -> None:
    path = resource_path(made["closed"])
    form_to(app_writer.get(path), "suivre").submit(status=303)
    token = app_reader.get("/").forms["logout"]["csrf_token"].value
    answer = app_reader.post(
        f"{path}/suivre", {"csrf_token": token}, expect_errors=True
    )
    assert answer.status_int in {403, 404}
    sheet = made["secret"]
    start_editing(sheet, **by)
    submit_sheet(sheet, **by)
    publish_sheet(sheet, **by)
    transaction.commit()
    assert len(sent()) == 1
