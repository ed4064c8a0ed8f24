"""What is shipped, read once: the clauses, the canevas, and a document of each."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import sicp.seed
from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import clause_from_data
from tests.unit.seed.answers import Filled
from tests.unit.seed.answers import is_proposed
from tests.unit.seed.answers import three_sets

SEED = Path(next(iter(sicp.seed.__path__)))
WRITTEN = Path(__file__).parent / "written_answers"
#: The documents for which the sets of answers written by hand are complete.
CONTRACTUAL = {"RC", "CCAP", "AE"}


def read(path: Path) -> Any:  # noqa: ANN401
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def clauses_by_file() -> dict[str, list[Clause]]:
    """Return every shipped clause, by the name of its file."""
    return {
        path.stem: [clause_from_data(data) for data in read(path)]
        for path in sorted((SEED / "clauses").glob("*.yaml"))
    }


@cache
def shipped_library() -> Library:
    return Library(clause for found in clauses_by_file().values() for clause in found)


@cache
def read_all_canevas() -> dict[str, Canevas]:
    """Return every shipped canevas by the name of its file, its parents applied."""
    files = sorted((SEED / "canevas").glob("*.yaml"))
    written = {path.stem: read(path) for path in files}
    parents = {data["id"]: data for data in written.values()}
    return {n: canevas_from_data(data, parents) for n, data in written.items()}


@cache
def concrete_canevas() -> dict[str, Canevas]:
    """Return the canevas that make a document by themselves."""
    return {n: c for n, c in read_all_canevas().items() if not c.is_abstract}


@cache
def written_answers() -> dict[str, dict[str, Any]]:
    """Return the sets of answers written by hand, true to life."""
    return {path.stem: read(path) for path in sorted(WRITTEN.glob("*.yaml"))}


@cache
def sets_of(name: str) -> tuple[Filled, ...]:
    """Return the three sets of answers made for a canevas."""
    return three_sets(concrete_canevas()[name], shipped_library())


@cache
def every_set() -> dict[str, Filled]:
    """Return the sets made for each canevas, and those written that suit it."""
    found: list[Filled] = []
    for name, canevas in concrete_canevas().items():
        found.extend(sets_of(name))
        found.extend(
            Filled(f"{name}-{told}", canevas, answers)
            for told, answers in written_answers().items()
            if canevas.document in CONTRACTUAL and is_proposed(canevas, answers)
        )
    return {filled.name: filled for filled in found}


@cache
def draft_of(name: str) -> Draft:
    """Return the document of one of ``every_set``."""
    filled = every_set()[name]
    library = shipped_library()
    return assemble(filled.canevas, library, filled.answers, DRAFTING_FIELDS)
