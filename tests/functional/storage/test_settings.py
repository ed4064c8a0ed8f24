"""The settings that are shipped open what they say."""

from pathlib import Path

import pytest
from psycopg2.extensions import parse_dsn
from zodburi import resolve_uri

from sicp.cli.settings import site_file
from sicp.cli.storage import storage_files

_ETC = Path(__file__).parents[3] / "etc"


@pytest.mark.parametrize("name", ["development", "production", "postgresql"])
def test_a_shipped_file_is_read(name):
    file = site_file(str(_ETC / f"{name}.ini"))
    assert file.is_demonstration == (name == "development")
    _factory, options = resolve_uri(file.settings["zodbconn.uri"])
    assert int(options["cache_size"]) >= 10_000
    assert int(options["pool_size"]) >= 16


@pytest.mark.parametrize("name", ["production", "postgresql"])
def test_a_real_site_keeps_its_secret_out_of_its_settings(name):
    settings = site_file(str(_ETC / f"{name}.ini")).settings
    assert "sicp.session_secret" not in settings
    assert settings["sicp.session_secret_file"]
    assert settings["sicp.secure_cookies"] == "true"


def test_the_files_of_a_file_storage_are_known():
    files = storage_files(site_file(str(_ETC / "production.ini")))
    assert files.data == Path("/var/lib/sicp/Data.fs")
    assert files.blobs == Path("/var/lib/sicp/blobs")


def test_a_postgresql_site_has_no_file_of_its_own():
    file = site_file(str(_ETC / "postgresql.ini"))
    assert storage_files(file) is None
    address = file.settings["zodbconn.uri"]
    assert parse_dsn(address.split("?")[0])["port"] == "5432"
