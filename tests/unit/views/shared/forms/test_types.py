"""The kinds of values of our forms."""

from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal

import colander
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.views.shared.forms import parsing
from sicp.views.shared.forms import types

ALL_TYPES = (
    types.Text(),
    types.Text(has_lines=True),
    types.Password(),
    types.Amount(),
    types.Percent(),
    types.WholeNumber(),
    types.FrenchDate(),
    types.FrenchDateTime(),
    types.YesNo(),
    types.CpvCode(),
    types.Several(),
)


def node_of(typ, **options):
    return colander.SchemaNode(typ, name="it", **options)


def refusal_of(typ, cstruct):
    with pytest.raises(colander.Invalid) as refusal:
        node_of(typ).deserialize(cstruct)
    return refusal.value.msg


class TestText:
    def test_it_is_trimmed_and_composed(self):
        assert node_of(types.Text()).deserialize("  e\u0301té ") == "été"

    def test_a_line_holds_no_line_break(self):
        assert node_of(types.Text()).deserialize("un\r\n\tdeux") == "un deux"

    def test_line_ends_of_a_long_text_take_one_form(self):
        node = node_of(types.Text(has_lines=True))
        assert node.deserialize("un\r\ndeux\u2028trois\n") == "un\ndeux\ntrois"

    def test_a_no_break_space_is_kept(self):
        assert node_of(types.Text()).deserialize("12\u00a0%") == "12\u00a0%"

    @pytest.mark.parametrize(
        "text", ["nul\x00", "\x1b[0m", "\ud800", "\ufffe", "a\u202eb", "\x85"]
    )
    def test_forbidden_characters_are_refused(self, text):
        assert refusal_of(types.Text(has_lines=True), text) == types.FORBIDDEN

    def test_a_text_too_long_is_told_by_how_much(self):
        message = refusal_of(types.Text(1000), "x" * 1200)
        assert "1\u202f200" in message.interpolate()
        assert "1\u202f000" in message.interpolate()

    def test_a_megabyte_is_refused_even_where_no_limit_is_told(self):
        assert refusal_of(types.Text(has_lines=True), "x" * 1_000_000)

    def test_only_spaces_are_nothing(self):
        assert node_of(types.Text(), missing=None).deserialize("  \u00a0") is None


def test_a_password_is_left_as_it_was_typed():
    assert node_of(types.Password()).deserialize(" é ") == " é "


class TestNumbers:
    def test_an_amount_is_an_exact_decimal(self):
        read = node_of(types.Amount()).deserialize("216 000,50")
        assert read == Decimal("216000.50")

    def test_thousands_marked_by_one_point_are_a_doubt_and_refused(self):
        assert "deux décimales" in refusal_of(types.Amount(), "216.000").interpolate()

    def test_a_share_takes_four_decimals(self):
        assert node_of(types.Percent()).deserialize("33,3333 %") == Decimal("33.3333")
        assert "4" in refusal_of(types.Percent(), "33,33333").interpolate()

    def test_a_count_is_a_whole_number(self):
        read = node_of(types.WholeNumber()).deserialize("48 mois")
        assert read == 48
        assert isinstance(read, int)
        assert refusal_of(types.WholeNumber(), "1,5") == types.NOT_WHOLE

    def test_a_number_beyond_reason_is_refused(self):
        assert refusal_of(types.Amount(), "9" * 20) == types.TOO_LARGE

    def test_what_is_stored_is_shown_as_it_is(self):
        node = node_of(types.Amount())
        assert node.serialize(Decimal("1E+3")) == "1000"
        assert node.serialize(12) == "12"

    @pytest.mark.parametrize("value", ["12", 1.5, True, object()])
    def test_what_is_no_exact_number_cannot_be_shown(self, value):
        with pytest.raises(colander.Invalid):
            node_of(types.Amount()).serialize(value)


class TestDates:
    def test_a_day_is_read(self):
        assert node_of(types.FrenchDate()).deserialize("15/03/2027") == date(
            2027, 3, 15
        )

    def test_what_is_no_day_is_told_how_to_be_written(self):
        assert refusal_of(types.FrenchDate(), "demain") == parsing.NOT_A_DAY

    def test_an_instant_comes_back_from_its_text(self):
        node = node_of(types.FrenchDateTime())
        instant = datetime(2027, 3, 15, 11, tzinfo=UTC)
        assert node.deserialize(node.serialize(instant)) == instant

    def test_an_instant_is_read_from_its_two_parts(self):
        parts = {"date": "15/03/2027", "time": "12:00"}
        read = node_of(types.FrenchDateTime()).deserialize(parts)
        assert read == datetime(2027, 3, 15, 11, tzinfo=UTC)

    @pytest.mark.parametrize(
        "cstruct", ["2027-03-15T12:00:00", "demain", {"date": "15/03/2027"}]
    )
    def test_half_an_instant_is_refused(self, cstruct):
        assert refusal_of(types.FrenchDateTime(), cstruct)

    def test_two_empty_parts_are_nothing(self):
        node = node_of(types.FrenchDateTime(), missing=None)
        assert node.deserialize({"date": "", "time": " "}) is None

    def test_a_naive_instant_or_a_text_cannot_be_shown(self):
        for typ, value in (
            (types.FrenchDateTime(), datetime(2027, 1, 1)),
            (types.FrenchDate(), "2027-01-01"),
        ):
            with pytest.raises(colander.Invalid):
                node_of(typ).serialize(value)


class TestChoices:
    def test_an_answer_is_yes_or_no(self):
        node = node_of(types.YesNo(), missing=None)
        answers = [node.deserialize(text) for text in ("true", "false", "")]
        assert answers == [True, False, None]
        assert refusal_of(types.YesNo(), "peut-être") == types.NOT_A_CHOICE

    def test_several_values_are_a_tuple_without_doubles(self):
        read = node_of(types.Several()).deserialize(["b", "a", "b", ""])
        assert read == ("b", "a")

    def test_one_text_is_not_several_values(self):
        assert refusal_of(types.Several(), "abc") == types.UNREADABLE

    @pytest.mark.parametrize(
        "typed", ["45000000", "45000000-7", " 45000000 — Travaux de construction"]
    )
    def test_a_cpv_code_is_read_without_its_key(self, typed):
        assert node_of(types.CpvCode()).deserialize(typed) == "45000000"

    @pytest.mark.parametrize("typed", ["4500000", "travaux", "450000001"])
    def test_what_is_no_cpv_code_is_told_how_to_be_written(self, typed):
        assert refusal_of(types.CpvCode(), typed) == types.NOT_A_CPV


@pytest.mark.parametrize(
    "typ",
    ALL_TYPES,
    ids=[f"{type(typ).__name__}-{rank}" for rank, typ in enumerate(ALL_TYPES)],
)
class TestEveryType:
    def test_none_is_shown_as_an_empty_field(self, typ):
        assert node_of(typ).serialize(None) is colander.null

    def test_nothing_typed_is_missing(self, typ):
        node = node_of(typ, missing="absent")
        assert node.deserialize(colander.null) == "absent"

    @given(
        cstruct=st.one_of(
            st.text(),
            st.text(alphabet=st.characters(categories=["Cc", "Cs", "Cf"])),
            st.integers(),
            st.lists(st.text() | st.integers(), max_size=3),
            st.dictionaries(st.sampled_from(["date", "time", "x"]), st.text()),
            st.binary(),
        )
    )
    def test_anything_is_read_or_refused(self, typ, cstruct):
        message = "read"
        try:
            node_of(typ, missing=None).deserialize(cstruct)
        except colander.Invalid as refusal:
            message = refusal.msg
        assert message
