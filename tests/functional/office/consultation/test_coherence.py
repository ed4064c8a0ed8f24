"""What contradicts what is shown with both places, to those who see the details."""

import re

import pytest

from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_attachment import join
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import path_of
from tests.unit.engines.text_extraction import files

WRONG = files.docx(
    "# 2. Durée",
    "Le marché est conclu pour une durée de trois ans.",
    "<b>Attention</b> : les variantes sont autorisées.",
)


@pytest.fixture
def path(site) -> str:
    """The address of the check of gas installations: 24 months, without lots."""
    return path_of(site, "gaz des laboratoires")


@pytest.fixture
def app_technician(served, database):
    """A *rédactrice technique* of the service that maintains the schools."""
    return log_in(served, "technicien")


def words(node) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def test_drafted_pieces_alone_agree_and_the_page_says_what_it_read(
    app_technician, path
) -> None:
    page = app_technician.get(path + "pieces/").click("Vérifier la cohérence")
    assert "Aucune contradiction relevée" in page
    assert "CCAP" in words(page.html.select_one(".aside-block"))


def test_a_contradiction_shows_both_places_and_leads_to_them(
    served, app_technician, path
) -> None:
    join(app_technician, path, content=WRONG, title="CCTP gaz")
    writer = log_in(served, "redacteur.service")
    page = writer.get(path + "coherence")
    groups = {words(s.h3): s for s in page.html.select(".coherence-group")}
    duration = words(groups["Durée du contrat"])
    assert "dit « 36 mois » ; le formulaire dit « 24 mois »" in duration
    assert "Le marché est conclu pour une durée de trois ans." in duration
    assert "« 2. Durée », paragraphe 1" in duration
    links = [a["href"] for a in groups["Durée du contrat"].select("a")]
    assert links[0].endswith("/annexes/1/")
    assert links[1].endswith("/formulaire/contract#form-duration_months")
    assert writer.get(links[0]).status_int == 200
    assert writer.get(links[1]).status_int == 200
    assert "<b>Attention" not in page.text
    assert "Variantes" in groups


def test_a_reader_is_led_to_what_he_may_open(served, app_technician, path) -> None:
    join(app_technician, path, content=WRONG)
    manager = log_in(served, "gestionnaire.central")
    page = manager.get(path + "coherence")
    for link in page.html.select(".coherence-side a"):
        manager.get(link["href"])


def test_a_piece_that_was_begun_is_linked_at_its_article(
    served, app_technician, path
) -> None:
    begin(log_in(served, "redacteur.service"), path)
    text = files.docx("La sous-traitance est interdite.")
    join(app_technician, path, content=text)
    page = app_technician.get(path + "coherence")
    links = [a["href"] for a in page.html.select(".coherence-side a")]
    assert any("/pieces/ccap-common-services/#" in link for link in links)


def test_what_is_not_read_is_told(app_technician, path) -> None:
    join(app_technician, path, "plan.png", b"\x89PNG\r\n\x1a\n", "plan", "Plan masse")
    page = app_technician.get(path + "coherence")
    unread = words(page.html.select(".aside-block")[1])
    assert "Plan masse" in unread
    assert "dont le texte ne se lit pas" in unread


def test_a_beneficiary_does_not_see_the_report(served, database, path) -> None:
    log_in(served, "beneficiaire").get(path + "coherence", status=403)
