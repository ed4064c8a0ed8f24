"""A private PostgreSQL, from the packages of Debian, for the time of a test session.

PostgreSQL refuses to run as root: it then runs as the account of Debian's package.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

_DEBIAN = Path("/usr/lib/postgresql")
_ACCOUNT = "postgres"
_SECONDS = 60
#: What a test loses in a crash of the machine is of no worth: no wait for the disk.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "max_connections=60")


class NoPostgreSQLError(Exception):
    """PostgreSQL cannot run here; the message says what to install."""


@dataclass
class Server:
    """A running server; every database asked of it is new."""

    programs: Path
    folder: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_database(self, folder: Path, like: str = "") -> str:
        """Make an empty database; return the address a site is configured with.

        ``folder`` is where the process keeps its copies of the files. ``like`` is the
        address of a database that nobody uses now: the new one is then its copy.
        """
        name = f"site{next(self._numbers)}"
        at = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "sicp")
        model = ("-T", urlsplit(like).path.removeprefix("/")) if like else ()
        _run([str(self.programs / "createdb"), *at, *model, name])
        options = (
            f"keep_history=false&shared_blob_dir=false&blob_dir={folder}"
            "&connection_cache_size=30000&connection_pool_size=32"
        )
        return f"postgres://sicp:sicp@127.0.0.1:{self.port}/{name}?{options}"


@contextmanager
def running() -> Iterator[Server]:
    """Start a server on a free port, stop it and remove its files at the end.

    Raises:
        NoPostgreSQLError: it is not installed, or there is no account to run it.
    """
    programs = _programs()
    as_account = _as_account()
    folder = Path(tempfile.mkdtemp(prefix="sicp-postgresql-"))
    if as_account:
        shutil.chown(folder, _ACCOUNT)
    data, port = folder / "data", _free_port()
    initdb = ("initdb", "-D", data, "-U", "sicp", "-A", "trust", "-N", "-E", "UTF8")
    settings = (f"-c {item}" for item in _SETTINGS)
    flags = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {' '.join(settings)}"
    start = ("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", flags, "start")
    stop = ("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    try:
        _run([*as_account, *_command(programs, initdb)])
        _run([*as_account, *_command(programs, start)])
        try:
            yield Server(programs, folder, port)
        finally:
            _run([*as_account, *_command(programs, stop)])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(_DEBIAN.glob("*/bin/initdb"))
    if not found:
        raise NoPostgreSQLError("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


def _as_account() -> list[str]:
    if os.geteuid() != 0:
        return []
    try:
        account = pwd.getpwnam(_ACCOUNT)
    except KeyError as error:
        message = f"PostgreSQL does not run as root, and nobody is called {_ACCOUNT}"
        raise NoPostgreSQLError(message) from error
    identity = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}")
    return ["setpriv", *identity, "--clear-groups", "--"]


def _command(programs: Path, words: tuple[object, ...]) -> list[str]:
    program, *arguments = words
    return [str(programs / str(program)), *map(str, arguments)]


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=_SECONDS,
        cwd="/",
    )
    if done.returncode:
        raise NoPostgreSQLError(done.stderr.decode(errors="replace"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
