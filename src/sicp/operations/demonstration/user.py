"""The people of the demonstration: accounts, assignments, a substitute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sicp.clock import legal_day
from sicp.operations.demonstration.seed import Making
from sicp.operations.demonstration.seed import read_seed
from sicp.operations.user.account import create_user
from sicp.operations.user.account import set_password
from sicp.operations.user.assignment import assign
from sicp.operations.user.assignment import name_substitute

#: The password of every demonstration account; a real site refuses it.
PASSWORD = "Cimes-et-alpages"  # noqa: S105
# Long enough for the oldest consultation to have been opened by its author.
_ASSIGNED_SINCE_DAYS = 730


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration, as it is told to a visitor."""

    login: str
    name: str
    what: str


def accounts(site: Any) -> list[Account]:  # noqa: ANN401
    """Return the accounts of the demonstration, in the order to try them."""
    users = site["utilisateurs"]
    return [
        Account(person["login"], person["name"], person["what"])
        for person in read_seed("people")
        if person["login"] in users
    ]


def build_people(making: Making) -> None:
    """Make the accounts, their assignments and the substitution."""
    people = read_seed("people")
    for told in people:
        _build_person(making, told)
    _set_passwords(making, [told["login"] for told in people])
    for told in people:
        for absence in told.get("replaces", ()):
            _build_substitution(making, told["login"], absence)


def _build_person(making: Making, told: Mapping[str, Any]) -> None:
    home = making.entities[told["home"]]
    domain = home.body().settings["email"].partition("@")[2]
    user = create_user(
        making.site,
        told["login"],
        told["name"],
        f"{told['login']}@{domain}",
        home,
        **making.by,
    )
    user.is_demonstration = True
    since = legal_day(making.now) - timedelta(days=_ASSIGNED_SINCE_DAYS)
    for held in told["assignments"]:
        entity = making.entities[held["at"]]
        assign(making.site, user, held["profile"], entity, since, **making.by)


def _set_passwords(making: Making, logins: list[str]) -> None:
    # The password is hashed once: bcrypt is slow by design, and this one is printed.
    users = [making.site["utilisateurs"][login] for login in logins]
    first, *others = users
    set_password(first, PASSWORD, **making.by)
    for user in others:
        user.password_hash = first.password_hash
        user.password_set_at = making.now


def _build_substitution(
    making: Making, substitute: str, absence: Mapping[str, Any]
) -> None:
    today = legal_day(making.now)
    absent = making.site["utilisateurs"][absence["login"]]
    until = today + timedelta(days=absence["days"])
    name_substitute(making.site, absent, substitute, today, until, **making.by)
