"""The Word model of a public body: read, compared, proposed piece by piece."""

import re
from typing import Any

import pytest
import transaction
from webtest import TestApp
from webtest import Upload

from sicp.operations.clause.library import clause_called
from sicp.operations.clause.model import LARGEST_MODEL
from tests.functional.conftest import log_in
from tests.unit.engines.text_extraction import files

ADDRESS = "/clausier/importer"
CLAUSE = "penalties-procedure"
OURS = "Le titulaire remet chaque année un bilan de ses livraisons à vélo."


@pytest.fixture
def app_editor(served: Any, database: Any) -> TestApp:
    """Who keeps the clausier."""
    return log_in(served, "editeur")


@pytest.fixture
def model(site: Any) -> bytes:
    """A model of two articles: one is new, the other nearly a clause of the library."""
    known = clause_called(site, "penalties-other").current.data["text"]
    lines = [line.removeprefix("- ") for line in known.split("\n") if line]
    return files.docx(
        "# Article 1 – Livraisons",
        OURS,
        "Le bilan est remis au plus tard le [date à compléter].",
        "# Article 2 – Autres pénalités",
        *(re.sub(r"\{.*?\}", "100 €", line) for line in lines),
    )


def sent(app: TestApp, data: bytes, name: str = "modele.docx", **kw: Any) -> Any:
    """Send a file as the page does."""
    form = app.get(ADDRESS).forms["model"]
    form["file"] = Upload(name, data)
    return form.submit(**kw)


def words(page: Any) -> str:
    """Return the words of a page, without no-break spaces."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


def test_a_model_is_cut_and_compared_with_the_library(app_editor, model, site) -> None:
    before = len(site["propositions"])
    said = words(sent(app_editor, model))
    assert "Passages trouvés : 2" in said
    assert "Données à créer : date à compléter" in said
    assert "Autres pénalités" in said
    assert "Comparer avec la plus proche" in said
    transaction.begin()
    assert len(site["propositions"]) == before


def test_the_chosen_pieces_become_proposals(app_editor, model, site) -> None:
    form = sent(app_editor, model).forms["model"]
    form["fate-1"], form["place-1"] = "create", "engagements-durables/environnement"
    form["kind-1"] = "optional"
    form["fate-2"], form["target-2"] = "amend", "penalties-other"
    form["reason"] = "Modèle de la direction."
    page = form.submit(status=303).follow()
    assert "Propositions ouvertes, en rédaction : 2" in words(page)
    transaction.begin()
    *_others, new, changed = site["propositions"].values()
    assert new.kind == "creation"
    assert new.title == "Livraisons"
    assert OURS in new.data["text"]
    assert new.data["variables"][0]["title"] == "date à compléter"
    assert "{livraisons_1}" in new.data["text"]
    assert (changed.kind, changed.clause_id) == ("amendment", "penalties-other")
    assert "100 €" in changed.data["text"]
    assert changed.reason == "Modèle de la direction."


def test_nothing_is_lost_nor_half_done_when_one_piece_is_refused(
    app_editor, model, site
) -> None:
    before = len(site["propositions"])
    form = sent(app_editor, model).forms["model"]
    form["fate-1"] = "create"
    form["title-1"] = "Bilan des livraisons"
    form["fate-2"], form["target-2"] = "amend", "penalties-other"
    page = form.submit(status=422)
    assert "Choisissez la famille et le thème" in page
    again = page.forms["model"]
    assert again["title-1"].value == "Bilan des livraisons"
    assert again["fate-2"].value == "amend"
    assert OURS in again["text-1"].value
    transaction.begin()
    assert len(site["propositions"]) == before
    again["place-1"] = "penalites/autres"
    again.submit(status=303)


def test_a_clause_under_proposal_is_not_amended_twice(app_editor, model) -> None:
    form = sent(app_editor, model).forms["model"]
    form["fate-2"] = "amend"
    form["target-2"].force_value(CLAUSE)
    page = form.submit(status=422)
    assert "Une proposition est déjà ouverte" in page


def test_something_must_be_chosen(app_editor, model) -> None:
    page = sent(app_editor, model).forms["model"].submit(status=422)
    assert "Choisissez au moins un passage" in page
    assert "Passages trouvés : 2" in words(page)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4 rien", b"PK\x03\x04 rien", files.docx()],
    ids=["empty", "a PDF", "a broken ZIP", "without words"],
)
def test_what_is_no_model_is_refused_in_french(app_editor, data) -> None:
    page = sent(app_editor, data, status=422)
    assert page.html.select("#file-error")


def test_a_file_that_is_too_large_is_refused(app_editor) -> None:
    page = sent(app_editor, b"x" * (LARGEST_MODEL + 1), status=422)
    assert "trop volumineux" in page


def test_no_file_at_all_is_told_at_the_field(app_editor) -> None:
    page = app_editor.get(ADDRESS).forms["model"].submit(status=422)
    assert "Choisissez un fichier Word" in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("count", "0"),
        ("count", "9" * 50),
        ("fate-1", "destroy"),
        ("kind-1", "x"),
        ("place-1", "../.."),
        ("text-1", "a\x00b"),
        ("title-1", "x" * 1_000_000),
        ("text-1", "x" * 1_000_000),
        ("hints-1", "\x07"),
        ("reason", "\x1b"),
    ],
)
def test_what_no_page_sends_is_refused(
    app_editor, model, database, name, value
) -> None:
    form = sent(app_editor, model).forms["model"]
    pairs = dict(form.submit_fields())
    before = database.lastTransaction()
    app_editor.post(ADDRESS, {**pairs, "fate-2": "create", name: value}, status=422)
    assert database.lastTransaction() == before


def test_only_who_keeps_the_clausier_imports(app_writer, app_beneficiary) -> None:
    for app in (app_writer, app_beneficiary):
        app.get(ADDRESS, status=403)
        token = app.get("/").forms["logout"]["csrf_token"].value
        app.post(ADDRESS, {"csrf_token": token}, status=403)
