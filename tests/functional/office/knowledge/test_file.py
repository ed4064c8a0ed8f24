"""The file of a sheet: put, replaced, taken off, read by those who may."""

from dataclasses import replace
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path
from webtest import Upload

from sicp.cli.background import work_off
from sicp.engines.text_extraction import TextState
from sicp.operations.knowledge.publishing import publish_sheet
from tests.unit.engines.text_extraction import described
from tests.unit.engines.text_extraction import files
from tests.unit.engines.text_extraction import hostile
from tests.unit.engines.text_extraction.test_hostile import FILES

TEXT = "Un modèle de règlement."
#: They take seconds, and the engine reads them in its own tests.
LONG = {
    "a hundred thousand parts",
    "drawings in drawings",
    "endless sheet",
    "endless strings",
    "late entities",
    "one string everywhere",
    "stream bomb in a stream",
}
MODEL = files.docx(TEXT)
TITLED = described.docx(TEXT, title="Règlement <type>", author="Jeanne Martin")


@pytest.fixture
def path(made: Any) -> str:
    """The address of a published sheet."""
    return resource_path(made["L2999-10"])


def join(app: Any, path: str, content: bytes, name: str = "modele.docx", **kw: Any):
    """Put a file on a sheet."""
    form = app.get(f"{path}/joindre").forms["sheet-file-form"]
    form["file"] = Upload(name, content)
    return form.submit("put", **kw)


def test_a_writer_joins_a_file_that_people_read_once_published(
    app_editor, app_reader, served, site, path, made, by
) -> None:
    answer = join(app_editor, path, MODEL, status=303).follow()
    assert "Le fichier est joint." in answer.text
    assert "Lecture du texte en attente" in answer.text
    assert app_reader.get(f"{path}/fichier", status=404)
    assert app_reader.get(f"{path}/fichier?copie=1", status=404)
    got = app_editor.get(f"{path}/fichier?copie=1")
    assert got.body == MODEL
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert work_off(served.registry) == {"read": 1}
    assert "Texte lu" in app_editor.get(f"{path}/joindre").text
    transaction.begin()
    who = {**by, "actor": by["actor"]}
    publish_sheet(made["L2999-10"], **who)
    transaction.commit()
    page = app_reader.get(path)
    assert "modele.docx" in page.text
    assert "Texte lu" not in page.text
    assert page.click("modele.docx").body == MODEL


def test_a_reader_joins_nothing(app_reader, path) -> None:
    app_reader.get(f"{path}/joindre", status=403)
    assert "joindre" not in app_reader.get(path).text


def test_a_form_without_token_is_refused(app_editor, path) -> None:
    app_editor.post(f"{path}/joindre", {"put": "put"}, status=400)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ce fichier est vide."),
        (b"MZ\x90\x00", "Ce type de fichier n’est pas accepté"),
        (b"<html><script>", "Ce type de fichier n’est pas accepté"),
    ],
)
def test_what_is_not_taken_is_told_at_the_field(app_editor, path, content, said):
    page = join(app_editor, path, content, status=422)
    assert said in page.html.select_one("#file-error").get_text()
    assert page.html.select_one("#file")["aria-invalid"] == "true"
    assert app_editor.get(f"{path}/fichier?copie=1", status=404)


def test_no_file_and_a_twin_are_refused(app_editor, path) -> None:
    form = app_editor.get(f"{path}/joindre").forms["sheet-file-form"]
    assert "Choisissez un fichier." in form.submit("put", status=422).text
    join(app_editor, path, MODEL, status=303)
    page = join(app_editor, path, MODEL, status=422)
    assert "déjà ce fichier" in page.text


def test_a_file_is_taken_off(app_editor, path) -> None:
    page = join(app_editor, path, MODEL, status=303).follow()
    page = page.forms["sheet-file-form"].submit("remove", status=303).follow()
    assert "Le fichier est retiré." in page.text
    assert "modele.docx" not in page.text


def test_a_file_of_a_closed_folder_is_not_there_for_others(
    app_keeper, app_reader, made
) -> None:
    path = resource_path(made["secret"])
    join(app_keeper, path, MODEL, status=303)
    for query in ("", "?copie=1", "?version=1"):
        assert app_reader.get(f"{path}/fichier{query}", status="*").status_int in {
            403,
            404,
        }


