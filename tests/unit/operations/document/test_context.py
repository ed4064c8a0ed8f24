"""What documents know that nobody types."""

from datetime import date
from decimal import Decimal

import pytest

from sicp.operations.document import answers_for_drafting
from sicp.operations.document import context_answers
from sicp.operations.document import drafting_fields
from sicp.operations.document.context import spaced_siret

ON = date(2026, 11, 23)


def test_the_buyer_comes_from_the_settings_of_the_body(site, consultation) -> None:
    context = context_answers(site, consultation, ON)
    assert context["buyer_name"] == "Région Île-des-Alpes"
    assert context["buyer_court"] == "Tribunal administratif de Montclar"
    assert context["buyer_siret"] == "999 001 001 00018".replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    assert context["responsible_name"] == "Service maintenance"
    assert context["reference"] == consultation.reference


def test_renewals_count_in_the_total_duration(site, consultation) -> None:
    assert context_answers(site, consultation, ON)["total_duration_months"] == 48
    del consultation.answers["duration_months"]
    assert context_answers(site, consultation, ON)["total_duration_months"] is None


def test_lots_count_only_when_the_contract_is_allotted(site, consultation) -> None:
    assert context_answers(site, consultation, ON)["lots_count"] == 3
    consultation.answers["is_allotted"] = False
    assert context_answers(site, consultation, ON)["lots_count"] == 0


@pytest.mark.parametrize(
    ("procedure", "is_formal", "days"), [("AOO", True, 30), ("MAPA", False, None)]
)
def test_the_law_tells_the_formality_and_the_delay(
    site, consultation, procedure, is_formal, days
) -> None:
    consultation.answers["procedure"] = procedure
    context = context_answers(site, consultation, ON)
    assert (context["is_formal"], context["minimum_bid_days"]) == (is_formal, days)


@pytest.mark.parametrize(
    ("procedure", "amount", "is_small"),
    [
        ("MAPA", 89999, True),
        ("MAPA", 90000, False),
        ("MAPA", None, None),
        ("AOO", 50000, False),
        ("MPI", 50000, False),
        ("MAPA_SOCIAL", 50000, True),
    ],
)
def test_a_procedure_under_the_national_notice_is_small(
    site, consultation, procedure, amount, is_small
) -> None:
    given = None if amount is None else Decimal(amount)
    consultation.answers.update(procedure=procedure, estimated_amount=given)
    assert context_answers(site, consultation, ON)["is_small"] is is_small


def test_urgency_shortens_the_delay(site, consultation) -> None:
    consultation.answers["is_urgent"] = True
    assert context_answers(site, consultation, ON)["minimum_bid_days"] == 15


def test_without_procedure_the_law_says_nothing(site, consultation) -> None:
    del consultation.answers["procedure"]
    assert "is_formal" not in context_answers(site, consultation, ON)


def test_the_form_prevails_over_what_a_piece_says(site, consultation) -> None:
    own = {"place": "ailleurs", "court": "un autre", "revision_month": "mars"}
    answers = answers_for_drafting(site, consultation, own, ON)
    assert answers["place"] == consultation.answers["place"]
    assert answers["revision_month"] == "mars"


def test_a_procedure_is_printed_by_its_name() -> None:
    field = drafting_fields(ON)["procedure"]
    assert field.choice_title("AOO") == "Appel d’offres ouvert"


def test_a_siret_that_is_none_is_left_as_written() -> None:
    assert spaced_siret("en cours") == "en cours"
