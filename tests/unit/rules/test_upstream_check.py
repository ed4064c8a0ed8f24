"""The whole form against the whole law."""

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.i18n import french
from sicp.rules.deadline import PARIS
from sicp.rules.finding import Finding
from sicp.rules.tables import ReferenceTables
from sicp.rules.upstream_check import Buyer
from sicp.rules.upstream_check import check_upstream

CRITERIA = (
    {"title": "Prix", "kind": "price", "weight": Decimal(60)},
    {"title": "Environnement", "kind": "environmental", "weight": Decimal(40)},
)
#: A lawful open call for tenders, sent on 1 September 2026.
LAWFUL: dict[str, Any] = {
    "nature": "services",
    "category": "common_services",
    "estimated_amount": Decimal(400000),
    "procedure": "AOO",
    "contract_form": "ordinary",
    "duration_months": 12,
    "renewals": 3,
    "renewal_months": 12,
    "variants": "forbidden",
    "is_allotted": False,
    "no_lots_reason": "Une seule prestation, sans objet distinct.",
    "advance": "legal",
    "retention_rate": Decimal(3),
    "payment_days": 30,
    "criteria": CRITERIA,
    "turnover_minimum": Decimal(600000),
    "environmental_clause": "Produits d’entretien écolabellisés.",
    "has_social_clause": True,
    "launch_on": date(2026, 9, 1),
    "bids_due_at": datetime(2026, 10, 5, 12, tzinfo=PARIS),
    "questions_due_on": date(2026, 9, 25),
}


def findings(tables: ReferenceTables, **changes: Any) -> tuple[Finding, ...]:
    return check_upstream(LAWFUL | changes, tables)


def codes(tables: ReferenceTables, **changes: Any) -> list[str]:
    return [item.code for item in findings(tables, **changes)]


def test_a_lawful_form_has_no_finding(tables: ReferenceTables) -> None:
    assert codes(tables) == []


def test_without_the_day_of_launch_nothing_is_looked_up(
    tables: ReferenceTables,
) -> None:
    (finding,) = findings(tables, launch_on=None)
    assert (finding.code, finding.field) == ("launch-day-missing", "launch_on")


def test_a_day_whose_law_is_unknown_blocks_once(tables: ReferenceTables) -> None:
    found = findings(tables, launch_on=date(2029, 1, 2), bids_due_at=None)
    assert [item.code for item in found] == ["law-unknown"]
    assert found[0].is_blocking
    assert "n’est connu au 2 janvier 2029" in french(found[0].message)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-08-20", []),
        ("2026-08-21", ["environmental-criterion"]),
        (
            "2026-08-22",
            ["environmental-criterion", "environmental-clause", "social-clause"],
        ),
    ],
)
def test_the_environment_enters_criteria_then_clauses_one_day_apart(
    tables: ReferenceTables, day: str, expected: list[str]
) -> None:
    # R2152-7 from 21 August 2026; L2112-2 and L2112-2-1 from the 22nd.
    plain = (
        {"title": "Prix", "kind": "price", "weight": Decimal(60)},
        {"title": "Valeur technique", "kind": "technical", "weight": Decimal(40)},
    )
    found = codes(
        tables,
        launch_on=date.fromisoformat(day),
        criteria=plain,
        environmental_clause="",
        has_social_clause=False,
    )
    assert found == expected


def test_under_the_european_threshold_no_social_clause_is_owed(
    tables: ReferenceTables,
) -> None:
    # L2112-2-1 I; no estimate, no threshold.
    small = {
        "estimated_amount": Decimal(215999),
        "procedure": "MAPA",
        "has_social_clause": False,
        "turnover_minimum": None,
    }
    assert codes(tables, **small) == []
    assert "social-clause" not in codes(
        tables, estimated_amount=None, has_social_clause=False
    )


def test_the_reason_for_no_social_clause_is_enough(tables: ReferenceTables) -> None:
    found = codes(tables, has_social_clause=False, no_social_reason="Solution prête.")
    assert found == []


