"""Milliseconds of a whole page of results, on a site of many documents.

    .venv/bin/python -m bench.search_pages [--documents 100000] [--folder FOLDER]

The site is that of ``bench.search_service``: sheets of the real articles, consultations
of real contracts, folders kept for some. A writer asks what people ask, filtered or
not; each answer is the page a browser gets, template included, through the whole
application. Suggestions, the pages of a folder and a workbook are measured too.
``--folder`` keeps the site, to measure it again without making it.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from webtest import TestApp

from bench.search import questions
from bench.search_service import DATA
from bench.search_service import PASSWORD
from bench.search_service import PEOPLE
from bench.search_service import prepare
from sicp.app import make_configurator
from sicp.cli.settings import site_file

TARGET_MS = 50


def log_in(app: Any) -> TestApp:
    """Open a browser in which the writer is logged in."""
    browser = TestApp(app)
    form = browser.get("/connexion").forms["form"]
    form["login"], form["password"] = PEOPLE[0], PASSWORD
    form.submit("enter", status=303)
    return browser


Times = list[tuple[float, float]]


def measure(browser: TestApp, data: Path) -> dict[str, Times]:
    """Ask every page each question; return ms by page: on the clock, of processor."""
    pages = {
        "results": "/recherche?q={q}",
        "results, filtered": "/recherche?q={q}&nature=sheet.article&etat="
        "sheet.published",
        "results, the latest first": "/recherche?q={q}&tri=recent",
        "suggestions": "/suggestions?q={start}",
    }
    told: dict[str, Times] = {}
    asked = questions(data)
    for name, page in pages.items():
        told[name] = []
        for text in asked:
            address = page.format(q=quote(text), start=quote(text[:-2]))
            told[name].append(_timed(browser, address))
    told["a folder"] = [_timed(browser, "/connaissances/partie-1/") for _ in range(20)]
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


def run(folder: Path, data: Path, count: int) -> None:
    """Make the site if there is none, then measure it and say what was found."""
    prepare(folder, data, count)
    settings = site_file(str(folder / "site.ini")).settings
    app = make_configurator(dict(settings)).make_wsgi_app()
    try:
        browser = log_in(app)
        # Templates are compiled and the first objects woken.
        for text in questions(data)[::4]:
            browser.get(f"/recherche?q={quote(text)}")
        browser.get("/connaissances/partie-1/")
        report(measure(browser, data))
    finally:
        app.registry.search_service.close()
        app.registry._zodb_databases[""].close()  # noqa: SLF001


def report(measured: dict[str, Times]) -> None:
    print(f"{'ms':28}{'p50':>8}{'p95':>8}{'max':>8}{'processor p50, p95':>22}")
    for name, times in measured.items():
        clock, used = (list(column) for column in zip(*times, strict=True))
        print(
            f"{name:28}{statistics.median(clock):8.1f}{_p95(clock):8.1f}"
            f"{max(clock):8.1f}{statistics.median(used):14.1f}{_p95(used):8.1f}"
        )
    p95 = _p95([clock for clock, _used in measured["results"]])
    verdict = "reached" if p95 <= TARGET_MS else "MISSED"
    print(f"p95 of a page of results: {p95:.1f} ms, target {TARGET_MS} ms {verdict}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sicp-bench-pages-") as folder:
        run(chosen.folder or Path(folder), chosen.data, chosen.documents)


if __name__ == "__main__":
    main()
