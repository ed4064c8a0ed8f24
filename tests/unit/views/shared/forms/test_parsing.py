"""What a person types, read as a value."""

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.views.shared import display
from sicp.views.shared.forms import parsing


class TestNumber:
    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            ("216 000,50", "216000.50"),
            ("216\u00a0000,50", "216000.50"),
            ("216\u202f000,50 €", "216000.50"),
            ("216000.50", "216000.50"),
            ("216.000,50", "216000.50"),
            ("1.234.567", "1234567"),
            ("1,234,567.89", "1234567.89"),
            ("12 %", "12"),
            ("48 mois", "48"),
            ("216 000 € HT", "216000"),
            ("−5", "-5"),
            ("+5", "5"),
            (" 0 ", "0"),
        ],
    )
    def test_french_and_pasted_numbers_are_read(self, typed, value):
        assert parsing.read_number(typed) == Decimal(value)

    def test_one_point_before_three_digits_stays_a_decimal_point(self):
        # Only a field that takes two decimals can tell that it is a doubt.
        assert parsing.read_number("216.000") == Decimal("216.000")

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "abc",
            "1,2,3",
            "1..2",
            "1e9",
            "NaN",
            "Infinity",
            "0x10",
            "٣",
            "--1",
            "9" * 61,
            "1 2 a",
            ",5",
            "5,",
        ],
    )
    def test_what_is_no_number_is_refused(self, typed):
        with pytest.raises(parsing.UnreadableError):
            parsing.read_number(typed)

    @given(st.decimals(-(10**12), 10**12, places=2))
    def test_what_is_shown_can_be_typed_again(self, value):
        assert parsing.read_number(display.amount(value)) == value


class TestDay:
    @pytest.mark.parametrize(
        "typed",
        [
            "15/03/2027",
            "15/3/2027",
            "15.03.2027",
            "15-03-27",
            "2027-03-15",
            "15 mars 2027",
            " 15 MARS 2027 ",
            "15\xa0mars\xa02027",
        ],
    )
    def test_the_usual_writings_are_read(self, typed):
        assert parsing.read_day(typed) == date(2027, 3, 15)

    def test_the_first_of_a_month_is_read(self):
        assert parsing.read_day("1er août 2026") == date(2026, 8, 1)

    @pytest.mark.parametrize(
        "typed",
        [
            "31/02/2027",
            "00/01/2027",
            "01/13/2027",
            "15/03",
            "demain",
            "15 mars",
            "03/15/2027",
            "1/1/1850",
            "1/1/9999",
            "32 mars 2027",
            "x" * 99,
        ],
    )
    def test_what_is_no_day_is_refused(self, typed):
        with pytest.raises(parsing.UnreadableError):
            parsing.read_day(typed)

    @given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
    def test_what_is_shown_can_be_typed_again(self, day):
        assert parsing.read_day(display.day(day)) == day
        assert parsing.read_day(display.long_day(day)) == day


class TestTime:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("14:02", time(14, 2)),
            ("14 h 02", time(14, 2)),
            ("14\u00a0h\u00a002", time(14, 2)),
            ("14h", time(14)),
            ("9", time(9)),
        ],
    )
    def test_the_usual_writings_are_read(self, typed, read):
        assert parsing.read_time(typed) == read

    @pytest.mark.parametrize("typed", ["25:00", "12:60", "midi", "12:0", ""])
    def test_what_is_no_time_is_refused(self, typed):
        with pytest.raises(parsing.UnreadableError):
            parsing.read_time(typed)


class TestMoment:
    def test_it_is_read_in_paris_and_held_in_utc(self):
        read = parsing.read_moment("15/07/2027", "12:00")
        assert read == datetime(2027, 7, 15, 10, tzinfo=UTC)

    def test_an_hour_that_clocks_skip_is_refused(self):
        with pytest.raises(parsing.UnreadableError) as refusal:
            parsing.read_moment("28/03/2027", "02:30")
        assert refusal.value.message == parsing.SKIPPED_HOUR

    def test_an_hour_that_exists_twice_is_the_first(self):
        read = parsing.read_moment("31/10/2027", "02:30")
        assert read == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("day", "hour", "message"),
        [
            ("", "12:00", parsing.DAY_MISSING),
            ("15/07/2027", " ", parsing.TIME_MISSING),
            ("demain", "12:00", parsing.NOT_A_DAY),
            ("15/07/2027", "midi", parsing.NOT_A_TIME),
        ],
    )
    def test_the_part_that_fails_is_named(self, day, hour, message):
        with pytest.raises(parsing.UnreadableError) as refusal:
            parsing.read_moment(day, hour)
        assert refusal.value.message == message


@pytest.mark.parametrize(
    "read", [parsing.read_number, parsing.read_day, parsing.read_time]
)
@given(text=st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence(read, text):
    message = None
    try:
        read(text)
    except parsing.UnreadableError as refusal:
        message = refusal.message
    assert message is None or message.default.endswith(".")
