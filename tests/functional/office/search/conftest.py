"""People who search, beside those of the demonstration.

site ── app_keeper (manages the knowledge base of the Region)
"""

from typing import Any

import pytest

from tests.functional.conftest import log_in
from tests.functional.office.conftest import person


@pytest.fixture
def app_keeper(served: Any, site: Any) -> Any:
    """A *gestionnaire de la base de connaissances*."""
    place = site["organisation"]["region-ile-des-alpes"]
    person(site, served.registry, "gardienne", "knowledge-manager", place)
    return log_in(served, "gardienne")
