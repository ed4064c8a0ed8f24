"""Requests per second of our pages, against a bare Substance D page.

    .venv/bin/python -m bench.pages [--consultations 10000] [--seconds 6]

Both applications are served by waitress with the same threads on this machine, each in
a process of its own, one after the other in the same run, on a FileStorage. What counts
is the ratio: figures change with the machine. The page of a consultation is measured in
a folder of 100 and in the large one: it must not slow down with its neighbours.
"""

import argparse
import json
import multiprocessing
import re
import shutil
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import transaction
from pyramid.config import Configurator
from pyramid_zodbconn import get_connection
from substanced.folder import Folder
from waitress.server import create_server

from sicp.app import make_configurator
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.organisation import create_entity
from sicp.operations.site import site_of
from sicp.operations.user.account import create_user
from sicp.operations.user.account import set_password
from sicp.operations.user.assignment import assign
from tests.conftest import all_powerful

THREADS = 4
CONNECTIONS = 4
SECRET = "a secret of the benchmark, of no use elsewhere"
PASSWORD = "Benchmark-sans-secret"
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_LATENCY = re.compile(r"\s+99%\s+([\d.]+)(us|ms|s)")


def settings_of(folder: Path) -> dict[str, str]:
    """Return the settings of a site on a FileStorage in ``folder``."""
    return {
        "sicp.session_secret": SECRET,
        "sicp.secure_cookies": "false",
        "zodbconn.uri": f"file://{folder}/Data.fs?connection_cache_size=30000",
    }


def build_site(folder: Path, count: int) -> dict[str, str]:
    """Fill a site: a folder of ``count`` consultations, another of 100.

    Returns:
        the addresses to measure, by name.
    """
    app = make_configurator(settings_of(folder)).make_wsgi_app()
    registry = app.registry
    connection = registry._zodb_databases[""].open()  # noqa: SLF001
    now = datetime.now(UTC)
    site = site_of(connection, registry, now)
    transaction.commit()
    by = {"actor": all_powerful(site), "now": now, "registry": registry}
    body = create_entity(site["organisation"], "body", "Organisme", **by)
    service = create_entity(body, "direction", "Direction", **by)
    user = create_user(site, "agent", "Agent", "", service, **by)
    set_password(user, PASSWORD, **by)
    assign(site, user, "administrative-writer", service, now.date(), **by)
    transaction.commit()
    made = {}
    for year, size in ((2025, 100), (2026, count)):
        for number in range(size):
            made[year] = create_consultation(
                site, answers(number), [service.__oid__], year=year, **by
            )
            if number % 500 == 499:
                transaction.commit()
        transaction.commit()
    folder_path = f"/consultations/{body.__name__}"
    large = f"{folder_path}/2026/{made[2026].reference}"
    small = f"{folder_path}/2025/{made[2025].reference}"
    connection.close()
    registry._zodb_databases[""].close()  # noqa: SLF001
    return {
        "card, folder of 100": f"{small}/",
        f"card, folder of {count}": f"{large}/",
        "detailed view": f"{large}/detail",
        "form, first step": f"{large}/formulaire/need",
        f"list of {count}": f"{folder_path}/2026/",
        "home page": "/",
    }


def answers(number: int) -> dict[str, Any]:
    """Return the answers of one consultation."""
    return {
        "object": f"Entretien des espaces verts du site numéro {number}",
        "nature": "services",
        "category": "common_services",
        "procedure": "MAPA",
    }


def serve_sicp(folder: Path, port: Any) -> None:
    """Serve the application and tell its port."""
    serve(make_configurator(settings_of(folder)).make_wsgi_app(), port)


