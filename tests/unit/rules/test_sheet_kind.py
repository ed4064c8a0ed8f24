"""The kinds of sheets read what people type, and say what is wrong."""

from datetime import date

import pytest

from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import date_of
from sicp.rules.sheet_kind import missing_fields
from sicp.rules.sheet_kind import read_fields
from sicp.rules.sheet_kind import reference_of


@pytest.mark.parametrize(
    ("kind", "name", "typed", "noted"),
    [
        ("official_text", "nor", "ECOM1818593D", "ECOM1818593D"),
        ("official_text", "signed_on", "2018-12-03", date(2018, 12, 3)),
        ("official_text", "signed_on", date(2018, 12, 3), date(2018, 12, 3)),
        ("official_text", "nature", "decree", "decree"),
        ("official_text", "source", "https://example.org/a", "https://example.org/a"),
        (
            "case_law",
            "ecli",
            "ECLI:FR:CECHR:2020:436532.20200304",
            "ECLI:FR:CECHR:2020:436532.20200304",
        ),
        ("practice", "theme", "  Allotissement  ", "Allotissement"),
    ],
)
def test_a_good_value_is_noted(kind, name, typed, noted) -> None:
    fields, faults = read_fields(SHEET_KINDS[kind], {name: typed})
    assert fields == {name: noted}
    assert faults == {}


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        ("official_text", "nor", "nor"),
        ("official_text", "signed_on", "2018-13-03"),
        ("official_text", "nature", "poem"),
        ("official_text", "source", "javascript:alert(1)"),
        ("case_law", "ecli", "ECLI:FR"),
        ("practice", "theme", "x" * 301),
    ],
)
def test_a_wrong_value_is_told_at_its_field(kind, name, typed) -> None:
    fields, faults = read_fields(SHEET_KINDS[kind], {name: typed})
    assert fields == {}
    assert set(faults) == {name}
    assert faults[name].interpolate()


def test_an_article_of_the_code_has_a_number_of_article() -> None:
    kind = SHEET_KINDS["article"]
    fields, faults = read_fields(kind, {"code": "ccp", "number": "L. 2123-1"})
    assert (fields["number"], faults) == ("L2123-1", {})
    assert read_fields(kind, {"code": "ccp", "number": "Annexe 1"})[1] == {}
    assert "number" in read_fields(kind, {"code": "ccp", "number": "douze"})[1]
    assert read_fields(kind, {"code": "other", "number": "douze"})[1] == {}


def test_what_is_unknown_is_left_out_and_what_is_needed_is_asked() -> None:
    kind = SHEET_KINDS["case_law"]
    assert read_fields(kind, {"shoe_size": "42", "court": ""}) == ({}, {})
    assert [f.name for f in missing_fields(kind, {})] == ["court", "decided_on"]


def test_a_sheet_is_known_by_its_reference_and_sorted_by_its_day() -> None:
    day = date(2020, 3, 4)
    fields = {"number": "436532", "decided_on": day}
    assert reference_of("case_law", fields) == "436532"
    assert date_of("case_law", fields) == day
    assert (reference_of("practice", {}), date_of("practice", {})) == ("", None)


@pytest.mark.parametrize("kind", SHEET_KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_titles_and_distinct_fields(kind) -> None:
    names = [field.name for field in kind.fields]
    assert len(names) == len(set(names))
    assert all(field.title.interpolate() for field in kind.fields)
    assert kind.title.interpolate()
    assert kind.plural.interpolate()
