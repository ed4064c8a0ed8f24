"""Real places for a site: a FileStorage, and a PostgreSQL of our own.

postgresql (session: a server)
   └── place_in_postgresql ┐
       place_in_a_file     ┴── place (both, one after the other)

A *place* is a folder with the settings of a site, as an administrator has them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from tests import postgres

INI = """\
[app:main]
use = egg:sicp
zodbconn.uri = {uri}
sicp.session_secret = a secret of the tests, long enough for them
sicp.secure_cookies = false
sicp.demonstration = true
sicp.search_folder = %(here)s/search
"""


@dataclass(frozen=True)
class Place:
    """Where a site lives, and how many processes may serve it."""

    ini: Path
    processes: int

    @contextmanager
    def opened(self) -> Iterator[OpenSite]:
        """Open the site as a command does."""
        with open_site(str(self.ini)) as found:
            yield found


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A running PostgreSQL, which the set-up of the tests installs."""
    with postgres.running() as server:
        yield server


def _place(folder: Path, uri: str, processes: int) -> Place:
    ini = folder / "site.ini"
    ini.write_text(INI.format(uri=uri), encoding="utf-8")
    return Place(ini, processes)


@pytest.fixture
def place_in_a_file(tmp_path: Path) -> Place:
    """A site in a FileStorage."""
    uri = f"file://{tmp_path}/Data.fs?blobstorage_dir={tmp_path}/blobs"
    return _place(
        tmp_path, f"{uri}&connection_cache_size=30000&connection_pool_size=32", 1
    )


@pytest.fixture
def place_in_postgresql(tmp_path: Path, postgresql: Any) -> Place:
    """A site in RelStorage."""
    return _place(tmp_path, postgresql.new_database(tmp_path / "cache"), 2)


@pytest.fixture(params=["file", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """A site, in each kind of database: one setting changes, nothing else."""
    name = {"file": "place_in_a_file", "postgresql": "place_in_postgresql"}
    return request.getfixturevalue(name[request.param])
