"""Each passage of a piece answers « Pourquoi cette phrase ? » to the end."""

import re

import pytest

from tests.functional.office.consultation.test_draft import CCAP
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import path_of


def said(page) -> str:
    """Return the words of a page, spaces evened."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


def why(app, path, passage, canevas=CCAP):
    """Open the explanation of a passage."""
    return app.get(f"{path}pieces/{canevas}/pourquoi", {"passage": passage})


def test_every_passage_of_the_page_leads_to_its_explanation(app_writer, path) -> None:
    page = begin(app_writer, path)
    blocks = page.html.select("[data-part=document] > [data-key]")
    assert len(blocks) > 40
    for block in blocks:
        assert block.select_one("a[href*=pourquoi]"), block["data-key"]
    for block in [*blocks[:4], *blocks[-2:]]:
        answer = app_writer.get(block.select_one("a[href*=pourquoi]")["href"])
        assert "Ce qui le met ici" in answer


def test_a_clause_tells_its_condition_part_by_part(app_writer, path) -> None:
    begin(app_writer, path)
    text = said(why(app_writer, path, "price-revisable"))
    assert "la variation des prix est « Prix révisables »" in text
    assert "vrai ici" in text
    assert "Articles R2112-13 et R2112-14" in text
    assert "Prix fermes actualisables" in text
    assert "faux ici" in text
    assert "Formulaire amont" in text
    assert "Version écrite par" in text
    assert "Publication" in text


def test_who_answered_each_value_is_told(app_writer, path) -> None:
    form = begin(app_writer, path).forms["form"]
    form["insertion_facilitator"] = "Maison de l’emploi"
    form.submit("save", status=303)
    form = app_writer.get(path + "formulaire/need").forms["form"]
    form["place"] = "Lycées de la vallée blanche"
    form.submit("stay", status=303)
    page = app_writer.get(f"{path}pieces/{CCAP}/")
    for field, origin in (
        ("insertion_facilitator", "Réponse propre à cette pièce"),
        ("place", "Formulaire amont"),
    ):
        value = page.html.select_one(f"[data-part=document] [data-field={field}]")
        key = value.find_parent(attrs={"data-key": True})["data-key"]
        answer = why(app_writer, path, key)
        rows = [re.sub(r"\s+", " ", r.get_text(" ")) for r in answer.html.select("tr")]
        assert any(origin in row and "Marie Brunet" in row for row in rows), field


def test_who_rewrote_a_clause_is_told(app_writer, path) -> None:
    begin(app_writer, path)
    address = f"{path}pieces/{CCAP}/texte?clause=execution-times"
    form = app_writer.get(address).forms["form"]
    form["text"] = "Sous huit jours."
    form.submit("save", status=303)
    text = said(why(app_writer, path, "execution-times"))
    assert re.search(r"Texte réécrit pour cette pièce Marie Brunet\s?, le", text)


def test_a_heading_and_the_cover_tell_their_place(app_writer, path) -> None:
    page = begin(app_writer, path)
    heading = page.html.select_one(".draft-part, .draft-article")
    key = heading.find_parent(attrs={"data-key": True})["data-key"]
    assert "Canevas « CCAP" in said(why(app_writer, path, key))
    assert "Canevas « CCAP" in said(why(app_writer, path, "cover"))
    assert "Canevas « CCAP" in said(app_writer.get(f"{path}pieces/{CCAP}/pourquoi"))


def test_a_reader_is_told_why_and_is_offered_no_change(
    app_writer, app_manager, path
) -> None:
    begin(app_writer, path)
    page = why(app_manager, path, "price-revisable")
    assert "Ce qui le met ici" in page
    assert not page.html.select("main form")


@pytest.mark.parametrize("passage", ["nowhere", "", "é/../x", "<script>"])
def test_a_passage_that_is_not_there_is_told_so(app_writer, path, passage) -> None:
    begin(app_writer, path)
    answer = app_writer.get(
        f"{path}pieces/{CCAP}/pourquoi", {"passage": passage}, status=400
    )
    assert "n’est plus dans la pièce" in answer
