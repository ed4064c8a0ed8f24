"""The seeded clause library, read as the application reads it."""

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import sicp.seed
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import clause_from_data
from tests.unit.seed.answers import Filled
from tests.unit.seed.answers import is_proposed
from tests.unit.seed.answers import three_sets

SEED = Path(next(iter(sicp.seed.__path__)))
ANSWERS = Path(__file__).parent / "written_answers"
PROJECT = Path(__file__).parents[3]


def read(path: Path) -> Any:  # noqa: ANN401
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_all_canevas() -> dict[str, Canevas]:
    """Return every shipped canevas by the name of its file, its parents applied."""
    files = sorted((SEED / "canevas").glob("*.yaml"))
    written = {path.stem: read(path) for path in files}
    parents = {data["id"]: data for data in written.values()}
    return {n: canevas_from_data(data, parents) for n, data in written.items()}


def read_library() -> Library:
    """Return every shipped clause."""
    files = sorted((SEED / "clauses").glob("*.yaml"))
    return Library([clause_from_data(data) for path in files for data in read(path)])


def _canevas() -> dict[str, Canevas]:
    found = read_all_canevas()
    return {n: canevas for n, canevas in found.items() if not canevas.is_abstract}


def _written() -> dict[str, dict[str, Any]]:
    return {path.stem: read(path) for path in sorted(ANSWERS.glob("*.yaml"))}


@cache
def _filled() -> dict[str, Filled]:
    """Return the sets made for each canevas, and those written that suit it."""
    library = read_library()
    found: list[Filled] = []
    for canevas in _canevas().values():
        found.extend(three_sets(canevas, library))
        found.extend(
            Filled(f"{canevas.id}-{name}", canevas, answers)
            for name, answers in _written().items()
            if is_proposed(canevas, answers)
        )
    return {filled.name: filled for filled in found}


_CASES = {"canevas": _canevas, "answers": _written, "filled": _filled}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each canevas and each set of answers its own test case."""
    for name, cases in _CASES.items():
        if name in metafunc.fixturenames:
            found = cases()
            metafunc.parametrize(name, found.values(), ids=found)


@pytest.fixture(scope="session")
def families() -> list[dict[str, Any]]:
    return read(SEED / "families.yaml")


@pytest.fixture(scope="session")
def clauses_by_file() -> dict[str, list[Clause]]:
    return {
        path.stem: [clause_from_data(data) for data in read(path)]
        for path in sorted((SEED / "clauses").glob("*.yaml"))
    }


@pytest.fixture(scope="session")
def clauses(clauses_by_file: dict[str, list[Clause]]) -> list[Clause]:
    return [clause for found in clauses_by_file.values() for clause in found]


@pytest.fixture(scope="session")
def library(clauses: list[Clause]) -> Library:
    return Library(clauses)


@pytest.fixture(scope="session")
def all_canevas() -> list[Canevas]:
    return list(read_all_canevas().values())


@pytest.fixture(scope="session")
def articles_of_the_code() -> frozenset[str]:
    """Return the numbers of all articles of the code de la commande publique."""
    folder = Path(os.environ.get("SICP_REAL_DATA", PROJECT / "../shared/data"))
    path = folder / "legal" / "ccp_articles.jsonl.gz"
    if not path.exists():
        pytest.skip(f"the code de la commande publique is not at {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(json.loads(line)["num"] for line in lines)
