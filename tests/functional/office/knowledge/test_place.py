"""Keep order: folders are made and renamed, things moved, copied, ordered, removed."""

from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from tests.functional.office.knowledge.test_folder import rows
from tests.functional.office.knowledge.test_folder import words

PRACTICE = "/connaissances/fiches-de-la-region/"


def token_of(app: Any) -> str:
    """Return what every form posts."""
    return app.get("/").forms["logout"]["csrf_token"].value


def test_a_folder_is_made_then_renamed(app_editor, made) -> None:
    form = app_editor.get("/connaissances/nouveau").forms["form"]
    form["title"], form["summary"] = "Jurisprudence", "Les arrêts."
    page = form.submit("save", status=303).follow()
    assert "Les arrêts." in words(page)
    form = app_editor.get("/connaissances/jurisprudence/renommer").forms["form"]
    form["title"], form["summary"] = "Décisions", "Les décisions."
    page = form.submit("save", status=303).follow()
    assert page.request.path == "/connaissances/decisions/"
    app_editor.get("/connaissances/jurisprudence", status=301)


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\x00b"])
def test_a_title_that_is_none_is_refused(app_editor, made, site, title) -> None:
    form = app_editor.get(PRACTICE + "nouveau").forms["form"]
    form["title"] = title
    page = form.submit("save", status=422)
    assert page.html.select(".field-error:not([hidden])")
    transaction.begin()
    assert set(made["practice"]) == set(site["connaissances"]["fiches-de-la-region"])


def test_a_title_of_signs_is_shown_as_words(app_editor, made) -> None:
    form = app_editor.get(PRACTICE + "nouveau").forms["form"]
    form["title"] = "<script>alert(1)</script>"
    page = form.submit("save", status=303).follow()
    assert "<script>alert" not in page.text
    assert page.request.path == PRACTICE + "script-alert-1-script/"


def test_a_sheet_is_moved_and_its_old_address_leads_to_it(app_editor, made) -> None:
    path = resource_path(made["old"])
    form = app_editor.get(path + "/deplacer").forms["form"]
    form["target"] = str(made["texts"].__oid__)
    page = form.submit("save", status=303).follow()
    assert page.request.path.startswith("/connaissances/textes-de-la-region/")
    app_editor.get(path, status=301)


def test_a_folder_does_not_go_below_itself(app_editor, made) -> None:
    path = resource_path(made["texts"]) + "/deplacer"
    form = app_editor.get(path).forms["form"]
    assert str(made["code"].__oid__) not in [o[0] for o in form["target"].options]
    form["target"].force_value(str(made["code"].__oid__))
    form.submit("save", status=422)


def test_where_one_does_not_write_is_no_target(app_editor, made) -> None:
    form = app_editor.get(resource_path(made["old"]) + "/deplacer").forms["form"]
    assert "Contentieux réservé" not in str(form["target"].options)
    for value in (str(made["closed"].__oid__), "0", "-1", "abc", "9" * 40, ""):
        form["target"].force_value(value)
        answer = form.submit("save", status=422)
        assert "Contentieux réservé" not in answer.text


def test_a_copy_is_a_draft(app_editor, made, site) -> None:
    form = app_editor.get(resource_path(made["decree"]) + "/copier").forms["form"]
    form["target"] = str(made["practice"].__oid__)
    page = form.submit("save", status=303).follow()
    assert page.request.path == PRACTICE + "decret-de-l-essai/"
    assert "Brouillon" in words(page)


def test_the_usage_is_read_before_a_removal(app_editor, app_reader, made) -> None:
    path = resource_path(made["L2999-10"])
    page = app_editor.get(path + "/supprimer")
    assert "3 fiches" in words(page)
    form = page.forms["form"]
    form["reason"] = "Doublon"
    page = form.submit("save", status=303).follow()
    assert "est à la corbeille" in words(page)
    app_reader.get(path, status=404)
    folder = app_editor.get(resource_path(made["texts"]) + "/supprimer")
    assert "Fiches contenues, que vous pouvez lire : 3" in words(folder)


