"""A writer rewrites a clause, a lawyer writes a cover: both without markup."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served

_CLAUSE = "execution-times"


@pytest.fixture
def desk(visit: Any, served: Served) -> Any:
    """The page where an open clause is rewritten, its editor ready."""
    page = visit("redacteur")
    page.goto(served.concerned)
    rewrite(page)
    return page


def rewrite(page: Any) -> None:
    """Go from the document to the page where the clause is rewritten."""
    section = page.locator(f"[data-key={_CLAUSE}]")
    section.locator("summary").first.click()
    section.get_by_role("link", name="Réécrire").click()
    expect(words_of(page)).to_be_visible()


def words_of(page: Any) -> Any:
    return page.get_by_role("textbox", name="Texte de la clause pour cette pièce")


def emptied(page: Any, words: Any) -> None:
    """Take everything away and stand where words begin."""
    words.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def insert(page: Any, name: str) -> None:
    """Insert a value from the list, found by a word of its French title."""
    page.get_by_role("button", name="Insérer une donnée").first.click()
    dialog = page.get_by_role("dialog", name="Insérer une donnée")
    dialog.get_by_label("Donnée").select_option(name)
    dialog.get_by_role("button", name="Insérer").click()
    expect(dialog).to_be_hidden()


def save(page: Any, button: str = "Enregistrer le texte") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def test_what_a_writer_types_is_seen_in_the_document_and_opened_again(desk) -> None:
    words = words_of(desk)
    expect(desk.locator("textarea[name=text]")).to_be_hidden()
    assert "{" not in desk.locator("main").inner_text()
    emptied(desk, words)
    desk.get_by_role("button", name="Gras").click()
    desk.keyboard.type("Sans délai")
    desk.get_by_role("button", name="Gras").click()
    desk.keyboard.type(" pendant ")
    insert(desk, "duration_months")
    desk.keyboard.type(".")
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Liste à puces").click()
    desk.keyboard.type("premier point")
    desk.keyboard.press("Enter")
    desk.keyboard.type("second point")
    written = words.inner_text()
    save(desk)
    section = desk.locator(f"[data-key={_CLAUSE}]")
    expect(section).to_contain_text("Sans délai pendant 12 mois.")
    expect(section.locator("strong", has_text="Sans délai").first).to_be_visible()
    expect(section.locator("li", has_text="second point").first).to_be_visible()
    expect(section).to_contain_text("texte réécrit")
    rewrite(desk)
    expect(words_of(desk)).to_have_text(written, use_inner_text=True)
    save(desk, "Revenir au texte du clausier")
    expect(section).not_to_contain_text("texte réécrit")


def test_opening_and_saving_rewrites_nothing(desk) -> None:
    told = words_of(desk).locator("[data-field=contract_form]").first
    assert "framework" not in (told.get_attribute("title") or "")
    save(desk)
    section = desk.locator(f"[data-key={_CLAUSE}]")
    expect(section).to_be_visible()
    expect(section).not_to_contain_text("texte réécrit")


def test_two_writers_meet_and_the_second_keeps_his_words(
    visit, desk, served: Served
) -> None:
    other = visit("redacteur.central")
    other.goto(desk.url)
    for page, said in ((desk, "Sous huit jours."), (other, "Sous neuf jours.")):
        emptied(page, words_of(page))
        page.keyboard.type(said)
    save(desk)
    save(other)
    expect(other.get_by_role("region", name="Enregistré entre-temps")).to_contain_text(
        "Sous huit jours."
    )
    expect(words_of(other)).to_have_text("Sous neuf jours.")
    save(other)
    section = other.locator(f"[data-key={_CLAUSE}]")
    expect(section).to_contain_text("Sous neuf jours.")
    rewrite(other)
    save(other, "Revenir au texte du clausier")


def test_without_scripts_a_writer_has_the_markup_and_a_line_of_help(
    visit, served: Served
) -> None:
    visit("redacteur")
    page = visit("redacteur", java_script_enabled=False)
    page.goto(f"{served.concerned}texte?clause={_CLAUSE}")
    expect(page.get_by_text("Une ligne vide sépare deux paragraphes")).to_be_visible()
    field = page.get_by_label("Texte de la clause pour cette pièce")
    field.fill("Écrit **sans** script.")
    page.get_by_role("button", name="Enregistrer le texte").click()
    section = page.locator(f"[data-key={_CLAUSE}]")
    expect(section).to_contain_text("Écrit sans script.")
    page.goto(f"{served.concerned}texte?clause={_CLAUSE}")
    page.get_by_role("button", name="Revenir au texte du clausier").click()
    expect(section).not_to_contain_text("texte réécrit")


def test_the_cover_of_a_canevas_is_written_without_markup(visit) -> None:
    page = visit("editeur")
    page.goto("/canevas/rc-open-call/proprietes")
    title = page.get_by_role("textbox", name="Titre de la couverture")
    text = page.get_by_role("textbox", name="Texte de la couverture")
    expect(text.locator(".chip").first).to_have_text("Objet du contrat")
    before = text.inner_text()
    title.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type(" –")
    insert(page, "reference")
    save(page, "Enregistrer")
    expect(page.get_by_text("Le canevas est enregistré.")).to_be_visible()
    expect(title.locator("p")).to_have_count(1)
    expect(title).to_contain_text("Règlement de la consultation –")
    expect(title.locator("[data-variable=reference]")).to_have_count(1)
    expect(text).to_have_text(before, use_inner_text=True)
