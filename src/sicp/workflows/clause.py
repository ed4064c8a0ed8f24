"""The life of a proposal of the editorial committee, and who does what in it.

A text is written, put to the committee, voted, then published with the next version of
the clausier, in force from the day that version tells. A clause itself has no state of
its own: it is in force by its versions, and retired by a proposal of retirement.
"""

from typing import Any

from sicp.i18n import _
from sicp.permissions import EDIT_LIBRARY
from sicp.permissions import PUBLISH_LIBRARY
from sicp.rules.committee_vote import outcome_of
from sicp.workflows.base import ANYWHERE
from sicp.workflows.base import NOBODY
from sicp.workflows.base import State
from sicp.workflows.base import Transition
from sicp.workflows.base import WorkflowTable
from sicp.workflows.base import build_workflow

A = ANYWHERE
N = NOBODY


def is_carried(proposal: Any) -> list[str]:  # noqa: ANN401
    """Say why the committee has not adopted a proposal; empty when it has."""
    votes = {login: vote.value for login, vote in proposal.votes.items()}
    return list(
        outcome_of(
            votes, proposal.electors, proposal.quorum_percent, proposal.majority
        ).reasons
    )


TABLE = WorkflowTable(
    name="proposal",
    content_type="Proposal",
    states=(
        State("draft", _("proposal-draft", default="En rédaction")),
        State("review", _("proposal-review", default="En examen")),
        State("adopted", _("proposal-adopted", default="Adoptée")),
        State("in_force", _("proposal-in-force", default="Publiée")),
        State("refused", _("proposal-refused", default="Refusée")),
        State("withdrawn", _("proposal-withdrawn", default="Retirée")),
    ),
    transitions=(
        Transition(
            "submit",
            _("proposal-submit", default="Soumettre au comité"),
            "draft",
            "review",
            EDIT_LIBRARY,
        ),
        Transition(
            "withdraw",
            _("proposal-withdraw", default="Abandonner la proposition"),
            "draft",
            "withdrawn",
            EDIT_LIBRARY,
            needs_reason=True,
        ),
        Transition(
            "return",
            _("proposal-return", default="Renvoyer en rédaction"),
            "review",
            "draft",
            EDIT_LIBRARY,
            needs_reason=True,
        ),
        Transition(
            "adopt",
            _("proposal-adopt", default="Constater l’adoption"),
            "review",
            "adopted",
            EDIT_LIBRARY,
            guard=is_carried,
        ),
        Transition(
            "refuse",
            _("proposal-refuse", default="Refuser"),
            "review",
            "refused",
            EDIT_LIBRARY,
            needs_reason=True,
        ),
        Transition(
            "reopen",
            _("proposal-reopen", default="Rouvrir la rédaction"),
            "adopted",
            "draft",
            EDIT_LIBRARY,
            needs_reason=True,
        ),
        Transition(
            "publish",
            _("proposal-publish", default="Publier"),
            "adopted",
            "in_force",
            PUBLISH_LIBRARY,
        ),
    ),
    functions={
        #        draft, review, adopted, in_force, refused, withdrawn
        "ED01": (A, A, A, N, N, N),
        "ED03": (A, A, A, A, A, A),
        "ED04": (N, A, N, N, N, N),
        "ED05": (N, N, A, N, N, N),
    },
)


def includeme(config: Any) -> None:  # noqa: ANN401
    """Register the workflow on its content type."""
    config.add_workflow(build_workflow(TABLE), (TABLE.content_type,))
