"""A lawyer writes the clause proposed, and never a line of code."""

from typing import Any

import pytest
import transaction

from sicp import clock
from sicp.operations.clause import clauses_of
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_retirement
from sicp.operations.user.right import actor_for
from tests.functional.conftest import log_in

CLAUSE = "price-revisable"


def begun(site: Any, served: Any, clause_id: str = CLAUSE) -> Any:
    """Open a proposal on a clause."""
    now = clock.now()
    by = {"now": now, "registry": served.registry}
    actor = actor_for(site, "editeur", now)
    proposal = propose_amendment(site, clause_id, actor=actor, **by)
    transaction.commit()
    return proposal


@pytest.fixture
def proposal(site: Any, served: Any) -> Any:
    """A proposal in draft on a clause with variables and a condition."""
    return begun(site, served)


@pytest.fixture
def app_editor(served: Any, database: Any) -> Any:
    """An editor of the clausier."""
    return log_in(served, "editeur")


def address(proposal: Any, page: str = "modifier") -> str:
    return f"/propositions/{proposal.__name__}/{page}"


def now_of(site: Any, proposal: Any) -> Any:
    """Return the proposal as it is stored now."""
    transaction.begin()
    return site["propositions"][proposal.__name__]


def test_saving_what_is_shown_changes_nothing(app_editor, site, proposal) -> None:
    before = dict(proposal.data)
    form = app_editor.get(address(proposal)).forms["form"]
    form.submit("save", status=303)
    after = now_of(site, proposal).data
    assert after == before


