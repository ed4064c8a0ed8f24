"""The way in and the first form, without ever touching a mouse."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.served import PASSWORD

# What of the focus is not to be seen; nothing when all is well.
_UNSEEN = """
() => {
  const here = document.activeElement;
  const drawn = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const isDrawn = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
  const isOnScreen = box.bottom > 0 && box.top < window.innerHeight && box.width > 0;
  if (isDrawn && isOnScreen) return "";
  return `${here.outerHTML.slice(0, 200)} ${drawn.outline} at ${box.top}`;
}
"""


class Hands:
    """Ten fingers on a keyboard, and eyes that must always see where they are."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def tab_to(self, target: Any) -> None:
        """Press Tab until ``target`` has the focus, which is seen at each stop."""
        for _stop in range(60):
            self.press("Tab")
            assert self.page.evaluate(_UNSEEN) == ""
            if target.evaluate("item => item === document.activeElement"):
                return
        raise AssertionError(f"never reached: {target}")


def test_a_writer_enters_and_opens_a_consultation_by_keyboard_alone(visit) -> None:
    page = visit()
    hands = Hands(page)
    page.goto("/connexion")
    hands.tab_to(page.get_by_label("Identifiant"))
    page.keyboard.type("redacteur")
    hands.tab_to(page.get_by_label("Mot de passe"))
    page.keyboard.type(PASSWORD)
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Accueil")).to_be_visible()

    hands.tab_to(page.get_by_role("link", name="Aller au contenu"))
    hands.press("Enter")
    hands.tab_to(page.get_by_role("link", name="Nouvelle consultation"))
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Nouvelle consultation")).to_be_visible()

    # What is refused takes the focus to the list of what to correct.
    hands.tab_to(page.get_by_label("Objet du contrat"))
    hands.press("Enter")
    problems = page.get_by_role("alert")
    expect(problems).to_be_focused()
    assert page.evaluate(_UNSEEN) == ""
    hands.tab_to(problems.get_by_role("link").first)
    hands.press("Enter")
    expect(page.get_by_label("Objet du contrat")).to_be_focused()

    page.keyboard.type("Location de bennes")
    # Radio buttons are one stop: the arrows choose.
    hands.tab_to(page.get_by_label("Non renseigné"))
    hands.press("ArrowUp")
    expect(page.get_by_label("Services", exact=True)).to_be_checked()
    hands.tab_to(page.get_by_label("Montant estimé du besoin"))
    page.keyboard.type("35 000,50")
    group = page.get_by_role("group", name="services responsables")
    hands.tab_to(group.get_by_label("Service maintenance des lycées"))
    hands.press("Space")
    hands.tab_to(page.get_by_role("button", name="Créer la consultation"))
    hands.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Location de bennes")
    expect(page.get_by_label("Montant estimé du besoin")).to_have_value(
        re.compile(r"35\s000,50")
    )
