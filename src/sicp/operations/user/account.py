"""Accounts: made, closed, and the passwords that open them."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from typing import Any

import bcrypt
from BTrees.OOBTree import OOBTree
from zope.interface import implementer

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.interfaces.user import IDirectory
from sicp.operations.user.perimeter import require_account
from sicp.operations.user.right import require

PASSWORD_MINIMUM = 12
#: bcrypt reads no further than 72 bytes: a longer password is refused, never cut.
PASSWORD_MAXIMUM_BYTES = 72
RESET_HOURS = 2
_ROUNDS = 12
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")
# Compared with when the login is unknown, so that the answer takes as long.
_NOBODY = bcrypt.hashpw(secrets.token_bytes(16), bcrypt.gensalt(_ROUNDS))


@implementer(IDirectory)
class LocalDirectory:
    """Checks passwords against the accounts of the site.

    The accounts of the demonstration, whose passwords are printed, are refused
    unless the site is one.
    """

    def __init__(self, is_demonstration: bool = False) -> None:  # noqa: FBT001, FBT002
        self._is_demonstration = is_demonstration

    def authenticate(self, site: Any, login: str, password: str) -> str | None:  # noqa: ANN401
        """Return the login whose password this is, else None."""
        user = site["utilisateurs"].get(login.strip().lower())
        known = user is not None and self._may_enter(user) and user.password_hash
        stored = user.password_hash.encode() if known else _NOBODY
        given = password.encode("utf-8", "surrogatepass")
        if len(given) > PASSWORD_MAXIMUM_BYTES or b"\0" in given:
            return None
        is_right = bcrypt.checkpw(given, stored)
        return user.login if known and is_right else None

    def _may_enter(self, user: Any) -> bool:  # noqa: ANN401
        is_refused = user.is_demonstration and not self._is_demonstration
        return user.is_active and not is_refused


def create_user(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    login: str,
    title: str,
    email: str,
    home: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Open an account attached to the entity ``home``; it has no right yet.

    Raises:
        NotAllowedError: the actor keeps no account there.
        InvalidInputError: the login is taken or misspelt, the name is empty.
    """
    require(actor, p.MANAGE_USERS, home)
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise InvalidInputError(
            _(
                "login-wrong",
                default="L’identifiant commence par une lettre et ne "
                "contient que lettres sans accent, chiffres, points et tirets.",
            ),
            "login",
        )
    if login in site["utilisateurs"]:
        raise InvalidInputError(
            _("login-taken", default="Cet identifiant est déjà pris."), "login"
        )
    if not title.strip():
        raise InvalidInputError(
            _("user-title-needed", default="Donnez le nom de la personne."), "title"
        )
    user = registry.content.create("User", login, title.strip(), email.strip())
    user.home = home.__oid__
    user.touch(actor.login, now)
    site["utilisateurs"].add(login, user, registry=registry)
    registry.notify(Happened(user, "user-created", actor.login, now))
    return user


def change_user(  # noqa: PLR0913
    user: Any,  # noqa: ANN401
    title: str,
    email: str,
    home: Any,  # noqa: ANN401
    is_active: bool,  # noqa: FBT001
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    site: Any,  # noqa: ANN401
) -> None:
    """Change an account: name, mail, attachment, open or closed.

    Raises:
        NotAllowedError: the actor does not keep both attachments, or the account
            holds more than he does.
        InvalidInputError: the name is empty, or one would close one's own account.
    """
    require_account(site, actor, user, legal_day(now))
    require(actor, p.MANAGE_USERS, home)
    if not title.strip():
        raise InvalidInputError(
            _("user-title-needed", default="Donnez le nom de la personne."), "title"
        )
    if not is_active and user.login == actor.login:
        raise InvalidInputError(
            _("user-close-self", default="On ne ferme pas son propre compte."),
            "is_active",
        )
    user.title, user.email = title.strip(), email.strip()
    user.home, user.is_active = home.__oid__, is_active
    user.touch(actor.login, now)
    registry.notify(
        Happened(
            user, "user-changed", actor.login, now, details={"is_active": is_active}
        )
    )


def password_faults(password: str, login: str) -> list[str]:
    """Say in French what makes a password unacceptable; empty when it is good."""
    faults = []
    if len(password) < PASSWORD_MINIMUM:
        faults.append(
            _(
                "password-short",
                default="Le mot de passe compte au moins ${count} caractères.",
                mapping={"count": PASSWORD_MINIMUM},
            )
        )
    if len(password.encode("utf-8", "surrogatepass")) > PASSWORD_MAXIMUM_BYTES:
        faults.append(
            _(
                "password-long",
                default="Le mot de passe est trop long (72 octets au plus).",
            )
        )
    if login and login.lower() in password.lower():
        faults.append(
            _(
                "password-login",
                default="Le mot de passe ne contient pas l’identifiant.",
            )
        )
    if len(set(password)) < PASSWORD_MINIMUM // 2:
        faults.append(
            _(
                "password-poor",
                default="Le mot de passe répète trop les mêmes caractères.",
            )
        )
    return faults


