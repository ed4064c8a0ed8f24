"""The bin: what is thrown away comes back whole, here or elsewhere, or is destroyed."""

from typing import Any

import transaction
from pyramid.traversal import resource_path

from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.zone import set_readers
from tests.functional.conftest import confirmed
from tests.functional.office.knowledge.test_folder import words
from tests.functional.office.knowledge.test_place import token_of

BIN = "/connaissances/corbeille/"


def throw(app: Any, item: Any) -> None:
    """Throw a thing away by its page."""
    app.get(resource_path(item) + "/supprimer").forms["form"].submit("save", status=303)


def entry(app: Any, title: str) -> Any:
    """Open the page of a thing thrown away."""
    return app.get(BIN).click(title)


def test_a_folder_comes_back_with_all_it_holds(
    app_keeper, app_reader, made, by, lycees
) -> None:
    set_readers(made["part2"], [lycees.__oid__], **by)
    transaction.commit()
    path = resource_path(made["L2999-11"])
    throw(app_keeper, made["code"])
    app_reader.get(path, status=404)
    assert (
        "Article L2999"
        not in app_reader.get("/connaissances/?sorte=article&sort=-modification").text
    )
    page = entry(app_keeper, "Code de l’essai")
    assert "Dossiers et fiches contenus" in words(page)
    page = page.forms["form"].submit("restore", status=303).follow()
    assert page.request.path == resource_path(made["texts"]) + ("/code-de-l-essai/")
    assert app_keeper.get(path).status_int == 200
    # Its readers came back with it.
    app_reader.get(path, status=403)
    assert app_reader.get(resource_path(made["L2999-10"])).status_int == 200


def test_a_thing_comes_back_elsewhere_when_its_folder_is_gone(app_keeper, made) -> None:
    throw(app_keeper, made["L2999-10"])
    throw(app_keeper, made["part1"])
    page = entry(app_keeper, "Article L2999-10")
    assert "n’existe plus" in words(page)
    form = page.forms["form"]
    form.submit("restore", status=422)
    form["target"] = str(made["practice"].__oid__)
    page = form.submit("restore", status=303).follow()
    assert page.request.path == "/connaissances/fiches-de-la-region/article-l2999-10/"


def test_one_sees_in_the_bin_what_one_threw_away(
    app_keeper, app_editor, app_reader, made
) -> None:
    throw(app_keeper, made["decree"])
    throw(app_editor, made["old"])
    own = app_editor.get(BIN)
    assert "Ancienne fiche" in own.text
    assert "Décret" not in own.text
    both = app_keeper.get(BIN)
    assert "Ancienne fiche" in both.text
    assert "Décret" in both.text
    app_reader.get(BIN, status=403)
    other = both.html.find("a", string="Décret de l’essai")["href"]
    for app in (app_editor, app_reader):
        refused = app.get(other, status=403)
        assert "Décret" not in refused.text


def test_who_manages_the_base_destroys_for_ever(app_keeper, app_editor, made) -> None:
    path = resource_path(made["old"])
    throw(app_editor, made["old"])
    page = entry(app_editor, "Ancienne fiche")
    assert "Détruire" not in page.text
    address = page.request.path
    sent = {"csrf_token": token_of(app_editor)}
    app_editor.post(address + "detruire", sent, status=403)
    page = entry(app_keeper, "Ancienne fiche")
    form = next(f for f in page.forms.values() if f.action.endswith("/detruire"))
    assert confirmed(form.submit()).follow().request.path == BIN
    app_keeper.get(path, status=404)
    app_keeper.get(f"/connaissances/~{made['old'].__oid__}", status=404)


def test_what_is_in_the_bin_is_kept_in_no_order(app_keeper, made) -> None:
    throw(app_keeper, made["texts"])
    inside = resource_path(made["code"])
    page = app_keeper.get(inside)
    assert not page.html.select("#keeping")
    sent = {"csrf_token": token_of(app_keeper), "title": "Dedans"}
    app_keeper.post(inside + "/nouveau", {**sent, "save": "save"}, status=422)


def test_a_hostile_target_brings_nothing_back(app_editor, made) -> None:
    throw(app_editor, made["old"])
    form = entry(app_editor, "Ancienne fiche").forms["form"]
    for value in (str(made["closed"].__oid__), str(made["lots"].__oid__), "x", "-5"):
        form["target"].force_value(value)
        form.submit("restore", status=422)
    assert "Ancienne fiche" in app_editor.get(BIN).text


def test_what_cannot_be_undone_waits_for_a_yes(app_keeper, made, site, by) -> None:
    remove_item(made["lots"], **by)
    transaction.commit()
    page = app_keeper.get(BIN).click(made["lots"].title)
    form = next(f for f in page.forms.values() if f.action.endswith("/detruire"))
    form["_question"] = "<b>Vraiment ?</b>"
    asked = form.submit(status=200)
    assert "&lt;b&gt;Vraiment ?" in asked
    assert "_question" not in asked.forms["confirm"].fields
    assert asked.click("Annuler").request.path == page.request.path
    assert confirmed(asked).follow().request.path == BIN
    app_keeper.get(page.request.path, status=404)
