"""The vote of the editorial committee: quorum, majority, and what is still missing.

No text of law rules this committee: its quorum and its majority are settings.
"""

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from sicp.i18n import _

FOR = "for"
AGAINST = "against"
ABSTAIN = "abstain"
VOTES = (FOR, AGAINST, ABSTAIN)

SIMPLE = "simple"
ABSOLUTE = "absolute"
TWO_THIRDS = "two_thirds"
MAJORITIES = (SIMPLE, ABSOLUTE, TWO_THIRDS)

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a vote stands; ``reasons`` say in French why it is not carried."""

    votes_for: int
    votes_against: int
    abstentions: int
    electors: int
    quorum: int
    reasons: tuple[str, ...]

    @property
    def is_carried(self) -> bool:
        """Tell whether the proposal may be adopted."""
        return not self.reasons


def outcome_of(
    votes: Mapping[str, str],
    electors: Collection[str],
    quorum_percent: int,
    majority: str,
) -> Outcome:
    """Count the votes of those who had a vote when the text was submitted.

    ``simple``: more for than against; ``absolute``: more than half of the electors;
    ``two_thirds``: two votes expressed out of three. An abstention counts for the
    quorum and is no vote expressed. A committee of nobody carries nothing.

    Raises:
        ValueError: the majority is not one of ``MAJORITIES``.
    """
    counted = [value for login, value in votes.items() if login in electors]
    ayes, noes = counted.count(FOR), counted.count(AGAINST)
    quorum = max(1, ceil(len(electors) * quorum_percent / _WHOLE))
    reasons = []
    if len(counted) < quorum:
        reasons.append(_missing_voters(quorum - len(counted)))
    if not _has_majority(ayes, noes, len(electors), majority):
        reasons.append(_MISSING_MAJORITY)
    return Outcome(
        ayes, noes, counted.count(ABSTAIN), len(electors), quorum, tuple(reasons)
    )


def _has_majority(ayes: int, noes: int, electors: int, majority: str) -> bool:
    if majority == SIMPLE:
        return ayes > noes
    if majority == ABSOLUTE:
        return ayes * 2 > electors
    if majority == TWO_THIRDS:
        return ayes > 0 and ayes * 3 >= (ayes + noes) * 2
    raise ValueError(majority)


_MISSING_MAJORITY = _(
    "vote-majority-missing", default="La majorité n’est pas atteinte."
)


def _missing_voters(count: int) -> str:
    if count == 1:
        return _(
            "vote-quorum-missing-one",
            default="Le quorum n’est pas atteint : il manque un vote.",
        )
    return _(
        "vote-quorum-missing",
        default="Le quorum n’est pas atteint : il manque ${count} votes.",
        mapping={"count": count},
    )