def test_every_clause_shipped_is_shown_and_saved_as_it_was(
    app_editor, site, served
) -> None:
    """What the form does not know of a clause would be lost here."""
    ids = [clause.clause_id for clause in clauses_of(site["clausier"])]
    for clause_id in ids[:: max(1, len(ids) // 15)]:
        transaction.begin()
        proposal = begun(site, served, clause_id)
        before = dict(proposal.data)
        page = app_editor.get(address(proposal))
        page.forms["form"].submit("save", status=303)
        after = dict(now_of(site, proposal).data)
        assert after == before, clause_id


def words(page: Any) -> str:
    """Return the words of the page."""
    return " ".join(page.html.select_one("main").get_text(" ").split())


def edited(app: Any, proposal: Any) -> Any:
    """Open the form."""
    return app.get(address(proposal)).forms["form"]


def condition_index(form: Any, button: str, row: int) -> int:
    """Find which of the buttons « do » is that of ``row`` (0 is the top)."""
    buttons = [item for item in form.fields["do"] if item._value == button]
    return form.fields["do"].index(buttons[row])


def test_a_row_button_shows_the_page_again_and_saves_nothing(
    app_editor, site, proposal
) -> None:
    before = dict(proposal.data)
    form = edited(app_editor, proposal)
    form.fields["title"][0].force_value("Un titre en cours")
    page = form.submit("do", condition_index(form, "add-test", 0), status=200)
    again = page.forms["form"]
    assert again.fields["title"][0].value == "Un titre en cours"
    assert len(again.fields["field"]) == len(form.fields["field"]) + 1
    assert not page.html.select(".error-summary")
    assert now_of(site, proposal).data == before


def test_a_condition_is_built_from_rows_without_scripts(
    app_editor, site, proposal
) -> None:
    form = edited(app_editor, proposal)
    form = form.submit("do", condition_index(form, "add-test", 0)).forms["form"]
    form.fields["field"][-1].force_value("estimated_amount")
    rows = [item for item in form.fields["do"] if item._value == "refresh"]
    form = form.submit("do", form.fields["do"].index(rows[-1])).forms["form"]
    form.fields["operator"][-1].force_value("ge")
    form.fields["value"][-1].force_value("40 000")
    form.submit("save", status=303)
    condition = now_of(site, proposal).data["condition"]
    assert condition["all"][1] == {
        "field": "estimated_amount",
        "operator": "ge",
        "value": 40000,
    }
    assert "d’au moins" in words(app_editor.get(address(proposal)))


def test_an_incomplete_condition_is_told_at_its_row(app_editor, proposal) -> None:
    form = edited(app_editor, proposal)
    form = form.submit("do", condition_index(form, "add-test", 0)).forms["form"]
    page = form.submit("save", status=422)
    assert "Choisissez une donnée." in words(page)
    assert page.html.select_one(".condition-row .field-error")


def test_faults_are_saved_in_draft_and_told_at_the_top(
    app_editor, site, proposal
) -> None:
    form = edited(app_editor, proposal)
    form["text"] = "Le titulaire de {marque_inconnue} est prévenu."
    page = form.submit("save", status=303).follow()
    assert "marque_inconnue" in now_of(site, proposal).data["text"]
    assert "n’est ni un champ ni une variable" in words(page)


def test_a_text_that_cannot_be_read_is_refused_and_kept(
    app_editor, site, proposal
) -> None:
    before = dict(proposal.data)
    form = edited(app_editor, proposal)
    form["text"] = "Une accolade {ouverte"
    page = form.submit("save", status=422)
    assert page.forms["form"]["text"].value == "Une accolade {ouverte"
    assert page.html.select_one("#form-text-error")
    assert now_of(site, proposal).data == before


def test_what_the_editor_sends_becomes_markup(app_editor, site, proposal) -> None:
    form = edited(app_editor, proposal)
    form["text_format"].force_value("html")
    form["text"] = (
        "<p>Le <strong>prix</strong> de "
        '<span class="chip" data-variable="object" contenteditable="false">Objet</span>'
        '<script>alert(1)</script></p><ul><li onclick="x()">un</li></ul>'
    )
    form.submit("save", status=303)
    text = now_of(site, proposal).data["text"]
    assert text == "Le **prix** de {object}\n\n- un\n"


def test_html_that_means_nothing_is_refused_and_kept_escaped(
    app_editor, proposal
) -> None:
    form = edited(app_editor, proposal)
    form["text_format"].force_value("html")
    typed = '<p>Bon <span data-variable="A B">x</span><img src=x onerror=alert(1)></p>'
    form["text"] = typed
    page = form.submit("save", status=422)
    assert page.html.select_one("[data-rich-text]")["data-html"] == typed
    assert not page.html.select("img[onerror]")


def test_a_new_question_gets_a_name_that_stays(app_editor, site, proposal) -> None:
    form = edited(app_editor, proposal)
    form.fields["title"][-2].force_value("Indice de l’année")
    form.submit("save", status=303)
    names = [item["name"] for item in now_of(site, proposal).data["variables"]]
    assert names[-1] == "indice_de_l_annee"
    form = edited(app_editor, proposal)
    shown = [f for f in form.fields["title"] if f.value == "Indice de l’année"]
    shown[0].force_value("Indice du mois")
    form.submit("save", status=303)
    item = now_of(site, proposal).data["variables"][-1]
    assert (item["name"], item["title"]) == ("indice_de_l_annee", "Indice du mois")


def test_a_question_the_text_cites_cannot_be_removed(
    app_editor, site, proposal
) -> None:
    before = dict(proposal.data)
    title = before["variables"][0]["title"]
    form = edited(app_editor, proposal)
    shown = [f for f in form.fields["title"] if f.value == title]
    shown[0].force_value("")
    page = form.submit("save", status=422)
    assert "sert encore dans le texte, au paragraphe 1" in words(page)
    assert now_of(site, proposal).data == before


def test_an_alternative_needs_a_group(app_editor, site, proposal) -> None:
    form = edited(app_editor, proposal)
    form["group"] = ""
    page = form.submit("save", status=422)
    assert "nommez-en un nouveau" in words(page)
    form = page.forms["form"]
    form["new_group"] = "Prix de l’énergie"
    form.submit("save", status=303)
    assert now_of(site, proposal).data["group"] == "prix-de-l-energie"


@pytest.mark.parametrize("typed", ["n’importe quoi", "R2112-13, <b>", "42 bis ter"])
def test_an_article_of_law_is_checked(app_editor, proposal, typed) -> None:
    form = edited(app_editor, proposal)
    form["legal_basis"] = typed
    page = form.submit("save", status=422)
    assert "n’est pas un article" in words(page)


def test_a_link_and_an_owner_are_kept(app_editor, site, proposal) -> None:
    form = edited(app_editor, proposal)
    form["owner"] = "editeur"
    form.fields["title"][-1].force_value("Fiche de la DAJ")
    form["url"] = "https://example.org/fiche"
    form.submit("save", status=303)
    data = now_of(site, proposal).data
    assert data["owner"] == "editeur"
    assert data["links"] == [
        {"title": "Fiche de la DAJ", "url": "https://example.org/fiche"}
    ]


def test_a_link_that_runs_a_script_is_refused(app_editor, proposal) -> None:
    form = edited(app_editor, proposal)
    form.fields["title"][-1].force_value("Fiche")
    form["url"] = "javascript:alert(1)"
    assert "commence par" in words(form.submit("save", status=422))


def test_the_preview_follows_what_is_typed(app_editor, site, proposal) -> None:
    before = dict(proposal.data)
    form = edited(app_editor, proposal)
    form["text"] = "Bonjour à {object}."
    pairs = form.submit_fields()
    page = app_editor.post(address(proposal, "apercu"), pairs)
    assert ">[Objet du contrat]</span>." in page.text
    assert now_of(site, proposal).data == before


def test_the_preview_takes_the_answers_of_a_consultation_one_may_read(
    app_editor, proposal, served, database
) -> None:
    page = app_editor.get(address(proposal))
    options = page.html.select("#preview-consultation option[value]")
    values = [option["value"] for option in options if option["value"]]
    for value in values[:1]:
        app_editor.get(address(proposal) + f"?consultation={value}", status=200)
    app_editor.get(address(proposal) + "?consultation=12345", status=400)


def test_only_a_draft_is_written(app_editor, site, served, proposal) -> None:
    now = clock.now()
    actor = actor_for(site, "editeur", now)
    move_proposal(proposal, "submit", actor=actor, now=now, registry=served.registry)
    transaction.commit()
    page = app_editor.get(address(proposal), status=409)
    assert "n’est plus en rédaction" in page.text


@pytest.mark.parametrize("login", ["redacteur", "beneficiaire"])
def test_others_never_see_the_form(served, database, proposal, login) -> None:
    app = log_in(served, login)
    for page in ("modifier", "apercu", "rapprocher"):
        answer = app.get(address(proposal, page), expect_errors=True)
        assert answer.status_int in {403, 404}


def test_a_retirement_has_no_text_to_write(app_editor, site, served, database) -> None:
    now = clock.now()
    by = {"actor": actor_for(site, "editeur", now), "now": now}
    by["registry"] = served.registry
    proposal = propose_retirement(site, CLAUSE, reason="Abrogée.", **by)
    transaction.commit()
    page = app_editor.get(address(proposal), status=409)
    assert "Un retrait ne change pas le texte." in page.text


def test_chips_keep_their_french_title_when_the_form_comes_back(
    app_editor, proposal
) -> None:
    form = edited(app_editor, proposal)
    form["legal_basis"] = "rien"
    page = form.submit("save", status=422)
    html = page.html.select_one("[data-rich-text]")["data-html"]
    assert ">Périodicité de la révision" in html
