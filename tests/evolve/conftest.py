"""Databases written by earlier versions, saved small, opened by this one."""

import gzip
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import transaction
import ZODB
from ZODB.FileStorage import FileStorage

DATA = Path(__file__).parent / "data"


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
