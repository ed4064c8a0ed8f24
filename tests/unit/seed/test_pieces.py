"""The pieces of one consultation: one of each kind, and never two for one place."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from tests.unit.seed.answers import PROCEDURES
from tests.unit.seed.answers import PURCHASES
from tests.unit.seed.answers import SITUATIONS
from tests.unit.seed.answers import Situation
from tests.unit.seed.answers import is_proposed
from tests.unit.seed.answers import usual
from tests.unit.seed.answers import whole
from tests.unit.seed.shipped import concrete_canevas

#: The one piece that is both the CCAP and the acte d’engagement.
BOTH = "ccap-as-commitment"
TWO_STEPS = {"AOR", "PAN", "DC"}


def pieces_of(answers: Mapping[str, Any]) -> Counter[str]:
    """Count the pieces proposed, a règlement by the phase it governs."""
    found: Counter[str] = Counter()
    for canevas in concrete_canevas().values():
        if is_proposed(canevas, answers):
            found[f"{canevas.document} {canevas.phase}"] += 1
            found["AE single"] += canevas.id == BOTH
    return found


def pieces_due(situation: Situation) -> dict[str, int]:
    """Tell how many pieces of each kind the procedure calls for."""
    is_restricted = dict(situation.more).get("is_restricted", False)
    has_two_steps = situation.procedure in TWO_STEPS or is_restricted
    has_one_step = situation.procedure != "MPI" and not has_two_steps
    return {
        "CCAP single": 1,
        "AE single": 1,
        "RC candidature": int(has_two_steps),
        "RC offer": int(has_two_steps),
        "RC single": int(has_one_step),
    }


@pytest.mark.parametrize("category", PURCHASES)
def test_a_consultation_gets_one_piece_of_each_kind(category: str) -> None:
    for situation in SITUATIONS:
        if situation.category == category:
            found = pieces_of(whole(usual(situation)))
            due = pieces_due(situation)
            assert {kind: found[kind] for kind in due} == due, situation


def test_every_category_and_every_procedure_is_tried() -> None:
    categories = {choice.value for choice in DRAFTING_FIELDS["category"].choices}
    assert {s.category for s in SITUATIONS} == categories
    assert {s.procedure for s in SITUATIONS} == {row[0] for row in PROCEDURES}
