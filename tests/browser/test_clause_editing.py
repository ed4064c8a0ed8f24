"""The editing form of a clause in a browser: editor, chips, conditions, two lawyers."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.unit.engines.text_extraction import files

#: The markup stored, as the page gives it to who has no scripts.
_STORED = """
async () => {
  const answer = await fetch(window.location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("textarea[name=text]").value;
}
"""


@pytest.fixture
def desk(visit: Any, served: Served) -> Any:
    """The form of a proposal, its editor ready."""
    page = visit("editeur")
    return opened(page, served)


def opened(page: Any, served: Served) -> Any:
    page.goto(f"{served.proposal}/modifier")
    expect(words_of(page)).to_be_visible()
    return page


def words_of(page: Any) -> Any:
    return page.get_by_role("textbox", name="Texte", exact=True)


def at_the_end(page: Any) -> None:
    """Begin a new paragraph after the last words."""
    words_of(page).locator("p").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")


def markup(page: Any) -> str:
    """Save, then read what is stored as who has no scripts sees it."""
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer la proposition").click()
    expect(page.get_by_text("La proposition est enregistrée.")).to_be_visible()
    return page.evaluate(_STORED)


def test_opening_and_saving_changes_no_word(desk) -> None:
    before = desk.evaluate(_STORED)
    assert markup(desk) == before


def test_a_value_is_inserted_from_a_list_by_its_french_title(desk) -> None:
    at_the_end(desk)
    desk.get_by_role("button", name="Insérer une donnée").click()
    dialog = desk.get_by_role("dialog", name="Insérer une donnée")
    dialog.get_by_label("Chercher").fill("estime")
    dialog.get_by_label("Donnée").select_option("estimated_amount")
    dialog.get_by_label("Écrite").select_option("amount_letters")
    dialog.get_by_role("button", name="Insérer").click()
    expect(words_of(desk).locator("[data-variable=estimated_amount]")).to_have_count(1)
    assert "{estimated_amount|amount_letters}" in markup(desk)


def test_a_reference_and_a_plural_are_inserted(desk) -> None:
    at_the_end(desk)
    desk.get_by_role("button", name="Insérer un renvoi").click()
    dialog = desk.get_by_role("dialog", name="Insérer un renvoi")
    dialog.get_by_label("Clause", exact=True).select_option("price-unit")
    dialog.get_by_label("Texte si la clause").fill("le bordereau")
    dialog.get_by_role("button", name="Insérer").click()
    desk.get_by_role("button", name="Singulier ou pluriel").click()
    dialog = desk.get_by_role("dialog", name="Singulier ou pluriel")
    dialog.get_by_label("Selon le nombre de").select_option("lots")
    dialog.get_by_label("Au singulier").fill("le lot")
    dialog.get_by_label("Au pluriel").fill("les lots")
    dialog.get_by_role("button", name="Insérer").click()
    text = markup(desk)
    assert "{ref:price-unit|le bordereau}" in text
    assert "{plural:lots|le lot|les lots}" in text


def test_words_are_put_under_a_condition(desk) -> None:
    at_the_end(desk)
    desk.keyboard.type("Sous condition")
    desk.keyboard.press("Shift+Home")
    desk.get_by_role("button", name="Passage sous condition").click()
    dialog = desk.get_by_role("dialog", name="Passage sous condition")
    dialog.get_by_label("Donnée").select_option("is_allotted")
    dialog.get_by_label("Valeur").first.select_option("true")
    dialog.get_by_role("button", name="Insérer").click()
    assert "{if is_allotted is true: Sous condition}" in markup(desk)


def test_a_paste_keeps_words_and_bold_only(desk) -> None:
    at_the_end(desk)
    desk.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html",
            '<p style="color:red">Collé <b>gras</b><img src="x"></p>');
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }"""
    )
    expect(words_of(desk)).to_contain_text("Collé gras")
    assert "Collé **gras**" in markup(desk)


def test_the_preview_follows_what_is_typed(desk) -> None:
    at_the_end(desk)
    desk.keyboard.type("Une fin nouvelle.")
    sample = desk.locator("[data-part=sample]")
    expect(sample).to_contain_text("Une fin nouvelle.")
    desk.reload()


