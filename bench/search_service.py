"""The search as pages ask it, on a site of 10,000, 100,000 and 300,000 documents.

    .venv/bin/python -m bench.search_service [--sizes 10000 100000] [--folder FOLDER]

A site in a FileStorage holds the real articles of the code as sheets, in 200 folders of
which one in ten is kept for a direction, and real contracts as consultations of 24
directions, in turn. Each question is asked as a page does: rights worked out, all
facets, the best passages of 20 hits marked, the 20 things woken and their ACL asked
once more. Everything is drawn from one seed. Cold: a new process opens the site and
asks its first question. Then a folder of 10,000 sheets is moved, and kept for a
direction, while somebody searches without pause. ``--folder`` keeps the sites, to
measure them again without making them.
"""

import argparse
import gc
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC
from datetime import datetime
from decimal import Decimal
from decimal import InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

import transaction

from bench.search import SUBJECTS
from bench.search import questions
from bench.search import read_articles
from bench.search import read_contracts
from sicp.cli.site import open_site
from sicp.content_types.knowledge import SheetVersion
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.folder import place_new
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.organisation import create_entity
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.search import suggest
from sicp.operations.search.service import feed_of
from sicp.operations.search.tail import moment_of
from sicp.operations.user.account import create_user
from sicp.operations.user.account import set_password
from sicp.operations.user.assignment import assign
from sicp.workflows.base import initialize
from sicp.workflows.knowledge import TABLE

SIZES = (10_000, 100_000, 300_000)
TARGET_MS = 10
TARGET_GROWTH = 3
DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data"))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FOLDERS = 200
MOVED = 10_000
BATCH = 5_000
PASSWORD = "Benchmark-sans-secret"
_COLUMNS = (
    "made s",
    "docs/s",
    "fill rss",
    "index MB",
    "cold",
    "p50",
    "p95",
    "p99",
    "cpu",
    "suggest",
    "edit+ask",
    "edit+feed",
    "rss",
)
PEOPLE = ("agent", "lecteur", "documentaliste")
INI = """\
[app:main]
use = egg:sicp
zodbconn.uri = file://{folder}/Data.fs?blobstorage_dir={folder}/blobs&connection_cache_size=30000&connection_pool_size=32
sicp.session_secret = a secret of the measures, long enough for them
sicp.secure_cookies = false
sicp.search_folder = {folder}/search
"""


def by_system(opened: Any) -> dict[str, Any]:
    return {"actor": opened.actor(None), "now": NOW, "registry": opened.registry}


def make_site(folder: Path, data: Path, size: int) -> dict[str, float]:
    """Make a site of ``size`` documents; its index is made apart."""
    chance = random.Random(20261201)
    before = time.perf_counter()
    with open_site(str(folder / "site.ini")) as opened:
        directions = make_people(opened)
        folders = make_folders(opened, directions)
        articles, contracts = read_articles(data), read_contracts(data)
        for number in range(size):
            if number % 2:
                make_purchase(opened, chance.choice(contracts), directions, chance)
            else:
                add_sheet(
                    opened, chance.choice(folders), number, chance.choice(articles)
                )
            if number % BATCH == BATCH - 1:
                opened.commit()
                opened.connection.cacheMinimize()
        opened.commit()
    return {"made s": time.perf_counter() - before}


def make_people(opened: Any) -> list[Any]:
    by, site = by_system(opened), opened.root
    top = site["organisation"]
    body = create_entity(top, "body", "Région", name="region", **by)
    directions = [
        create_entity(body, "direction", f"Direction {rank}", name=f"d{rank}", **by)
        for rank in range(24)
    ]
    profiles = ("administrative-writer", "reader", "knowledge-manager")
    places = (directions[0], body, body)
    for login, profile, place in zip(PEOPLE, profiles, places, strict=True):
        user = create_user(site, login, login.title(), "", place, **by)
        set_password(user, PASSWORD, **by)
        assign(site, user, profile, place, NOW.date(), **by)
    return directions


