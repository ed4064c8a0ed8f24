"""Answers are read leniently, whatever wrote them; what cannot be read is said."""

from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal

import pytest

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType as T
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce

READ = [
    (T.TEXT, " mot ", "mot"),
    (T.TEXT, 5, "5"),
    (T.TEXT, "  ", None),
    (T.INTEGER, "12", 12),
    (T.INTEGER, Decimal("3.0"), 3),
    (T.INTEGER, 0, 0),
    (T.AMOUNT, "12.5", Decimal("12.5")),
    (T.AMOUNT, 12.5, Decimal("12.5")),
    (T.DATE, "2027-03-15", date(2027, 3, 15)),
    (T.DATE, datetime(2027, 3, 15, 8), date(2027, 3, 15)),
    (T.DATETIME, datetime(2027, 7, 1, 10, tzinfo=UTC), datetime(2027, 7, 1, 12)),
    (T.DATETIME, date(2027, 7, 1), datetime(2027, 7, 1)),
    (T.DATETIME, "2027-07-01T12:00", datetime(2027, 7, 1, 12)),
    (T.BOOLEAN, "Oui", True),
    (T.BOOLEAN, "false", False),
    (T.CHOICES, "a", ("a",)),
    (T.CHOICES, ["a", "b"], ("a", "b")),
    (T.ROWS, [{"a": 1}], ({"a": 1},)),
    (T.ROWS, [], None),
]


@pytest.mark.parametrize(("kind", "value", "expected"), READ)
def test_a_value_takes_the_shape_of_its_type(kind, value, expected):
    assert coerce(Field("champ", "Champ", kind), value) == expected


REFUSED = [
    (T.TEXT, True),
    (T.TEXT, ["a"]),
    (T.INTEGER, "2.5"),
    (T.INTEGER, True),
    (T.AMOUNT, "NaN"),
    (T.AMOUNT, "douze"),
    (T.DATE, "15/03/2027"),
    (T.DATE, 3),
    (T.DATETIME, "midi"),
    (T.BOOLEAN, 1),
    (T.BOOLEAN, "peut-être"),
    (T.CHOICES, [["a"]]),
    (T.ROWS, ["a"]),
    (T.ROWS, 3),
]


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_of_another_type_is_refused_in_french(kind, value):
    with pytest.raises(UnreadableValueError, match="n’est pas"):
        coerce(Field("champ", "Champ", kind), value)
