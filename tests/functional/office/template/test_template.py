"""The canevas are read as trees, with their conditions in French."""

import re


def words(page) -> str:
    """Return the words of the page."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


def test_the_list_tells_when_each_is_proposed(app_writer) -> None:
    said = words(app_writer.get("/canevas/"))
    assert "la procédure est « Appel d’offres ouvert »" in said
    assert "CCAP – services courants" in said


def test_a_canevas_is_a_tree_of_clauses(app_writer) -> None:
    page = app_writer.get("/canevas/ccap-common-services/")
    tree = page.html.select_one("ol.canevas")
    first = tree.find("li")
    assert "Objet, parties et pièces du marché" in first.get_text()
    assert first.select_one("ol a").get_text() == "Objet du marché"
    said = words(page)
    assert "Quand la forme du contrat est « Marché à tranches »" in said
    assert "Dérogations au CCAG" in said
    assert "{" not in said


def test_each_clause_of_a_canevas_leads_to_its_text(app_writer) -> None:
    page = app_writer.get("/canevas/ae-services/")
    links = [a["href"] for a in page.html.select("ol.canevas a")]
    assert len(links) > 15
    for link in links:
        app_writer.get(link)


def test_who_drafts_nothing_does_not_enter(app_beneficiary) -> None:
    for place in ("/canevas/", "/canevas/ae-services/"):
        app_beneficiary.get(place, status=403)