class TestProcedure:
    def test_the_adapted_one_is_refused_at_the_threshold(
        self, tables: ReferenceTables
    ) -> None:
        (finding,) = findings(tables, procedure="MAPA")
        assert (finding.code, finding.article) == ("procedure-not-allowed", "L2124-1")
        assert "216 000 €" in french(finding.message).replace("\u00a0", " ")

    def test_an_unknown_one_is_refused(self, tables: ReferenceTables) -> None:
        assert codes(tables, procedure="ZZZ") == ["procedure-not-allowed"]

    def test_a_call_is_not_social_for_other_services(
        self, tables: ReferenceTables
    ) -> None:
        (finding,) = findings(
            tables,
            procedure="MAPA_SOCIAL",
            estimated_amount=Decimal(100000),
            turnover_minimum=None,
        )
        assert (finding.code, finding.article) == ("procedure-not-allowed", "L2120-1")

    def test_one_the_law_keeps_for_cases_needs_its_case(
        self, tables: ReferenceTables
    ) -> None:
        assert "procedure-case-missing" in codes(tables, procedure="SPMC")
        found = codes(tables, procedure="SPMC", procedure_reason="R2122-3")
        assert found == []

    def test_a_freely_chosen_formal_one_only_asks_why(
        self, tables: ReferenceTables
    ) -> None:
        (finding,) = findings(
            tables, estimated_amount=Decimal(100000), turnover_minimum=None
        )
        assert finding.code == "procedure-not-proposed"
        assert not finding.is_blocking

    @pytest.mark.parametrize(
        ("minimum", "expected"), [(4, ["candidates-too-few"]), (5, []), (None, [])]
    )
    def test_a_restricted_call_admits_five_candidates(
        self, tables: ReferenceTables, minimum: int | None, expected: list[str]
    ) -> None:
        # R2142-17 1°.
        found = codes(
            tables,
            procedure="AOR",
            procedure_reason="Sélection utile.",
            candidates_minimum=minimum,
            bids_due_at=datetime(2026, 12, 1, 12, tzinfo=PARIS),
        )
        assert found == expected

    def test_the_minimum_of_candidates_does_not_bind_the_networks(
        self, tables: ReferenceTables
    ) -> None:
        answers = LAWFUL | {
            "estimated_amount": Decimal(500000),
            "procedure": "AOR",
            "procedure_reason": "Sélection utile.",
            "candidates_minimum": 3,
            "bids_due_at": datetime(2026, 12, 1, 12, tzinfo=PARIS),
        }
        assert check_upstream(answers, tables, Buyer("entity")) == ()

    def test_nothing_is_said_before_one_is_chosen(
        self, tables: ReferenceTables
    ) -> None:
        assert codes(tables, procedure=None) == []
        assert codes(tables, nature=None) == []
        negative = codes(tables, estimated_amount=Decimal(-1), procedure="MAPA")
        assert "procedure-not-allowed" not in negative


class TestContract:
    def test_variants_are_always_spoken_of(self, tables: ReferenceTables) -> None:
        assert codes(tables, variants=None) == ["variants-said"]

    @pytest.mark.parametrize("variants", ["allowed", "required"])
    def test_variants_come_with_their_requirements(
        self, tables: ReferenceTables, variants: str
    ) -> None:
        assert codes(tables, variants=variants) == ["variant-requirements"]
        found = codes(tables, variants=variants, variant_requirements="Même délai.")
        assert found == []

    def test_a_framework_counts_its_renewals(self, tables: ReferenceTables) -> None:
        framework = {
            "contract_form": "framework_orders",
            "framework_maximum": Decimal(400000),
        }
        assert codes(tables, **framework) == []
        assert codes(tables, **framework, renewals=4) == ["framework-too-long"]
        assert codes(tables, contract_form="framework_mixed") == ["framework-maximum"]

    def test_a_framework_without_duration_waits_for_it(
        self, tables: ReferenceTables
    ) -> None:
        found = codes(
            tables,
            contract_form="framework_orders",
            framework_maximum=Decimal(400000),
            duration_months=None,
        )
        assert found == []


