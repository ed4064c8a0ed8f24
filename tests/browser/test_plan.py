"""The plan of a canevas is rearranged with a mouse or with a keyboard alone."""

from typing import Any

from playwright.sync_api import expect

PLAN = "/canevas/letter-award/modifier"


def keys(page: Any, holder: str = "") -> list[str]:
    """Return the keys of the nodes at the top, or of those an article holds."""
    chosen = (
        f"#node-{holder} > ol.plan > li" if holder else "[data-plan] > ol.plan > li"
    )
    return page.locator(chosen).evaluate_all("all => all.map(li => li.dataset.node)")


def restore(page: Any) -> None:
    """Leave the canevas as it was found."""
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Abandonner les modifications").click()
    page.get_by_role("dialog").get_by_role(
        "button", name="Abandonner les modifications"
    ).click()
    expect(page.get_by_text("Publié", exact=True)).to_be_visible()


def test_a_clause_goes_down_by_keyboard_the_focus_stays_and_it_is_said(visit) -> None:
    page = visit("editeur")
    page.goto(PLAN)
    before = keys(page)
    page.locator(f"#actions-{before[0]} summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    down = page.locator(f"#down-{before[0]}")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan-said]")).to_contain_text("place 2 sur")
    assert keys(page)[:2] == [before[1], before[0]]
    expect(page.locator(f"#down-{before[0]}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan-said]")).to_contain_text("place 3 sur")
    page.goto(PLAN)
    assert keys(page)[2] == before[0]
    restore(page)


def test_at_the_end_of_the_way_the_focus_stays_on_the_node(visit) -> None:
    page = visit("editeur")
    page.goto(PLAN)
    second = keys(page)[1]
    page.locator(f"#actions-{second} summary").click()
    page.locator(f"#up-{second}").press("Enter")
    expect(page.locator("[data-plan-said]")).to_contain_text("place 1 sur")
    held = page.evaluate(
        "() => document.activeElement.closest('[data-node]')?.dataset.node"
    )
    assert held == second
    restore(page)


def test_a_node_is_dropped_after_another(visit) -> None:
    page = visit("editeur")
    page.goto(PLAN)
    before = keys(page)
    target = page.locator(f"#node-{before[2]} > .plan-row")
    height = target.bounding_box()["height"]
    page.locator(f"#node-{before[0]} > .plan-row .plan-handle").drag_to(
        target, target_position={"x": 200, "y": height - 4}
    )
    expect(page.locator("[data-plan-said]")).to_contain_text("place 3 sur")
    assert keys(page)[:3] == [before[1], before[2], before[0]]
    restore(page)


def test_removing_asks_first_then_can_be_undone(visit) -> None:
    page = visit("editeur")
    page.goto(PLAN)
    page.wait_for_load_state("networkidle")
    before = keys(page)
    page.locator(f"#actions-{before[1]} summary").click()
    page.locator(f"#remove-{before[1]}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Annuler").click()
    assert keys(page) == before
    page.locator(f"#remove-{before[1]}").click()
    dialog.get_by_role("button", name="Retirer").click()
    expect(page.locator("[data-plan-said]")).to_contain_text("est retiré")
    assert before[1] not in keys(page)
    expect(page.locator("#plan")).to_be_focused()
    page.get_by_role("button", name="Annuler la dernière modification").click()
    expect(page.locator(f"#node-{before[1]}")).to_be_visible()
    assert keys(page) == before


def test_two_windows_lose_nothing(visit) -> None:
    page = visit("editeur")
    page.goto(PLAN)
    first, second = keys(page)[:2]
    other = page.context.new_page()
    other.goto(PLAN)
    other.locator(f"#actions-{second} summary").click()
    other.locator(f"#down-{second}").click()
    expect(other.locator("[data-plan-said]")).to_contain_text("place 3 sur")
    page.locator(f"#actions-{first} summary").click()
    page.locator(f"#down-{first}").click()
    refused = page.get_by_role("alert").filter(
        has_text="Votre action n’a pas été faite"
    )
    expect(refused).to_be_visible()
    refused.get_by_role("button", name="Le faire sur le plan à jour").click()
    expect(page.get_by_text("place 2 sur")).to_be_visible()
    assert keys(page)[1:3] == [first, second]
    restore(page)
