"""SIRET numbers, with the exception of La Poste."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.i18n import french
from sicp.rules.siret import is_valid_siret
from sicp.rules.siret import normalize_siret
from sicp.rules.siret import siren_of
from sicp.rules.siret import siret_problem

REAL_DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data"))


@pytest.mark.parametrize(
    "written",
    [
        "13001898900017",
        "130 018 989 00017",
        "130.018.989.00017",
        # La Poste: its head office follows Luhn, the others a sum of five.
        "35600000000048",
        "35600000009075",
    ],
)
def test_a_right_number_has_no_problem(written: str) -> None:
    assert siret_problem(written) is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "Indiquez le numéro SIRET."),
        ("  ", "Indiquez le numéro SIRET."),
        ("1300189890001A", "Un SIRET ne contient que des chiffres."),
        ("1300189890001", "Un SIRET compte 14 chiffres. Celui-ci en a 13."),
        (
            "13001898900018",
            "La clé de ce SIRET est fausse. Vérifiez chaque chiffre.",
        ),
        (
            "35600000009076",
            "La clé de ce SIRET est fausse. Vérifiez chaque chiffre.",
        ),
    ],
)
def test_a_wrong_number_is_explained(written: str, message: str) -> None:
    problem = siret_problem(written)
    assert problem is not None
    assert french(problem) == message


def test_the_legal_unit_is_the_first_nine_figures() -> None:
    assert siren_of("130 018 989 00017") == "130018989"


@given(st.text(max_size=20))
def test_any_text_is_judged_without_error(written: str) -> None:
    assert is_valid_siret(written) == (siret_problem(written) is None)
    if is_valid_siret(written):
        assert len(normalize_siret(written)) == 14


@given(st.integers(min_value=0, max_value=13), st.integers(min_value=1, max_value=9))
def test_one_wrong_figure_is_always_seen(place: int, shift: int) -> None:
    right = "13001898900017"
    figure = str((int(right[place]) + shift) % 10)
    assert not is_valid_siret(right[:place] + figure + right[place + 1 :])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("siret_acheteurs_2024H2.csv", 4), ("siret_titulaires_2024H2.csv", 10)],
)
def test_the_real_numbers_that_fail_their_key_are_the_known_ones(
    name: str, wrong: int
) -> None:
    path = REAL_DATA / "geo" / name
    if not path.exists():
        pytest.skip(f"real data absent: {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    failing = [row["siret"] for row in rows if not is_valid_siret(row["siret"])]
    assert len(failing) == wrong
