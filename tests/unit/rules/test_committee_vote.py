"""Quorum and majority of the editorial committee."""

import pytest

from sicp.i18n import french
from sicp.rules.committee_vote import outcome_of

COMMITTEE = ("anne", "brice", "chloe", "denis", "emma")


def said(votes: str) -> dict[str, str]:
    """Give the members, in order, the votes written as « ++-0. »."""
    values = {"+": "for", "-": "against", "0": "abstain"}
    return {
        login: values[sign]
        for login, sign in zip(COMMITTEE, votes, strict=False)
        if sign in values
    }


@pytest.mark.parametrize(
    ("votes", "quorum", "majority", "is_carried"),
    [
        ("++-..", 50, "simple", True),
        ("++...", 50, "simple", False),
        ("++...", 40, "simple", True),
        ("+-0..", 50, "simple", False),
        ("+00..", 50, "simple", True),
        ("++00.", 50, "absolute", False),
        ("+++..", 50, "absolute", True),
        ("++-..", 50, "two_thirds", True),
        ("++--.", 50, "two_thirds", False),
        ("000..", 50, "two_thirds", False),
        ("+....", 0, "simple", True),
        (".....", 0, "simple", False),
    ],
)
def test_a_proposal_is_carried_by_quorum_and_majority(
    votes: str, quorum: int, majority: str, is_carried: bool
) -> None:
    outcome = outcome_of(said(votes), COMMITTEE, quorum, majority)
    assert outcome.is_carried is is_carried


def test_the_vote_of_a_stranger_does_not_count() -> None:
    outcome = outcome_of({"zoe": "for", "anne": "against"}, COMMITTEE, 0, "simple")
    assert (outcome.votes_for, outcome.votes_against) == (0, 1)


def test_a_committee_of_nobody_carries_nothing() -> None:
    assert not outcome_of({}, (), 0, "simple").is_carried


def test_what_is_missing_is_told_in_french() -> None:
    one = outcome_of(said("++..."), COMMITTEE, 60, "simple")
    two = outcome_of(said("+...."), COMMITTEE, 60, "simple")
    assert [french(reason) for reason in one.reasons] == [
        "Le quorum n’est pas atteint : il manque un vote."
    ]
    assert "il manque 2 votes" in french(two.reasons[0])


def test_an_unknown_majority_is_refused() -> None:
    with pytest.raises(ValueError, match="fancy"):
        outcome_of(said("+"), COMMITTEE, 0, "fancy")
