"""A site is copied away, lost, and brought back as it was."""

import json
import shutil

import pytest
from ZODB.blob import Blob

from sicp.cli.settings import site_file
from sicp.cli.site import open_site
from sicp.cli.storage import storage_files
from sicp.operations.health import faults_of
from sicp.operations.index import walk_consultations


def _write_file(content):
    with open_site() as opened:
        opened.root.kept_file = Blob(content)
        opened.commit()


def _read_file():
    with open_site() as opened, opened.root.kept_file.open("r") as file:
        return file.read()


def _contents():
    with open_site() as opened:
        return {
            c.reference: (dict(c.answers), c.__acl__, c.responsible)
            for c in walk_consultations(opened.root)
        }


@pytest.fixture
def kept(sicp, tmp_path):
    """A backup made twice: whole, then what changed."""
    folder = tmp_path / "backup"
    _write_file(b"first")
    assert sicp("backup", folder).exit_code == 0
    _write_file(b"second")
    sicp("user", "create", "apres", "Venue après")
    assert sicp("backup", folder).exit_code == 0
    return folder


def test_a_lost_site_comes_back_whole_with_its_files(sicp, kept):
    before = _contents()
    storage_files(site_file(None)).remove()
    result = sicp("restore", kept)
    assert result.exit_code == 0, result.output
    assert _contents() == before
    assert _read_file() == b"second"
    assert "apres" in sicp("user", "list").output
    with open_site() as opened:
        assert faults_of(opened.root, opened.registry) == []


def test_the_second_copy_holds_only_what_changed(kept):
    data = kept / "data"
    whole = next(data.glob("*.fs"))
    increment = next(data.glob("*.deltafs"))
    assert increment.stat().st_size < whole.stat().st_size / 4


def test_a_site_with_content_is_replaced_only_on_demand(sicp, kept):
    sicp("user", "create", "ensuite", "Venue ensuite")
    refused = sicp("restore", kept)
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert "ensuite" in sicp("user", "list").output
    assert sicp("restore", kept, "--force").exit_code == 0
    assert "ensuite" not in sicp("user", "list").output


@pytest.mark.parametrize("name", ["data", "blobs"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(sicp, kept, name):
    victim = max((kept / name).rglob("*"), key=lambda p: p.is_file())
    content = victim.read_bytes()
    victim.unlink()
    victim.write_bytes(content[:-1] + b"?")
    result = sicp("restore", kept, "--force")
    assert result.exit_code == 1
    assert "damaged" in result.output
    assert "apres" in sicp("user", "list").output


def test_a_folder_without_a_backup_is_refused(sicp, tmp_path):
    (tmp_path / "empty").mkdir()
    assert sicp("restore", tmp_path / "empty", "--force").exit_code == 1


def test_every_file_is_in_the_manifest(kept):
    listed = json.loads((kept / "manifest.json").read_text())["files"]
    found = {
        str(path.relative_to(kept))
        for path in kept.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert set(listed) == found
    assert not any("secret" in name for name in found)


def test_files_packed_away_leave_the_backup(sicp, kept):
    sicp("pack", "--days", "0")
    assert sicp("backup", kept).exit_code == 0
    storage_files(site_file(None)).remove()
    assert sicp("restore", kept).exit_code == 0
    assert _read_file() == b"second"


def test_a_full_copy_begins_anew(sicp, kept):
    assert sicp("backup", kept, "--full").exit_code == 0
    assert len(list((kept / "data").glob("*.fs"))) == 1
    shutil.rmtree(storage_files(site_file(None)).blobs)
    storage_files(site_file(None)).remove()
    assert sicp("restore", kept).exit_code == 0
    assert _read_file() == b"second"
