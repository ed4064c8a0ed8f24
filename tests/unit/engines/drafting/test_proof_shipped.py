"""The proof of what is shipped: quick enough to follow each change of an editor."""

import time

import pytest

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.proof import Proof
from sicp.engines.drafting.proof import prove
from tests.unit.seed.shipped import read_all_canevas
from tests.unit.seed.shipped import shipped_library

#: Of the processor, in seconds.
LONGEST = 2.0
CANEVAS = read_all_canevas()


def proved(name: str) -> Proof:
    return prove(CANEVAS[name], shipped_library(), DRAFTING_FIELDS)


@pytest.mark.parametrize("name", CANEVAS)
def test_a_shipped_canevas_is_proved_whole_in_less_than_two_seconds(name: str) -> None:
    before = time.process_time()
    proof = proved(name)
    assert time.process_time() - before < LONGEST
    assert [finding.message for finding in proof.errors] == []
    assert proof.is_exhaustive


@pytest.mark.parametrize("name", CANEVAS)
def test_each_remark_about_what_is_shipped_says_what_to_do(name: str) -> None:
    said = [finding.message for finding in proved(name).remarks]
    assert [message for message in said if " ; " not in message] == []
