"""Whatever happens to the site or its processes, the index is that of the database."""

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
import transaction
from ZODB.POSException import ConflictError

from sicp import clock
from sicp.cli.settings import site_file
from sicp.cli.site import OpenSite
from sicp.operations.knowledge.bin import purge_entry
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.bin import restore_item
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.organisation import create_entity
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.search.comparing import compare
from sicp.operations.search.service import feed_of

#: Writes sheets without end, followed by the thread of a served site.
WRITER = """
import sys
from sicp.cli.site import open_site
from tests.functional.storage.test_search import add_sheet
with open_site(sys.argv[1]) as opened:
    opened.registry.search_service.follow(opened.database)
    base = opened.root["connaissances"]
    for number in range(100_000):
        add_sheet(opened, base, f"Fiche {number} de {sys.argv[2]}")
        opened.commit()
        print(number, flush=True)
"""
_STARTING_SECONDS = 60


def _by(opened: OpenSite) -> dict[str, Any]:
    return {
        "actor": opened.actor(None),
        "now": clock.now(),
        "registry": opened.registry,
    }


def add_sheet(opened: OpenSite, folder: Any, title: str) -> Any:
    """Publish a sheet."""
    by = _by(opened)
    sheet = create_sheet(folder, "practice", SheetInput(title, f"<p>{title}</p>"), **by)
    publish_sheet(sheet, **by)
    return sheet


def _total(opened: OpenSite, text: str) -> int:
    by = {"actor": opened.actor(None), "registry": opened.registry}
    return ask(opened.root, SearchWanted(text), **by).total


def _is_true(opened: OpenSite) -> bool:
    """Compare the index with the database."""
    return not compare(opened.root, opened.registry).numbers


def test_after_each_act_it_is_that_of_the_database(place: Any) -> None:
    with place.opened() as opened:
        by, base = _by(opened), opened.root["connaissances"]
        body = create_entity(opened.root["organisation"], "body", "Région", **by)
        outer = create_folder(base, "Dehors", **by)
        inner = create_folder(outer, "Dedans", **by)
        sheet = add_sheet(opened, inner, "Barème")
        opened.commit()
        assert _total(opened, "barème") == 1
        assert _is_true(opened)
        add_sheet(opened, inner, "Barème provisoire")
        transaction.abort()
        assert (_total(opened, "provisoire"), _is_true(opened)) == (0, True)
        move_item(inner, base, **by)
        opened.commit()
        assert _is_true(opened)
        set_readers(inner, [body.__oid__], **by)
        opened.commit()
        assert _is_true(opened)
        entry = remove_item(inner, **by)
        opened.commit()
        assert (_total(opened, "barème"), _is_true(opened)) == (0, True)
        restore_item(entry, target=outer, **by)
        opened.commit()
        assert (_total(opened, "barème"), _is_true(opened)) == (1, True)
        purge_entry(remove_item(sheet, **by), **by)
        opened.commit()
        assert (_total(opened, "barème"), _is_true(opened)) == (0, True)


def test_a_conflict_leaves_what_was_written_at_last(place: Any) -> None:
    with place.opened() as opened:
        folder = create_folder(opened.root["connaissances"], "Avant", **_by(opened))
        opened.commit()
        manager = transaction.TransactionManager()
        other = opened.database.open(manager)
        other.root()["app_root"]["connaissances"]["avant"].summary = "autre"
        folder.summary = "premier"
        manager.commit()
        with pytest.raises(ConflictError):
            opened.commit()
        transaction.abort()
        folder.summary = "encore"
        opened.commit()
        manager.abort()
        other.close()
        assert _total(opened, "premier") == 0
        assert _total(opened, "encore") == 1
        assert _is_true(opened)


def test_a_killed_process_leaves_an_index_that_catches_up(place: Any) -> None:
    with place.opened():
        pass
    for turn in ("alpha", "omega"):
        written = _killed_writing(place, turn)
        with place.opened() as opened:
            assert _total(opened, turn) > written
            assert _is_true(opened)


def _killed_writing(place: Any, turn: str) -> int:
    """Kill a process while it writes; return the last sheet it told of."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place.ini), turn],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        text=True,
    )
    assert process.stdout is not None
    end = time.monotonic() + _STARTING_SECONDS
    while int(process.stdout.readline() or -1) < 10:
        assert process.poll() is None
        assert time.monotonic() < end
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    told = process.stdout.read().split()
    process.wait()
    return int(told[-1]) if told else 10


def test_an_older_database_has_its_index_made_again(
    place: Any, request: pytest.FixtureRequest, tmp_path: Any
) -> None:
    with place.opened() as opened:
        add_sheet(opened, opened.root["connaissances"], "Ancienne")
        opened.commit()
        assert _total(opened, "ancienne") == 1
    uri = site_file(str(place.ini)).settings["zodbconn.uri"]
    older = _copied(uri, request, tmp_path)
    with place.opened() as opened:
        add_sheet(opened, opened.root["connaissances"], "Perdue")
        opened.commit()
        assert _total(opened, "perdue") == 1
        checkpoint = feed_of(opened.root, opened.registry).index.checkpoint()
    place.ini.write_text(place.ini.read_text().replace(uri, older), encoding="utf-8")
    with place.opened() as opened:
        # Work goes on before anybody searches: the last commit is later than the index.
        add_sheet(opened, opened.root["connaissances"], "Reprise")
        opened.commit()
        assert _total(opened, "perdue") == 0
        assert _total(opened, "ancienne reprise") == 2
        assert feed_of(opened.root, opened.registry).index.checkpoint() > checkpoint
        assert _is_true(opened)


def _copied(uri: str, request: pytest.FixtureRequest, folder: Any) -> str:
    """Copy a database that nobody has open; return the address of the copy."""
    if uri.startswith("postgres"):
        server = request.getfixturevalue("postgresql")
        return str(server.new_database(folder / "other-cache", like=uri))
    shutil.copy(folder / "Data.fs", folder / "Older.fs")
    shutil.copytree(folder / "blobs", folder / "older-blobs")
    return uri.replace("Data.fs", "Older.fs").replace("/blobs", "/older-blobs")
