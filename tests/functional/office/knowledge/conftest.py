"""A knowledge base, and the people who walk in it.

site ── made (folders and sheets by a short name; « closed » is kept for the lycées)
     ── app_reader (reads only, outside the closed folder)   app_writer (of the lycées)
     ── app_keeper (manages the base)   app_editor (writes and publishes)
"""

from typing import Any

import pytest
import transaction

from sicp import clock
from tests.conftest import all_powerful
from tests.factories.knowledge import build_base
from tests.factories.knowledge import build_closed
from tests.functional.conftest import log_in


@pytest.fixture
def by(served: Any, site: Any) -> dict[str, Any]:
    """What operations ask for; the system acts."""
    registry = served.registry
    return {"actor": all_powerful(site), "now": clock.now(), "registry": registry}


@pytest.fixture
def made(site: Any, by: dict[str, Any], lycees: Any) -> dict[str, Any]:
    """A small base."""
    found = build_base(site, by)
    build_closed(found, [lycees.__oid__], by)
    transaction.commit()
    return found


@pytest.fixture
def app_reader(served: Any, made: Any) -> Any:
    """Who reads, and is not of the lycées."""
    return log_in(served, "lecteur")


@pytest.fixture
def app_writer(served: Any, made: Any) -> Any:
    """A *rédacteur* of the lycées, who reads the base."""
    return log_in(served, "redacteur")


@pytest.fixture
def app_keeper(served: Any, made: Any) -> Any:
    """Who manages the base."""
    return log_in(served, "documentaliste")


@pytest.fixture
def app_editor(served: Any, made: Any) -> Any:
    """Who writes and publishes."""
    return log_in(served, "editeur")
