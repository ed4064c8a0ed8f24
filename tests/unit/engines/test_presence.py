"""Who has a page open, as several processes and threads tell it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from sicp.engines import presence
from sicp.engines.presence import arrive

NOW = datetime(2027, 3, 15, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ELSEWHERE = """
import sys
from datetime import datetime
from pathlib import Path
from sicp.engines.presence import arrive
path, page, login, now = sys.argv[1:]
found = arrive(Path(path), page, login, datetime.fromisoformat(now))
print(",".join(visit.login for visit in found))
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "presence.sqlite"


def logins(visits):
    return [visit.login for visit in visits]


def test_the_second_learns_of_the_first_and_nobody_of_himself(path):
    assert arrive(path, "a", "marie", NOW) == ()
    assert arrive(path, "a", "marie", NOW + MINUTE) == ()
    (visit,) = arrive(path, "a", "paul", NOW + 4 * MINUTE)
    assert (visit.login, visit.opened_at) == ("marie", NOW + MINUTE)
    assert logins(arrive(path, "a", "anne", NOW + 5 * MINUTE)) == ["paul", "marie"]
    assert arrive(path, "b", "paul", NOW) == ()


def test_who_came_long_ago_is_forgotten(path):
    arrive(path, "a", "marie", NOW)
    assert arrive(path, "a", "paul", NOW + presence.KEPT + MINUTE) == ()


def test_the_file_stays_small(path, monkeypatch):
    monkeypatch.setattr(presence, "MOST_KEPT", 3)
    for rank in range(6):
        arrive(path, "a", f"login-{rank}", NOW + rank * MINUTE)
    found = arrive(path, "a", "marie", NOW + 7 * MINUTE)
    assert logins(found) == ["login-5", "login-4", "login-3"]


def test_a_broken_file_or_none_tells_of_nobody(path, tmp_path):
    path.write_bytes(b"not a database" * 100)
    assert arrive(path, "a", "marie", NOW) == ()
    assert arrive(tmp_path / "no-folder" / "file", "a", "marie", NOW) == ()


def test_two_processes_see_each_other(path):
    arrive(path, "a", "marie", NOW)
    said = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(path), "a", "paul", NOW.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert said.stdout.strip() == "marie"
    assert logins(arrive(path, "a", "marie", NOW + MINUTE)) == ["paul"]


def test_of_those_who_come_at_once_each_but_the_first_is_told(path, monkeypatch):
    monkeypatch.setattr(presence, "_PATIENCE_SECONDS", 20)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda n: len(arrive(path, "a", f"login-{n}", NOW)), range(24))
        assert sorted(found) == list(range(24))
