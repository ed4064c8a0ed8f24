"""Each node of a plan has its title, its condition, its level; new ones are added."""

import re
from typing import Any

import pytest
import transaction

from sicp import clock
from tests.conftest import all_powerful
from tests.factories.release import adopt_new
from tests.functional.office.template.test_editing import BASE
from tests.functional.office.template.test_editing import done
from tests.functional.office.template.test_editing import keys
from tests.functional.office.template.test_editing import words

ADD = "/canevas/rc-open-call/ajouter"


def element(app: Any, key: str) -> Any:
    """Open the page of a node."""
    return app.get(f"/canevas/rc-open-call/element?cle={key}")


def test_an_article_is_renamed(app_editor: Any) -> None:
    first = keys(app_editor.get(BASE))[0]
    form = element(app_editor, first).forms["form"]
    form["title"] = "Acheteur et besoin"
    page = form.submit("save").follow()
    node = page.html.select_one(f"#node-{first} .plan-title")
    assert node.get_text() == "Acheteur et besoin"
    assert "Modifié, non publié" in words(page)


def test_a_condition_is_built_and_read_back(app_editor: Any) -> None:
    first = keys(app_editor.get(BASE))[0]
    form = element(app_editor, first).forms["form"]
    page = form.submit("do", index=0)
    form = page.forms["form"]
    form["field"] = "is_allotted"
    page = form.submit("do", value="refresh")
    form = page.forms["form"]
    form["value"] = "true"
    page = form.submit("save").follow()
    said = page.html.select_one(f"#node-{first} > .plan-row").get_text()
    assert "Ici, quand" in said
    assert "Prestations alloties" in said


def test_a_condition_half_built_is_not_saved(app_editor: Any) -> None:
    first = keys(app_editor.get(BASE))[0]
    form = element(app_editor, first).forms["form"]
    form["title"] = "Titre gardé"
    page = form.submit("do", index=0)
    answer = page.forms["form"].submit("save", status=422)
    assert answer.forms["form"]["title"].value == "Titre gardé"
    assert "Publié" in words(app_editor.get(BASE))


