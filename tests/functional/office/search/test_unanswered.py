"""Those who manage the base read what was looked for in vain, and act on it."""

import pytest
import transaction

from sicp import clock
from sicp.operations.search.unanswered import note_unanswered

ALL = "/connaissances/sans-reponse"


@pytest.fixture
def vain(site):
    """Two searches in vain, one of them twice."""
    for text in ("Élagage", "élagage", "<b>neige</b>"):
        note_unanswered(site, text, now=clock.now())
    transaction.commit()


def rows(page):
    """Return words and count of each line."""
    return [
        (row.th.a.get_text(), row.select("td")[0].get_text())
        for row in page.html.select("tbody tr")
    ]


def test_the_most_frequent_comes_first(app_keeper, vain) -> None:
    page = app_keeper.get(ALL)
    assert rows(page) == [("Élagage", "2"), ("<b>neige</b>", "1")]
    assert "aujourd’hui" in page


def test_a_word_becomes_a_synonym(app_keeper, vain) -> None:
    page = app_keeper.get(ALL).click("Ajouter un synonyme", index=0)
    assert page.forms["form"]["expressions"].value == "Élagage"


def test_a_sheet_may_answer(app_keeper, vain) -> None:
    page = app_keeper.get(ALL).click("Écrire une fiche", index=0)
    assert "Nouvelle fiche" in page
    assert page.click("Fiche pratique").forms["sheet"]["title"].value == "Élagage"
    page = app_keeper.get(ALL).click("Écrire une fiche", index=1)
    assert page.click("Fiche pratique").forms["sheet"]["title"].value == "<b>neige</b>"


def test_a_line_is_taken_away_once(app_keeper, vain) -> None:
    form = next(f for f in app_keeper.get(ALL).forms.values() if "retirer" in f.action)
    page = form.submit(status=303).follow()
    assert rows(page) == [("<b>neige</b>", "1")]
    form.submit(status=409)


def test_an_empty_list_says_so(app_keeper) -> None:
    page = app_keeper.get(f"{ALL}?page=12")
    assert "Aucune recherche n’est restée sans réponse" in page


def test_nobody_else_reads_them(app_writer, app_beneficiary, app_anonymous) -> None:
    app_writer.get(ALL, status=403)
    app_beneficiary.get(ALL, status=403)
    app_anonymous.get(ALL, status=303)
