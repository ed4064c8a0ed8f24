"""The turnover asked, before and after 2026-01-01."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.i18n import french
from sicp.rules.tables import ReferenceTables
from sicp.rules.turnover import check_turnover
from sicp.rules.turnover import maximum_turnover

ESTIMATE = Decimal(200000)


@pytest.mark.parametrize(
    ("day", "ceiling"), [("2025-12-31", 400000), ("2026-01-01", 300000)]
)
def test_twice_the_amount_then_one_and_a_half(
    tables: ReferenceTables, day: str, ceiling: int
) -> None:
    # R2142-7, written anew on 2026-01-01.
    on = date.fromisoformat(day)
    assert maximum_turnover(ESTIMATE, on, tables) == ceiling
    assert check_turnover(Decimal(ceiling), ESTIMATE, on, tables) == ()
    (finding,) = check_turnover(Decimal(ceiling + 1), ESTIMATE, on, tables)
    assert finding.code == "turnover-too-high"
    assert finding.is_blocking


def test_a_reason_lifts_the_ceiling(tables: ReferenceTables) -> None:
    on = date(2026, 9, 1)
    found = check_turnover(Decimal(900000), ESTIMATE, on, tables, reason="Risque")
    assert found == ()


def test_the_ceiling_of_the_smallest_lot_is_recalled(tables: ReferenceTables) -> None:
    # R2142-8: each lot has its ceiling, groups of lots may ask for more.
    on = date(2026, 9, 1)
    lots = (Decimal(150000), Decimal(50000))
    (finding,) = check_turnover(Decimal(75001), ESTIMATE, on, tables, lot_amounts=lots)
    assert finding.code == "turnover-too-high-for-lot"
    assert not finding.is_blocking
    assert "75 000" in french(finding.message).replace("\u00a0", " ")
    within = check_turnover(Decimal(75000), ESTIMATE, on, tables, lot_amounts=lots)
    assert within == ()
