"""The database is checked, mended, packed and brought to a new version."""

import json
import subprocess
import sys

import pytest
import transaction
from substanced.evolution import FINISHED_KEY
from substanced.util import find_objectmap

from sicp.cli.site import open_site
from sicp.content_types.user import Assignment
from sicp.operations.index import unindex
from sicp.operations.index import walk_consultations
from sicp.roles import principal_at

_STEP = "substanced.evolution.legacy_to_new"


def _first(opened):
    return next(walk_consultations(opened.root))


def _plant(fault):
    with open_site() as opened:
        fault(opened)
        opened.commit()


def _steal_a_right(opened):
    found = _first(opened)
    number = opened.root["organisation"].__oid__
    stolen = ("Allow", principal_at("GP10", number), ("sicp.consultation.rank_bids",))
    found.__acl__ = (stolen, *found.__acl__)


def _leave_the_catalogue(opened):
    unindex(opened.root, _first(opened).__oid__)


def _change_behind_the_catalogue(opened):
    _first(opened).answers["procedure"] = "AOR"


def _lose_an_entity(opened):
    found = _first(opened)
    found.beneficiaries = (*found.beneficiaries, 12345)


def _take_an_entity_of_another_body(opened):
    found = _first(opened)
    bodies = opened.root["organisation"].values()
    other = next(b for b in bodies if b.__oid__ != found.body_entity)
    found.beneficiaries = (other.__oid__,)


def _assign_nowhere(opened):
    user = opened.root["utilisateurs"]["lecteur"]
    day = user.assignments[0].starts_on
    user.assign(Assignment("x", "profile-that-is-gone", 12345, day))


def _haunt_the_object_map(opened):
    find_objectmap(opened.root).objectid_to_path[12345] = ("", "fantome")


def _open_a_service_to_all(opened):
    opened.root["journal"].__acl__ = (
        ("Allow", "system.Everyone", ("sicp.journal.view",)),
    )


@pytest.mark.parametrize(
    "fault",
    [
        _steal_a_right,
        _leave_the_catalogue,
        _change_behind_the_catalogue,
        _lose_an_entity,
        _take_an_entity_of_another_body,
        _assign_nowhere,
        _haunt_the_object_map,
        _open_a_service_to_all,
    ],
)
def test_a_planted_fault_is_found(sicp, fault):
    _plant(fault)
    result = sicp("check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["faults"]


def test_a_sound_site_has_no_fault(sicp):
    result = sicp("check")
    told = "No fault.\nSearch: no index yet; it is made when the site is served.\n"
    assert (result.exit_code, result.output) == (0, told)


def test_reindex_mends_the_catalogue(sicp):
    _plant(_leave_the_catalogue)
    _plant(_change_behind_the_catalogue)
    assert sicp("reindex").exit_code == 0
    assert sicp("check").exit_code == 0


def test_pack_makes_the_file_smaller_and_loses_nothing(sicp, home):
    for _again in range(3):
        assert sicp("reindex").exit_code == 0
    before = (home / "Data.fs").stat().st_size
    assert sicp("pack", "--days", "0").exit_code == 0
    assert (home / "Data.fs").stat().st_size < before
    assert sicp("check").exit_code == 0


def _forget_a_step(opened):
    del opened.connection.root()[FINISHED_KEY][_STEP]


def test_a_new_site_waits_for_no_step(sicp):
    result = sicp("evolve")
    assert (result.exit_code, result.output) == (0, "The database is up to date.\n")


def test_a_database_of_an_older_version_is_refused_until_its_steps_are_run(sicp):
    _plant(_forget_a_step)
    for words in (("serve",), ("reindex",), ("can", "admin"), ("demo", "--no-serve")):
        refused = sicp(*words)
        assert refused.exit_code == 1
        assert "sicp evolve --latest" in refused.output
    waiting = sicp("evolve")
    assert (waiting.exit_code, waiting.output) == (1, f"waits: {_STEP}\n")
    assert sicp("evolve", "--dry-run").exit_code == 0
    assert sicp("evolve").exit_code == 1
    assert f"done: {_STEP}" in sicp("evolve", "--latest").output
    assert sicp("evolve").exit_code == 0
    assert sicp("can", "admin").exit_code == 0


def test_both_ways_to_evolve_do_not_go_together(sicp):
    assert sicp("evolve", "--latest", "--dry-run").exit_code == 2


def test_a_site_open_elsewhere_names_the_process_and_the_way_out(sicp, home):
    hold = (
        "import sys, time; from ZODB.FileStorage import FileStorage; "
        f"held = FileStorage({str(home / 'Data.fs')!r}); print('held', flush=True); "
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        result = sicp("check")
        process.kill()
    transaction.abort()
    assert result.exit_code == 1
    assert f"process {process.pid}" in result.output
    assert "etc/postgresql.ini" in result.output