def make_folders(opened: Any, directions: list[Any]) -> list[Any]:
    by, base = by_system(opened), opened.root["connaissances"]
    tops = [create_folder(base, f"Partie {rank}", **by) for rank in range(10)]
    folders = []
    for rank in range(FOLDERS):
        kept = None if rank % 10 else [directions[rank // 10 % 24].__oid__]
        title = f"Dossier {rank}"
        folders.append(create_folder(tops[rank % 10], title, readers=kept, **by))
    return folders


def add_sheet(opened: Any, folder: Any, number: int, article: dict) -> None:
    """Put a published sheet in the base, as an import does."""
    title = f"Article {article['num']} : {(article['plan'] or ['Code'])[-1]}"[:200]
    sheet = opened.registry.content.create("Sheet", "article", title)
    version = SheetVersion(title)
    version.text = f"<p>{article['texte']}</p>"
    version.fields = {"code": "ccp", "number": article["num"]}
    version.number, version.at = 1, NOW
    sheet.versions[1] = version
    initialize(opened.registry, TABLE, sheet)
    sheet.__workflow_state__["sheet"] = "published"
    place_new(folder, sheet, f"fiche-{number}", float(number), opened.actor(None), NOW)


def make_purchase(opened: Any, row: dict, directions: list[Any], chance: Any) -> None:
    subject = chance.choice(SUBJECTS)
    answers = {
        "object": f"{subject.capitalize()} — {row['acheteur_nom'].title()}",
        "cpv": row["codeCPV"].partition("-")[0],
        "description": f"Titulaire pressenti {row['titulaire_nom']}, "
        f"{row['titulaire_id']}. {row['procedure']}, {row['dureeMois']} mois.",
        "procedure": chance.choice(("MAPA", "AOO", "AOR")),
        "nature": chance.choice(("works", "supplies", "services")),
    }
    try:
        answers["estimated_amount"] = Decimal(row["montant"] or 0)
    except InvalidOperation:
        answers["estimated_amount"] = Decimal(0)
    entity = chance.choice(directions)
    other = chance.choice(directions)
    create_consultation(
        opened.root,
        answers,
        [entity.__oid__],
        [other.__oid__],
        **by_system(opened),
        year=2019 + chance.randrange(8),
    )


def make_index(folder: Path) -> dict[str, float]:
    with open_site(str(folder / "site.ini")) as opened:
        feed = feed_of(opened.root, opened.registry)
        before = time.perf_counter()
        count = feed.rebuild()
        rate = count / (time.perf_counter() - before)
    return {"docs/s": rate, "fill rss": memory()}


def ask_all(folder: Path, data: Path) -> dict[str, float]:
    """Ask every question three times, by three people; keep the last two turns."""
    times: list[float] = []
    processor = 0.0
    asked = questions(data)
    with open_site(str(folder / "site.ini")) as opened:
        actors = [opened.actor(login) for login in PEOPLE]
        # As a server does before it serves.
        gc.collect()
        gc.freeze()
        for turn in range(3):
            for rank, text in enumerate(asked):
                began = time.process_time()
                taken = one_question(opened, actors[(rank + turn) % 3], text)
                if turn:
                    times.append(taken)
                    processor += time.process_time() - began
        typed = [
            timed(lambda: suggest(opened.root, "trav", **who(opened, actors[0])))
            for _ in range(20)
        ]
        edits = [timed(partial(edit_one, opened, rank)) for rank in range(12)]
        followed = follow_edits(opened)
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50": cuts[49],
        "p95": cuts[94],
        "p99": cuts[98],
        "cpu": processor * 1000 / len(times),
        "suggest": statistics.median(typed),
        "edit+ask": statistics.median(edits),
        "edit+feed": statistics.median(followed),
        "rss": memory(),
    }


def who(opened: Any, actor: Any) -> dict[str, Any]:
    return {"actor": actor, "registry": opened.registry}


def one_question(opened: Any, actor: Any, text: str) -> float:
    # Each request has a transaction of its own.
    transaction.begin()
    return timed(lambda: ask(opened.root, SearchWanted(text), **who(opened, actor)))


def edit_one(opened: Any, rank: int) -> None:
    """Change a folder and find the change."""
    folder = opened.root["connaissances"]["partie-0"]
    folder.summary = f"kzw{'bcdfghjklmnp'[rank]}xq"
    opened.commit()
    wanted = SearchWanted(folder.summary)
    assert ask(opened.root, wanted, **who(opened, opened.actor(None))).total == 1


def follow_edits(opened: Any) -> list[float]:
    """Change a sheet, and wait until the thread of a served site has followed."""
    opened.registry.search_service.follow(opened.database)
    feed = feed_of(opened.root, opened.registry)
    sheets = opened.root["connaissances"].numbers.values()
    sheet = next(item for item in sheets if hasattr(item, "versions"))
    taken = []
    for rank in range(12):
        sheet.title = f"Nouveau titre {rank}"
        opened.commit()
        moment = moment_of(opened.connection)
        taken.append(timed(partial(feed.wait_for, moment, 10.0)))
    return taken


def ask_cold(folder: Path) -> dict[str, float]:
    """Ask the first question of a process; the files are in the cache of the system."""
    with open_site(str(folder / "site.ini")) as opened:
        actor = opened.actor(PEOPLE[0])
        return {"cold": one_question(opened, actor, "procédure adaptée")}


def move_all(folder: Path, data: Path) -> dict[str, float]:
    """Move 10,000 sheets, then keep them for some, while somebody searches."""
    articles = read_articles(data)
    with open_site(str(folder / "site.ini")) as opened:
        by, base = by_system(opened), opened.root["connaissances"]
        place = create_folder(base, "À déplacer", **by)
        target = create_folder(base, "Ailleurs", **by)
        for number in range(MOVED):
            article = articles[number % len(articles)]
            add_sheet(opened, place, 10_000_000 + number, article)
        opened.commit()
        opened.registry.search_service.follow(opened.database)
        feed = feed_of(opened.root, opened.registry)
        feed.wait_for(moment_of(opened.connection), 600.0)
        told: dict[str, float] = {}
        region = opened.root["organisation"]["region"]
        one, other = region["d3"].__oid__, region["d4"].__oid__
        for name, act in (
            ("move", lambda: move_item(place, target, **by)),
            ("keep", lambda: set_readers(place, [one], **by)),
            ("open to others", lambda: set_readers(place, [one, other], **by)),
        ):
            told |= measure_act(opened, feed, name, act)
    return told


def measure_act(opened: Any, feed: Any, name: str, act: Any) -> dict[str, float]:
    """Time an act, its way to the index, and the questions asked meanwhile."""
    stopping, times = threading.Event(), []

    def asking() -> None:
        manager = transaction.TransactionManager()
        connection = opened.database.open(manager)
        site = connection.root()["app_root"]
        actor, wanted = opened.actor(PEOPLE[0]), SearchWanted("procédure")
        while not stopping.is_set():
            manager.begin()
            times.append(timed(partial(ask, site, wanted, **who(opened, actor))))
            time.sleep(0.01)
        manager.abort()
        connection.close()

    thread = threading.Thread(target=asking)
    thread.start()
    time.sleep(0.5)
    try:
        acted = timed(lambda: (act(), opened.commit()))
        followed = timed(lambda: feed.wait_for(moment_of(opened.connection), 600.0))
    finally:
        stopping.set()
        thread.join()
    return {
        f"{name}: act ms": acted,
        f"{name}: index ms": followed,
        f"{name}: asked p95 ms": statistics.quantiles(times, n=100)[94],
        f"{name}: asked max ms": max(times),
    }


def timed(act: Any) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_apart(part: str, folder: Path, data: Path, size: int) -> dict[str, float]:
    """Measure a part in a process of its own, whose memory is then its own."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.search_service"]
    told = ["--data", str(data), "--folder", str(folder), "--sizes", str(size)]
    run = subprocess.run(
        [*command, "--only", part, *told], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(run.stdout)


def prepare(folder: Path, data: Path, size: int) -> dict[str, float]:
    """Make a site and its index, each in a process; keep what is there already."""
    told: dict[str, float] = {}
    if not (folder / "made").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "site.ini").write_text(INI.format(folder=folder), encoding="utf-8")
        told = run_apart("make", folder, data, size)
        told |= run_apart("index", folder, data, size)
        (folder / "made").touch()
    return told


def measure(
    folder: Path, data: Path, size: int, *, has_move: bool = False
) -> dict[str, float]:
    told = prepare(folder, data, size)
    files = (folder / "search").rglob("*")
    told["index MB"] = sum(file.stat().st_size for file in files) / 1e6
    colds = [run_apart("cold", folder, data, size)["cold"] for _ in range(5)]
    told["cold"] = statistics.median(colds)
    told |= run_apart("ask", folder, data, size)
    if has_move:
        for name, value in run_apart("move", folder, data, size).items():
            print(f"{MOVED:,} sheets, {name}: {value:,.0f}", flush=True)
    return told


def measure_all(data: Path, sizes: list[int], kept: Path | None) -> None:
    """Measure each size in a site of its own; ``kept`` is where they stay."""
    measured = {}
    with tempfile.TemporaryDirectory(prefix="sicp-bench-service-") as folder:
        for size in sizes:
            place = (kept or Path(folder)) / str(size)
            measured[size] = measure(place, data, size, has_move=size == max(sizes))
            if kept is None:
                shutil.rmtree(place)
    report(measured)


def report(measured: dict[int, dict[str, float]]) -> None:
    names = [name for name in _COLUMNS if all(name in m for m in measured.values())]
    print(f"{'documents':>10}" + "".join(f"{name:>10}" for name in names))
    for size, told in measured.items():
        print(f"{size:>10,}" + "".join(f"{told[name]:>10,.1f}" for name in names))
    print("ms (cpu: of the processors, for one question)")
    print("but docs/s, MB of index, MB of memory (rss), s to make the site")
    first, last = measured[min(measured)], measured[max(measured)]
    for name in ("p50", "p95", "p99", "cold"):
        print(f"growth of {name}: x{last[name] / first[name]:.1f}", end="  ")
    print(f"(at most x{TARGET_GROWTH})")
    if 100_000 in measured:
        p95 = measured[100_000]["p95"]
        verdict = "reached" if p95 <= TARGET_MS else "MISSED"
        print(f"p95 at 100,000: {p95:.1f} ms, target {TARGET_MS} ms {verdict}")


def run_part(part: str, data: Path, size: int, folder: Path) -> dict[str, float]:
    if part == "make":
        return make_site(folder, data, size)
    if part == "index":
        return make_index(folder)
    if part == "cold":
        return ask_cold(folder)
    return ask_all(folder, data) if part == "ask" else move_all(folder, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--folder", type=Path)
    parser.add_argument(
        "--only", choices=("make", "index", "cold", "ask", "move"), default=None
    )
    given = parser.parse_args()
    if given.only:
        told = run_part(given.only, given.data, given.sizes[0], given.folder)
        print(json.dumps(told))
        return
    measure_all(given.data, given.sizes, given.folder)


if __name__ == "__main__":
    main()
