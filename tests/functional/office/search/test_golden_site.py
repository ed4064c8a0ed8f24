"""What people type is answered over all that a site holds, sheets, clauses and files.

Prints how well: found first, found among the first five, mean of the inverse ranks.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
import transaction
import yaml
from pyramid.traversal import resource_path

from sicp import clock
from sicp.operations.company import know_company
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.user.right import actor_for
from tests.conftest import all_powerful

FIRST = 5
LEAST_MRR = 0.85
GOLDEN = yaml.safe_load(Path(__file__).with_name("golden_site.yaml").read_text("utf-8"))


@pytest.fixture
def ranks(site: Any, served: Any) -> dict[str, int]:
    """The rank of the first thing that answers each question, 0 for none."""
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    # The demonstration attributes no contract: a company would have no name in it.
    know_company(site, "73282932000074", "SIRET", "Dupont & Filles", **by)
    transaction.commit()
    return dict(_ranks(site, served.registry))


def _ranks(site: Any, registry: Any) -> Iterator[tuple[str, int]]:
    now = clock.now()
    for told in (told for every in GOLDEN.values() for told in every):
        actor = actor_for(site, told.get("who", "redacteur"), now)
        page = ask(site, SearchWanted(told["asked"]), actor=actor, registry=registry)
        paths = [resource_path(found.item) for found in page.found]
        ends = tuple(told["expected"])
        places = (n for n, path in enumerate(paths, 1) if path.endswith(ends))
        yield told["asked"], next(places, 0)


def test_all_that_people_type_is_answered(ranks, capsys) -> None:
    inverse = fmean(1 / rank if rank else 0.0 for rank in ranks.values())
    first = sum(rank == 1 for rank in ranks.values()) / len(ranks)
    with capsys.disabled():
        print(
            f"\n{len(ranks)} asked of a whole site: {first:.0%} at 1, MRR {inverse:.2f}"
        )
    assert [asked for asked, rank in ranks.items() if not 0 < rank <= FIRST] == []
    assert inverse >= LEAST_MRR