@pytest.mark.parametrize("version", ["0", "-1", "99999999999", "x", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(app_reader, path, version) -> None:
    app_reader.get(f"{path}/fichier?version={version}", status=404)


def test_every_hostile_file_ends_in_a_clear_state(
    app_editor, app_keeper, served, site, path, made
) -> None:
    """Through the page and the worker; the states are those the engine promises."""
    corpus = {
        name: (make(), states)
        for name, (make, states) in FILES.items()
        if name not in LONG
    }
    corpus["protected"] = (
        hostile.protected_pdf(hostile.simple_pdf(), "secret", "RC4-128"),
        {TextState.LOCKED},
    )
    corpus["images"] = (files.pdf_of_images(), {TextState.EMPTY})
    corpus["cut"] = (hostile.simple_pdf()[:60], {TextState.BROKEN, TextState.EMPTY})
    corpus["disguised"] = (MODEL, {TextState.READ})
    taken = {}
    for name, (content, states) in corpus.items():
        answer = join(app_editor, path, content, f"{name}.pdf", status="*")
        if answer.status_int == 422:
            assert "n’est pas accepté" in answer.text or not content, name
        else:
            taken[name] = states
            transaction.begin()
            file = made["L2999-10"].working.file
            work_off(served.registry, seconds=2)
            transaction.begin()
            assert TextState(file.text_state) in states, name
            page = app_editor.get(f"{path}/joindre").text
            assert TextState(file.text_state).title in page, name
    assert len(taken) > 15
    app_keeper.get("/connaissances/")


def test_a_file_too_large_is_refused_before_it_is_read(
    app_editor, served, path, monkeypatch
) -> None:
    small = replace(served.registry.site_settings, attachment_megabytes=1)
    monkeypatch.setattr(served.registry, "site_settings", small)
    page = join(app_editor, path, b"mot " * 400_000, "gros.txt", status=422)
    assert "trop volumineux" in page.html.select_one("#file-error").get_text()


def told_by(page: Any) -> list[str]:
    """Return what a page tells that a file says of itself."""
    return [
        said.get_text() for said in page.html.select(".file-facts dt, .file-facts dd")
    ]


def test_what_a_file_says_of_itself_is_shown_once_it_was_read(
    app_editor, app_reader, served, path, made, by
) -> None:
    page = join(app_editor, path, TITLED, status=303).follow()
    assert (told_by(page), "Reprendre ce titre" in page.text) == ([], False)
    work_off(served.registry)
    page = app_editor.get(f"{path}/joindre")
    said = ["Titre", "Règlement <type>", "Auteur", "Jeanne Martin", "Pages", "1"]
    assert told_by(page) == said
    assert "Reprendre ce titre" in page.text
    # A working copy is nobody else's.
    assert "Jeanne Martin" not in app_reader.get(path).text
    transaction.begin()
    publish_sheet(made["L2999-10"], **by)
    transaction.commit()
    page = app_reader.get(path)
    assert told_by(page) == said
    assert "Reprendre ce titre" not in page.text


def test_a_writer_takes_the_title_of_the_file(app_editor, served, path, made) -> None:
    join(app_editor, path, TITLED, status=303)
    work_off(served.registry)
    (form,) = (
        form
        for form in app_editor.get(f"{path}/joindre").forms.values()
        if "take_title" in form.fields
    )
    page = form.submit("take_title", status=303).follow()
    assert "Le titre du fichier est repris." in page.text
    assert "Reprendre ce titre" not in page.text
    page = app_editor.get(f"{path}/modifier")
    assert page.forms["sheet"]["title"].value == "Règlement <type>"
    transaction.begin()
    assert made["L2999-10"].working.title == "Règlement <type>"


def test_the_title_is_taken_while_writing_and_nothing_typed_is_lost(
    app_editor, served, path, made
) -> None:
    join(app_editor, path, TITLED, status=303)
    work_off(served.registry)
    page = app_editor.get(f"{path}/modifier")
    assert "Le fichier joint s’intitule" in page.text
    button = page.html.select_one('button[name="take_title"]')
    assert button["form"] == "sheet"
    form = page.forms["sheet"]
    form["title"], form["text"] = "", "Un texte tapé à l’instant."
    sent = [*form.submit_fields(), ("take_title", "take_title")]
    page = app_editor.post(f"{path}/modifier", sent, status=303).follow()
    assert page.forms["sheet"]["title"].value == "Règlement <type>"
    assert "Un texte tapé à l’instant." in page.forms["sheet"]["text"].value
    assert "Reprendre ce titre" not in page.text


def test_a_title_that_is_not_there_or_not_ones_own_is_not_taken(
    app_editor, app_reader, served, path
) -> None:
    token = app_editor.get(f"{path}/joindre").forms["sheet-file-form"]["csrf_token"]
    sent = {"take_title": "take_title", "csrf_token": token.value}
    page = app_editor.post(f"{path}/joindre", sent, status=422)
    assert "Le fichier ne dit pas son titre." in page.text
    join(app_editor, path, TITLED, status=303)
    work_off(served.registry)
    app_editor.post(f"{path}/joindre", {"take_title": "x"}, status=400)
    app_reader.post(f"{path}/joindre", sent, status="4*")
    assert "Reprendre" in app_editor.get(f"{path}/joindre").text


def test_what_a_file_of_a_closed_folder_says_is_told_to_nobody_else(
    app_keeper, app_reader, served, made, by
) -> None:
    path = resource_path(made["secret"])
    join(app_keeper, path, TITLED, status=303)
    work_off(served.registry)
    transaction.begin()
    publish_sheet(made["secret"], **by)
    transaction.commit()
    assert "Jeanne Martin" in app_keeper.get(path).text
    assert "Jeanne Martin" not in app_reader.get(path, status="4*").text
