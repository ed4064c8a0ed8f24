"""The answers worth trying: one of each class that conditions can tell apart."""

import pytest

from sicp.engines.drafting.combinations import OTHER
from sicp.engines.drafting.combinations import trial
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType as T
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import compare

CHOICES = tuple(Choice(letter, letter.upper()) for letter in "abcd")
FIELDS = FieldSet((
    Field("choice", "Choix", T.CHOICE, choices=CHOICES, required=True),
    Field("open", "Choix ouvert", T.CHOICE, required=True),
    Field("many", "Choix multiples", T.CHOICES, choices=CHOICES, required=True),
    Field("number", "Nombre", T.INTEGER, required=True, minimum=0, maximum=5),
    Field("day", "Jour", T.DATE, required=True),
    Field("flag", "Drapeau", T.BOOLEAN),
))  # fmt: skip


def tried(name, *tests, fields=FIELDS):
    found = trial(tests, fields)
    assert found.is_exhaustive
    return [answers[name] for answers in found.answers]


@pytest.mark.parametrize(
    ("name", "test", "values"),
    [
        ("choice", compare("choice", "is", "b"), ["b", "a"]),
        ("choice", compare("choice", "in", ["a", "b", "c", "d"]), ["a", "b", "c", "d"]),
        ("open", compare("open", "is", "x"), ["x", OTHER]),
        ("many", compare("many", "contains", "b"), [("a",), ("b",), ("b",)]),
        ("number", compare("number", "gt", 3), [2, 3, 4]),
        ("number", compare("number", "le", 0), [0, 1]),
        ("number", compare("number", "filled"), [1]),
        ("day", compare("day", "filled"), ["2030-01-01"]),
        ("flag", compare("flag", "is", True), [None, True, False]),
    ],
)
def test_one_value_stands_for_all_that_are_alike(name, test, values):
    found = tried(name, test)
    assert sorted(map(str, set(found))) == sorted(map(str, set(values)))


def test_dates_are_tried_around_each_threshold():
    found = tried("day", compare("day", "ge", "2027-01-01"))
    assert [str(day) for day in found] == ["2026-12-31", "2027-01-01", "2027-01-02"]


def test_a_table_is_tried_with_each_value_looked_for():
    found = tried(
        "criteria",
        {
            "any": [
                compare("criteria.kind", "contains", "social"),
                compare("criteria.kind", "contains", "price"),
            ]
        },
        fields=FORM,
    )
    kinds = [table and {row["kind"] for row in table} for table in found]
    assert kinds == [None, {OTHER}, {"social"}, {"price"}, {"social", "price"}]


def test_the_fields_on_which_a_field_depends_are_tried_too():
    found = trial([compare("advance_rate", "filled")], FORM)
    assert {"advance", "advance_rate"} == set(found.answers[0])
