"""Days are counted as the regulation counts them."""

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.rules.deadline import end_of_day
from sicp.rules.deadline import first_signature_day
from sicp.rules.deadline import information_due_on
from sicp.rules.deadline import is_working_day
from sicp.rules.deadline import last_day
from sicp.rules.deadline import minimum_delay
from sicp.rules.deadline import months_before
from sicp.rules.deadline import paris_day
from sicp.rules.deadline import prior_notice_counts
from sicp.rules.tables import ReferenceTables

ON = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-05-01", False),  # Fête du Travail
        ("2026-05-14", False),  # Ascension
        ("2026-05-25", False),  # lundi de Pentecôte
        ("2026-11-11", False),  # Armistice
        ("2026-11-14", False),  # samedi
        ("2026-11-15", False),  # dimanche
        ("2026-11-16", True),
    ],
)
def test_week_ends_and_public_holidays_are_not_working_days(
    day: str, works: bool
) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("sent", "days", "last"),
    [
        # The day of the sending is not counted: 1 September + 30 is 1 October.
        ("2026-09-01", 30, "2026-10-01"),
        # 31 October is a Saturday, 1 November a Sunday and All Saints' day.
        ("2026-10-01", 30, "2026-11-02"),
        # 11 November is a holiday.
        ("2026-10-12", 30, "2026-11-12"),
        # Friday 1 May, then a week-end.
        ("2026-04-01", 30, "2026-05-04"),
        ("2026-09-01", 0, "2026-09-01"),
    ],
)
def test_a_period_ends_with_its_last_day_or_the_next_working_one(
    sent: str, days: int, last: str
) -> None:
    assert last_day(date.fromisoformat(sent), days) == date.fromisoformat(last)


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1)),
    st.integers(min_value=0, max_value=400),
)
def test_a_delay_never_ends_early_nor_on_a_day_of_rest(sent: date, days: int) -> None:
    last = last_day(sent, days)
    assert is_working_day(last)
    assert last - sent >= timedelta(days=days)
    # The longest run of days of rest is Christmas or Easter with its week-end.
    assert last - sent <= timedelta(days=days + 4)


def test_a_day_ends_at_midnight_in_paris_summer_and_winter() -> None:
    assert end_of_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 22, tzinfo=UTC)
    assert end_of_day(date(2026, 12, 1)) == datetime(2026, 12, 1, 23, tzinfo=UTC)
    assert paris_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)


@pytest.mark.parametrize(
    ("procedure", "step", "situations", "days", "article"),
    [
        ("AOO", "bids", set(), 35, "R2161-2"),
        ("AOO", "bids", {"electronic"}, 30, "R2161-3 2°"),
        ("AOO", "bids", {"electronic", "urgent"}, 15, "R2161-3 3°"),
        ("AOO", "bids", {"prior_notice"}, 15, "R2161-3 1°"),
        ("AOR", "applications", set(), 30, "R2161-6 1°"),
        ("AOR", "applications", {"urgent"}, 15, "R2161-6 1°"),
        ("AOR", "applications", {"entity"}, 15, "R2161-6 2°"),
        ("AOR", "bids", {"electronic"}, 25, "R2161-8 2°"),
        ("AOR", "bids", {"electronic", "no_agreement"}, 10, "R2161-9"),
        ("PAN", "bids", {"electronic"}, 25, "R2161-15 2°"),
        ("PAN_EA", "applications", {"electronic"}, 15, "R2161-21"),
        ("DC", "applications", {"electronic", "urgent"}, 30, "R2161-25"),
        ("PI", "applications", {"urgent"}, 30, "R2172-28"),
        ("SAD", "bids", set(), 10, "R2162-50"),
        ("CONC", "applications", {"electronic"}, 25, "R3123-14 2°"),
        ("CONC", "bids", {"electronic"}, 17, "R3124-2 2°"),
    ],
)
def test_the_situation_opens_the_shortest_delay_the_code_gives(
    tables: ReferenceTables,
    procedure: str,
    step: str,
    situations: set[str],
    days: int,
    article: str,
) -> None:
    row = tables.procedures.at(procedure, ON)
    delay = minimum_delay(row, step, situations, ON, tables)
    assert delay is not None
    assert (delay.days, delay.articles[0]) == (days, article)


@pytest.mark.parametrize(("procedure", "step"), [("MAPA", "bids"), ("PAN_EA", "bids")])
def test_where_the_code_gives_no_figure_there_is_none(
    tables: ReferenceTables, procedure: str, step: str
) -> None:
    # R2151-1: a sufficient delay.
    row = tables.procedures.at(procedure, ON)
    assert minimum_delay(row, step, {"electronic"}, ON, tables) is None


def test_documents_not_online_add_five_days_unless_there_is_urgency(
    tables: ReferenceTables,
) -> None:
    # R2151-2.
    row = tables.procedures.at("AOO", ON)
    offline = {"electronic", "offline_documents"}
    longer = minimum_delay(row, "bids", offline, ON, tables)
    urgent = minimum_delay(row, "bids", {*offline, "urgent"}, ON, tables)
    assert longer is not None
    assert urgent is not None
    assert (longer.days, longer.articles) == (35, ("R2161-3 2°", "R2151-2"))
    assert urgent.days == 15
    assert longer.last_day_from(date(2026, 9, 1)) == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("prior", "counts"),
    [
        ("2026-07-29", False),  # 34 days before
        ("2026-07-28", True),  # 35 days before
        ("2025-09-01", True),  # 12 months before
        ("2025-08-31", False),
    ],
)
def test_a_prior_notice_counts_from_35_days_to_12_months(
    tables: ReferenceTables, prior: str, counts: bool
) -> None:
    # R2161-3 1° a.
    assert prior_notice_counts(date.fromisoformat(prior), ON, tables) is counts


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2026-12-31", 0, "2026-12-31"),
    ],
)
def test_months_before_keeps_the_day_or_takes_the_last_one(
    day: str, months: int, before: str
) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


def test_information_is_sent_six_days_before_and_four_in_urgency(
    tables: ReferenceTables,
) -> None:
    # R2132-6; Sunday 4 October is kept: a backward period is never moved.
    due = date(2026, 10, 10)
    assert information_due_on(due, ON, tables) == date(2026, 10, 4)
    assert information_due_on(due, ON, tables, is_urgent=True) == date(2026, 10, 6)


def test_the_contract_is_signed_after_the_standstill(tables: ReferenceTables) -> None:
    # R2182-1: rejections sent on 1 September; 11 days end on Saturday 12, hence
    # Monday 14; 16 days end on Thursday 17.
    open_call = tables.procedures.at("AOO", ON)
    assert first_signature_day(ON, open_call, is_electronic=True) == date(2026, 9, 15)
    assert first_signature_day(ON, open_call, is_electronic=False) == date(2026, 9, 18)


def test_an_adapted_procedure_has_no_standstill(tables: ReferenceTables) -> None:
    adapted = tables.procedures.at("MAPA", ON)
    assert first_signature_day(ON, adapted, is_electronic=True) == ON
