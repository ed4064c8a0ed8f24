"""Where the settings of a site are read: an ini file, or the embedded site of var/."""

import os
import secrets
from collections.abc import Mapping
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from pathlib import Path

import click
import plaster

EMBEDDED_FILE = "site.ini"
_UNREADABLE = (
    ConfigParserError,
    ImportError,
    LookupError,
    ValueError,
    plaster.PlasterError,
)
_SECRET_BYTES = 32
_NOT_IN_AN_ADDRESS = frozenset("%&+?#")
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700

_EMBEDDED = """\
# The settings of this site. Written at the first start; yours to change since.
[app:main]
use = egg:sicp

zodbconn.uri = file://%(here)s/Data.fs?blobstorage_dir=%(here)s/blobs&connection_cache_size=30000&connection_pool_size=32
sicp.session_secret_file = %(here)s/secret
# Who has an editing page open: thrown away at will.
sicp.presence_file = %(here)s/presence.sqlite
# The index of the search: thrown away at will, made again from the database.
sicp.search_folder = %(here)s/search
# The embedded site speaks plain HTTP on this machine only.
sicp.secure_cookies = false
# Mails wait in this folder; "qp" of repoze.sendmail hands them to a mail server.
mail.queue_path = %(here)s/mail
mail.default_sender = sicp@localhost
# Demonstration accounts, whose passwords are printed, work only when this is true.
sicp.demonstration = {demonstration}
"""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The ini file of a site and what it says of the application."""

    path: Path
    settings: Mapping[str, str]

    @property
    def is_demonstration(self) -> bool:
        """Tell whether the printed passwords may work here."""
        return self.settings.get("sicp.demonstration", "").lower() == "true"


def embedded_folder() -> Path:
    """Return the folder of the embedded site: ``SICP_VAR``, else ``var`` here."""
    return Path(os.environ.get("SICP_VAR") or "var").absolute()


def site_file(config: str | None) -> SiteFile:
    """Read ``config``, or the ini file of the embedded site, made if absent.

    Raises:
        click.UsageError: there is no such file, or it is no ini file.
    """
    path = Path(config).absolute() if config else embedded_file()
    if not path.is_file():
        message = f"There is no file {path}."
        raise click.UsageError(message)
    try:
        loader = plaster.get_loader(str(path), protocols=["wsgi"])
        settings = loader.get_wsgi_app_settings("main")
    except _UNREADABLE as error:
        message = f"{path} cannot be read as a settings file: {error}"
        raise click.UsageError(message) from error
    return SiteFile(path, dict(settings))


def embedded_file(*, demonstration: bool = False) -> Path:
    """Return the ini file of the embedded site, made with its secret if absent."""
    folder = embedded_folder()
    _check_folder(folder)
    path = folder / EMBEDDED_FILE
    if not path.exists():
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        _write_secret(folder / "secret")
        text = _EMBEDDED.format(demonstration=str(demonstration).lower())
        path.write_text(text, encoding="utf-8")
    return path


def _check_folder(folder: Path) -> None:
    # The place of the blobs is written in the query of an address.
    strange = set(str(folder)) & _NOT_IN_AN_ADDRESS
    if strange:
        message = f"A site cannot live in {folder}: its name holds {' '.join(strange)}"
        raise click.UsageError(message)


def _write_secret(path: Path) -> None:
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(_SECRET_BYTES) + "\n")
