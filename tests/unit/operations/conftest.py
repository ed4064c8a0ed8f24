"""A consultation whose form is complete, with the shipped clauses and canevas.

``whole_base`` (session) is a site that holds the whole knowledge base, only to be read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import transaction
import yaml
import ZODB

from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.drafting.values import coerce
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.lot import add_lot
from sicp.operations.knowledge.seed import load_knowledge
from sicp.operations.organisation import describe_body
from sicp.operations.site import site_of
from sicp.operations.template import load_library
from tests.conftest import NOW
from tests.conftest import all_powerful

ANSWERS = Path(__file__).parents[1] / "seed" / "written_answers"
SETTINGS = {
    "siret": "99900100100018",
    "address": "1 place des Trois-Vallées, Montclar",
    "signatory": "Le président du conseil régional",
    "court": "Tribunal administratif de Montclar",
    "profile_url": "https://marches.example",
    "buyer_kind": "local",
}


def read_answers(name: str) -> dict[str, Any]:
    """Read one complete form."""
    raw = yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))
    raw = {name: value for name, value in raw.items() if name in UPSTREAM_FORM}
    return {name: coerce(UPSTREAM_FORM[name], value) for name, value in raw.items()}


@pytest.fixture(scope="session")
def whole_base(registry: Any) -> Iterator[Any]:
    """A site with the whole knowledge base, which tests only read."""
    database = ZODB.DB(None)
    connection = database.open()
    site = site_of(connection, registry, NOW)
    load_knowledge(site, actor=all_powerful(site), now=NOW, registry=registry)
    transaction.commit()
    yield site
    transaction.abort()
    connection.close()
    database.close()


@pytest.fixture
def library(site: Any, doing: Any) -> Any:
    """The shipped clauses and canevas."""
    load_library(site, **doing.by)
    return site["clausier"]


@pytest.fixture
def open_consultation(site: Any, region: Any, doing: Any, library: Any) -> Any:
    """Give a function that opens a consultation answering as a file of answers."""
    describe_body(region["body"], SETTINGS, **doing.by)

    def open_it(name: str = "cleaning_three_lots") -> Any:
        answers = read_answers(name)
        lots = answers.pop("lots", ())
        consultation = create_consultation(
            site, answers, [region["upkeep"].__oid__], **doing.by
        )
        for lot in lots:
            add_lot(consultation, lot, **doing.by)
        return consultation

    return open_it


@pytest.fixture
def consultation(open_consultation: Any) -> Any:
    """The cleaning of schools, in three lots."""
    return open_consultation()
