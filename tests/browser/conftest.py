"""A browser before the served demonstration, for each role.

served (session: the site in memory) ── visit(login) → a page where ``login`` is in
browser (session: Debian's Chromium)  ┘   faults are gathered and must be none
"""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.served import CHROMIUM
from tests.browser.served import OPTIONS
from tests.browser.served import Served
from tests.browser.served import log_in
from tests.browser.served import serving

WIDE = {"width": 1366, "height": 768}
# Enough for a PDF on two busy processors.
_PATIENCE = 20_000


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The demonstration, served."""
    with serving() as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all; each test has its own session in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of those who have already entered."""
    return {}


@pytest.fixture
def visit(
    browser: Any, served: Served, sessions: dict[str, Any]
) -> Iterator[Callable[..., Any]]:
    """Open a page as somebody; at the end nothing may have failed in any."""
    contexts = []
    faults: list[str] = []

    def open_page(login: str = "", **options: Any) -> Any:
        context = browser.new_context(
            base_url=served.url,
            locale="fr-FR",
            storage_state=sessions.get(login),
            **{"viewport": WIDE, **options},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: _note(faults, told))
        if login and login not in sessions:
            log_in(page, login)
            sessions[login] = context.storage_state()
        return page

    yield open_page
    for context in contexts:
        context.close()
    # Among them: anything the policy of content had to forbid.
    assert faults == []


def _note(faults: list[str], told: Any) -> None:
    # The browser reports as a fault any refusal of the server; the tests of pages
    # check the status of each answer themselves.
    if told.type in {"error", "warning"} and "the server responded" not in told.text:
        faults.append(told.text)
