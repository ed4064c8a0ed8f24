"""The fixtures every test may use; their graph, from the ground up::

    registry (session: every room included, nothing served)
       └── site (a new empty site, in memory)
              └── region (a public body with directions and services)

Functional tests add theirs in ``tests/functional/conftest.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from typing import Any

import pytest
import transaction
import ZODB
from hypothesis import settings

from sicp.app import make_configurator
from sicp.interfaces.user import Actor
from sicp.operations.organisation import create_entity
from sicp.operations.site import site_of
from sicp.roles import FUNCTIONS
from sicp.roles import principal_anywhere
from sicp.roles import principal_at

SETTINGS = {
    "sicp.session_secret": "a secret of the tests, long enough for them",
    "mail.default_sender": "sicp@example.org",
    "sicp.secure_cookies": "false",
    "sicp.demonstration": "true",
    "zodbconn.uri": "memory://",
}
# What is drawn at random is judged by what it gives: a busy machine is no fault.
settings.register_profile("sicp", deadline=None)
settings.load_profile("sicp")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
#: The chapters of the code that the demonstration of the tests holds.
FEW_ARTICLES = ("L2112", "L2113", "L2123", "R2123", "R2162", "L2152", "R2152")


@dataclass(frozen=True)
class Doing:
    """Who acts, when: the keywords of every operation."""

    actor: Actor
    now: datetime
    registry: Any

    @property
    def by(self) -> dict[str, Any]:
        """Return the keywords."""
        return {"actor": self.actor, "now": self.now, "registry": self.registry}


def all_powerful(site: Any) -> Actor:
    """Make an actor who holds every function at the top."""
    top = site["organisation"].__oid__
    principals = {principal_at(f.code, top) for f in FUNCTIONS}
    principals |= {principal_anywhere(f.code) for f in FUNCTIONS}
    return Actor("system", "", frozenset(principals))


@pytest.fixture(scope="session")
def registry() -> Any:
    """Every room included."""
    config = make_configurator(dict(SETTINGS))
    config.commit()
    return config.registry


@pytest.fixture
def site(registry: Any) -> Iterator[Any]:
    """A new site in memory, in a transaction that is given up at the end."""
    database = ZODB.DB(None)
    connection = database.open()
    found = site_of(connection, registry, NOW)
    transaction.commit()
    yield found
    transaction.abort()
    connection.close()
    database.close()


@pytest.fixture
def doing(site: Any, registry: Any) -> Doing:
    """The system itself acts."""
    return Doing(all_powerful(site), NOW, registry)


@pytest.fixture
def region(site: Any, doing: Doing) -> dict[str, Any]:
    """A body with two directions; the first has two services, one with a unit."""
    made = {"top": site["organisation"]}

    def add(name: str, parent: str, kind: str, title: str) -> None:
        made[name] = create_entity(made[parent], kind, title, **doing.by)

    add("body", "top", "body", "Région Île-des-Alpes")
    add("schools", "body", "direction", "Direction des lycées")
    add("upkeep", "schools", "service", "Service maintenance")
    add("team", "upkeep", "service", "Unité de Chambéry")
    add("catering", "schools", "service", "Service restauration")
    add("transport", "body", "direction", "Direction des transports")
    add("lines", "transport", "service", "Service des lignes")
    add("other", "top", "body", "Syndicat du lac")
    add("other_service", "other", "service", "Service technique")
    return made
