"""A condition of which only a part of the answers is known."""

from typing import Any

import pytest

from sicp.engines.drafting.conditions import may_hold
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet

WORKS = {"field": "nature", "operator": "is", "value": "works"}
OPEN = {"field": "procedure", "operator": "is", "value": "open"}
FIELDS = FieldSet((Field("nature", "Nature"), Field("procedure", "Procédure")))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        (WORKS, False),
        (OPEN, True),
        ({"not": OPEN}, True),
        ({"not": WORKS}, True),
        ({"all": [OPEN, WORKS]}, False),
        ({"any": [OPEN, WORKS]}, True),
        ({"not": {"any": [OPEN, {"not": WORKS}]}}, False),
        ({"not": {"all": [OPEN, WORKS]}}, True),
    ],
)
def test_what_is_not_known_may_go_either_way(condition: Any, expected: bool) -> None:
    assert may_hold(condition, {"nature": "services"}, FIELDS) is expected
