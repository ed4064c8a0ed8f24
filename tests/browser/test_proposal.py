"""Words of a proposal are selected, then spoken of; the same without scripts."""

from playwright.sync_api import expect

EXAMINED = "/propositions/2/"
_SELECT = """() => {
  const walker = document.createTreeWalker(
    document.querySelector("[data-passage]"), NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (!node.data.includes("un mois")) node = walker.nextNode();
  const range = document.createRange();
  const from = node.data.indexOf("un mois");
  range.setStart(node, from);
  range.setEnd(node, from + "un mois".length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_words_selected_go_to_the_comment(visit) -> None:
    page = visit("comite.juridique")
    page.goto(EXAMINED)
    button = page.get_by_role("button", name="Commenter ce passage")
    expect(button).to_be_hidden()
    page.evaluate(_SELECT)
    expect(button).to_be_visible()
    button.click()
    expect(page.get_by_label("Mots visés")).to_have_value("un mois")
    expect(page.locator("#comment-text")).to_be_focused()
    page.keyboard.type("Un mois me convient.")
    page.get_by_role("button", name="Commenter", exact=True).click()
    beside = page.locator(".passage").first
    expect(beside).to_contain_text("Un mois me convient.")
    expect(beside.locator(".thread-quote").last).to_have_text("un mois")


def test_words_outside_of_the_text_are_not_offered(visit) -> None:
    page = visit("comite.juridique")
    page.goto(EXAMINED)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    button = page.get_by_role("button", name="Commenter ce passage")
    expect(button).to_be_hidden()


def test_the_committee_speaks_and_votes_without_scripts(visit) -> None:
    page = visit("comite.achats", java_script_enabled=False)
    page.goto(EXAMINED)
    about = page.get_by_label("Le commentaire porte sur")
    about.select_option(label="Condition")
    page.locator("#comment-text").fill("Toujours présente ?")
    page.get_by_role("button", name="Commenter", exact=True).click()
    expect(page.locator("#discussion ~ .thread").last).to_contain_text("Condition")
    page.get_by_label("Abstention").check()
    page.get_by_role("button", name="Voter").click()
    expect(page.get_by_text("Votre vote est noté.")).to_be_visible()
    page.get_by_label("Pour", exact=True).check()
    page.get_by_role("button", name="Changer mon vote").click()
    expect(page.get_by_text("Le quorum et la majorité sont atteints.")).to_be_visible()


def test_words_selected_in_a_clause_in_force_go_to_its_comment(visit) -> None:
    page = visit("redacteur")
    page.goto("/clausier/penalites/retard/penalties-late-fixed/")
    passage = page.locator("[data-passage]").first
    passage.evaluate("element => getSelection().selectAllChildren(element)")
    page.get_by_role("button", name="Commenter ce passage").click()
    page.keyboard.type("Trop long.")
    page.get_by_role("button", name="Commenter", exact=True).click()
    expect(page.locator(".passage").first).to_contain_text("Trop long.")
