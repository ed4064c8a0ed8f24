"""The commands of administrators on a PostgreSQL site."""

import json

from sicp.operations.health import faults_of
from tests.functional.cli.conftest import run_sicp


def test_the_commands_work_there_too(place_in_postgresql):
    config = ("--config", place_in_postgresql.ini)
    assert run_sicp("demo", "--no-serve", *config).exit_code == 0
    assert run_sicp("evolve", *config).exit_code == 0
    assert run_sicp("reindex", *config).exit_code == 0
    assert run_sicp("pack", "--days", "0", *config).exit_code == 0
    report = run_sicp("can", "redacteur", "--json", *config).output
    assert json.loads(report)["sees"]["details"] > 0
    assert run_sicp("check", *config).exit_code == 0
    with place_in_postgresql.opened() as opened:
        assert faults_of(opened.root, opened.registry) == []


def test_a_copy_is_left_to_the_tools_of_the_database(place_in_postgresql, tmp_path):
    config = ("--config", place_in_postgresql.ini)
    for words in (("backup", tmp_path / "copy"), ("restore", tmp_path)):
        result = run_sicp(*words, *config)
        assert result.exit_code == 1
        assert "pg_dump" in result.output
