"""A consultation whose form is complete, with the shipped clauses and canevas."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.drafting.values import coerce
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.lot import add_lot
from sicp.operations.organisation import describe_body
from sicp.operations.template import load_library

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
