"""People who search, beside those of the demonstration, and what they look for.

site ── app_keeper    (manages the knowledge base)
     ── app_neighbour (writes for the other public body)
     ── sheets        (one that all read, one kept for the Region, one being written)
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import transaction
import ZODB
from ZODB.DemoStorage import DemoStorage

from sicp import clock
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.search.service import SearchService
from tests.conftest import all_powerful
from tests.functional.conftest import log_in
from tests.functional.office.conftest import person

#: A word that nothing of the demonstration says.
WORD = "xylographie"


@pytest.fixture(scope="session")
def demonstration_index(
    demonstration: Any, served: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The index of the demonstration, made once."""
    folder = tmp_path_factory.mktemp("search")
    assert served is not None
    database = ZODB.DB(DemoStorage(base=demonstration, close_base_on_close=False))
    service = SearchService(str(folder))
    service.feed_of(database).catch_up()
    service.close()
    database.close()
    return folder


@pytest.fixture(autouse=True)
def search_service(
    served: Any, database: Any, demonstration_index: Path, tmp_path: Path
) -> Iterator[None]:
    """Search in a copy of the index, that this test alone brings up to date."""
    before = served.registry.search_service
    folder = tmp_path / "search"
    shutil.copytree(demonstration_index, folder)
    service = served.registry.search_service = SearchService(str(folder))
    yield
    service.close()
    served.registry.search_service = before


@pytest.fixture
def app_keeper(served: Any, database: Any) -> Any:
    """A *gestionnaire de la base de connaissances*."""
    return log_in(served, "documentaliste")


@pytest.fixture
def app_neighbour(served: Any, site: Any) -> Any:
    """A writer of the other public body."""
    lake = site["organisation"]["syndicat-du-lac"]
    person(site, served.registry, "voisin", "administrative-writer", lake)
    return log_in(served, "voisin")


@pytest.fixture
def sheets(served: Any, site: Any) -> dict[str, Any]:
    """Three sheets with the same word, that not everybody reads."""
    by = {
        "actor": all_powerful(site),
        "now": clock.now(),
        "registry": served.registry,
    }
    base, region = site["connaissances"], site["organisation"]["region-ile-des-alpes"]
    kept = create_folder(base, "Dossier secret", **by)
    set_readers(kept, (region.__oid__,), **by)
    made = {}
    for name, folder, title in (
        ("open", base, "Guide ouvert"),
        ("kept", kept, "Guide réservé"),
        ("draft", base, "Guide inachevé"),
    ):
        text = f"<h2>Impression</h2><p>La {WORD} du {name}, « =1+1 ».</p>"
        made[name] = create_sheet(folder, "practice", SheetInput(title, text), **by)
    for name in ("open", "kept"):
        publish_sheet(made[name], **by)
    transaction.commit()
    return made


def found(page: Any) -> list[str]:
    """Return the titles of a page of results."""
    return [item.get_text() for item in page.html.select(".found-title")]
