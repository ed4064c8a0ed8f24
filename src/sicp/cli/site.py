"""Opens the site a command works on, and says in clear why it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import transaction
from zc.lockfile import LockError
from ZODB.POSException import StorageError

from sicp import clock
from sicp.app import make_configurator
from sicp.cli.settings import SiteFile
from sicp.cli.settings import site_file
from sicp.cli.storage import storage_files
from sicp.interfaces.user import Actor
from sicp.operations.evolution import pending_steps
from sicp.operations.site import site_of
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import system_actor


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site open for one command, with what operations ask for."""

    root: Any
    registry: Any
    database: Any
    connection: Any
    file: SiteFile

    def actor(self, login: str | None) -> Actor:
        """Return who acts: the person of ``login``, or the system itself.

        Raises:
            NotAllowedError: there is no such account, or it is closed.
        """
        if login is None:
            return system_actor(self.root)
        return actor_for(self.root, login, clock.now())

    def commit(self, note: str = "") -> None:
        """Write what was done for ever."""
        if note:
            transaction.get().note(note)
        transaction.commit()

    def pending_steps(self) -> list[str]:
        """Return the names of the database steps that wait."""
        return pending_steps(self.connection.root(), self.registry)


@contextmanager
def open_site(
    config: str | None = None, *, refuse_old: bool = True
) -> Iterator[OpenSite]:
    """Open the site of an ini file, the embedded one by default; close it at the end.

    What is not committed is given up. A site that waits for database steps is refused
    unless ``refuse_old`` is false.

    Raises:
        click.ClickException: the site is open elsewhere or does not answer.
    """
    file = site_file(config)
    registry = registry_of(file)
    database = registry._zodb_databases[""]  # noqa: SLF001
    connection = database.open()
    try:
        root = site_of(connection, registry, clock.now())
        transaction.commit()
        opened = OpenSite(root, registry, database, connection, file)
        if refuse_old:
            check_steps(opened.pending_steps())
        yield opened
    finally:
        registry.search_service.close()
        transaction.abort()
        connection.close()
        database.close()


def registry_of(file: SiteFile) -> Any:  # noqa: ANN401
    """Make the application of a settings file, its database open.

    Raises:
        click.ClickException: the settings are wrong, or the database is not there.
    """
    with explained(file):
        configurator = make_configurator(dict(file.settings))
        configurator.commit()
    return configurator.registry


@contextmanager
def explained(file: SiteFile) -> Iterator[None]:
    """Say what to do when the database of ``file`` does not open."""
    try:
        yield
    except LockError as error:
        raise click.ClickException(_lock_message(file)) from error
    except (OSError, LookupError, StorageError, ValueError) as error:
        message = f"The site of {file.path} does not open: {error}"
        raise click.ClickException(message) from error


def check_steps(pending: list[str]) -> None:
    """Stop when the database waits for steps.

    Raises:
        click.ClickException: it does.
    """
    if pending:
        message = (
            f"The database waits for {len(pending)} step(s): {', '.join(pending)}.\n"
            "Make a backup, then run: sicp evolve --latest"
        )
        raise click.ClickException(message)


def _lock_message(file: SiteFile) -> str:
    files = storage_files(file)
    lock = files.lock if files else Path()
    holder = lock.read_text(encoding="utf-8").strip() if lock.is_file() else ""
    who = f"process {holder}{_command_of(holder)}" if holder else "another process"
    return (
        f"The database of {file.path} is already open by {who}.\n"
        "A FileStorage serves one process at a time: stop it first, or move the site "
        "to PostgreSQL (see etc/postgresql.ini)."
    )


def _command_of(process: str) -> str:
    path = Path("/proc") / process / "cmdline"
    try:
        words = path.read_bytes().split(b"\0")
    except OSError:
        return ""
    command = b" ".join(words).decode(errors="replace").strip()
    return f" ({command})" if command else ""
