"""The base given out is read from a folder: every link leads, the search finds."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from urllib.parse import urlsplit

import pytest

from tests.browser.served import log_in
from tests.browser.test_pages import faults_of

_ADDRESSES = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def folder(served: Any, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the demonstration, as who manages the base takes it."""
    page = browser.new_context(base_url=served.url, locale="fr-FR").new_page()
    log_in(page, "documentaliste")
    page.goto("/connaissances/exporter")
    page.get_by_role("button", name="Préparer l’export").click()
    link = page.get_by_role("link", name="Télécharger l’export").first
    with page.expect_download() as download:
        link.click()
    target = tmp_path_factory.mktemp("export")
    with zipfile.ZipFile(BytesIO(download.value.path().read_bytes())) as archive:
        archive.extractall(target)
    page.context.close()
    return target


def test_every_address_of_every_page_leads_somewhere(folder: Path) -> None:
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 50
    lost = []
    for page in pages:
        for address in _ADDRESSES.findall(page.read_text(encoding="utf-8")):
            told = urlsplit(address)
            if told.scheme in {"http", "https", "mailto"} or not told.path:
                continue
            if not (page.parent / unquote(told.path)).is_file():
                lost.append((page.relative_to(folder).as_posix(), address))
    assert lost == []


def test_pages_are_read_by_everyone_and_ask_nothing_elsewhere(
    browser: Any, folder: Path
) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sheet = next((folder / "fiches-pratiques").rglob("*.html"))
    for path in (folder / "index.html", sheet, folder / "recherche.html"):
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1
        assert faults_of(page) == []
    assert [url for url in asked if not url.startswith("file:")] == []
    page.context.close()


def test_the_search_finds_without_accents_and_leads_to_the_sheet(
    browser: Any, folder: Path
) -> None:
    page = browser.new_page()
    page.goto((folder / "recherche.html").as_uri())
    page.get_by_label("Mots cherchés").fill("negociation")
    status = page.get_by_role("status")
    assert re.fullmatch(r"(1 fiche|\d+ fiches)", status.inner_text())
    first = page.locator("#resultats a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == title
    page.go_back()
    page.get_by_label("Mots cherchés").fill("xyzzy")
    assert status.inner_text() == "Aucune fiche ne contient tous ces mots."
    page.close()
