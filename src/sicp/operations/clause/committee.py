"""The editorial committee: who it is, and by which rules it decides."""

from datetime import date
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.right import holdings_of
from sicp.operations.user.right import require
from sicp.rules.committee_vote import MAJORITIES

#: The function that votes.
_VOTING = "ED04"
_WHOLE = 100


def electors_of(site: Any, on: date) -> tuple[str, ...]:  # noqa: ANN401
    """Return the logins of those who hold a vote of their own on the day ``on``.

    A substitute votes by his own right only: an absent member has one vote, his.
    """
    return tuple(
        user.login
        for user in site["utilisateurs"].values()
        if user.is_active and _votes(site, user, on)
    )


def set_committee_rules(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    quorum_percent: int,
    majority: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Say how the committee decides from now on; votes under way keep their rules.

    Raises:
        NotAllowedError: the actor does not publish the clausier.
        InvalidInputError: the quorum is no share of a hundred, or no such majority.
    """
    require(actor, p.PUBLISH_LIBRARY, site["publications"])
    if not 0 <= quorum_percent <= _WHOLE:
        raise InvalidInputError(
            _("quorum-out-of-range", default="Donnez un quorum entre 0 et 100 %."),
            "quorum_percent",
        )
    if majority not in MAJORITIES:
        raise InvalidInputError(
            _("majority-unknown", default="Choisissez une des majorités proposées."),
            "majority",
        )
    library = site["clausier"]
    library.quorum_percent, library.majority = quorum_percent, majority
    told = {"quorum": quorum_percent, "majority": majority}
    registry.notify(
        Happened(library, "committee-rules", actor.login, now, details=told)
    )


def _votes(site: Any, user: Any, on: date) -> bool:  # noqa: ANN401
    return any(
        code == _VOTING and held_from == user.login
        for code, _entity, held_from in holdings_of(site, user, on)
    )
