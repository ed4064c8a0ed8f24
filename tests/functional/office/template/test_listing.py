"""The list of canevas is narrowed and sorted by its address."""

from typing import Any

from tests.functional.office.template.test_template import words


def titles(page: Any) -> list[str]:
    """Return the titles listed, in order."""
    return [link.get_text() for link in page.html.select(".table-list tbody th a")]


def test_words_are_looked_for_without_accents(app_writer: Any) -> None:
    page = app_writer.get("/canevas/", {"texte": "maitrise d’œuvre engagement"})
    assert "Acte d’engagement – maîtrise d’œuvre" in titles(page)
    assert f"{len(titles(page))} canevas sur" in words(page)
    assert len(titles(page)) < 4


def test_words_of_the_condition_count(app_writer: Any) -> None:
    found = titles(app_writer.get("/canevas/", {"texte": "appel d’offres ouvert"}))
    assert "Règlement de la consultation – appel d’offres ouvert" in found
    assert "Acte d’engagement – travaux" not in found


def test_a_kind_of_document_and_a_phase_are_chosen(app_writer: Any) -> None:
    page = app_writer.get("/canevas/", {"piece": "RC", "phase": "candidature"})
    found = titles(page)
    assert len(found) == 2
    assert all("candidature" in title.lower() for title in found)
    chosen = page.html.select("form.filters option[selected]")
    assert [option["value"] for option in chosen] == ["RC", "candidature"]


def test_a_nature_leaves_out_what_is_never_proposed_to_it(app_writer: Any) -> None:
    found = titles(app_writer.get("/canevas/", {"nature": "works"}))
    assert "Acte d’engagement – travaux" in found
    assert "CCAP – travaux (socle)" in found
    assert "Règlement de la consultation – appel d’offres ouvert" in found
    assert "Acte d’engagement – fournitures courantes" not in found
    assert "CCAP – services courants" not in found
    assert "CCAP – maîtrise d’œuvre (socle)" not in found
    assert "CCAP – prestations intellectuelles" not in found


def test_columns_sort_and_keep_what_is_filtered(app_writer: Any) -> None:
    page = app_writer.get("/canevas/", {"piece": "CCAP", "sort": "-clauses"})
    counts = [
        int(row.select("td")[2].get_text()) for row in page.html.select("tbody tr")
    ]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) > 1
    link = page.html.select_one("thead a[href*='sort=titre']")["href"]
    found = titles(app_writer.get(link))
    assert len(found) == len(counts)
    assert found[0] < found[-1]


def test_what_nothing_answers_is_said_and_cleared(app_writer: Any) -> None:
    page = app_writer.get("/canevas/", {"texte": "introuvable", "sort": "neant"})
    assert "Aucun canevas ne répond à ces choix" in words(page)
    assert len(titles(page.click("Effacer"))) > 40
