"""The report of an import."""

from pathlib import Path

from sicp.cli.exchange import Report
from sicp.operations.open_data import CREATED
from sicp.operations.open_data import REFUSED
from sicp.operations.open_data import UNCHANGED
from sicp.operations.open_data import Outcome


def _report():
    report = Report()
    report.add(
        Path("/data/decp.json"),
        [
            Outcome(CREATED, (1,), "a"),
            Outcome(UNCHANGED, (2, 5), "b"),
            Outcome(REFUSED, (3, 4), "", ("Le contrat n’a pas de numéro.",)),
        ],
    )
    return report


def test_every_contract_is_counted_once():
    told = _report().as_json()
    fates = told["created"] + told["updated"] + told["unchanged"]
    assert told["read"] == fates + len(told["refused"]) == 3


def test_what_is_refused_tells_its_file_its_rank_and_why():
    (refused,) = _report().as_json()["refused"]
    assert refused == {
        "file": "decp.json",
        "record": 3,
        "records": [3, 4],
        "uid": "",
        "reasons": ["Le contrat n’a pas de numéro."],
    }


def test_the_text_tells_the_same():
    first, last = str(_report()).splitlines()
    expected = "decp.json, record 3 (no number): Le contrat n’a pas de numéro."
    assert first == expected
    assert last == "3 read, 1 created, 0 updated, 1 unchanged, 1 refused"
