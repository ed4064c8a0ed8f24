"""Companies are known by their number, once."""

import pytest

from sicp.operations.company import company_name
from sicp.operations.company import know_company

_SIRET = "73282932000074"


@pytest.fixture
def know(site, doing):
    """Meet a company."""

    def meet(identifier, kind="SIRET", title="Dupont"):
        return know_company(site, identifier, kind, title, **doing.by)

    return meet


def test_a_company_is_made_once(site, know):
    assert know(_SIRET) is know(_SIRET, title="Another spelling")
    assert len(site["entreprises"]) == 1
    assert know(_SIRET).title == "Dupont"


def test_a_name_is_taken_when_there_was_none(know):
    assert know(_SIRET, title="").title == ""
    assert know(_SIRET, title="Dupont").title == "Dupont"


def test_a_wrong_key_is_kept_and_told(know):
    assert know(_SIRET).is_identifier_valid
    assert not know("73282932000075").is_identifier_valid
    assert know("FR40303265045", "TVA").is_identifier_valid


def test_without_a_number_the_name_tells_them_apart(site, know):
    assert know("", "", "Dupont") is not know("", "", "Durand")
    assert know("", "", "Dupont") is know("", "", "Dupont")
    assert len(site["entreprises"]) == 2


@pytest.mark.parametrize("identifier", ["../etc", "a/b", "É & Cie", "x" * 300, "@@x"])
def test_any_number_makes_an_address(identifier):
    name = company_name(identifier, "HORS-UE", "")
    assert 0 < len(name) <= 60
    assert "/" not in name
    assert not name.startswith("@@")
