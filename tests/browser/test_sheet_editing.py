"""A sheet is written in a browser, published, and read by somebody else."""

from typing import Any

from playwright.sync_api import expect

SHELF = "/connaissances/fiches-pratiques/preparer"
_WORD = """
<html><body><p class=MsoNormal style='margin:0cm'>Selon&nbsp;<b>le code</b>&nbsp;:</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>
<![endif]>un</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'>
<span style='mso-list:Ignore'>\u00b7 </span>dessous</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>2. </span>deux</p>
<p class=MsoNormal>Fin<script>x()</script></p></body></html>
"""
_PASTE = """([html]) => {
  const words = document.querySelector(".rich-words");
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "texte");
  words.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true }));
}"""


def words_of(page: Any) -> Any:
    return page.get_by_role("textbox", name="Texte", exact=True)


def begin(page: Any, title: str) -> None:
    page.goto(f"{SHELF}/nouvelle-fiche?sorte=practice")
    page.get_by_label("Titre", exact=True).fill(title)
    expect(words_of(page)).to_be_visible()
    words_of(page).click()


def save(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Le brouillon est enregistré.")).to_be_visible()


def test_a_sheet_is_written_with_a_link_published_and_read(visit, served) -> None:
    page = visit("editeur")
    begin(page, "Allotir sans se tromper")
    page.get_by_role("button", name="Titre", exact=True).click()
    page.keyboard.type("Le principe")
    page.keyboard.press("Enter")
    page.keyboard.type("Lisez ")
    page.get_by_role("button", name="Lien").click()
    dialog = page.get_by_role("dialog", name="Insérer un lien")
    dialog.get_by_label("Chercher une fiche").fill("Estimer les")
    expect(dialog.get_by_role("option")).to_have_count(1)
    dialog.get_by_label("Ce qui est trouvé").select_option(index=0)
    expect(dialog.get_by_label("Mots du lien")).to_have_value("Estimer les lots")
    dialog.get_by_role("button", name="Insérer").click()
    page.keyboard.type(" puis l’article L. 2113-10.")
    page.get_by_role("button", name="Besoin", exact=True).click()
    expect(page.get_by_label("Thèmes", exact=True)).to_have_value("Besoin")
    save(page)
    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("La fiche est publiée.")).to_be_visible()
    reader = visit("lecteur")
    reader.goto(page.url)
    text = reader.locator(".sheet-text")
    expect(text.get_by_role("heading", name="Le principe")).to_be_visible()
    text.get_by_role("link", name="Estimer les lots").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Estimer les lots")
    reader.get_by_role("button", name="Oui", exact=True).click()
    expect(reader.get_by_text("Vous avez répondu oui.")).to_be_visible()


def test_what_comes_from_word_keeps_its_lists_and_loses_its_looks(visit) -> None:
    page = visit("editeur")
    begin(page, "Reprise de Word")
    page.evaluate(_PASTE, [_WORD])
    words = words_of(page)
    expect(words.locator("ol > li")).to_have_count(2)
    expect(words.locator("ol > li > ul > li")).to_have_text("dessous")
    save(page)
    text = page.locator(".sheet-text")
    expect(text.locator("ol > li")).to_have_count(2)
    expect(text.locator("strong")).to_have_text("le code")
    assert text.locator("[style], [class], [onclick], script, span").count() == 0


def test_a_sheet_is_written_by_keyboard_alone(visit) -> None:
    page = visit("editeur")
    page.goto(f"{SHELF}/nouvelle-fiche?sorte=practice")
    expect(words_of(page)).to_be_visible()
    page.get_by_label("Titre", exact=True).focus()
    page.keyboard.type("Au clavier")
    for _stop in range(12):
        page.keyboard.press("Tab")
        if words_of(page).evaluate("item => item === document.activeElement"):
            break
    page.keyboard.type("Voir ")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Insérer un lien")
    expect(dialog.get_by_label("Mots du lien")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("article L. 2113-10")
    expect(dialog.get_by_role("option").first).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(words_of(page)).to_be_focused()
    expect(words_of(page).locator("a")).to_have_attribute(
        "href", "sicp:article/L2113-10"
    )
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Le brouillon est enregistré.")).to_be_visible()


def test_the_text_is_saved_by_itself_and_leaving_with_more_warns(visit, served) -> None:
    page = visit("editeur")
    begin(page, "Gardée d’elle-même")
    page.keyboard.type("Un.")
    save(page)
    page.get_by_role("link", name="Continuer la rédaction").click()
    expect(words_of(page)).to_be_visible()
    words_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Deux.")
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Revenir à la fiche").click()
    page.wait_for_timeout(300)
    assert warned == ["beforeunload"]
    with page.expect_response("**/enregistrement") as saved:
        pass
    assert saved.value.json()["saved_at"]
    other = visit("editeur", java_script_enabled=False)
    other.goto(page.url)
    assert other.locator("textarea[name=text]").input_value() == "Un. Deux."


def test_a_sheet_is_written_and_published_without_scripts(visit) -> None:
    page = visit("editeur", java_script_enabled=False)
    page.goto(f"{SHELF}/nouvelle-fiche")
    page.get_by_role("link", name="Fiche pratique", exact=True).click()
    page.get_by_label("Titre", exact=True).fill("Sans script")
    page.get_by_text("Titres, listes, tableaux, liens").click()
    expect(page.get_by_text("devant un titre")).to_be_visible()
    page.get_by_label("Texte", exact=True).fill(
        "## Règle\n\n- **un**\n- deux\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
    )
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(".sheet-text th")).to_have_count(2)
    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator(".sheet-text li strong")).to_have_text("un")
