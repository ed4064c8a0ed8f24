"""The letters and forms of a procedure say what the code asks them to say."""

import re
from typing import Any

import pytest

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.html import render
from sicp.engines.drafting.layout import Layout
from tests.unit.seed.shipped import concrete_canevas
from tests.unit.seed.shipped import shipped_library
from tests.unit.seed.shipped import written_answers

#: The mentions of article R. 2184-2, by the clause that bears each.
PRESENTATION = {
    "presentation-buyer",
    "presentation-candidates",
    "presentation-rejected",
    "presentation-holder",
}

LETTERS = [n for n, c in concrete_canevas().items() if c.layout is Layout.LETTER]
FORMS = [n for n, c in concrete_canevas().items() if c.layout is Layout.FORM]


def written(name: str, **answers: Any) -> Draft:
    """Assemble a letter for a consultation true to life."""
    known = {**written_answers()["cleaning_three_lots"], **answers}
    return assemble(concrete_canevas()[name], shipped_library(), known, DRAFTING_FIELDS)


def words(draft: Draft) -> str:
    """Return the words of a document, with plain spaces."""
    text = re.sub(r"<[^>]+>", " ", render(draft)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def kept(draft: Draft) -> set[str]:
    return {s.trace.clause_id for s in draft.walk() if s.trace}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_opens_on_its_address_and_has_a_subject(name: str) -> None:
    canevas = concrete_canevas()[name]
    first = canevas.parts[0]
    assert isinstance(first, ClauseUse)
    address = shipped_library().clause(first.clause)
    assert address is not None
    assert not address.has_heading
    types = [variable.type.value for variable in address.variables]
    assert {"text", "long_text", "date"} <= set(types)
    assert canevas.cover is not None
    assert canevas.cover.title.startswith("Objet : ")


@pytest.mark.parametrize("name", LETTERS)
def test_the_titles_of_a_letter_bear_no_number(name: str) -> None:
    labels = [section.label for section in written(name).walk()]
    assert set(labels) == {""}


def test_the_titles_of_a_form_are_numbered_and_it_has_no_article() -> None:
    for name in FORMS:
        draft = written(name)
        labels = [section.label for section in draft.walk() if section.label]
        assert labels[0] == "1."
        assert "Article 1 " not in words(draft)


def test_a_rejected_bid_is_told_the_winner_the_reasons_and_the_day_of_signature() -> (
    None
):
    said = words(
        written(
            "letter-rejection-offer",
            offer_rejection="ranked",
            offer_rank=3,
            offer_reasons="Un prix plus élevé.",
            winner_name="Alpes Nettoyage",
            winner_reasons="Un encadrant par site.",
            signature_from_on="2027-03-15",
        )
    )
    for told in (
        "Un prix plus élevé.",
        "rang n° 3",
        "attribué à Alpes Nettoyage",
        "Un encadrant par site.",
        "ne sera pas signé avant le 15 mars 2027",
        "référé précontractuel",
        "tribunal administratif de Lyon",
    ):
        assert told in said


def test_a_bid_put_aside_has_no_marks_and_an_adapted_procedure_no_standstill() -> None:
    draft = written(
        "letter-rejection-offer",
        offer_rejection="irregular",
        procedure="MAPA",
        is_formal=False,
    )
    assert kept(draft).isdisjoint({"rejection-offer-marks", "rejection-standstill"})
    assert "irrégulière au sens de l’article L. 2152-2" in words(draft)


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("candidature", "R. 2144-2"),
        ("explanation", "R. 2144-6"),
        ("regularisation", "R. 2152-2"),
        ("price", "R. 2152-3"),
    ],
)
def test_a_request_rests_on_the_article_of_its_kind_alone(
    kind: str, article: str
) -> None:
    said = words(written("letter-complements", complements_kind=kind))
    cited = set(re.findall(r"[LR]\. \d+-\d+", said))
    assert cited == {article}


def test_the_final_bid_of_a_dialogue_has_its_deadline_and_its_opening_has_none() -> (
    None
):
    dated = {"procedure": "DC", "final_tenders_due_at": "2027-05-03T12:00"}
    opening = words(written("letter-invitation", **dated))
    final = words(written("letter-invitation", dialogue_stage="final", **dated))
    assert "3 mai 2027" not in opening
    assert "offre finale" in final
    assert "3 mai 2027 à 12 h 00" in final


def test_the_presentation_report_holds_the_mentions_of_the_code() -> None:
    report = written("report-presentation", has_social_clause=False)
    assert kept(report) >= PRESENTATION | {"presentation-conflicts"}
    alone = written("report-presentation", is_allotted=False, no_lots_reason="Un bloc.")
    assert "presentation-no-lots" in kept(alone)
    assert "presentation-no-lots" not in kept(report)


def test_minutes_and_analysis_have_a_table_for_each_lot() -> None:
    for name, clause in (
        ("minutes-opening", "minutes-offers-lot"),
        ("report-analysis", "report-scores-lot"),
    ):
        traces = [s.trace for s in written(name).walk() if s.trace]
        assert sum(t.clause_id == clause for t in traces) == len(
            written_answers()["cleaning_three_lots"]["lots"]
        )