def test_a_condition_is_rearranged_in_place_and_the_focus_follows(desk) -> None:
    builder = desk.locator("[data-condition]")
    rows = builder.locator("[data-condition-row]")
    before = rows.count()
    at_the_end(desk)
    desk.keyboard.type("Rien ne se perd.")
    builder.get_by_role("button", name="Ajouter une condition").first.press("Enter")
    expect(rows).to_have_count(before + 1)
    field = rows.last.get_by_label("Donnée")
    expect(field).to_be_focused()
    field.select_option("lots_count")
    rows.last.get_by_label("Opérateur").select_option("gt")
    rows.last.get_by_label("Valeur").fill("1")
    rows.last.get_by_label("Valeur").press("Tab")
    expect(builder.get_by_role("status")).to_contain_text("est supérieur à")
    expect(words_of(desk)).to_contain_text("Rien ne se perd.")
    rows.last.get_by_role("button", name="Retirer la condition").click()
    expect(rows).to_have_count(before)


def test_two_lawyers_meet_on_one_passage(visit, served) -> None:
    one, two = (opened(visit("editeur"), served) for _ in range(2))
    for page, said in ((one, "D’abord."), (two, "Ensuite.")):
        at_the_end(page)
        page.keyboard.type(said)
    markup(one)
    with two.expect_navigation():
        two.get_by_role("button", name="Enregistrer la proposition").click()
    expect(two.get_by_role("heading", level=1)).to_contain_text("Deux textes")
    two.get_by_label("Garder les deux").check()
    with two.expect_navigation():
        two.get_by_role("button", name="Enregistrer le texte réuni").click()
    for said in ("D’abord.", "Ensuite."):
        expect(words_of(two)).to_contain_text(said)


def test_a_third_text_is_written_in_an_editor_its_values_as_chips(
    visit, served
) -> None:
    one, two = (opened(visit("editeur"), served) for _ in range(2))
    for page, said in ((one, "Un jour."), (two, "Un mois.")):
        words_of(page).locator("[data-variable]").first.evaluate(
            "(chip) => getSelection().collapse(chip.closest('p'), "
            "chip.closest('p').childNodes.length)"
        )
        page.keyboard.press("End")
        page.keyboard.type(said)
    markup(one)
    with two.expect_navigation():
        two.get_by_role("button", name="Enregistrer la proposition").click()
    passage = two.get_by_role("group", name="Passage 1")
    other = passage.get_by_role("textbox")
    expect(other.locator("[data-variable]").first).to_be_visible()
    expect(other).not_to_contain_text("{")
    other.click()
    two.keyboard.press("Control+End")
    two.keyboard.type(" Un an.")
    passage.get_by_label("Écrire un autre texte").check()
    with two.expect_navigation():
        two.get_by_role("button", name="Enregistrer le texte réuni").click()
    expect(words_of(two)).to_contain_text("Un mois. Un an.")
    expect(words_of(two)).not_to_contain_text("Un jour.")
    expect(words_of(two).locator("[data-variable]").first).to_be_visible()


def test_a_piece_of_a_model_is_corrected_without_a_line_of_code(visit) -> None:
    page = visit("editeur")
    page.goto("/clausier/importer")
    data = files.docx("# Article 1 – Livraisons", "Le bilan est remis le [date].")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    sent = {"name": "modele.docx", "mimeType": kind, "buffer": data}
    page.get_by_label("Modèle Word").set_input_files(sent)
    page.get_by_role("button", name="Lire le modèle").click()
    piece = page.get_by_role("article", name="Livraisons")
    expect(piece).to_contain_text("Le bilan est remis le [date]")
    piece.get_by_text("Corriger le titre et le texte").click()
    words = piece.get_by_role("textbox", name="Texte")
    expect(words.locator("[data-variable]")).to_have_text("date")
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" À vélo.")
    piece.get_by_label("Proposer comme clause nouvelle").check()
    piece.get_by_label("Famille et thème").select_option("execution/duree-et-delais")
    page.get_by_role("button", name="Ouvrir les propositions choisies").click()
    page.get_by_role("link", name="Livraisons").click()
    expect(page.locator(".clause-text").last).to_contain_text("À vélo.")
    expect(page.locator(".clause-text .chip").first).to_have_text("date")


def test_without_scripts_the_markup_is_written_with_a_line_of_help(
    visit, served
) -> None:
    visit("editeur")
    page = visit("editeur", java_script_enabled=False)
    page.goto(f"{served.proposal}/modifier")
    expect(page.get_by_text("Une ligne vide sépare deux paragraphes")).to_be_visible()
    page.get_by_label("Texte", exact=True).fill("Écrit **sans** script.")
    page.get_by_role("button", name="Enregistrer la proposition").click()
    expect(page.get_by_label("Texte", exact=True)).to_have_value(
        "Écrit **sans** script."
    )