def serve_bare(folder: Path, port: Any) -> None:
    """Serve the least that Substance D can show: one object, one template."""
    config = Configurator(
        settings={
            "zodbconn.uri": f"file://{folder}/Bare.fs",
            "tm.annotate_user": "no",
        },
        root_factory=bare_root,
    )
    for name in (
        "pyramid_chameleon",
        "pyramid_tm",
        "pyramid_zodbconn",
        "substanced.evolution",
        "substanced.stats",
        "substanced.event",
        "substanced.content",
        "substanced.folder",
        "substanced.objectmap",
    ):
        config.include(name)
    config.add_view(
        lambda context, _request: {"title": context.title},
        renderer=str(Path(__file__).parent / "bare.pt"),
    )
    serve(config.make_wsgi_app(), port)


def bare_root(request: Any) -> Any:
    """Return a folder with one page in it."""
    root = get_connection(request).root()
    if "app_root" not in root:
        root["app_root"] = Folder()
        page = Folder()
        page.title = "Une page"
        root["app_root"].add("page", page, registry=request.registry)
    return root["app_root"]


def serve(app: Any, port: Any) -> None:
    """Serve on a free port of the loopback."""
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    port.value = int(server.effective_port)
    server.run()


class Served:
    """A server in a process of its own."""

    def __init__(self, target: Any, folder: Path) -> None:
        self._port = multiprocessing.Value("i", 0)
        self._process = multiprocessing.Process(
            target=target, args=(folder, self._port), daemon=True
        )

    def __enter__(self) -> str:
        """Start it; return its address."""
        self._process.start()
        deadline = time.monotonic() + 60
        while not self._port.value and time.monotonic() < deadline:
            time.sleep(0.05)
        return f"http://127.0.0.1:{self._port.value}"

    def __exit__(self, *_exc: object) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.join()


def log_in(base: str) -> str:
    """Log in as the agent; return the cookie."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(f"{base}/connexion").read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    body = urllib.parse.urlencode(
        {
            "csrf_token": token,
            "__formid__": "form",
            "login": "agent",
            "password": PASSWORD,
            "enter": "enter",
        }
    ).encode()
    opener.open(f"{base}/connexion", body)
    jar = next(h for h in opener.handlers if hasattr(h, "cookiejar")).cookiejar
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def measure(url: str, cookie: str, seconds: int) -> dict[str, float]:
    """Load one page: requests per second, and the slowest hundredth in ms."""
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--latency",
        "-H",
        f"Cookie: {cookie}",
        url,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        message = f"{url} did not answer 200"
        raise RuntimeError(message)
    value, unit = _LATENCY.search(told).groups()
    scale = {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return {"rate": float(_RATE.search(told).group(1)), "p99_ms": float(value) * scale}


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--consultations", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        parser.exit(2, "wrk is needed: apt-get install wrk\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = run(folder, options.consultations, options.seconds)
    print(json.dumps(figures) if options.json else table(figures))


def run(folder: Path, count: int, seconds: int) -> dict[str, dict[str, float]]:
    """Measure the bare page, then each of ours."""
    with Served(serve_bare, folder) as base:
        # The first request makes the page; the others only read it.
        urllib.request.urlopen(f"{base}/page").read()
        measure(f"{base}/page", "", 1)
        figures = {"bare Substance D page": measure(f"{base}/page", "", seconds)}
    building = multiprocessing.get_context("spawn").Pool(1)
    pages = building.apply(build_site, (folder, count))
    building.close()
    with Served(serve_sicp, folder) as base:
        cookie = log_in(base)
        for title, path in pages.items():
            measure(base + path, cookie, 1)
            figures[title] = measure(base + path, cookie, seconds)
    return figures


def table(figures: dict[str, dict[str, float]]) -> str:
    """Show the figures and their ratio to the bare page."""
    bare = figures["bare Substance D page"]["rate"]
    lines = [f"{'page':32} {'req/s':>9} {'p99 ms':>8} {'ratio':>7}"]
    lines += [
        f"{title:32} {row['rate']:9.1f} {row['p99_ms']:8.1f} {row['rate'] / bare:7.2f}"
        for title, row in figures.items()
    ]
    cards = [row["rate"] for title, row in figures.items() if title.startswith("card")]
    lines.append(f"card, large folder against small: {cards[1] / cards[0]:.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
