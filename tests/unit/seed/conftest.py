"""The seeded clause library, read as the application reads it."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from tests.unit.seed import shipped
from tests.unit.seed.shipped import SEED
from tests.unit.seed.shipped import read
from tests.unit.seed.shipped import read_all_canevas

__all__ = ["SEED", "read", "read_all_canevas"]

PROJECT = Path(__file__).parents[3]

_CASES = {"canevas": shipped.concrete_canevas, "filled": shipped.every_set}


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
    return shipped.clauses_by_file()


@pytest.fixture(scope="session")
def clauses(clauses_by_file: dict[str, list[Clause]]) -> list[Clause]:
    return [clause for found in clauses_by_file.values() for clause in found]


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped.shipped_library()


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