def test_many_sheets_are_moved_with_an_answer_for_each(app_keeper, made) -> None:
    page = app_keeper.get(PRACTICE)
    form = next(f for f in page.forms.values() if f.action.endswith("/classer"))
    for box in form.fields["rows"]:
        box.checked = True
    page = form.submit("action", value="deplacer")
    form = next(f for f in page.forms.values() if f.action.endswith("/classer"))
    assert "Choisissez un dossier" in form.submit("sure", status=422).text
    form["target"] = str(made["texts"].__oid__)
    page = form.submit("sure", status=200)
    assert len(page.html.select("tbody tr")) == 3
    assert words(page).count("Déplacée") == 3
    assert rows(app_keeper.get("/connaissances/textes-de-la-region"))[-3:] == [
        "Allotir à la Région",
        "Ancienne fiche",
        "Fiche à écrire",
    ]


def test_many_sheets_are_thrown_away_the_refusals_told(app_editor, made) -> None:
    app_editor.get(PRACTICE)
    sent = {
        "csrf_token": token_of(app_editor),
        "action": "supprimer",
        "rows": [str(made[n].__oid__) for n in ("old", "secret", "lots")],
    }
    page = app_editor.post(PRACTICE + "classer", sent)
    assert "cité par" in words(page) or "Mettre plusieurs fiches" in words(page)
    assert "Stratégie" not in page.text
    page = app_editor.post(PRACTICE + "classer", {**sent, "sure": "1"})
    assert words(page).count("À la corbeille") == 2
    assert rows(app_editor.get(PRACTICE)) == ["Fiche à écrire"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "deplacer"},
        {"action": "detruire", "rows": "1"},
        {"action": "supprimer", "rows": ["abc", "-1", "0", "9" * 50, "\x00"]},
    ],
)
def test_nothing_is_done_of_a_hostile_batch(app_editor, made, sent) -> None:
    before = rows(app_editor.get(PRACTICE))
    data = {"csrf_token": token_of(app_editor), "sure": "1", **sent}
    app_editor.post(PRACTICE + "classer", data, status=303)
    assert rows(app_editor.get(PRACTICE)) == before


def test_a_sheet_goes_up_and_down_without_scripts(app_editor, made) -> None:
    def order() -> list[str]:
        return rows(app_editor.get(PRACTICE))

    assert order() == ["Allotir à la Région", "Ancienne fiche", "Fiche à écrire"]
    _press(app_editor, made["draft"], "up")
    assert order() == ["Allotir à la Région", "Fiche à écrire", "Ancienne fiche"]
    _press(app_editor, made["lots"], "down")
    assert order() == ["Fiche à écrire", "Allotir à la Région", "Ancienne fiche"]
    _press(app_editor, made["lots"], "down")
    assert order()[-1] == "Allotir à la Région"
    sent = {
        "csrf_token": token_of(app_editor),
        "item": str(made["lots"].__oid__),
        "before": str(made["draft"].__oid__),
    }
    app_editor.post(PRACTICE + "ordre", sent, status=303)
    assert order()[0] == "Allotir à la Région"


def _press(app: Any, item: Any, step: str) -> None:
    page = app.get(PRACTICE + "ordre")
    line = page.html.select_one(f"#element-{item.__oid__}")
    button = line.select_one(f"button[value={step}]")
    assert button is not None
    sent = {i["name"]: i["value"] for i in line.select("input:not([disabled])")}
    app.post(PRACTICE + "ordre", {**sent, "step": step}, status=303)


def test_what_stands_elsewhere_is_not_ordered_here(app_editor, made) -> None:
    token = token_of(app_editor)
    for item in (made["decree"].__oid__, made["secret"].__oid__, 0, "abc", "9" * 40):
        sent = {"csrf_token": token, "item": str(item), "step": "up"}
        answer = app_editor.post(PRACTICE + "ordre", sent, status=400)
        assert "Stratégie" not in answer.text


def test_a_reader_keeps_no_order(app_reader, made) -> None:
    page = app_reader.get(PRACTICE)
    assert not page.html.select("#keeping, .batch-actions, [name=rows]")
    token = token_of(app_reader)
    for name in ("nouveau", "renommer", "deplacer", "copier", "supprimer", "ordre"):
        app_reader.get(PRACTICE + name, status=403)
        app_reader.post(PRACTICE + name, {"csrf_token": token}, status=403)
    app_reader.post(PRACTICE + "classer", {"csrf_token": token}, status=403)


def test_a_form_without_its_token_is_refused(app_editor, made) -> None:
    for name in ("nouveau", "supprimer", "classer", "ordre"):
        app_editor.post(PRACTICE + name, {"title": "x"}, status=400)
