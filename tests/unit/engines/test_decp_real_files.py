"""The files really published: how much is taken, refused and remarked upon."""

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from sicp.engines.decp import DecpRecord
from sicp.engines.decp import Refusal
from sicp.engines.decp import read_decp

REAL_DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data")) / "decp"

EXPECTED = {
    # name: records or lines read, contracts taken, refused, records of the refused
    "decp_v1_data.gouv.fr_pes_2019.json.gz": (1148, 1140, 0, 0),
    "decp_v1_e-marchespublics_2019.json.gz": (470, 433, 8, 34),
    "decp_v2_2024H2_cpv4521_a.csv.gz": (4478, 2899, 152, 515),
    "examples/marches_avec_modifications.json": (2, 2, 0, 0),
    "examples/concessions.json": (2, 2, 0, 0),
}
REMARKS = {
    "decp_v1_data.gouv.fr_pes_2019.json.gz": {
        ("datePublicationDonnees", "decp-published-before"): 120,
        ("codeCPV", "decp-cpv-unknown"): 15,
        ("id", "decp-published-again"): 7,
        ("objet", "decp-text-repaired"): 4,
        ("montant", "decp-amount-improbable"): 4,
        ("montant", "decp-amount-zero"): 2,
        ("titulaires", "decp-siret-key"): 1,
    },
    "decp_v1_e-marchespublics_2019.json.gz": {
        ("datePublicationDonnees", "decp-published-before"): 17,
        ("id", "decp-published-again"): 3,
    },
    "decp_v2_2024H2_cpv4521_a.csv.gz": {
        ("titulaires", "decp-holder-unsure"): 9,
        ("procedure", "decp-value-missing"): 8,
        ("acheteur", "decp-siret-key"): 7,
        ("titulaires", "decp-siret-key"): 1,
        ("codeCPV", "decp-cpv-unknown"): 1,
        ("id", "decp-id-too-long"): 1,
    },
}


def read_real(name: str) -> tuple[list[DecpRecord], list[Refusal]]:
    path = REAL_DATA / name
    if not path.exists():
        pytest.skip(f"real data absent: {path}")
    found = list(read_decp(path))
    taken = [item for item in found if isinstance(item, DecpRecord)]
    refused = [item for item in found if isinstance(item, Refusal)]
    return taken, refused


@pytest.mark.parametrize("name", EXPECTED)
def test_every_record_of_a_real_file_is_taken_or_refused_with_a_reason(
    name: str,
) -> None:
    started = time.perf_counter()
    taken, refused = read_real(name)
    seconds = time.perf_counter() - started
    positions = [p for item in (*taken, *refused) for p in item.positions]
    reasons = Counter((r.field, str(r.message)) for i in refused for r in i.reasons)
    print(f"{name}: {len(positions)} read, {len(taken)} taken, {len(refused)} refused")
    print(f"  {len(positions) / seconds:.0f} per second; {dict(reasons)}")
    refused_positions = sum(len(item.positions) for item in refused)
    counts = (len(positions), len(taken), len(refused), refused_positions)
    assert counts == EXPECTED[name]
    assert sorted(positions) == list(range(1, len(positions) + 1))
    assert set(reasons) <= {("id", "decp-number-shared")}


@pytest.mark.parametrize("name", REMARKS)
def test_the_defects_of_a_real_file_are_the_known_ones(name: str) -> None:
    taken, _refused = read_real(name)
    remarks = Counter((r.field, str(r.message)) for i in taken for r in i.remarks)
    assert remarks == REMARKS[name]


@pytest.mark.parametrize("name", REMARKS)
def test_records_of_a_real_file_are_clean(name: str) -> None:
    taken, _refused = read_real(name)
    assert len({item.uid for item in taken}) == len(taken)
    assert len({item.digest for item in taken}) == len(taken)
    for item in taken:
        assert item.object.isprintable()
        assert item.uid == item.buyer_siret + item.id
        assert item.amount >= 0
        assert item.procedure or item.remarks


def test_amendments_of_the_table_are_found() -> None:
    taken, _refused = read_real("decp_v2_2024H2_cpv4521_a.csv.gz")
    amended = [item for item in taken if item.modifications]
    several_holders = [item for item in taken if len(item.holders) > 1]
    assert (len(amended), len(several_holders)) == (325, 146)
