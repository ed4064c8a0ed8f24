"""What a check tells."""

from sicp.rules.finding import Finding
from sicp.rules.finding import warning


def test_a_finding_blocks_unless_it_is_only_a_warning() -> None:
    assert Finding("code", "field", "message", "R1").is_blocking
    assert not warning("code", "field", "message", "R1", row=2).is_blocking
