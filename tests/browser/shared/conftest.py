"""The pages of the shell, served to the browser of all these tests."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from waitress import create_server

from tests.browser.shared.pages import make_app


@pytest.fixture(scope="session")
def shell_url() -> Iterator[str]:
    server = create_server(make_app(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture
def page(browser, shell_url) -> Iterator[Any]:
    context = browser.new_context(
        base_url=shell_url, viewport={"width": 1366, "height": 768}, locale="fr-FR"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    # The first page of all compiles every template.
    page.set_default_navigation_timeout(30_000)
    expect.set_options(timeout=10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda told: faults.append(told.text) if _is_fault(told) else None,
    )
    yield page
    context.close()
    # Among them: anything the policy of content had to forbid.
    assert faults == []


def _is_fault(told: Any) -> bool:
    # A form that is refused answers 422, which the browser reports as a fault. A page
    # of words alone has no icon: the browser looks for one, now and then in time.
    is_icon = told.location.get("url", "").endswith("/favicon.ico")
    return told.type == "error" and "422" not in told.text and not is_icon
