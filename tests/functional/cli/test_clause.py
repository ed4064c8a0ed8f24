"""The clauses and canevas of this version are loaded into a site."""

import pytest

from sicp import clock
from sicp.cli.site import open_site
from sicp.operations.clause import clauses_of
from tests.functional.cli.conftest import run_sicp


@pytest.fixture
def new_site(tmp_path, monkeypatch):
    """A site of real work, empty."""
    monkeypatch.setenv("SICP_VAR", str(tmp_path / "real"))


def _clause(opened, clause_id):
    return next(
        c for c in clauses_of(opened.root["clausier"]) if c.clause_id == clause_id
    )


@pytest.mark.usefixtures("new_site")
def test_a_new_site_gets_them_all_once():
    first = run_sicp("library")
    assert first.exit_code == 0
    assert "0 renewed, 0 kept" in first.output
    again = run_sicp("library").output
    assert "clauses: 0 added, 0 renewed" in again
    assert "canevas: 0 added, 0 renewed" in again


def _rewrite(opened, author):
    clause = _clause(opened, "price-unit")
    data = {**clause.current.data, "text": "Un texte."}
    clause.add_version(data, author, clock.now())


def test_a_shipped_text_that_changed_becomes_a_new_version(sicp):
    with open_site() as opened:
        _rewrite(opened, "system")
        opened.commit()
    assert "1 renewed" in sicp("library").output
    with open_site() as opened:
        clause = _clause(opened, "price-unit")
        assert len(clause.versions) == 3
        assert clause.versions[1].data["text"] == "Un texte."


def test_what_somebody_wrote_is_kept(sicp):
    with open_site() as opened:
        _rewrite(opened, "editeur")
        opened.commit()
    assert "clauses: 0 added, 0 renewed" in sicp("library").output
    with open_site() as opened:
        assert _clause(opened, "price-unit").current.data["text"] == "Un texte."


def test_only_who_keeps_the_library_loads_it(sicp):
    assert sicp("library", "--as", "redacteur").exit_code == 1
    assert sicp("library", "--as", "editeur").exit_code == 0
