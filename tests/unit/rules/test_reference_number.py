"""Numbers of consultations and of contracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.i18n import french
from sicp.rules.reference_number import ReferenceNumber
from sicp.rules.reference_number import contract_id_problem
from sicp.rules.reference_number import contract_uid
from sicp.rules.reference_number import parse_reference_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2026-0123", ReferenceNumber(2026, 123)),
        (" 2026-0123 ", ReferenceNumber(2026, 123)),
        ("lyc-2026-0001", ReferenceNumber(2026, 1, "LYC")),
        ("2026-10000", ReferenceNumber(2026, 10000)),
    ],
)
def test_a_number_is_read_as_a_person_writes_it(
    written: str, number: ReferenceNumber
) -> None:
    assert parse_reference_number(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "2026", "2026-1", "2026-0000", "1899-0001", "26-0001", "É-2026-0001"],
)
def test_what_is_no_number_is_not_read(written: str) -> None:
    assert parse_reference_number(written) is None


@given(
    st.integers(min_value=1900, max_value=2199),
    st.integers(min_value=1, max_value=999999),
    st.from_regex(r"([A-Z][A-Z0-9]{0,7})?", fullmatch=True),
)
def test_a_number_written_is_read_back(year: int, sequence: int, body: str) -> None:
    number = ReferenceNumber(year, sequence, body)
    assert parse_reference_number(str(number)) == number


@pytest.mark.parametrize(
    ("year", "sequence", "body"),
    [(26, 1, ""), (2026, 0, ""), (2026, 1000000, ""), (2026, 1, "lyc")],
)
def test_a_number_that_could_not_be_read_back_is_refused(
    year: int, sequence: int, body: str
) -> None:
    with pytest.raises(ValueError, match=r"year|rank|body"):
        ReferenceNumber(year, sequence, body)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_without_error(written: str) -> None:
    number = parse_reference_number(written)
    assert number is None or str(number)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2026000123000001", None),
        ("", "Indiquez le numéro du contrat."),
        (
            "20260001230000012",
            "Le numéro du contrat compte 16 caractères au plus. Celui-ci en a 17.",
        ),
        ("2026 0001", "Le numéro du contrat ne contient pas d’espace."),
    ],
)
def test_a_contract_number_has_one_to_sixteen_characters(
    written: str, message: str | None
) -> None:
    problem = contract_id_problem(written)
    assert (problem and french(problem)) == message


def test_the_national_key_is_the_buyer_then_the_number() -> None:
    assert contract_uid("13001898900017", "2019I17") == "130018989000172019I17"
