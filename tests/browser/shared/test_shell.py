"""The frame and its parts, in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SIZES = [(1366, 768), (390, 844), (320, 640)]


@pytest.fixture
def listing(page):
    page.goto("/list")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("path", ["/list", "/form", "/form#refused"])
def test_a_page_is_for_everyone(page, path, width, height):
    show(page, path, width, height)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    beyond = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert beyond <= 0


def show(page, path, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path.partition("#")[0])
    page.wait_for_load_state("networkidle")
    if path.endswith("#refused"):
        page.fill("#form-amount", "abc")
        page.fill("#form-criteria-0-weight", "abc")
        page.click("#form-button-save")
        page.wait_for_load_state("networkidle")


class TestKeyboard:
    def test_a_slash_brings_to_the_search(self, listing):
        listing.keyboard.press("/")
        expect(listing.get_by_role("searchbox")).to_be_focused()

    def test_a_slash_typed_in_a_field_is_a_slash(self, page):
        page.goto("/form")
        page.wait_for_load_state("networkidle")
        page.locator("#form-object").press_sequentially("a/b")
        expect(page.locator("#form-object")).to_have_value("a/b")

    def test_the_first_key_skips_to_the_content(self, listing):
        listing.keyboard.press("Tab")
        skip = listing.get_by_role("link", name="Aller au contenu")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        listing.keyboard.press("Enter")
        expect(listing.locator("main")).to_be_focused()

    def test_arrows_go_from_row_to_row(self, listing):
        links = listing.locator("tbody a")
        links.nth(0).focus()
        listing.keyboard.press("ArrowDown")
        expect(links.nth(1)).to_be_focused()
        listing.keyboard.press("End")
        expect(links.nth(2)).to_be_focused()

    def test_escape_closes_the_menu_of_the_account(self, listing):
        listing.get_by_text("Camille Martin").click()
        expect(listing.get_by_text("Acheteuse")).to_be_visible()
        listing.keyboard.press("Escape")
        expect(listing.get_by_text("Acheteuse")).to_be_hidden()


class TestTree:
    def test_a_branch_not_known_yet_is_asked_for(self, listing):
        toggle = listing.get_by_role("button", name="Déplier 2026")
        expect(toggle).to_have_attribute("aria-expanded", "false")
        toggle.click()
        expect(listing.get_by_role("link", name="2026-0009")).to_be_visible()
        expect(toggle).to_have_attribute("aria-expanded", "true")
        toggle.click()
        expect(listing.get_by_role("link", name="2026-0009")).to_be_hidden()


class TestQuestion:
    def test_no_leaves_everything_as_it_is(self, listing):
        listing.get_by_role("button", name="Supprimer").click()
        expect(listing.get_by_role("dialog")).to_contain_text("Supprimer les lots ?")
        listing.get_by_role("button", name="Annuler").click()
        expect(listing.get_by_role("dialog")).to_be_hidden()
        assert listing.url.endswith("/list")

    def test_yes_sends_the_form(self, listing):
        listing.get_by_role("button", name="Supprimer").click()
        dialog = listing.get_by_role("dialog")
        dialog.get_by_role("button", name="Supprimer").click()
        listing.wait_for_url("**/deleted")


def test_a_message_can_be_closed(listing):
    listing.get_by_role("button", name="Fermer ce message").click()
    expect(listing.get_by_text("Le lot est ajouté.")).to_have_count(0)


def test_on_a_phone_one_button_shows_the_menus(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/list")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name="Rédaction")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Rédaction")).to_be_visible()
