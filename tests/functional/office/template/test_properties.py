"""A canevas is begun, described, and thrown away while nobody has seen it."""

from typing import Any

import transaction

from tests.functional.conftest import confirmed
from tests.functional.office.template.test_editing import keys
from tests.functional.office.template.test_editing import words

NEW = "/canevas/nouveau"
#: Radio buttons bear another name in the page.
_ASKED = {"start": "form-start"}


def begin(app: Any, **said: str) -> Any:
    """Fill the form of a new canevas."""
    form = app.get(NEW).forms["form"]
    for name, value in {"title": "Règlement d’essai", **said}.items():
        form[_ASKED.get(name, name)] = value
    return form.submit("add")


def test_a_blank_canevas_waits_for_its_first_publication(
    app_editor: Any, app_writer: Any
) -> None:
    page = begin(app_editor, document="RC").follow()
    assert keys(page) == ["article-objet"]
    assert "Jamais publié" in words(page)
    assert "Règlement d’essai" in words(app_editor.get("/canevas/"))
    shown = app_writer.get("/canevas/reglement-d-essai/")
    assert "n’a encore jamais été publié" in words(shown)
    # Every page that walks the canevas still answers.
    app_editor.get("/clausier/prix/variation-des-prix/price-revisable/")


def test_a_copy_has_the_whole_plan(app_editor: Any) -> None:
    page = begin(app_editor, start="copy", source="rc-open-call").follow()
    assert keys(page) == keys(app_editor.get("/canevas/rc-open-call/modifier"))
    assert "RC" in words(app_editor.get("/canevas/"))


def test_a_canevas_that_extends_another_shows_it_all_as_inherited(
    app_editor: Any, site: Any
) -> None:
    page = begin(app_editor, start="extend", source="rc-open-call").follow()
    states = {item.get_text() for item in page.html.select(".plan-state")}
    assert states == {"du socle"}
    transaction.begin()
    made = site["canevas"]["reglement-d-essai"].working
    assert made["extends"] == "rc-open-call"
    assert made["changes"] == []
    assert "applies" not in made


def test_what_is_missing_is_told_at_the_field(app_editor: Any) -> None:
    form = app_editor.get(NEW).forms["form"]
    form["title"] = "Sans pièce"
    assert "Remplissez ce champ" in words(form.submit("add", status=422))
    form["form-start"] = "extend"
    assert "Choisissez le canevas de départ" in words(form.submit("add", status=422))


def test_two_canevas_of_one_title_have_two_addresses(app_editor: Any) -> None:
    first = begin(app_editor, document="RC").location
    second = begin(app_editor, document="RC").location
    assert first != second


def test_properties_are_changed_and_nothing_else(app_editor: Any, site: Any) -> None:
    before = dict(site["canevas"]["rc-open-call"].data)
    form = app_editor.get("/canevas/rc-open-call/proprietes").forms["form"]
    form["title"] = "RC – appel d’offres"
    form["cover_subtitle"] = "**{object}**"
    form["reason"] = "Titre plus court"
    page = form.submit("save").follow()
    assert "RC – appel d’offres" in words(page)
    transaction.begin()
    template = site["canevas"]["rc-open-call"]
    assert template.working_reason == "Titre plus court"
    changed = {n for n, value in template.working.items() if before.get(n) != value}
    assert changed == {"title", "cover"}


def test_a_cover_that_cannot_be_read_is_an_error_of_the_proof(app_editor: Any) -> None:
    form = app_editor.get("/canevas/rc-open-call/proprietes").forms["form"]
    form["cover_title"] = "Règlement {nothing_known}"
    form.submit("save").follow()
    said = words(app_editor.get("/canevas/rc-open-call/modifier"))
    assert "couverture" in said
    assert "ne peut pas être publié" in said


def test_two_people_on_the_properties_see_both(
    app_editor: Any, app_other_editor: Any
) -> None:
    place = "/canevas/rc-open-call/proprietes"
    mine = app_editor.get(place).forms["form"]
    his = app_other_editor.get(place).forms["form"]
    his["title"] = "Le sien"
    his.submit("save", status=303)
    mine["title"] = "Le mien"
    answer = mine.submit("save", status=409)
    assert "Le sien" in answer.html.select_one("section.panel").get_text()
    form = answer.forms["form"]
    assert form["title"].value == "Le mien"
    assert "Le mien" in words(form.submit("save").follow())


def test_only_what_was_never_published_is_thrown_away(app_editor: Any) -> None:
    begin(app_editor, document="RC")
    place = "/canevas/reglement-d-essai"
    page = app_editor.get(f"{place}/proprietes")
    form = next(f for f in page.forms.values() if "supprimer" in f.action)
    confirmed(form.submit(), status=303)
    app_editor.get(place, status=404)
    token = app_editor.get("/canevas/rc-open-call/proprietes").forms["form"]
    sent = {"csrf_token": token["csrf_token"].value, "revision": "1"}
    refused = app_editor.post("/canevas/rc-open-call/supprimer", sent, status="4*")
    assert refused.status_int < 500
    app_editor.get("/canevas/rc-open-call/")


def test_who_only_reads_begins_nothing(app_writer: Any) -> None:
    app_writer.get(NEW, status=403)
    app_writer.get("/canevas/rc-open-call/proprietes", status=403)
    assert "Nouveau canevas" not in words(app_writer.get("/canevas/"))
