"""Thresholds at the borders of their periods."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.i18n import french
from sicp.rules.tables import ReferenceTables
from sicp.rules.threshold import NoThreshold
from sicp.rules.threshold import exemption_threshold
from sicp.rules.threshold import formal_threshold
from sicp.rules.threshold import small_lot_threshold


@pytest.mark.parametrize(
    ("code", "day", "amount"),
    [
        # Annexe 2 of the code: notices of 2023-12-07 and of 2026-01-13.
        ("FORMALISE_FS_LOCAL", "2025-12-31", 221000),
        ("FORMALISE_FS_LOCAL", "2026-01-01", 216000),
        ("FORMALISE_FS_LOCAL", "2027-12-31", 216000),
        ("FORMALISE_FS_CENTRAL", "2025-12-31", 143000),
        ("FORMALISE_FS_CENTRAL", "2026-01-01", 140000),
        ("FORMALISE_FS_ENTITE", "2025-12-31", 443000),
        ("FORMALISE_FS_ENTITE", "2026-01-01", 432000),
        ("FORMALISE_TRAVAUX", "2025-12-31", 5538000),
        ("FORMALISE_TRAVAUX", "2026-01-01", 5404000),
        ("CONCESSION_UE", "2025-12-31", 5538000),
        ("CONCESSION_UE", "2026-01-01", 5404000),
        ("TRANSMISSION_CONTROLE_LEGALITE", "2025-12-31", 221000),
        ("TRANSMISSION_CONTROLE_LEGALITE", "2026-01-01", 216000),
        # R2122-8 and R2132-2, written anew on 2026-04-01.
        ("DISPENSE_FS", "2026-03-31", 40000),
        ("DISPENSE_FS", "2026-04-01", 60000),
        ("PROFIL_ACHETEUR_DCE", "2026-03-31", 40000),
        ("PROFIL_ACHETEUR_DCE", "2026-04-01", 60000),
        ("DISPENSE_TRAVAUX", "2025-12-31", 100000),
        ("DISPENSE_TRAVAUX", "2026-01-01", 100000),
        ("DISPENSE_TRAVAUX", "2020-07-23", 40000),
        ("DISPENSE_TRAVAUX", "2020-07-24", 70000),
        ("DISPENSE_TRAVAUX", "2020-12-08", 70000),
        ("DISPENSE_TRAVAUX", "2020-12-09", 100000),
        ("SERVICES_SOCIAUX_UE", "2026-08-22", 750000),
        ("PUBLICITE_BOAMP_JAL", "2026-08-22", 90000),
        ("DECP_PUBLICATION", "2026-08-22", 40000),
        ("AVANCE", "2026-08-22", 50000),
    ],
)
def test_the_amount_in_force_changes_on_its_first_day(
    tables: ReferenceTables, code: str, day: str, amount: int
) -> None:
    threshold = tables.thresholds.at(code, date.fromisoformat(day))
    assert threshold.amount_excl_tax == amount


@pytest.mark.parametrize("day", ["2017-12-31", "2028-01-01"])
def test_a_day_no_notice_covers_has_no_threshold_rather_than_the_nearest(
    tables: ReferenceTables, day: str
) -> None:
    with pytest.raises(NoThreshold) as caught:
        tables.thresholds.at("FORMALISE_FS_LOCAL", date.fromisoformat(day))
    assert french(caught.value.message).startswith(
        "Aucun seuil « FORMALISE_FS_LOCAL » n’est connu au "
    )


def test_there_are_forty_nine_dated_thresholds_each_with_its_source(
    tables: ReferenceTables,
) -> None:
    rows = tuple(tables.thresholds)
    assert len(rows) == 49
    assert all(row.source and row.title for row in rows)
    assert {row.confidence for row in rows} == {"verified", "secondary", "memory"}


def test_works_in_2027_keep_the_dispensation_the_code_gives(
    tables: ReferenceTables,
) -> None:
    # 140 000 € in 2027 was announced but is not in the code.
    threshold = exemption_threshold("works", date(2027, 1, 1), tables.thresholds)
    assert threshold.amount_excl_tax == 100000


@pytest.mark.parametrize(
    ("buyer_kind", "amount"),
    [("local", 216000), ("central", 140000), ("entity", 432000)],
)
def test_supplies_depend_on_the_buyer_and_works_do_not(
    tables: ReferenceTables, buyer_kind: str, amount: int
) -> None:
    on = date(2026, 5, 1)
    supplies = formal_threshold("supplies", buyer_kind, on, tables.thresholds)
    works = formal_threshold("works", buyer_kind, on, tables.thresholds)
    assert (supplies.amount_excl_tax, works.amount_excl_tax) == (amount, 5404000)


def test_an_unknown_kind_of_buyer_is_an_error(tables: ReferenceTables) -> None:
    with pytest.raises(KeyError):
        formal_threshold("services", "martian", date(2026, 5, 1), tables.thresholds)


@pytest.mark.parametrize(
    ("nature", "exempted", "small_lot"),
    [("works", 100000, 1000000), ("services", 60000, 80000)],
)
def test_dispensation_and_small_lots_depend_on_the_nature(
    tables: ReferenceTables, nature: str, exempted: int, small_lot: int
) -> None:
    on = date(2026, 5, 1)
    dispensation = exemption_threshold(nature, on, tables.thresholds)
    lot = small_lot_threshold(nature, on, tables.thresholds)
    assert (dispensation.amount_excl_tax, lot.amount_excl_tax) == (exempted, small_lot)


def test_reaching_is_equal_or_above_and_exceeding_strictly_above(
    tables: ReferenceTables,
) -> None:
    threshold = tables.thresholds.at("AVANCE", date(2026, 5, 1))
    exactly = Decimal(50000)
    assert threshold.is_reached_by(exactly)
    assert not threshold.is_exceeded_by(exactly)
    assert not threshold.is_reached_by(exactly - Decimal("0.01"))
    assert threshold.is_exceeded_by(exactly + Decimal("0.01"))
