"""The question mode asks what kept clauses need, once, and saves it where it lives."""

import re

import pytest

from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import CCAP
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import document
from tests.functional.office.consultation.test_draft import path_of
from tests.functional.office.consultation.test_draft import token
from tests.functional.office.consultation.test_draft_reason import said


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


def ask(app, path, group, piece=CCAP):
    """Open a group of questions of a piece, or of all of them."""
    place = f"{piece}/" if piece else ""
    return app.get(f"{path}pieces/{place}questions", {"groupe": group})


def test_an_answer_of_the_form_is_saved_in_the_form(app_writer, path) -> None:
    begin(app_writer, path)
    page = ask(app_writer, path, "need")
    assert "Demandé par" in page
    form = page.forms["form"]
    form["place"] = "Lycées de la vallée blanche"
    page = form.submit("save", status=303).follow()
    assert "Vos réponses sont enregistrées" in page
    assert "vallée blanche" in app_writer.get(path + "formulaire/need")
    assert "vallée blanche" in document(app_writer.get(f"{path}pieces/{CCAP}/"))


def test_an_answer_of_the_piece_is_saved_in_the_piece(app_writer, path) -> None:
    begin(app_writer, path)
    form = ask(app_writer, path, "propres").forms["form"]
    form["insertion_facilitator"] = "Maison de l’emploi"
    form.submit("save", status=303)
    assert "Maison de l’emploi" in document(app_writer.get(f"{path}pieces/{CCAP}/"))


def test_only_what_a_kept_clause_needs_is_asked(app_writer, path) -> None:
    begin(app_writer, path)
    form = ask(app_writer, path, "price").forms["form"]
    assert "form-price_variation" in form.fields
    before = set(form.fields)
    form["form-price_variation"] = "firm"
    form.submit("save", status=303)
    after = set(ask(app_writer, path, "price").forms["form"].fields)
    assert "form-price_variation" in after
    assert after != before


def test_each_question_is_asked_once_for_all_the_pieces(app_writer, path) -> None:
    page = app_writer.get(path + "pieces/")
    button = next(f for f in page.forms.values() if f.action.endswith("tout-commencer"))
    page = button.submit(status=303).follow()
    begun = {a.get_text() for a in page.html.select(".piece h3 a")}
    assert "Acte d’engagement – services courants" in begun
    # A letter of rejection waits for the day when there is something to reject.
    assert not any(title.startswith("Courrier") for title in begun)
    offered = said(page)
    assert "Courriers et formulaires" in offered
    assert "Courrier – rejet d’une offre" in offered
    page = ask(app_writer, path, "need", piece="")
    titles = [item.get_text() for item in page.html.select(".questions-demands dt")]
    assert titles
    assert len(titles) == len(set(titles))
    demands = said(page)
    assert "CCAP – services courants" in demands
    assert "Acte d’engagement" in demands


def test_the_set_tells_what_is_missing_across_pieces(served, database, site) -> None:
    app = log_in(served, "redacteur.central")
    path = path_of(site, "véhicules électriques")
    begin(app, path, "rc-open-call")
    begin(app, path)
    page = app.get(path + "pieces/")
    missing = page.html.select_one("section[aria-labelledby=pieces-missing]")
    titles = [link.get_text() for link in missing.select("a")]
    assert len(titles) == len(set(titles))
    link = missing.select_one("a")["href"]
    assert "/pieces/questions?groupe=" in link
    app.get(link.partition("#")[0])


def test_a_second_answer_to_the_same_question_is_not_lost(
    served, app_writer, path
) -> None:
    begin(app_writer, path)
    other = ask(log_in(served, "redacteur.central"), path, "propres", piece="")
    mine = ask(app_writer, path, "propres", piece="").forms["form"]
    mine["insertion_facilitator"] = "Maison bleue"
    mine.submit("save", status=303)
    theirs = other.forms["form"]
    theirs["insertion_facilitator"] = "Maison verte"
    page = theirs.submit("save", status=409)
    assert page.forms["form"]["insertion_facilitator"].value == "Maison verte"
    assert sides(page) == [
        ["Facilitateur de la clause sociale", "Maison bleue", "Maison verte"]
    ]
    page.forms["form"].submit("save", status=303)
    assert "Maison verte" in document(app_writer.get(f"{path}pieces/{CCAP}/"))


