"""The procedure proposed: exactly at a threshold, and on each day of change."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.i18n import french
from sicp.rules.dated import NoValueInForce
from sicp.rules.procedure import Need
from sicp.rules.procedure import level_of
from sicp.rules.procedure import propose_procedure
from sicp.rules.tables import ReferenceTables
from sicp.rules.threshold import NoThreshold


def need(
    amount: str,
    nature: str = "services",
    category: str = "common_services",
    buyer_kind: str = "local",
) -> Need:
    return Need(nature, category, Decimal(amount), buyer_kind)


@pytest.mark.parametrize(
    ("nature", "amount", "day", "procedure"),
    [
        ("services", "39999.99", "2026-03-31", "MPI"),
        ("services", "40000", "2026-03-31", "MAPA"),
        ("services", "40000", "2026-04-01", "MPI"),
        ("services", "59999.99", "2026-04-01", "MPI"),
        ("services", "60000", "2026-04-01", "MAPA"),
        ("services", "220999.99", "2025-12-31", "MAPA"),
        ("services", "221000", "2025-12-31", "AOO"),
        ("services", "216000", "2025-12-31", "MAPA"),
        ("services", "216000", "2026-01-01", "AOO"),
        ("services", "215999.99", "2026-01-01", "MAPA"),
        ("supplies", "216000", "2026-08-21", "AOO"),
        ("works", "99999.99", "2026-04-01", "MPI"),
        ("works", "100000", "2026-04-01", "MAPA"),
        ("works", "5403999.99", "2026-01-01", "MAPA"),
        ("works", "5404000", "2026-01-01", "AOO"),
        ("works", "5404000", "2025-12-31", "MAPA"),
        ("works", "5538000", "2025-12-31", "AOO"),
        ("works", "0", "2026-05-01", "MPI"),
    ],
)
def test_the_threshold_itself_is_already_above(
    tables: ReferenceTables, nature: str, amount: str, day: str, procedure: str
) -> None:
    proposed = propose_procedure(need(amount, nature), date.fromisoformat(day), tables)
    assert proposed.procedure == procedure
    assert proposed.allows(procedure)


@pytest.mark.parametrize(
    ("buyer_kind", "procedure"),
    [("local", "MAPA"), ("central", "AOO"), ("entity", "MAPA")],
)
def test_two_hundred_thousand_euros_are_formal_for_the_state_alone(
    tables: ReferenceTables, buyer_kind: str, procedure: str
) -> None:
    asked = need("200000", buyer_kind=buyer_kind)
    assert propose_procedure(asked, date(2026, 5, 1), tables).procedure == procedure


def test_social_services_are_adapted_whatever_their_amount(
    tables: ReferenceTables,
) -> None:
    # R2123-1 3°: « quelle que soit la valeur estimée du besoin ».
    asked = need("3000000", category="social_services")
    proposed = propose_procedure(asked, date(2026, 5, 1), tables)
    assert (proposed.procedure, proposed.level) == ("MAPA_SOCIAL", "social")
    assert "AOO" in proposed.alternatives
    assert "quel que soit leur montant" in french(proposed.explanation)


def test_small_social_services_may_go_without_call_or_with_the_adapted_procedure(
    tables: ReferenceTables,
) -> None:
    asked = need("59999", category="social_services")
    proposed = propose_procedure(asked, date(2026, 5, 1), tables)
    assert proposed.procedure == "MPI"
    assert proposed.allows("MAPA_SOCIAL")


def test_the_buyer_may_say_himself_that_services_are_social(
    tables: ReferenceTables,
) -> None:
    asked = Need("services", "ict", Decimal(300000), is_social=True)
    assert level_of(asked, date(2026, 5, 1), tables) == "social"
    denied = Need("services", "social_services", Decimal(300000), is_social=False)
    assert level_of(denied, date(2026, 5, 1), tables) == "formal"


def test_the_explanation_says_the_amount_the_threshold_and_the_day(
    tables: ReferenceTables,
) -> None:
    proposed = propose_procedure(need("216000"), date(2026, 4, 1), tables)
    text = french(proposed.explanation).replace("\u00a0", " ")
    assert text == (
        "Le besoin, estimé à 216 000 € HT, atteint le seuil européen de 216 000 € HT "
        "en vigueur le 1er avril 2026. Une procédure formalisée est obligatoire."
    )
    assert proposed.threshold.code == "FORMALISE_FS_LOCAL"
    assert "R2124-2 1°" in proposed.articles


def test_at_the_formal_level_no_adapted_procedure_is_left(
    tables: ReferenceTables,
) -> None:
    proposed = propose_procedure(need("216000"), date(2026, 4, 1), tables)
    assert proposed.alternatives == ("AOR", "PAN", "DC", "SPMC", "CONCOURS", "PI")
    assert proposed.conditional == ("PAN", "DC", "SPMC", "PI")
    assert not proposed.allows("MAPA")
    assert not proposed.allows("MPI")


def test_the_networks_may_freely_negotiate_and_the_others_may_not(
    tables: ReferenceTables,
) -> None:
    # R2124-4.
    on = date(2026, 4, 1)
    entity = propose_procedure(need("432000", buyer_kind="entity"), on, tables)
    local = propose_procedure(need("432000"), on, tables)
    assert entity.allows("PAN_EA")
    assert "PAN_EA" not in entity.conditional
    assert not local.allows("PAN_EA")


@pytest.mark.parametrize("technique", ["AC", "MS", "BC", "SAD", "AVENANT"])
def test_techniques_and_amendments_are_never_procedures_one_chooses(
    tables: ReferenceTables, technique: str
) -> None:
    on = date(2026, 5, 1)
    assert technique not in {item.code for item in tables.procedures.choosable(on)}


def test_a_formal_procedure_may_be_chosen_under_the_thresholds(
    tables: ReferenceTables,
) -> None:
    # R2123-6: chosen freely, then applied in its entirety.
    proposed = propose_procedure(need("70000"), date(2026, 5, 1), tables)
    assert proposed.allows("AOO")


def test_a_day_without_threshold_proposes_nothing(tables: ReferenceTables) -> None:
    with pytest.raises(NoThreshold):
        propose_procedure(need("300000"), date(2028, 1, 1), tables)


def test_a_procedure_not_yet_in_the_code_is_not_proposed(
    tables: ReferenceTables,
) -> None:
    with pytest.raises(NoValueInForce):
        propose_procedure(need("10000"), date(2018, 6, 1), tables)


def test_a_need_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="nature"):
        need("1", nature="concession")
    with pytest.raises(ValueError, match="negative"):
        need("-1")


@settings(max_examples=300)
@given(
    amount=st.decimals(min_value=0, max_value=10**8, places=2),
    nature=st.sampled_from(["works", "supplies", "services"]),
    buyer_kind=st.sampled_from(["local", "central", "entity"]),
    day=st.dates(min_value=date(2020, 1, 1), max_value=date(2027, 12, 31)),
)
def test_a_need_that_reaches_the_european_threshold_is_always_formal(
    tables: ReferenceTables, amount: Decimal, nature: str, buyer_kind: str, day: date
) -> None:
    asked = Need(nature, "ict", amount, buyer_kind)
    proposed = propose_procedure(asked, day, tables)
    code = {
        "local": "FORMALISE_FS_LOCAL",
        "central": "FORMALISE_FS_CENTRAL",
        "entity": "FORMALISE_FS_ENTITE",
    }[buyer_kind]
    code = "FORMALISE_TRAVAUX" if nature == "works" else code
    european = tables.thresholds.at(code, day).amount_excl_tax
    assert (proposed.level == "formal") == (amount >= european)
    assert tables.procedures.at(proposed.procedure, day).is_formal == (
        proposed.level == "formal"
    )
