"""The no-break spaces, apostrophes and ellipses of French."""

import sys

import pytest

from tests.architecture.tree import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

from typography import typeset

FINE = "\N{NARROW NO-BREAK SPACE}"
HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Objet : travaux", f"Objet{HARD}: travaux"),
        ("Un lot ; deux lots ?", f"Un lot{FINE}; deux lots{FINE}?"),
        ("Refusé !", f"Refusé{FINE}!"),
        ("« oui »", f"«{HARD}oui{HARD}»"),
        ("«oui»", f"«{HARD}oui{HARD}»"),
        ("l'offre d'${name}", "l’offre d’${name}"),
        ("1 200 000,50 € HT", f"1{FINE}200{FINE}000,50{HARD}€{HARD}HT"),
        ("${rate} %", f"${{rate}}{HARD}%"),
        ("à 12 h 30", f"à 12{HARD}h{HARD}30"),
        ("lot n° 3", f"lot n°{HARD}3"),
        ("Suite...", "Suite…"),
    ],
)
def test_french_is_set_as_it_is_printed(typed, set_):
    assert typeset(typed) == set_


@pytest.mark.parametrize(
    "typed", ["En 2026 120 lots", "https://exemple.fr/?a=b", "12:30", "${a_name}"]
)
def test_what_is_no_typography_is_left_alone(typed):
    assert typeset(typed) == typed


def test_setting_twice_changes_nothing():
    once = typeset("« L'offre » : 10 000 € ; à 12 h 30 !")
    assert typeset(once) == once
