"""The settings of a site, read once from the ini file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What an administrator decides in the ini file.

    ``session_minutes`` is the idle time after which a person must log in again;
    ``is_demonstration`` alone lets the printed passwords of the demonstration work;
    ``attachment_megabytes`` is the largest file that may be joined to a consultation;
    ``import_megabytes`` the largest archive that may be taken into the knowledge base;
    ``presence_file`` tells who has an editing page open, empty where that is not kept.
    ``search_folder`` holds the index of the search, that may be thrown away at will; by
    default it stands beside the file of the database. Empty, each process makes its own
    in memory at the first question.
    """

    session_secret: str
    session_minutes: int = 120
    is_demonstration: bool = False
    has_secure_cookies: bool = True
    login_attempts: int = 5
    login_window_minutes: int = 15
    base_url: str = ""
    mail_sender: str = "sicp@example.org"
    attachment_megabytes: int = 200
    import_megabytes: int = 2000
    presence_file: str = ""
    search_folder: str = ""

    @classmethod
    def from_mapping(cls, settings: Mapping[str, Any]) -> "SiteSettings":
        """Read the ``sicp.*`` settings.

        The secret may stand in a file of its own, that ``sicp.session_secret_file``
        names: so it is neither in the ini file nor in a copy of it.

        Raises:
            OSError: the file of the secret cannot be read.
            ValueError: the session secret is missing or shorter than 32 characters.
        """
        secret = _secret(settings)
        if len(secret) < _SECRET_MINIMUM:
            message = "sicp.session_secret must be at least 32 characters long"
            raise ValueError(message)
        return cls(
            session_secret=secret,
            session_minutes=int(settings.get("sicp.session_minutes", 120)),
            is_demonstration=_flag(settings.get("sicp.demonstration", "false")),
            has_secure_cookies=_flag(settings.get("sicp.secure_cookies", "true")),
            login_attempts=int(settings.get("sicp.login_attempts", 5)),
            login_window_minutes=int(settings.get("sicp.login_window_minutes", 15)),
            base_url=settings.get("sicp.base_url", ""),
            mail_sender=settings.get("mail.default_sender", "sicp@example.org"),
            attachment_megabytes=int(settings.get("sicp.attachment_megabytes", 200)),
            import_megabytes=int(settings.get("sicp.import_megabytes", 2000)),
            presence_file=settings.get("sicp.presence_file", ""),
            search_folder=settings.get("sicp.search_folder", _beside(settings)),
        )


_SECRET_MINIMUM = 32
_FILE = "file://"


def _secret(settings: Mapping[str, Any]) -> str:
    path = settings.get("sicp.session_secret_file", "")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return str(settings.get("sicp.session_secret", ""))


def _beside(settings: Mapping[str, Any]) -> str:
    """Return the folder of the index beside a database that is a file."""
    uri = str(settings.get("zodbconn.uri", ""))
    if not uri.startswith(_FILE):
        return ""
    data = uri.removeprefix(_FILE).partition("?")[0]
    return str(Path(data).with_name("search"))


def _flag(value: object) -> bool:
    return str(value).strip().lower() in {"1", "true", "yes", "on"}
