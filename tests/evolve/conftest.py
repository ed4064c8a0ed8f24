"""Databases written by earlier versions, saved small, opened by this one."""

import gzip
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import transaction
import ZODB
from ZODB.FileStorage import FileStorage

from sicp.evolve.s2026_11_knowledge import evolve as give_base
from sicp.operations.knowledge.folder import create_folder
from tests.conftest import all_powerful

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def old_site(tmp_path: Path, registry: Any) -> Iterator[Callable[[str], Any]]:
    """Give a function that opens a copy of a saved database."""
    opened = []

    def open_it(name: str) -> Any:
        path = tmp_path / f"{name}.fs"
        path.write_bytes(gzip.decompress((DATA / f"{name}.fs.gz").read_bytes()))
        database = ZODB.DB(FileStorage(str(path)))
        connection = database.open()
        opened.append((database, connection))
        assert registry is not None
        return connection.root()["app_root"]

    yield open_it
    transaction.abort()
    for database, connection in opened:
        connection.close()
        database.close()


@pytest.fixture
def with_base(old_site: Callable[[str], Any], registry: Any) -> Any:
    """A site of before there was a base of knowledge, that was just given one."""
    site = old_site("2026_11_before_knowledge")
    give_base(site, registry)
    return site


@pytest.fixture
def by(with_base: Any, registry: Any) -> dict[str, Any]:
    """Who does what is done in that base, and when."""
    return {"actor": all_powerful(with_base), "now": NOW, "registry": registry}


@pytest.fixture
def folder(with_base: Any, by: dict[str, Any]) -> Any:
    """A folder of that base."""
    return create_folder(with_base["connaissances"], "Marchés", **by)
