"""The search engine on 10,000, 100,000 and 300,000 documents.

    .venv/bin/python -m bench.search [--sizes 10000 100000 300000] [--data FOLDER]

Documents are the real articles of the code and real contracts, in turn, each with a
number of its own, rights drawn from 60 entities, all facets, and one in four with a
detail that only some may see. Everything is drawn from one seed. Each question is asked
with the rights of an agent, all facets counted, and the best passages of 20 hits
marked. Cold: a new process opens the index and asks its first question, files in the
cache of the system.
"""

import argparse
import csv
import gzip
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sicp.engines.search import Passage
from sicp.engines.search import SearchDocument
from sicp.engines.search import SearchIndex
from sicp.engines.search import Wanted

SIZES = (10_000, 100_000, 300_000)
BATCH = 5_000
TARGET_MS = 10
TARGET_GROWTH = 3
DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data"))
TOKENS = frozenset(("everyone", *(f"entity:{number}" for number in range(6))))
SUBJECTS = (
    "travaux de voirie",
    "nettoyage des locaux",
    "fourniture de mobilier de bureau",
    "maîtrise d'œuvre",
    "assurance des véhicules",
    "restauration scolaire",
    "entretien des espaces verts",
    "vérification des installations électriques",
    "transport d'élèves",
    "réhabilitation de l'école",
)


def build_documents(data: Path, size: int) -> Iterator[SearchDocument]:
    """Make ``size`` documents out of the real texts, the same at each run."""
    chance = random.Random(20261124)
    articles, contracts = read_articles(data), read_contracts(data)
    for number in range(1, size + 1):
        if number % 2:
            yield make_sheet(number, chance, chance.choice(articles))
        else:
            yield make_contract(number, chance, chance.choice(contracts))


def read_articles(data: Path) -> list[dict]:
    path = data / "legal" / "ccp_articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_contracts(data: Path) -> list[dict]:
    path = data / "decp" / "decp_v2_2024H2_cpv4521_a.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def make_sheet(number: int, chance: random.Random, article: dict) -> SearchDocument:
    folder = chance.randrange(200)
    plan = (article["plan"] or ["Code"])[-1]
    return SearchDocument(
        id=number,
        kind=chance.choice(("article", "practice", "clause")),
        title=f"Article {article['num']} : {plan}",
        passages=(Passage(article["texte"], plan),),
        allowed=rights(chance),
        ancestors=(10_000_001 + folder, 20_000_001),
        references=(article["num"],),
        facets={"folder": (f"folder {folder}",), "year": (year(chance),)},
        modified_at=number,
    )


def make_contract(number: int, chance: random.Random, row: dict) -> SearchDocument:
    subject = chance.choice(SUBJECTS)
    amount = float(row["montant"] or 0)
    card = (
        f"{row['type']} : {subject}. Acheteur {row['acheteur_nom']}, "
        f"{row['acheteur_id']}. {row['procedure']}, {row['dureeMois']} mois."
    )
    detail = (
        f"Estimation de {amount:,.0f} euros. Titulaire pressenti "
        f"{row['titulaire_nom']}, {row['titulaire_id']}."
    ).replace(",", " ")
    entity = chance.randrange(60)
    return SearchDocument(
        id=number,
        kind="consultation",
        title=f"{subject.capitalize()} — {row['acheteur_nom'].title()}",
        passages=(Passage(card, "Fiche"),),
        allowed=rights(chance),
        hidden_passages=(Passage(detail, "Estimation"),) if number % 4 == 0 else (),
        allowed_detail=(f"entity:{entity}",),
        ancestors=(30_000_001,),
        references=(f"{year(chance)}-{number:05}", row["codeCPV"]),
        facets={
            "state": (chance.choice(("draft", "open", "awarded", "archived")),),
            "year": (year(chance),),
            "body": (f"entity {entity}",),
            "direction": (f"direction {entity % 9}",),
            "procedure": (row["procedure"],),
            "cpv": (row["codeCPV"],),
        },
        modified_at=number,
    )


def rights(chance: random.Random) -> tuple[str, ...]:
    if chance.random() < 0.25:
        return ("everyone",)
    return (f"entity:{chance.randrange(60)}", f"entity:{chance.randrange(60)}")


def year(chance: random.Random) -> str:
    return str(2019 + chance.randrange(8))


def questions(data: Path) -> list[str]:
    """Draw what people type: one to three words of a text, references, prefixes."""
    chance = random.Random(7)
    articles = read_articles(data)
    asked = [*SUBJECTS, "marché public", "acheteur", "procédure adaptée", "trav*"]
    asked += ['"accord cadre"', "offre -concession", "marhce public", "nettoyer école"]
    while len(asked) < 180:
        article = chance.choice(articles)
        words = [word for word in article["texte"].split() if len(word) > 5]
        if len(words) > 20:
            asked.append(" ".join(chance.sample(words, chance.randrange(1, 4))))
    return asked + [f"art. {article['num']}" for article in chance.sample(articles, 20)]


