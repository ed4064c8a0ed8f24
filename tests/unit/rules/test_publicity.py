"""Where a notice must appear."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.rules.procedure import Need
from sicp.rules.publicity import Publicity
from sicp.rules.publicity import required_publicity
from sicp.rules.tables import ReferenceTables

EUROPEAN = (("JOUE",), ("BOAMP",))
NATIONAL = (("BOAMP", "JAL"),)


def publicity(
    tables: ReferenceTables,
    procedure: str,
    amount: str,
    day: str = "2026-05-01",
    category: str = "ict",
    nature: str = "services",
) -> Publicity:
    need = Need(nature, category, Decimal(amount))
    return required_publicity(need, procedure, date.fromisoformat(day), tables)


@pytest.mark.parametrize(
    ("amount", "supports", "model", "is_free"),
    [
        # R2131-12: free under 90 000 €, national model from there.
        ("60000", (), "", True),
        ("89999.99", (), "", True),
        ("90000", NATIONAL, "national", False),
        ("215999", NATIONAL, "national", False),
    ],
)
def test_an_adapted_procedure_is_advertised_by_its_amount(
    tables: ReferenceTables, amount: str, supports: tuple, model: str, is_free: bool
) -> None:
    found = publicity(tables, "MAPA", amount)
    assert (found.supports, found.model, found.is_free) == (supports, model, is_free)
    assert found.has_notice


@pytest.mark.parametrize(
    ("day", "amount", "on_profile"),
    [
        ("2026-03-31", "40000", True),
        ("2026-03-31", "39999.99", False),
        ("2026-04-01", "59999.99", False),
        ("2026-04-01", "60000", True),
    ],
)
def test_the_documents_are_on_the_profile_from_the_threshold_of_the_day(
    tables: ReferenceTables, day: str, amount: str, on_profile: bool
) -> None:
    # R2132-2, written anew on 2026-04-01.
    assert publicity(tables, "MAPA", amount, day).on_buyer_profile is on_profile


@pytest.mark.parametrize("procedure", ["AOO", "AOR", "PAN", "DC", "PI"])
def test_a_formal_procedure_is_advertised_in_europe_even_when_chosen_freely(
    tables: ReferenceTables, procedure: str
) -> None:
    # R2123-6 and R2131-16 1°.
    found = publicity(tables, procedure, "70000")
    assert found.supports == EUROPEAN
    assert found.model == "eforms"


@pytest.mark.parametrize("procedure", ["MPI", "SPMC"])
def test_without_call_there_is_neither_notice_nor_profile(
    tables: ReferenceTables, procedure: str
) -> None:
    found = publicity(tables, procedure, "500000")
    assert found.supports == ()
    assert not found.has_notice
    assert not found.on_buyer_profile


@pytest.mark.parametrize(
    ("amount", "supports", "article"),
    [
        ("749999.99", (), "R2131-14"),
        ("750000", (("JOUE",),), "R2131-15"),
    ],
)
def test_social_services_go_to_europe_from_their_own_threshold(
    tables: ReferenceTables, amount: str, supports: tuple, article: str
) -> None:
    found = publicity(tables, "MAPA_SOCIAL", amount, category="social_services")
    assert found.supports == supports
    assert found.articles[0] == article


def test_the_social_procedure_for_other_services_is_advertised_as_an_adapted_one(
    tables: ReferenceTables,
) -> None:
    assert publicity(tables, "MAPA_SOCIAL", "100000").supports == NATIONAL


@pytest.mark.parametrize(
    ("amount", "supports"), [("215999", NATIONAL), ("216000", EUROPEAN)]
)
def test_a_contest_follows_the_threshold(
    tables: ReferenceTables, amount: str, supports: tuple
) -> None:
    assert publicity(tables, "CONCOURS", amount).supports == supports


@pytest.mark.parametrize(
    ("day", "amount", "is_european"),
    [
        ("2025-12-31", "5404000", False),
        ("2026-01-01", "5404000", True),
        ("2026-01-01", "5403999", False),
    ],
)
def test_a_concession_goes_to_europe_and_to_the_press_from_its_threshold(
    tables: ReferenceTables, day: str, amount: str, is_european: bool
) -> None:
    # R3122-2 and R3126-4.
    found = publicity(tables, "DSP", amount, day)
    assert (("JOUE",) in found.supports) is is_european
    assert (("SPECIALISED_PRESS",) in found.supports) is is_european
    assert ("BOAMP", "JAL") in found.supports
