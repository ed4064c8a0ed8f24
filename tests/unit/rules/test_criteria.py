"""Award criteria before and after 2026-08-21."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.i18n import french
from sicp.rules.criteria import Criterion
from sicp.rules.criteria import check_criteria
from sicp.rules.criteria import read_criteria
from sicp.rules.finding import Finding
from sicp.rules.tables import ReferenceTables

BEFORE = date(2026, 8, 20)
SINCE = date(2026, 8, 21)


def criteria(**weights: int) -> tuple[Criterion, ...]:
    return tuple(Criterion(kind, kind, Decimal(w)) for kind, w in weights.items())


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [item.code for item in found]


@pytest.mark.parametrize(
    ("kinds", "day", "expected"),
    [
        # R2152-7, the new text applies from 2026-08-21.
        ({"price": 100}, "2026-08-20", ["price-alone-standardised"]),
        ({"price": 100}, "2026-08-21", ["price-alone-forbidden"]),
        ({"price": 100}, "2026-08-22", ["price-alone-forbidden"]),
        ({"cost": 100}, "2026-08-21", []),
        ({"price": 60, "technical": 40}, "2026-08-20", []),
        ({"price": 60, "technical": 40}, "2026-08-21", ["environmental-criterion"]),
        ({"price": 60, "environmental": 40}, "2026-08-21", []),
        ({"cost": 60, "technical": 40}, "2026-08-20", []),
        ({"cost": 60, "technical": 40}, "2026-08-21", ["environment-in-cost"]),
        ({"technical": 100}, "2026-08-20", ["price-or-cost-among-criteria"]),
        (
            {"technical": 50, "social": 50},
            "2026-08-21",
            ["price-or-cost-among-criteria", "environmental-criterion"],
        ),
    ],
)
def test_criteria_follow_the_text_of_the_day(
    tables: ReferenceTables, kinds: dict, day: str, expected: list[str]
) -> None:
    found = check_criteria(criteria(**kinds), "AOO", date.fromisoformat(day), tables)
    assert codes(found) == expected


def test_only_the_sum_of_one_hundred_is_accepted(tables: ReferenceTables) -> None:
    found = check_criteria(criteria(price=60, environmental=39), "AOO", SINCE, tables)
    assert codes(found) == ["criteria-sum-wrong"]
    assert french(found[0].message) == (
        "La somme des poids est de 99 %. Elle doit être de 100 %."
    )
    assert (found[0].field, found[0].article) == ("criteria", "R2152-12")


@pytest.mark.parametrize("weight", [None, Decimal(0), Decimal(-5)])
def test_a_criterion_without_weight_is_told_at_its_row(
    tables: ReferenceTables, weight: Decimal | None
) -> None:
    rows = (*criteria(price=60), Criterion("Écologie", "environmental", weight))
    found = check_criteria(rows, "AOO", SINCE, tables)
    assert [(item.code, item.row) for item in found] == [
        ("criterion-weight-missing", 1)
    ]


def test_no_criterion_at_all_is_the_only_finding(tables: ReferenceTables) -> None:
    assert codes(check_criteria((), "AOO", SINCE, tables)) == ["criteria-missing"]


@pytest.mark.parametrize("procedure", ["DC", "PI"])
def test_dialogue_and_innovation_need_several_criteria(
    tables: ReferenceTables, procedure: str
) -> None:
    # R2152-8: even the single criterion of cost is not enough.
    found = check_criteria(criteria(cost=100), procedure, SINCE, tables)
    assert codes(found) == ["several-criteria"]
    plural = criteria(price=50, environmental=50)
    assert check_criteria(plural, procedure, SINCE, tables) == ()


def test_the_rows_of_the_form_are_read_even_when_half_filled() -> None:
    rows = [{"title": "Prix", "kind": "price", "weight": Decimal(60)}, {"title": None}]
    assert read_criteria(rows) == (
        Criterion("Prix", "price", Decimal(60)),
        Criterion("", "", None),
    )


@given(
    st.lists(
        st.builds(
            Criterion,
            st.text(max_size=10),
            st.sampled_from(["price", "cost", "technical", "environmental", "social"]),
            st.decimals(min_value=1, max_value=100, places=1),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_since_the_new_text_lawful_criteria_always_care_for_the_environment(
    tables: ReferenceTables, rows: list[Criterion]
) -> None:
    if not check_criteria(rows, "MAPA", SINCE, tables):
        kinds = {row.kind for row in rows}
        assert kinds == {"cost"} or "environmental" in kinds
        assert kinds & {"price", "cost"}
        assert sum(row.weight for row in rows) == 100
