"""The demonstration site: invented bodies, people and consultations, all told in YAML.

It shows every profile, a substitute, a second public body that sees nothing of the
first, and consultations at every degree of completion.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from importlib import resources
from typing import Any

import yaml

from sicp.clock import legal_day
from sicp.interfaces.user import Actor
from sicp.operations.organisation import create_entity
from sicp.operations.organisation import describe_body
from sicp.operations.user.account import create_user
from sicp.operations.user.account import set_password
from sicp.operations.user.assignment import assign
from sicp.operations.user.assignment import name_substitute
from sicp.operations.user.right import system_actor

#: The password of every demonstration account; a real site refuses it.
PASSWORD = "Cimes-et-alpages"  # noqa: S105
_FIRST = "admin"
_ASSIGNED_SINCE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration, as it is told to a visitor."""

    login: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Making:
    """A demonstration being made: the site, and the entities by their id."""

    site: Any
    registry: Any
    actor: Actor
    now: datetime
    entities: dict[str, Any]

    @property
    def by(self) -> dict[str, Any]:
        """Return what every operation asks for."""
        return {"actor": self.actor, "now": self.now, "registry": self.registry}


def is_built(site: Any) -> bool:  # noqa: ANN401
    """Tell whether the demonstration was made in this site."""
    user = site["utilisateurs"].get(_FIRST)
    return user is not None and user.is_demonstration


def build(site: Any, registry: Any, now: datetime) -> None:  # noqa: ANN401
    """Make the demonstration in an empty site that is already written.

    The caller commits. References are reserved in transactions of their own: the site
    itself must be committed before.

    Raises:
        DomainError: the site is not empty.
    """
    making = Making(
        site, registry, system_actor(site), now, {"top": site["organisation"]}
    )
    build_organisation(making)
    build_people(making)


def accounts(site: Any) -> list[Account]:  # noqa: ANN401
    """Return the accounts of the demonstration, in the order to try them."""
    users = site["utilisateurs"]
    return [
        Account(person["login"], person["name"], person["what"])
        for person in read_seed("people")
        if person["login"] in users
    ]


def build_organisation(making: Making) -> None:
    """Make the public bodies, their directions and their services."""
    for told in read_seed("organisation"):
        body = create_entity(
            making.site["organisation"],
            "body",
            told["title"],
            name=told["name"],
            **making.by,
        )
        describe_body(body, told["settings"], **making.by)
        making.entities[told["id"]] = body
        _build_below(making, body, told["entities"], "direction")


def build_people(making: Making) -> None:
    """Make the accounts, their assignments and the substitution."""
    people = read_seed("people")
    for told in people:
        _build_person(making, told)
    _set_passwords(making, [told["login"] for told in people])
    for told in people:
        for absence in told.get("replaces", ()):
            _build_substitution(making, told["login"], absence)


def read_seed(name: str) -> list[dict[str, Any]]:
    """Read one file of the seed of the demonstration."""
    path = resources.files("sicp") / "seed" / "demonstration" / f"{name}.yaml"
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def _build_below(
    making: Making,
    parent: Any,
    told: Iterable[Mapping[str, Any]],
    kind: str,  # noqa: ANN401
) -> None:
    for item in told:
        entity = create_entity(parent, kind, item["title"], **making.by)
        if "id" in item:
            making.entities[item["id"]] = entity
        _build_below(making, entity, item.get("entities", ()), "service")


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