def test_a_clause_is_found_and_added_where_one_stands(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first = keys(page)[0]
    clause = keys(page, first)[0]
    asked = {"place": "after", "cle": clause, "q": "révisables", "famille": "prix"}
    found = app_editor.get(ADD, asked)
    assert "Prix révisables" in words(found)
    form = next(f for f in found.forms.values() if 'name="clause"' in f.text)
    page = form.submit("clause", value="price-revisable").follow()
    assert keys(page, first)[1] == "price-revisable"
    assert "est ajouté" in words(page)


def test_a_clause_called_already_is_not_offered_again(app_editor: Any) -> None:
    found = app_editor.get(ADD, {"place": "into", "q": "objet de la consultation"})
    assert "déjà dans ce canevas" in words(found)


def test_an_article_is_added_inside_another(app_editor: Any) -> None:
    first = keys(app_editor.get(BASE))[0]
    page = app_editor.get(f"{ADD}?place=into&cle={first}")
    form = next(f for f in page.forms.values() if "Ajouter l’article" in f.text)
    form["title"] = "Œuvres et délais"
    page = form.submit().follow()
    assert keys(page, first)[-1] == "article-oeuvres-et-delais"
    assert "il ne contient rien" in words(page)


def test_an_article_without_title_is_refused_in_place(app_editor: Any) -> None:
    page = app_editor.get(f"{ADD}?place=into&cle=")
    form = next(f for f in page.forms.values() if "Ajouter l’article" in f.text)
    assert "Donnez un titre" in words(form.submit(status=422))


def test_a_title_with_signs_nobody_types_is_refused(app_editor: Any) -> None:
    page = app_editor.get(f"{ADD}?place=into&cle=")
    form = next(f for f in page.forms.values() if "Ajouter l’article" in f.text)
    form["title"] = "Titre\x07"
    assert "caractères interdits" in words(form.submit(status=422))


def test_the_list_of_derogations_is_added_once(app_editor: Any) -> None:
    page = app_editor.get(f"{ADD}?place=into&cle=")
    form = next(f for f in page.forms.values() if "derogations" in f.text)
    page = form.submit("derogations").follow()
    assert keys(page)[-1] == "derogations"
    again = app_editor.get(f"{ADD}?place=into&cle=")
    assert "La liste des dérogations" not in words(again)


def test_a_clause_nobody_knows_is_refused(app_editor: Any) -> None:
    page = app_editor.get(f"{ADD}?place=into&cle=&q=Prix")
    form = next(f for f in page.forms.values() if 'name="clause"' in f.text)
    token, revision = form["csrf_token"].value, form["revision"].value
    sent = {"csrf_token": token, "revision": revision, "clause": "nobody"}
    assert "pas au clausier" in words(
        app_editor.post(f"{ADD}?place=into", sent, status=422)
    )


def test_what_is_typed_survives_a_colleague(
    app_editor: Any, app_other_editor: Any
) -> None:
    page = app_other_editor.get(BASE)
    first, second = keys(page)[:2]
    form = element(app_editor, first).forms["form"]
    done(page, f"remove {second}")
    form["title"] = "Mon titre"
    answer = form.submit("save", status=409)
    assert "a modifié ce canevas" in words(answer)
    form = answer.forms["form"]
    assert form["title"].value == "Mon titre"
    page = form.submit("save").follow()
    assert "Mon titre" in words(page)
    assert second not in keys(page)


def test_a_node_that_is_not_there_is_not_found(app_editor: Any) -> None:
    app_editor.get("/canevas/rc-open-call/element?cle=nobody", status=404)
    app_editor.get(f"{ADD}?place=into&cle=nobody", status=404)


@pytest.fixture
def adopted(site: Any, served: Any) -> str:
    """The id of a new clause that the committee adopted and nothing published."""
    registry = served.registry
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": registry}
    made = adopt_new(site, by, "Bilan de fin de période").clause_id
    transaction.commit()
    return made


def test_a_new_clause_is_placed_as_soon_as_it_is_adopted(
    app_editor: Any, adopted: str
) -> None:
    found = app_editor.get(ADD, {"place": "into", "q": "bilan de fin de période"})
    assert "adoptée, à publier" in words(found)
    form = next(f for f in found.forms.values() if 'name="clause"' in f.text)
    page = form.submit("clause", value=adopted).follow()
    node = page.html.select_one(f"#node-{adopted}").get_text()
    assert "Bilan de fin de période" in node
    assert "adoptée, à publier" in node
    assert "ce canevas peut être publié" in words(page)
    assert "/propositions/" in element(app_editor, adopted)
    assert "Le bilan est remis à" in app_editor.get("/canevas/rc-open-call/essayer")
    changes = words(app_editor.get("/canevas/rc-open-call/differences"))
    assert "Bilan de fin de période" in changes


def test_many_clauses_are_found_page_by_page_the_best_first(app_editor: Any) -> None:
    asked = {"place": "into", "cle": "", "q": "PRIX"}
    page = app_editor.get(ADD, asked)
    titles = [item.get_text() for item in page.html.select(".plan-found strong")]
    assert len(titles) == 20
    assert all(title.startswith("Prix") for title in titles[:10])
    assert all("prix" in title.casefold() for title in titles)
    notes = [item.get_text() for item in page.html.select(".plan-words .note")]
    assert not any(sign in note for note in notes for sign in "{}|*")
    total = int(re.search(r"Clauses trouvées : (\d+)", words(page))[1])
    assert total > 100
    assert f"1 à 20 sur {total}" in words(page)
    last = app_editor.get(ADD, {**asked, "page": "999"})
    left = last.html.select(".plan-found li")
    assert len(left) == total % 20 or len(left) == 20
    assert f"à {total} sur {total}" in words(last)
    following = page.click("Suivante")
    assert "21 à 40" in words(following)
    form = next(f for f in following.forms.values() if 'name="clause"' in f.text)
    button = following.html.select_one('.plan-found button[name="clause"]')
    assert "est ajouté" in words(form.submit("clause", value=button["value"]).follow())
