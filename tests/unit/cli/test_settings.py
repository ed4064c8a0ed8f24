"""Where the settings of a site are read."""

import stat

import click
import pytest

from sicp.cli.settings import embedded_file
from sicp.cli.settings import site_file
from sicp.cli.storage import storage_files
from sicp.settings import SiteSettings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of an embedded site, not there yet."""
    found = tmp_path / "a folder" / "var"
    monkeypatch.setenv("SICP_VAR", str(found))
    return found


def test_the_embedded_site_writes_its_settings_once(folder):
    path = embedded_file()
    path.write_text(path.read_text() + "sicp.login_attempts = 3\n")
    assert embedded_file(demonstration=True) == path
    file = site_file(None)
    assert file.settings["sicp.login_attempts"] == "3"
    assert not file.is_demonstration


def test_its_secret_is_private_and_long_enough(folder):
    embedded_file()
    secret = folder / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    settings = SiteSettings.from_mapping(site_file(None).settings)
    assert settings.session_secret == secret.read_text().strip()


def test_two_sites_have_two_secrets(folder, monkeypatch):
    embedded_file()
    other = folder.parent / "other"
    monkeypatch.setenv("SICP_VAR", str(other))
    embedded_file()
    assert (folder / "secret").read_text() != (other / "secret").read_text()


def test_a_folder_with_a_blank_in_its_name_is_understood(folder):
    embedded_file(demonstration=True)
    files = storage_files(site_file(None))
    assert files.data == folder / "Data.fs"
    assert files.blobs == folder / "blobs"
    assert files.lock.name == "Data.fs.lock"


@pytest.mark.parametrize("sign", ["%", "&", "+", "#", "?"])
def test_a_folder_that_an_address_cannot_tell_is_refused(tmp_path, monkeypatch, sign):
    monkeypatch.setenv("SICP_VAR", str(tmp_path / f"a{sign}b"))
    with pytest.raises(click.UsageError):
        embedded_file()


def test_the_site_moves_with_its_folder(folder):
    embedded_file()
    moved = folder.rename(folder.parent / "moved")
    files = storage_files(site_file(str(moved / "site.ini")))
    assert files.data == moved / "Data.fs"


@pytest.mark.parametrize("text", ["", "not an ini", "[app:main]\nuse = egg:nothing\n"])
def test_what_is_no_settings_file_is_refused(tmp_path, text):
    path = tmp_path / "site.ini"
    path.write_text(text)
    with pytest.raises(click.UsageError):
        site_file(str(path)).settings["zodbconn.uri"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(click.UsageError):
        site_file(str(tmp_path / "none.ini"))


def test_a_secret_too_short_is_refused():
    with pytest.raises(ValueError, match="32 characters"):
        SiteSettings.from_mapping({"sicp.session_secret": "short"})
