"""Fifty people create a consultation at the same moment; nothing is lost."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest

from sicp import clock
from sicp.operations import demonstration
from sicp.operations.health import faults_of
from sicp.operations.index import walk_consultations
from tests.functional.storage.browser import Answer
from tests.functional.storage.browser import Browser

_PEOPLE = 50
_LOGINS = (
    "redacteur",
    "redacteur.transports",
    "redacteur.numerique",
    "redacteur.routes",
    "redacteur.formation",
)
_STARTING_SECONDS = 60


@contextmanager
def served(ini: Any) -> Iterator[str]:
    """Serve a site in a process of its own; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from sicp.cli import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, "--config", str(ini), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        _output, errors = process.communicate(timeout=_STARTING_SECONDS)
        assert b"Traceback" not in errors, errors.decode()[-3000:]


def _wait_for(port: int, process: Any) -> None:
    end = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, process.stderr.read().decode()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not answer")


def _create_at_once(bases: list[str]) -> list[Answer]:
    sessions = []
    for number, login in enumerate(_LOGINS):
        browser = Browser(bases[number % len(bases)])
        browser.log_in(login, demonstration.PASSWORD)
        sessions.append(browser)
    ready = Barrier(_PEOPLE)

    def create(number: int) -> Answer:
        like = sessions[number % len(sessions)]
        browser = Browser(bases[number % len(bases)], like)
        page = browser.get("/consultations/nouvelle")
        ready.wait(timeout=_STARTING_SECONDS)
        return browser.submit(page, "create", object=f"Achat parallèle {number:02d}")

    with ThreadPoolExecutor(_PEOPLE) as pool:
        return list(pool.map(create, range(_PEOPLE)))


def test_fifty_creations_at_once_lose_nothing(place: Any) -> None:
    with place.opened() as opened:
        demonstration.build(opened.root, opened.registry, clock.now(), articles=())
        before = {c.reference for c in walk_consultations(opened.root)}
        opened.commit()
    with ExitStack() as stack:
        bases = [stack.enter_context(served(place.ini)) for _ in range(place.processes)]
        answers = _create_at_once(bases)
    assert [a.status for a in answers] == [200] * _PEOPLE, _told(answers)
    with place.opened() as opened:
        made = {
            c.reference: c
            for c in walk_consultations(opened.root)
            if c.reference not in before
        }
        assert len(made) == _PEOPLE
        titles = sorted(c.object for c in made.values())
        assert titles == [f"Achat parallèle {n:02d}" for n in range(_PEOPLE)]
        assert all(len(c.journal) == 1 for c in made.values())
        assert faults_of(opened.root, opened.registry) == []


def _told(answers: list[Answer]) -> str:
    wrong = [a for a in answers if a.status != 200]
    return re.sub(r"\s+", " ", " ".join(a.text for a in wrong[:1]))[:2000]
