"""Take the pictures of the documentation: ``.venv/bin/python scripts/screens.py``.

The demonstration is served from memory and pictured by Debian's Chromium, at the size
of a desk and of a telephone, into ``docs/screens/<name>-<width>.png``.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.served import CHROMIUM  # noqa: E402
from tests.browser.served import OPTIONS  # noqa: E402
from tests.browser.served import Served  # noqa: E402
from tests.browser.served import log_in  # noqa: E402
from tests.browser.served import serving  # noqa: E402

TARGET = ROOT / "docs" / "screens"
SIZES = ((1366, 768), (390, 844))
#: Beyond this a picture weighs on who clones the project.
LARGEST = 250_000

#: Who looks at what: login, name of the picture, address.
SCREENS = (
    ("redacteur", "home", "/"),
    ("redacteur", "list", "{served.complete}/.."),
    ("redacteur", "card", "{served.complete}/"),
    ("redacteur", "detail", "{served.unfinished}/detail"),
    ("redacteur", "form", "{served.complete}/formulaire/award"),
    ("redacteur", "lots", "{served.complete}/lots/"),
    ("redacteur", "drafting", "{served.rules}"),
    ("redacteur", "pieces", "{served.complete}/pieces/"),
    ("redacteur", "questions", "{served.rules}questions"),
    ("redacteur", "coherence", "{served.complete}/coherence"),
    ("redacteur", "rebase", "{served.concerned}reprise"),
    ("editeur", "clausier", "/clausier/prix/variation-des-prix/"),
    ("editeur", "clause-writing", "{served.proposal}/modifier"),
    ("editeur", "canevas-plan", "/canevas/rc-adapted/modifier"),
    ("editeur", "publication", "/publications/preparer"),
    ("redacteur", "knowledge", "/connaissances/"),
    ("redacteur", "knowledge-folder", "/connaissances/fiches-pratiques/preparer/"),
    ("redacteur", "search", "/recherche?q=acheteur+candidature"),
    ("editeur", "sheet", "{served.sheet}/"),
    ("editeur", "sheet-writing", "{served.sheet}/modifier"),
    ("editeur", "sheet-compared", "{served.sheet}/comparaison?de=1&a=2"),
    ("comite.juridique", "committee", "/propositions/2/"),
    ("admin", "matrix", "/profils/"),
    ("admin", "simulator", "/utilisateurs/simulation?compte=redacteur"),
)


def main() -> int:
    """Take every picture; tell those that are too heavy."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with serving() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        taken = [path for size in SIZES for path in picture(browser, served, size)]
        browser.close()
    heavy = [path.name for path in taken if path.stat().st_size > LARGEST]
    print(f"{len(taken)} pictures in {TARGET.relative_to(ROOT)}")
    if heavy:
        print("too heavy:", ", ".join(heavy))
    return 1 if heavy else 0


def picture(browser: Any, served: Served, size: tuple[int, int]) -> list[Path]:
    """Take every picture at one size, each person entering once."""
    taken = []
    for login in dict.fromkeys(login for login, _name, _path in SCREENS):
        page = new_page(browser, served, size)
        log_in(page, login)
        for _login, name, path in (item for item in SCREENS if item[0] == login):
            # The first visit wakes the page and the index.
            page.goto(path.format(served=served))
            page.goto(path.format(served=served))
            page.wait_for_load_state("networkidle")
            target = TARGET / f"{name}-{size[0]}.png"
            page.screenshot(path=target, scale="css")
            taken.append(target)
        page.context.close()
    return taken


def new_page(browser: Any, served: Served, size: tuple[int, int]) -> Any:
    """Open a page in a session of its own."""
    width, height = size
    context = browser.new_context(
        base_url=served.url,
        locale="fr-FR",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    return context.new_page()


if __name__ == "__main__":
    sys.exit(main())
