"""The layout a canevas chooses: read, written back, given to the draft."""

import pytest

from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of


@pytest.mark.parametrize("layout", Layout)
def test_a_layout_goes_through_plain_data_and_into_the_draft(layout):
    plan = canevas("a", layout=layout.value)
    assert canevas_from_data(canevas_to_data(plan)) == plan
    assert draft_of([clause("a")], plan).layout is layout


def test_a_canevas_that_says_nothing_is_a_document():
    plan = canevas("a")
    assert plan.layout is Layout.DOCUMENT
    assert "layout" not in canevas_to_data(plan)


def test_a_layout_nobody_knows_is_refused_by_its_name():
    with pytest.raises(LoadError, match="« affiche » est inconnue"):
        canevas("a", layout="affiche")