class TestLots:
    LOTS = (
        {"number": 1, "object": "Nord", "estimated_amount": Decimal(300000)},
        {"number": 2, "object": "Sud", "estimated_amount": Decimal(100000)},
        {"number": 3, "object": "Est"},
    )

    def test_no_lots_needs_a_reason(self, tables: ReferenceTables) -> None:
        assert codes(tables, no_lots_reason=" ") == ["no-lots-reason"]

    def test_lots_stay_within_the_estimate(self, tables: ReferenceTables) -> None:
        lots = {"is_allotted": True, "lots": self.LOTS, "turnover_minimum": None}
        assert codes(tables, **lots) == []
        beyond = codes(tables, **lots | {"estimated_amount": Decimal(399999)})
        assert beyond == ["lots-above-estimate"]

    def test_the_turnover_is_also_judged_lot_by_lot(
        self, tables: ReferenceTables
    ) -> None:
        found = codes(tables, is_allotted=True, lots=self.LOTS)
        assert found == ["turnover-too-high-for-lot"]

    def test_the_advance_is_judged_on_the_largest_lot(
        self, tables: ReferenceTables
    ) -> None:
        lots = {"is_allotted": True, "turnover_minimum": None, "advance": "none"}
        small = ({"object": "A", "estimated_amount": Decimal(50000)},) * 8
        assert codes(tables, **lots, lots=self.LOTS) == ["advance-is-due"]
        assert codes(tables, **lots, lots=small) == []


class TestPrice:
    def test_the_advance_of_a_framework_is_judged_on_its_minimum(
        self, tables: ReferenceTables
    ) -> None:
        # R2191-16 and R2191-17.
        framework = {
            "contract_form": "framework_orders",
            "framework_maximum": Decimal(400000),
            "advance": "none",
        }
        assert codes(tables, **framework) == []
        minimum = {"framework_minimum": Decimal(50001)}
        assert codes(tables, **framework, **minimum) == ["advance-is-due"]

    def test_the_state_has_its_own_terms_for_small_firms(
        self, tables: ReferenceTables
    ) -> None:
        changed = LAWFUL | {"retention_rate": Decimal(5)}
        local = check_upstream(changed, tables)
        central = check_upstream(changed, tables, Buyer("central"))
        assert [item.code for item in local] == ["retention-for-small-firms"]
        assert central == ()

    def test_payment_and_retention_are_checked_once_said(
        self, tables: ReferenceTables
    ) -> None:
        assert codes(tables, payment_days=45) == ["payment-too-late"]
        assert codes(tables, payment_days=None, retention_rate=None) == []


class TestTurnover:
    def test_a_reason_lifts_it(self, tables: ReferenceTables) -> None:
        above = Decimal(600001)
        assert codes(tables, turnover_minimum=above) == ["turnover-too-high"]
        found = codes(tables, turnover_minimum=above, turnover_reason="Risque lourd.")
        assert found == []

    def test_it_waits_for_an_estimate(self, tables: ReferenceTables) -> None:
        assert codes(tables, estimated_amount=None) == []

    def test_a_framework_is_measured_by_its_maximum(
        self, tables: ReferenceTables
    ) -> None:
        # R2142-9.
        found = codes(
            tables,
            contract_form="framework_orders",
            framework_maximum=Decimal(300000),
        )
        assert found == ["turnover-too-high"]


