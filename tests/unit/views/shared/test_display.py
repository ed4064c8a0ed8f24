"""Values on a French screen."""

from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.i18n import french
from sicp.views.shared import display

TODAY = date(2027, 3, 12)


class TestAmount:
    def test_thousands_and_euro_never_break_across_lines(self):
        assert display.amount(Decimal(216000)) == "216\u202f000,00\u00a0€"

    def test_half_a_cent_is_rounded_up_as_in_accounts(self):
        assert display.amount(Decimal("0.125")) == "0,13\u00a0€"

    def test_a_missing_amount_is_a_dash(self):
        assert display.amount(None) == "—"

    @given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40)))
    def test_any_amount_can_be_shown(self, value):
        assert display.amount(value).endswith("\u00a0€")


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (1250, "1\u202f250"),
            (Decimal("12.50"), "12,5"),
            (Decimal("100.00"), "100"),
            (Decimal(0), "0"),
            (1000, "1\u202f000"),
            (None, "—"),
        ],
    )
    def test_useless_zeros_are_left_out(self, value, shown):
        assert display.number(value) == shown

    def test_units_stay_beside_their_number(self):
        assert display.percent(Decimal("5.0")) == "5\u00a0%"
        assert display.months(48) == "48\u00a0mois"
        assert display.days(1) == "1\u00a0jour"
        assert display.days(30) == "30\u00a0jours"

    def test_absent_measures_are_dashes(self):
        shown = [display.percent(None), display.months(None), display.days(None)]
        assert shown == ["—"] * 3


class TestDay:
    def test_a_day_has_two_digits_for_day_and_month(self):
        assert display.day(date(2027, 3, 5)) == "05/03/2027"

    def test_an_instant_is_told_as_the_day_it_is_in_paris(self):
        assert display.day(datetime(2027, 3, 14, 23, 30, tzinfo=UTC)) == "15/03/2027"

    def test_the_first_of_a_month_is_an_ordinal(self):
        assert display.long_day(date(2027, 4, 1)) == "1er\u00a0avril 2027"

    def test_the_day_of_the_week_may_be_told(self):
        told = display.long_day(date(2027, 3, 15), weekday=True)
        assert told == "lundi 15\u00a0mars 2027"

    def test_an_instant_is_told_in_the_time_of_paris(self):
        summer = datetime(2027, 7, 1, 10, 2, tzinfo=UTC)
        assert display.moment(summer) == "01/07/2027 à 12\u00a0h\u00a002"

    def test_absent_days_are_dashes(self):
        shown = [show(None) for show in (display.day, display.long_day, display.moment)]
        assert [*shown, display.clock_time(None)] == ["—"] * 4


class TestRelativeDay:
    @pytest.mark.parametrize(
        ("day", "told"),
        [
            (date(2027, 3, 12), "aujourd’hui"),
            (date(2027, 3, 13), "demain"),
            (date(2027, 3, 11), "hier"),
            (date(2027, 3, 15), "dans 3 jours"),
            (date(2027, 3, 9), "il y a 3 jours"),
            (date(2027, 6, 12), "dans 3 mois"),
            (date(2026, 12, 12), "il y a 3 mois"),
            (date(2030, 3, 12), "dans 3 ans"),
            (date(2024, 3, 12), "il y a 3 ans"),
        ],
    )
    def test_it_is_as_fine_as_a_person_plans(self, day, told):
        assert french(display.relative_day(day, TODAY)) == told

    def test_an_instant_counts_as_the_day_it_is_in_paris(self):
        late = datetime(2027, 3, 12, 23, 30, tzinfo=UTC)
        assert french(display.relative_day(late, TODAY)) == "demain"

    def test_no_day_is_a_dash(self):
        assert display.relative_day(None, TODAY) == "—"


class TestIdentifiers:
    def test_a_siret_is_grouped_as_people_read_it(self):
        grouped = "123\u00a0456\u00a0789\u00a000012"
        assert display.siret("12345678900012") == grouped

    def test_a_siren_is_grouped_too(self):
        assert display.siret("123456789") == "123\u00a0456\u00a0789"

    def test_what_is_no_siret_is_shown_as_it_is(self):
        assert display.siret("12") == "12"
        assert display.siret(None) == "—"

    def test_a_cpv_code_is_shown_whole(self):
        assert display.cpv("45000000") == "45000000"
        assert display.cpv("") == "—"


def test_an_answer_is_a_word():
    answers = [display.yes_no(value) for value in (True, False, None)]
    assert [french(answer) for answer in answers] == ["Oui", "Non", "—"]


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (None, "—"),
        (0, "0\u00a0octets"),
        (1536, "1,5\u00a0Ko"),
        (13_000_000, "12,4\u00a0Mo"),
        (2 * 1024**3, "2\u00a0Go"),
    ],
)
def test_the_size_of_a_file_is_told_in_french_units(size, shown):
    assert display.file_size(size) == shown
