"""Walk the knowledge base by mouse, then by keyboard alone; order a folder by hand."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.test_keyboard import Hands

BASE = "/connaissances/fiches-de-la-region/"


def test_the_base_is_walked_by_mouse(visit) -> None:
    page = visit("lecteur")
    page.goto("/")
    page.get_by_role("link", name="Base de connaissances").click()
    tree = page.get_by_role("navigation", name="Dossiers", exact=True)
    tree.get_by_role("button", name="Déplier Textes de la Région").click()
    # The branch comes from the server, once.
    tree.get_by_role("button", name="Déplier Code de l’essai").click()
    tree.get_by_role("link", name="Section 1 : Principe").click()
    page.get_by_role("link", name="Article L2999-10").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Article L2999-10")
    expect(tree.locator("[aria-current]")).to_have_text("Section 1 : Principe")
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Article L2999-11")
    page.locator(".sheet-text").get_by_role("link", name="L. 2999-10").click()
    page.get_by_role("link", name="Allotir à la Région").click()
    page.get_by_role("link", name="Les exceptions").click()
    expect(page.locator("h2#partie-2")).to_be_in_viewport()
    page.get_by_role("link", name="Préparation", exact=True).click()
    expect(page.get_by_role("heading", name="Fiches trouvées")).to_be_visible()
    page.locator("tbody").get_by_role("link", name="Allotir à la Région").click()
    page.get_by_role("navigation", name="Fil d’Ariane").get_by_role(
        "link", name="Fiches de la Région"
    ).click()
    expect(page).to_have_url(f"{_origin(page)}{BASE}")


def test_the_base_is_walked_by_keyboard_alone(visit) -> None:
    page = visit("lecteur")
    hands = Hands(page)
    page.goto("/connaissances/")
    toggle = page.get_by_role("button", name="Déplier Textes de la Région")
    hands.tab_to(toggle)
    hands.press("Enter")
    code = page.get_by_role("link", name="Code de l’essai")
    code.wait_for()
    hands.tab_to(code)
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Code de l’essai")
    hands.tab_to(page.get_by_label("Sous-dossiers compris"))
    hands.press("Space")
    hands.tab_to(page.get_by_role("button", name="Filtrer"))
    hands.press("Enter")
    first = page.locator("tbody").get_by_role("link").first
    first.wait_for()
    first.focus()
    hands.press("ArrowDown")
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Article L2999")


def test_a_folder_is_ordered_by_dragging_then_by_its_buttons(visit) -> None:
    page = visit("documentaliste")
    page.goto("/connaissances/textes-de-la-region/code-de-l-essai/ordre")
    lines = page.locator(".order-item")
    expect(lines.locator(".order-title")).to_have_text(
        ["Section 1 : Principe", "Section 2 : Exceptions"]
    )
    with page.expect_navigation():
        lines.nth(1).locator("[data-order-handle]").drag_to(
            lines.nth(0), target_position={"x": 200, "y": 3}
        )
    expect(lines.locator(".order-title")).to_have_text(
        ["Section 2 : Exceptions", "Section 1 : Principe"]
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Descendre").click()
    expect(lines.locator(".order-title")).to_have_text(
        ["Section 1 : Principe", "Section 2 : Exceptions"]
    )


def test_what_is_thrown_away_is_destroyed_only_once_confirmed(visit) -> None:
    page = visit("documentaliste")
    page.goto("/connaissances/corbeille/")
    page.get_by_role("link", name="Ancienne fiche").click()
    # Before its script has come, the question is asked by a page.
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Détruire définitivement").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Détruire « Ancienne fiche »")
    dialog.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ancienne fiche")


def test_a_sheet_is_printed_without_its_frame(visit) -> None:
    page = visit("lecteur")
    page.goto(f"{BASE}allotir-a-la-region/")
    page.emulate_media(media="print")
    expect(page.locator(".sheet-text")).to_be_visible()
    for selector in (".topbar", ".tree", ".sheet-contents", ".column-aside"):
        expect(page.locator(selector)).to_be_hidden()


def _origin(page: Any) -> str:
    return str(page.evaluate("window.location.origin"))