def set_password(
    user: Any,  # noqa: ANN401
    password: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Set the password of an account; all its other sessions end.

    Who may: the caller has checked it (the old password, a mailed link, MANAGE_USERS).

    Raises:
        InvalidInputError: the password is too weak; the message says why.
    """
    faults = password_faults(password, user.login)
    if faults or "\0" in password:
        raise InvalidInputError(
            faults[0]
            if faults
            else _(
                "password-characters",
                default="Le mot de passe contient un caractère interdit.",
            ),
            "password",
        )
    user.password_hash = bcrypt.hashpw(
        password.encode(), bcrypt.gensalt(_ROUNDS)
    ).decode()
    user.password_set_at = now
    user.has_temporary_password = False
    user.reset_digest, user.reset_until = "", None
    registry.notify(Happened(user, "password-set", actor.login, now))


def change_password(  # noqa: PLR0913
    user: Any,
    old: str,
    new: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    """Let a person change his own password; his other sessions end.

    Raises:
        NotAllowedError: it is somebody else's account, or a directory keeps it.
        InvalidInputError: the old password is wrong, or the new one is too weak.
    """
    if actor.login != user.login or not user.password_hash:
        raise NotAllowedError(
            _(
                "password-not-yours",
                default="Ce mot de passe ne se change pas ici.",
            )
        )
    if not _is_password(user, old):
        raise InvalidInputError(
            _("password-old-wrong", default="Ce n’est pas votre mot de passe actuel."),
            "old",
        )
    set_password(user, new, actor=actor, now=now, registry=registry)


def give_temporary_password(
    site: Any,
    user: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> str:
    """Make a password that only opens the page where another one is chosen.

    Returns:
        the password, told once and never kept.

    Raises:
        NotAllowedError: the actor does not keep the account.
        InvalidInputError: it is his own account.
    """
    _require_other_account(site, user, actor, now)
    password = "-".join(secrets.token_hex(3) for _part in range(4))
    set_password(user, password, actor=actor, now=now, registry=registry)
    user.has_temporary_password = True
    return password


def begin_reset(site: Any, user: Any, *, actor: Actor, now: datetime) -> str:
    """Make, for somebody else's account, the secret of a link to be mailed.

    Raises:
        NotAllowedError: the actor does not keep the account.
        InvalidInputError: it is his own account, it is closed, or has no address.
    """
    _require_other_account(site, user, actor, now)
    if not user.is_active or not user.email:
        raise InvalidInputError(
            _(
                "reset-no-address",
                default="Le compte est fermé ou sans adresse électronique : aucun "
                "message ne peut partir.",
            )
        )
    return ask_reset(user, now)


def _require_other_account(site: Any, user: Any, actor: Actor, now: datetime) -> None:
    require_account(site, actor, user, legal_day(now))
    if user.login == actor.login:
        raise InvalidInputError(
            _(
                "password-own-page",
                default="Changez votre propre mot de passe depuis « Mon compte ».",
            )
        )


def _is_password(user: Any, given: str) -> bool:
    encoded = given.encode("utf-8", "surrogatepass")
    if len(encoded) > PASSWORD_MAXIMUM_BYTES or b"\0" in encoded:
        return False
    return bcrypt.checkpw(encoded, user.password_hash.encode())


def ask_reset(user: Any, now: datetime) -> str:  # noqa: ANN401
    """Make the secret of a mailed link; only its digest is kept, for two hours."""
    token = secrets.token_urlsafe(32)
    user.reset_digest = _digest(token)
    user.reset_until = now + timedelta(hours=RESET_HOURS)
    return token


def user_of_reset(site: Any, login: str, token: str, now: datetime) -> Any:  # noqa: ANN401
    """Return the account whose mailed link this is, or None when it is stale."""
    user = site["utilisateurs"].get(login)
    digest = getattr(user, "reset_digest", "")
    if not digest or not user.is_active or now > user.reset_until:
        return None
    return user if secrets.compare_digest(digest, _digest(token)) else None


def is_locked_out(
    site: Any,  # noqa: ANN401
    limits: Mapping[str, int],
    now: datetime,
    *,
    window_minutes: int,
) -> bool:
    """Tell whether a login or an address failed too often lately.

    ``limits`` says for each how many failures are too many.
    """
    since = now - timedelta(minutes=window_minutes)
    failures = _failures(site)
    return any(
        sum(at > since for at in failures.get(key, ())) >= attempts
        for key, attempts in limits.items()
    )


def note_failure(
    site: Any,  # noqa: ANN401
    keys: tuple[str, ...],
    now: datetime,
    *,
    window_minutes: int,
) -> None:
    """Remember a failed login for as long as it counts."""
    since = now - timedelta(minutes=window_minutes)
    failures = _failures(site)
    for key in keys:
        recent = tuple(at for at in failures.get(key, ()) if at > since)
        failures[key] = (*recent[-99:], now)


def forget_failures(site: Any, keys: tuple[str, ...]) -> None:  # noqa: ANN401
    """Forget the failures of those who now logged in."""
    failures = _failures(site)
    for key in keys:
        failures.pop(key, None)


def _failures(site: Any) -> OOBTree:  # noqa: ANN401
    if getattr(site, "login_failures", None) is None:
        site.login_failures = OOBTree()
    return site.login_failures


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
