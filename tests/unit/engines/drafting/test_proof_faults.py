"""A shipped canevas broken on purpose, in many ways: the proof finds each of them."""

import pytest

from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import clause_from_data
from tests.unit.engines.drafting import faults_of_clauses
from tests.unit.engines.drafting import faults_of_plans
from tests.unit.engines.drafting.shipped import ERROR
from tests.unit.engines.drafting.shipped import FAULTS
from tests.unit.engines.drafting.shipped import shipped
from tests.unit.engines.drafting.shipped import sound

#: They register what they break when they are read.
BROKEN = (faults_of_clauses, faults_of_plans)
NAMES = [breaks.__name__ for breaks, _, _ in FAULTS]
FEWEST = 50


@pytest.mark.parametrize(("breaks", "severity", "said"), FAULTS, ids=NAMES)
def test_the_proof_finds(breaks, severity, said):
    """By the name of the clause, with a reason in French and what to do."""
    broken = shipped()
    breaks(broken)
    found = [f for f in broken.proof().findings if f not in sound()]
    fitting = [f for f in found if said in f.message and f.severity is severity]
    assert fitting, [f.message for f in found]
    assert any(broken.subject in finding.message for finding in fitting)
    assert all(" ; " in finding.message for finding in fitting)


def test_the_faults_are_many_and_each_its_own():
    assert len(FAULTS) >= FEWEST
    assert len(set(NAMES)) == len(NAMES)


def test_what_is_shipped_has_no_error_before_it_is_broken():
    assert [f.message for f in sound() if f.severity is ERROR] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Pas Bon"}, "l’identifiant « Pas Bon »"),
        ({"kind": "rare"}, "« rare »"),
        ({"condition": "is_allotted"}, "« is_allotted » n’est pas une condition"),
        ({"condition": {"all": "x"}}, "« all » attend une liste"),
        ({"condition": {"not": ["x"]}}, "n’est pas une condition"),
        ({"version": "deux"}, "« deux » n’est pas un nombre entier"),
        ({"valid_from": "hier"}, "« hier »"),
        ({"variables": [{"name": "x", "title": "X", "type": "colour"}]}, "« colour »"),
        ({"derogates": [{"ccag": "fcs"}]}, "« article »"),
    ],
)
def test_a_clause_that_cannot_even_be_read_is_refused_by_its_title(change, said):
    broken = shipped()
    clause = broken.victim()
    with pytest.raises(LoadError) as caught:
        clause_from_data({**clause, **change})
    assert str(caught.value).startswith(f"clause « {clause['title']} »")
    assert said in str(caught.value)
    assert " ; " in str(caught.value)