class TestCalendar:
    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            # Sent on 1 September, 30 days end with 1 October at midnight.
            ((2026, 8, 31, 12), ["bids-due-before-launch"]),
            ((2026, 9, 1, 23), ["bids-due-before-launch"]),
            ((2026, 9, 30, 23), ["bids-delay-too-short"]),
            ((2026, 10, 1, 0), ["bids-due-on-last-day"]),
            ((2026, 10, 1, 23), ["bids-due-on-last-day"]),
            ((2026, 10, 2, 0), []),
        ],
    )
    def test_thirty_whole_days_are_left_to_bidders(
        self, tables: ReferenceTables, due: tuple, expected: list[str]
    ) -> None:
        due_at = datetime(*due, tzinfo=PARIS)
        found = codes(tables, bids_due_at=due_at, questions_due_on=None)
        assert found == expected

    def test_the_finding_says_the_days_and_the_last_one(
        self, tables: ReferenceTables
    ) -> None:
        due_at = datetime(2026, 9, 20, 12, tzinfo=PARIS)
        (finding,) = findings(tables, bids_due_at=due_at, questions_due_on=None)
        assert french(finding.message) == (
            "Le délai minimal est de 30 jours. Pour un avis envoyé le 1er septembre "
            "2026, il s’achève le 1er octobre 2026."
        )
        assert finding.article == "R2161-3 2°"

    def test_urgency_halves_the_delay_and_is_justified(
        self, tables: ReferenceTables
    ) -> None:
        urgent = {
            "is_urgent": True,
            "bids_due_at": datetime(2026, 9, 17, 12, tzinfo=PARIS),
            "questions_due_on": None,
        }
        assert codes(tables, **urgent) == ["urgency-reason"]
        assert codes(tables, **urgent, urgency_reason="Sinistre.") == []

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            # Applications until 1 October, then 25 days: 26 October.
            ((2026, 10, 1, 12), ["bids-delay-too-short"]),
            ((2026, 10, 2, 12), ["bids-delays-too-short"]),
            ((2026, 10, 26, 23), ["bids-delays-too-short"]),
            ((2026, 10, 27, 0), []),
        ],
    )
    def test_two_steps_need_both_delays(
        self, tables: ReferenceTables, due: tuple, expected: list[str]
    ) -> None:
        found = codes(
            tables,
            procedure="AOR",
            procedure_reason="Sélection utile.",
            bids_due_at=datetime(*due, tzinfo=PARIS),
            questions_due_on=None,
        )
        assert found == expected

    def test_a_dialogue_only_has_a_delay_of_applications(
        self, tables: ReferenceTables
    ) -> None:
        found = codes(
            tables,
            procedure="DC",
            procedure_reason="R2124-3 2°",
            bids_due_at=datetime(2026, 10, 2, 12, tzinfo=PARIS),
            questions_due_on=None,
        )
        assert found == []

    def test_a_contest_has_no_delay_of_its_own(self, tables: ReferenceTables) -> None:
        found = codes(
            tables,
            procedure="CONCOURS",
            procedure_reason="Œuvre.",
            bids_due_at=datetime(2026, 9, 3, 12, tzinfo=PARIS),
        )
        assert found == []

    @pytest.mark.parametrize(
        ("asked_until", "expected"),
        [
            (date(2026, 9, 29), []),
            (date(2026, 9, 30), ["questions-due-too-late"]),
        ],
    )
    def test_questions_end_six_days_before_bids(
        self, tables: ReferenceTables, asked_until: date, expected: list[str]
    ) -> None:
        # R2132-6; bids are due on 5 October.
        assert codes(tables, questions_due_on=asked_until) == expected

    def test_an_adapted_procedure_only_owes_a_sufficient_delay(
        self, tables: ReferenceTables
    ) -> None:
        # R2151-1.
        found = codes(
            tables,
            estimated_amount=Decimal(100000),
            turnover_minimum=None,
            procedure="MAPA",
            bids_due_at=datetime(2026, 9, 8, 12, tzinfo=PARIS),
            questions_due_on=date(2026, 9, 7),
        )
        assert found == []

    def test_the_networks_have_shorter_applications(
        self, tables: ReferenceTables
    ) -> None:
        answers = LAWFUL | {
            "estimated_amount": Decimal(500000),
            "procedure": "AOR",
            "procedure_reason": "Sélection utile.",
            "bids_due_at": datetime(2026, 10, 15, 12, tzinfo=PARIS),
        }
        assert check_upstream(answers, tables, Buyer("entity")) == ()

    def test_no_limit_for_bids_is_not_judged(self, tables: ReferenceTables) -> None:
        assert codes(tables, bids_due_at=None) == []


@settings(max_examples=150, deadline=None)
@given(
    absent=st.sets(st.sampled_from(sorted(LAWFUL))),
    day=st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 1, 1)),
    procedure=st.sampled_from(["MPI", "MAPA", "AOO", "AOR", "PAN", "DC", "AC", "?"]),
)
def test_a_half_filled_form_is_always_answered_in_french(
    tables: ReferenceTables, absent: set[str], day: date, procedure: str
) -> None:
    answers = LAWFUL | {"launch_on": day, "procedure": procedure}
    for name in absent:
        answers.pop(name, None)
    for finding in check_upstream(answers, tables):
        assert "${" not in french(finding.message)
        assert finding.field
