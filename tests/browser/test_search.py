"""Searching without ever touching a mouse, and without scripts."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_keyboard import Hands

WRITER = "redacteur"
PHONE = {"width": 390, "height": 844}


def test_one_searches_filters_and_opens_by_keyboard_alone(visit: Any) -> None:
    page = visit(WRITER)
    hands = Hands(page)
    # The first question of all makes the index.
    page.goto("/recherche?q=retard")
    page.goto("/")
    hands.press("/")
    box = page.get_by_role("combobox", name="Rechercher")
    expect(box).to_be_focused()

    # What completes the typing is walked with the arrows.
    page.keyboard.type("netto")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"Suggestions"))
    hands.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = options.first.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", first)
    hands.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("netto")

    # Return sends what is typed, as without suggestions.
    page.keyboard.type("yage")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Recherche", level=1)).to_be_visible()
    results = page.locator(".found-item")
    expect(results.first).to_be_visible()
    before = results.count()

    facets = page.get_by_role("navigation", name="Filtres")
    hands.tab_to(facets.get_by_role("link", name="Clause").first)
    hands.press("Enter")
    chip = page.get_by_role("link", name="Retirer le filtre")
    expect(chip).to_be_visible()
    assert results.count() < before
    hands.tab_to(chip)
    hands.press("Enter")
    expect(results).to_have_count(before)

    title = results.first.locator("h2 a")
    wanted = title.get_attribute("href")
    hands.tab_to(title)
    hands.press("Enter")
    expect(page).to_have_url(wanted)


def test_a_suggestion_that_is_chosen_opens_its_thing(visit: Any) -> None:
    page = visit(WRITER)
    page.goto("/recherche?q=retard")
    page.goto("/recherche")
    box = page.get_by_role("combobox")
    box.press_sequentially("cuisines cham")
    option = page.get_by_role("option", name="Maintenance des cuisines")
    expect(option).to_be_visible()
    option.click()
    expect(page.locator("h1")).to_contain_text("Maintenance des cuisines")


def test_on_a_telephone_filters_stand_behind_a_button(visit: Any) -> None:
    page = visit(WRITER, viewport=PHONE)
    page.goto("/recherche?q=retard")
    facets = page.get_by_role("navigation", name="Filtres")
    expect(facets).to_be_hidden()
    button = page.get_by_role("button", name="Filtrer")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(facets).to_be_visible()


def test_without_scripts_the_same_is_found_and_filtered(visit: Any) -> None:
    page = visit(WRITER, java_script_enabled=False, viewport=PHONE)
    page.goto("/")
    page.get_by_label("Rechercher").fill("retard")
    page.get_by_role("button", name="Lancer la recherche").click()
    expect(page.locator(".found-item").first).to_be_visible()
    facets = page.get_by_role("navigation", name="Filtres")
    facets.get_by_role("link", name="Clause").first.click()
    expect(page.get_by_role("link", name="Retirer le filtre")).to_be_visible()