def sides(page):
    """Return the rows of the table that shows both answers."""
    rows = page.html.select(".merge-table tbody tr")
    return [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows
    ]


def test_a_step_saved_meanwhile_is_shown_beside_and_nothing_typed_is_lost(
    served, app_writer, path
) -> None:
    begin(app_writer, path)
    late = ask(log_in(served, "redacteur.central"), path, "need").forms["form"]
    early = ask(app_writer, path, "need").forms["form"]
    early["place"] = "Annecy"
    early.submit("save", status=303)
    late["place"] = "Chambéry"
    page = late.submit("save", status=409)
    assert sides(page) == [["Lieu principal d’exécution", "Annecy", "Chambéry"]]
    assert page.forms["form"]["place"].value == "Chambéry"
    page.forms["form"].submit("save", status=303)
    assert "Chambéry" in app_writer.get(path + "formulaire/need")


def test_an_answer_is_kept_though_its_question_is_asked_no_more(
    served, app_writer, path
) -> None:
    begin(app_writer, path)
    late = ask(log_in(served, "redacteur.central"), path, "price").forms["form"]
    early = ask(app_writer, path, "price").forms["form"]
    early["form-price_variation"] = "firm"
    early.submit("save", status=303)
    assert (
        "price_fixed_share" not in ask(app_writer, path, "price").forms["form"].fields
    )
    late["price_fixed_share"] = "20"
    page = late.submit("save", status=409)
    told = {row[0]: row[1:] for row in sides(page)}
    assert told["Variation des prix"] == ["Prix fermes", "Prix révisables"]
    again = page.forms["form"]
    assert again["price_fixed_share"].value == "20"
    assert again["form-price_variation"].value == "revisable"
    again.submit("save", status=303)
    page = ask(app_writer, path, "price")
    assert page.forms["form"]["price_fixed_share"].value == "20"


def test_a_group_nobody_asks_any_more_still_takes_what_was_typed(
    app_writer, path, monkeypatch
) -> None:
    begin(app_writer, path)
    form = ask(app_writer, path, "propres").forms["form"]
    form["insertion_facilitator"] = "Maison rouge"
    view = "sicp.views.office.consultation.draft_question.needs_of"
    with monkeypatch.context() as patch:
        # As if an answer saved meanwhile had taken away all the clauses that ask.
        patch.setattr(view, lambda pieces: ())
        form.submit("save", status=303)
    assert "Maison rouge" in document(app_writer.get(f"{path}pieces/{CCAP}/"))


def test_a_reader_sees_the_questions_and_answers_none(
    app_writer, app_manager, path
) -> None:
    page = begin(app_writer, path)
    seen = ask(app_manager, path, "need")
    assert "form" not in seen.forms
    assert "Quelles clauses le demandent" in seen
    values = {"csrf_token": token(page), "place": "x"}
    for place in (f"pieces/{CCAP}/questions", "pieces/questions"):
        app_manager.post(path + place, values, status=403)
    app_manager.post(path + "pieces/tout-commencer", values, status=403)


@pytest.mark.parametrize("group", ["nowhere", "é/../x", ""])
def test_an_unknown_group_opens_the_first_one_to_answer(
    app_writer, path, group
) -> None:
    begin(app_writer, path)
    page = ask(app_writer, path, group)
    assert re.search(r"questions sur", said(page))


def test_with_no_piece_there_is_no_question(served, database, site) -> None:
    app = log_in(served, "redacteur.central")
    path = path_of(site, "véhicules électriques")
    assert "Aucune clause ne demande de réponse" in ask(app, path, "", piece="")
