"""What is wrong in a proposal is told before the committee reads it."""

from datetime import date
from typing import Any

import pytest

from sicp.clock import legal_day
from sicp.engines.drafting.findings import Severity
from sicp.exceptions import StateError
from sicp.operations.clause import clauses_of
from sicp.operations.clause.proof import findings_of_clause
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_retirement
from sicp.operations.clause.proposal import write_proposal
from sicp.operations.document.sample import sample_clause
from sicp.operations.document.submission import check_proposal
from sicp.operations.document.submission import submit_proposal

CLAUSE = "price-revisable"


@pytest.fixture
def on(doing: Any) -> date:
    """The day of the tests."""
    return legal_day(doing.now)


@pytest.fixture
def proposal(site: Any, library: Any, doing: Any) -> Any:
    """A proposal in draft on a clause that canevas call."""
    return propose_amendment(site, CLAUSE, **doing.by)


def written(proposal: Any, doing: Any, **changes: Any) -> None:
    write_proposal(proposal, {**proposal.data, **changes}, **doing.by)


def errors_of(site: Any, proposal: Any, on: date) -> list[str]:
    found = check_proposal(site, proposal, on)
    return [item.message for item in found if item.severity is Severity.ERROR]


def test_no_clause_shipped_has_an_error(site, library, on) -> None:
    wrong = [
        finding.message
        for clause in clauses_of(library)
        for finding in findings_of_clause(site, clause.current.data, on)
        if finding.severity is Severity.ERROR
    ]
    assert wrong == []


def test_every_clause_shipped_can_be_seen_as_printed(site, library, on) -> None:
    wrong = []
    for clause in clauses_of(library):
        sample = sample_clause(site, clause.current.data, on)
        if sample.problems or not sample.html:
            wrong.append((clause.clause_id, sample.problems))
    assert wrong == []


def test_a_clause_is_printed_with_the_answers_of_a_consultation(
    site, consultation, on
) -> None:
    data = {"id": "new", "title": "Objet", "text": "Pour {object}."}
    html = sample_clause(site, data, on, consultation).html
    assert consultation.object in html.replace("&#x27;", "'")


def test_a_clause_left_out_is_shown_and_said_so(site, consultation, on) -> None:
    condition = {"field": "object", "operator": "empty"}
    data = {"id": "new", "title": "Objet", "text": "Mots.", "condition": condition}
    sample = sample_clause(site, data, on, consultation)
    assert "Mots." in sample.html
    assert sample.holds is False


def test_a_proposal_that_changes_nothing_has_no_fault(site, proposal, on) -> None:
    assert check_proposal(site, proposal, on) == ()


def test_an_unknown_name_is_told(site, proposal, on, doing) -> None:
    written(proposal, doing, text="Le prix de {marque}.")
    assert any("« marque »" in said for said in errors_of(site, proposal, on))


def test_a_reference_nowhere_is_told(site, proposal, on, doing) -> None:
    written(proposal, doing, text="Voir {ref:nowhere|ailleurs}.")
    assert any("« nowhere »" in said for said in errors_of(site, proposal, on))


def test_a_reference_out_of_a_canevas_that_calls_it_is_told(
    site, proposal, on, doing
) -> None:
    written(proposal, doing, text="Voir {ref:consultation-files}.")
    assert any(
        "absente de ce canevas" in said for said in errors_of(site, proposal, on)
    )


def test_a_condition_that_leaves_a_group_empty_is_laid_on_the_proposal(
    site, proposal, on, doing
) -> None:
    condition = {"field": "price_variation", "operator": "is", "value": "fixed"}
    written(proposal, doing, condition=condition)
    assert errors_of(site, proposal, on)


def test_a_faulty_text_is_not_submitted(site, proposal, doing) -> None:
    written(proposal, doing, text="Le prix de {marque}.")
    with pytest.raises(StateError, match="proposal-faulty"):
        submit_proposal(proposal, **doing.by)
    assert proposal_state(proposal) == "draft"


def test_a_sound_text_is_submitted(proposal, doing) -> None:
    submit_proposal(proposal, **doing.by)
    assert proposal_state(proposal) == "review"


def test_a_retirement_has_no_text_to_check(site, library, on, doing) -> None:
    proposal = propose_retirement(site, CLAUSE, reason="Abrogée.", **doing.by)
    assert check_proposal(site, proposal, on) == ()
    move_proposal(proposal, "submit", **doing.by)
