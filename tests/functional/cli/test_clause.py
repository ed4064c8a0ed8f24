"""The clauses and canevas of this version are loaded into a site."""

import json

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


def test_an_empty_site_gives_out_what_it_took_in_to_the_byte(
    sicp, tmp_path, monkeypatch
):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert sicp("clausier", "export", "--output", first).exit_code == 0
    monkeypatch.setenv("SICP_VAR", str(tmp_path / "other"))
    taken = run_sicp("clausier", "import", first)
    assert taken.exit_code == 0, taken.output
    assert "0 grown, 0 kept" in taken.output
    run_sicp("clausier", "export", "--output", second)
    assert second.read_bytes() == first.read_bytes()


def test_an_import_adds_versions_and_keeps_what_people_wrote(sicp, tmp_path):
    file = tmp_path / "clausier.json"
    sicp("clausier", "export", "--output", file)
    told = json.loads(file.read_text(encoding="utf-8"))
    by_id = {row["id"]: row for row in told["clauses"]}
    for name, text in (("price-unit", "Ailleurs."), ("invoicing", "Neuf.")):
        latest = by_id[name]["versions"][-1]
        data = {**latest["data"], "text": text}
        more = {**latest, "number": latest["number"] + 1, "data": data}
        by_id[name]["versions"].append(more)
    file.write_text(json.dumps(told), encoding="utf-8")
    with open_site() as opened:
        _rewrite(opened, "editeur")
        opened.commit()
    result = sicp("clausier", "import", file)
    assert "0 added, 1 grown" in result.output
    with open_site() as opened:
        assert _clause(opened, "price-unit").current.data["text"] == "Un texte."
        assert _clause(opened, "invoicing").current.data["text"] == "Neuf."
        assert len(opened.root["publications"]) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("pas du JSON", "ne peut pas être repris"),
        ('{"format": "autre"}', "sicp-clausier/1"),
        ('{"format": "sicp-clausier/1"}', "families"),
        (
            '{"format": "sicp-clausier/1", "families": [], "canevas": [], '
            '"releases": [], "clauses": [{"id": "x", "versions": [{"number": 1, '
            '"data": {"id": "x", "title": "X", "kind": "autre"}}]}]}',
            "« X »",
        ),
        (
            '{"format": "sicp-clausier/1", "families": [], "clauses": [], '
            '"releases": [], "canevas": [{"id": "x", "versions": []}]}',
            "ne se suivent pas",
        ),
        (
            '{"format": "sicp-clausier/1", "clauses": [], "canevas": [], '
            '"releases": [], "families": [{"id": "a/b", "title": "", "themes": []}]}',
            "« a/b »",
        ),
    ],
)
def test_a_bad_file_changes_nothing(sicp, tmp_path, content, told):
    file = tmp_path / "bad.json"
    file.write_text(content, encoding="utf-8")
    result = sicp("clausier", "import", file)
    assert result.exit_code == 1
    assert told in result.output.replace("\xa0", " ")
