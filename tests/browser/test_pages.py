"""Every page: answered, silent in the console, accessible, whole on every screen."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.places import PLACES
from tests.browser.places import Place

#: A desk, and a telephone.
READ_AT = [{"width": 1366, "height": 768}, {"width": 390, "height": 844}]
#: The narrowest screen, and the desk seen at 200 %: half its width.
WHOLE_AT = [*READ_AT, {"width": 320, "height": 640}, {"width": 683, "height": 384}]

_BEYOND = "document.scrollingElement.scrollWidth - window.innerWidth"
#: Short words and numbers that begin on a line and end on the next.
_BROKEN = """() => {
  const short = /(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}]{2,12}(?![\\p{L}\\p{N}])/gu;
  // What is said to screen readers alone is cut to one pixel.
  const isCut = (item) =>
    item !== null && (item.offsetWidth <= 1 || isCut(item.offsetParent));
  const isSeen = (item) => item.checkVisibility() && !isCut(item);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  const range = document.createRange();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!isSeen(node.parentElement)) continue;
    for (const word of node.data.matchAll(short)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = [...range.getClientRects()].map((rect) => Math.round(rect.top));
      if (new Set(tops).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""
#: What a value that was never put in French looks like.
_ENGLISH = re.compile(
    r"\b(Submit|Error|Required|None|True|False|Invalid|undefined|NaN)\b|\$\{"
)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_is_answered_in_french_and_for_everyone(
    visit: Any, served: Any, place: Place
) -> None:
    page = visit(place.login)
    assert place.open(page, served) == place.status
    assert _ENGLISH.findall(page.locator("body").inner_text()) == []
    assert page.title().endswith(" · SICP")
    assert page.locator("h1").count() == 1
    assert faults_of(page) == []


def faults_of(page: Any) -> list[str]:
    """Say what axe finds and what sticks out, at each size."""
    faults = []
    for size in WHOLE_AT:
        page.set_viewport_size(size)
        if page.evaluate(_BEYOND) > 0:
            faults.append(f"{size['width']} px: wider than the screen")
        if broken := page.evaluate(_BROKEN):
            faults.append(f"{size['width']} px: broken words {broken[:5]}")
        if size in READ_AT:
            faults += [f"{size['width']} px: {text}" for text in axe_of(page)]
    return faults


def axe_of(page: Any) -> list[str]:
    """Say which rules axe finds broken, with the first element of each."""
    if not page.evaluate("window.axe !== undefined"):
        Axe().run(page, context="head")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{rule['id']} {rule['nodes'][0]['target']} {rule['nodes'][0]['html'][:200]}"
        for rule in found
    ]


def test_axe_would_find_what_is_wrong(visit: Any) -> None:
    page = visit()
    page.goto("/connexion")
    assert axe_of(page) == []
    page.evaluate("document.querySelector('label').remove()")
    assert [fault.partition(" ")[0] for fault in axe_of(page)] == ["label"]