def wanted(text: str) -> Wanted:
    return Wanted(text, TOKENS)


def fill(folder: Path, data: Path, size: int) -> float:
    """Build the index; return documents per second."""
    before = time.perf_counter()
    batch: list[SearchDocument] = []
    with SearchIndex(folder) as index:
        for document in build_documents(data, size):
            batch.append(document)
            if len(batch) == BATCH:
                index.replace(batch)
                index.commit(document.id)
                batch = []
        index.replace(batch)
        index.commit(size)
    return size / (time.perf_counter() - before)


def ask_all(folder: Path, data: Path) -> dict:
    """Ask every question three times; keep the last two, in milliseconds."""
    times: list[float] = []
    with SearchIndex(folder) as index:
        for turn in range(3):
            for text in questions(data):
                before = time.perf_counter()
                index.search(wanted(text))
                if turn:
                    times.append((time.perf_counter() - before) * 1000)
        edit = median_ms(lambda number: edit_one(index, number), 10)
        typed = median_ms(lambda _: index.suggest(wanted("trav")), 20)
        mended = median_ms(lambda _: index.correct(wanted("nettoiage")), 20)
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50": cuts[49],
        "p95": cuts[94],
        "p99": cuts[98],
        "edit": edit,
        "suggest": typed,
        "correct": mended,
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def edit_one(index: SearchIndex, number: int) -> None:
    """Change one document and find it again."""
    word = f"modification{number}"
    index.replace([SearchDocument(1, "practice", word, allowed=("everyone",))])
    index.commit(number + 1)
    assert index.search(wanted(word)).total == 1


def median_ms(act, times: int) -> float:
    measured = []
    for number in range(times):
        before = time.perf_counter()
        act(number)
        measured.append((time.perf_counter() - before) * 1000)
    return statistics.median(measured)


def ask_cold(folder: Path) -> float:
    """Open the index and ask one question; return milliseconds."""
    before = time.perf_counter()
    with SearchIndex(folder) as index:
        index.search(wanted("procédure adaptée"))
        return (time.perf_counter() - before) * 1000


def in_a_process(*arguments: str) -> dict:
    """Measure in a process of its own, whose memory is then its own."""
    command = [sys.executable, "-m", "bench.search", *arguments]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout)


def measure(data: Path, size: int) -> dict:
    folder = Path(tempfile.mkdtemp(prefix="sicp-bench-search-"))
    try:
        common = ("--data", str(data), "--folder", str(folder))
        filled = in_a_process("--only", "fill", "--sizes", str(size), *common)
        octets = sum(file.stat().st_size for file in folder.rglob("*"))
        colds = [in_a_process("--only", "cold", *common)["cold"] for _ in range(5)]
        asked = in_a_process("--only", "ask", *common)
    finally:
        shutil.rmtree(folder)
    return {
        **filled,
        "index MB": octets / 1e6,
        "cold": statistics.median(colds),
        **asked,
    }


def report(measured: dict[int, dict]) -> None:
    names = list(next(iter(measured.values())))
    print(f"{'documents':>10}" + "".join(f"{name:>11}" for name in names))
    for size, told in measured.items():
        print(f"{size:>10,}" + "".join(f"{told[name]:>11,.1f}" for name in names))
    print("ms, but docs/s, MB of index, MB of memory (rss; writer heap included)")
    first, last = measured[min(measured)], measured[max(measured)]
    for name in ("p50", "p95", "p99", "cold"):
        print(f"growth of {name}: x{last[name] / first[name]:.1f}", end="  ")
    print(
        f"(documents: x{max(measured) / min(measured):.0f}, at most x{TARGET_GROWTH})"
    )
    if 100_000 in measured:
        p95 = measured[100_000]["p95"]
        verdict = "reached" if p95 <= TARGET_MS else "MISSED"
        print(f"p95 at 100,000: {p95:.1f} ms, target {TARGET_MS} ms {verdict}")


def run_part(part: str, data: Path, size: int, folder: Path) -> dict:
    if part == "fill":
        rate = fill(folder, data, size)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"docs/s": rate, "fill rss": memory}
    if part == "cold":
        return {"cold": ask_cold(folder)}
    return ask_all(folder, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", choices=("fill", "ask", "cold"))
    given = parser.parse_args()
    if given.only:
        told = run_part(given.only, given.data, given.sizes[0], given.folder)
        print(json.dumps(told))
        return
    report({size: measure(given.data, size) for size in given.sizes})


if __name__ == "__main__":
    main()
