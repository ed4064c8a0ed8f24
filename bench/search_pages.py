"""Milliseconds of a whole page of results, on a site of many documents.

    .venv/bin/python -m bench.search_pages [--documents 100000] [--folder FOLDER]

The site is made of sheets that mix articles of the *Code de la commande publique*, in
fifty folders. A writer asks two hundred questions of two words of the texts, filtered
or not; each answer is the page a browser gets, template included, through the whole
application. The pages of suggestions and a workbook are measured too. ``--folder``
keeps the site, to measure it again without making it.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import transaction
from webtest import TestApp

from bench.pages import PASSWORD
from bench.pages import settings_of
from sicp.app import make_configurator
from sicp.catalog.words import words_of
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.seed import shipped_articles
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.sheet import publish_sheet
from sicp.operations.organisation import create_entity
from sicp.operations.site import site_of
from sicp.operations.user.account import create_user
from sicp.operations.user.account import set_password
from sicp.operations.user.assignment import assign
from tests.conftest import all_powerful

QUESTIONS = 200
_FOLDERS = 50
_BATCH = 250
_SEED = 20261201
_SHORTEST_WORD = 5


def application(folder: Path) -> Any:
    """Make the application of a site in ``folder``."""
    settings = {**settings_of(folder), "sicp.search_folder": str(folder / "search")}
    return make_configurator(settings).make_wsgi_app()


def build(app: Any, count: int) -> None:
    """Fill a site with ``count`` sheets, and the account that looks for them."""
    registry = app.registry
    connection = registry._zodb_databases[""].open()  # noqa: SLF001
    now = datetime.now(UTC)
    site = site_of(connection, registry, now)
    by = {"actor": all_powerful(site), "now": now, "registry": registry}
    body = create_entity(site["organisation"], "body", "Organisme", **by)
    service = create_entity(body, "direction", "Direction", **by)
    user = create_user(site, "agent", "Agent", "", service, **by)
    set_password(user, PASSWORD, **by)
    assign(site, user, "administrative-writer", service, now.date(), **by)
    base = site["connaissances"]
    folders = [create_folder(base, f"Dossier {n}", **by) for n in range(_FOLDERS)]
    for number, wanted in enumerate(_texts(count)):
        folder = folders[number % _FOLDERS]
        publish_sheet(create_sheet(folder, "practice", wanted, **by), **by)
        if number % _BATCH == _BATCH - 1:
            transaction.commit()
            connection.cacheMinimize()
    transaction.commit()
    connection.close()


def _texts(count: int) -> Iterator[SheetInput]:
    chance = random.Random(_SEED)
    articles = list(shipped_articles())
    for number in range(count):
        parts = chance.sample(articles, 3)
        text = "".join(f"<h2>{part.title}</h2>{part.text}" for part in parts)
        yield SheetInput(f"{parts[0].title}, note {number}", text, {})


def questions() -> list[str]:
    """Draw pairs of words that stand near one another in the code."""
    chance = random.Random(_SEED)
    found = []
    for article in chance.sample(list(shipped_articles()), QUESTIONS):
        words = [w for w in words_of(unescape(article.text)) if len(w) > _SHORTEST_WORD]
        found.append(" ".join(chance.sample(words, min(2, len(words)))) or "marché")
    return found


def log_in(app: Any) -> TestApp:
    """Open a browser in which the agent is logged in."""
    browser = TestApp(app)
    form = browser.get("/connexion").forms["form"]
    form["login"], form["password"] = "agent", PASSWORD
    form.submit("enter", status=303)
    return browser


Times = list[tuple[float, float]]


def measure(browser: TestApp) -> dict[str, Times]:
    """Ask every page each question; return ms by page: on the clock, of processor."""
    pages = {
        "results": "/recherche?q={q}",
        "results, filtered": "/recherche?q={q}&nature=sheet.practice&etat="
        "sheet.published",
        "results, the latest first": "/recherche?q={q}&tri=recent",
        "suggestions": "/suggestions?q={start}",
    }
    told: dict[str, Times] = {}
    for name, page in pages.items():
        told[name] = []
        for text in questions():
            address = page.format(q=quote(text), start=quote(text[:-2]))
            told[name].append(_timed(browser, address))
    told["workbook"] = [_timed(browser, "/recherche.xlsx?q=marche")]
    return told


def _timed(browser: TestApp, address: str) -> tuple[float, float]:
    begun, used = time.perf_counter(), time.process_time()
    browser.get(address, status=200)
    return (
        (time.perf_counter() - begun) * 1000,
        (time.process_time() - used) * 1000,
    )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def run(folder: Path, count: int) -> None:
    """Make the site if there is none, then measure it and say what was found."""
    app = application(folder)
    if not (folder / "made").exists():
        begun = time.perf_counter()
        build(app, count)
        (folder / "made").touch()
        print(f"{count} sheets made in {time.perf_counter() - begun:.0f} s")
    begun = time.perf_counter()
    database = app.registry._zodb_databases[""]  # noqa: SLF001
    app.registry.search_service.feed_of(database).catch_up()
    print(f"index ready in {time.perf_counter() - begun:.0f} s")
    browser = log_in(app)
    # Templates are compiled and the first objects woken.
    browser.get("/recherche?q=marche")
    print(f"{'ms':28}{'p50':>8}{'p95':>8}{'max':>8}{'processor p50, p95':>22}")
    for name, times in measure(browser).items():
        clock, used = (list(column) for column in zip(*times, strict=True))
        print(
            f"{name:28}{statistics.median(clock):8.1f}{_p95(clock):8.1f}"
            f"{max(clock):8.1f}{statistics.median(used):14.1f}{_p95(used):8.1f}"
        )
    app.registry.search_service.close()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    if chosen.folder:
        chosen.folder.mkdir(parents=True, exist_ok=True)
        run(chosen.folder, chosen.documents)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), chosen.documents)


if __name__ == "__main__":
    main()
