"""The tables refuse what would make the law ambiguous."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.engines.reference_data import read_reference_rows
from sicp.i18n import french
from sicp.rules.dated import DatedTable
from sicp.rules.dated import NoValueInForce
from sicp.rules.tables import ReferenceTables
from sicp.rules.tables import build_tables
from sicp.rules.tables import read_day
from sicp.rules.tables import read_limit


def limit(code: str, first: str, last: str | None) -> dict[str, object]:
    return {
        "code": code,
        "title": code,
        "value": "1.5",
        "unit": "ratio",
        "valid_from": first,
        "valid_until": last,
        "article": "R1",
        "source": "test",
        "confidence": "verified",
    }


def test_two_values_on_one_day_are_refused() -> None:
    rows = [limit("A", "2026-01-01", None), limit("A", "2026-06-01", None)]
    with pytest.raises(ValueError, match="two values on 2026-06-01"):
        DatedTable(map(read_limit, rows))
    touching = [limit("A", "2026-01-01", "2026-06-01"), limit("A", "2026-06-01", None)]
    with pytest.raises(ValueError, match="two values on 2026-06-01"):
        DatedTable(map(read_limit, touching))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends on 2025-12-31"):
        DatedTable([read_limit(limit("A", "2026-01-01", "2025-12-31"))])


def test_rows_are_found_in_any_order_of_loading() -> None:
    rows = [limit("A", "2026-06-01", None), limit("A", "2026-01-01", "2026-05-31")]
    table = DatedTable(map(read_limit, rows))
    assert table.at("A", date(2026, 5, 31)).valid_from == date(2026, 1, 1)
    assert table.at("A", date(2026, 6, 1)).valid_until is None
    assert table.find("A", date(2025, 12, 31)) is None
    assert len(table.in_force(date(2026, 7, 1))) == 1


def test_a_code_nobody_knows_has_no_value_and_says_so_in_french() -> None:
    with pytest.raises(NoValueInForce) as caught:
        DatedTable([]).at("B", date(2026, 4, 1))
    assert french(caught.value.message) == (
        "La règle « B » n’a pas de valeur connue au 1er avril 2026. Complétez les "
        "données de référence avant de poursuivre."
    )


def test_a_figure_keeps_exactly_what_was_written() -> None:
    assert read_limit(limit("A", "2026-01-01", None)).value == Decimal("1.5")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        read_day("2026-13-01")


def test_a_column_nobody_knows_is_refused() -> None:
    with pytest.raises(TypeError):
        read_limit(limit("A", "2026-01-01", None) | {"colour": "blue"})


def test_a_missing_list_is_refused() -> None:
    rows = read_reference_rows()
    del rows["limits"]
    with pytest.raises(KeyError):
        build_tables(rows)


def test_eighteen_procedures_are_described(tables: ReferenceTables) -> None:
    on = date(2026, 8, 22)
    procedures = {item.code: item for item in tables.procedures.in_force(on)}
    assert len(procedures) == 18
    assert procedures["AOR"].candidates_minimum == 5
    assert procedures["AOR"].is_two_steps
    assert not procedures["AOO"].is_two_steps
    assert procedures["AOO"].standstill_days == {"electronic": 11, "other": 16}
    assert "optional_negotiation" not in procedures["AOO"].stages
    assert procedures["MAPA"].decp_procedure == "Procédure adaptée"


def test_each_obligation_and_limit_quotes_its_article(tables: ReferenceTables) -> None:
    assert all(row.article and row.source for row in tables.obligations)
    assert all(row.article and row.source for row in tables.limits)
