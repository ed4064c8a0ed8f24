"""People of the administration, beside those of the demonstration.

site ── app_referent      (of the Direction des lycées)
     ── app_region_admin  (administrator of the Region, not of the top)
     ── app_lake_admin    (administrator of the other body)
"""

from typing import Any

import pytest
import transaction

from sicp import clock
from sicp.clock import legal_day
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from tests.conftest import all_powerful
from tests.functional.conftest import log_in

LYCEES = "/organisation/region-ile-des-alpes/direction-des-lycees"


def person(site: Any, registry: Any, login: str, profile: str, place: Any) -> Any:
    """Open an account at ``place``, with a profile there and the printed password."""
    now = clock.now()
    by = {"actor": all_powerful(site), "now": now, "registry": registry}
    user = create_user(site, login, login.title(), "", place, **by)
    known = site["utilisateurs"]["admin"]
    user.password_hash = known.password_hash
    user.password_set_at = known.password_set_at
    user.is_demonstration = True
    assign(site, user, profile, place, legal_day(now), **by)
    transaction.commit()
    return user


@pytest.fixture
def lycees(site: Any) -> Any:
    """The Direction des lycées."""
    return site["organisation"]["region-ile-des-alpes"]["direction-des-lycees"]


@pytest.fixture
def app_referent(served: Any, database: Any) -> Any:
    """The *référente* of the Direction des lycées."""
    return log_in(served, "referent")


@pytest.fixture
def app_region_admin(served: Any, site: Any) -> Any:
    """An administrator of the Region alone."""
    place = site["organisation"]["region-ile-des-alpes"]
    person(site, served.registry, "chef.region", "administrator", place)
    return log_in(served, "chef.region")


@pytest.fixture
def app_lake_admin(served: Any, site: Any) -> Any:
    """An administrator of the other public body."""
    place = site["organisation"]["syndicat-du-lac"]
    person(site, served.registry, "chef.lac", "administrator", place)
    return log_in(served, "chef.lac")
