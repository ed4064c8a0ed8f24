"""The canevas of a site, from the command line."""

import json

import pytest

from sicp import clock
from sicp.cli.site import open_site
from sicp.engines.docx import check_docx
from tests.functional.cli.conftest import run_sicp

CONTRACTUAL = {"CCAP", "AE", "RC"}


@pytest.fixture
def new_site(tmp_path, monkeypatch):
    """A site of real work, empty."""
    monkeypatch.setenv("SICP_VAR", str(tmp_path / "real"))


def listed(result):
    """Read the list a command printed."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_canevas_of_the_site_are_listed(sicp):
    rows = listed(sicp("canevas", "list", "--json"))
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == len(rows)
    assert by_id["rc-open-call"]["document"] == "RC"
    assert by_id["rc-open-call"]["clauses"] > 20
    assert "Règlement de la consultation" in sicp("canevas", "list").output


@pytest.mark.usefixtures("new_site")
def test_a_site_without_canevas_is_answered_by_those_of_this_version():
    found = listed(run_sicp("canevas", "list", "--json"))
    assert "rc-open-call" in {row["id"] for row in found}
    with open_site() as opened:
        assert len(opened.root["canevas"]) == 0


def test_every_canevas_is_proved(sicp):
    result = sicp("canevas", "check")
    assert result.exit_code == 0, result.output
    assert "EN DÉFAUT" not in result.output
    report = listed(sicp("canevas", "check", "rc-open-call", "--json"))
    assert [line["id"] for line in report] == ["rc-open-call"]
    assert report[0]["is_sound"]


def test_a_fault_is_told_in_french_and_ends_with_status_1(sicp):
    with open_site() as opened:
        template = opened.root["canevas"]["rc-open-call"]
        data = {**template.data, "parts": [*template.data["parts"], {"clause": "nil"}]}
        template.add_version(data, "system", clock.now())
        opened.commit()
    result = sicp("canevas", "check")
    assert result.exit_code == 1
    assert "rc-open-call: EN DÉFAUT" in result.output
    assert "« nil »" in result.output


def test_an_unknown_canevas_is_refused(sicp):
    assert sicp("canevas", "check", "nothing").exit_code == 1


def test_each_canevas_is_written_on_a_consultation_it_suits(sicp, tmp_path):
    result = sicp("canevas", "draft-all", "--output", tmp_path / "all")
    assert result.exit_code == 0, result.output
    rows = listed(sicp("canevas", "list", "--json"))
    names = {row["id"] for row in rows if not row["is_abstract"]}
    files = {path.stem: path for path in (tmp_path / "all").glob("*.docx")}
    assert set(files) == names
    contractual = {row["id"] for row in rows if row["document"] in CONTRACTUAL}
    for name, path in files.items():
        codes = {fault.code for fault in check_docx(path.read_bytes())}
        # A letter waits for whom it is sent to; the documents of a contract are whole.
        assert codes <= (set() if name in contractual else {"blank-left"}), name


def test_a_canevas_that_suits_no_consultation_is_told(sicp, tmp_path):
    with open_site() as opened:
        template = opened.root["canevas"]["rc-open-call"]
        never = {"field": "estimated_amount", "operator": "lt", "value": 1}
        template.add_version({**template.data, "applies": never}, "x", clock.now())
        opened.commit()
    result = sicp("canevas", "draft-all", "--output", tmp_path)
    assert result.exit_code == 1
    assert "rc-open-call: suits no consultation" in result.output
