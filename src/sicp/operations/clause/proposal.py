"""The proposals of the editorial committee: written, discussed, voted, settled."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.clock import legal_day
from sicp.content_types.clause import AMENDMENT
from sicp.content_types.clause import CREATION
from sicp.content_types.clause import RETIREMENT
from sicp.content_types.clause import Vote
from sicp.engines.drafting.loader import LONGEST_ID
from sicp.engines.drafting.loader import clause_to_data
from sicp.events import Happened
from sicp.events import StageChanged
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.committee import electors_of
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import read_data
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved
from sicp.rules.committee_vote import AGAINST
from sicp.rules.committee_vote import VOTES
from sicp.workflows.base import initialize
from sicp.workflows.base import move
from sicp.workflows.base import state_of
from sicp.workflows.clause import TABLE

OPEN_STATES = ("draft", "review", "adopted")


def propose_clause(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> Any:  # noqa: ANN401
    """Propose a clause the library does not have; its id is made from its title.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: the clause cannot be read.
    """
    clause_id = data.get("id") or _free_id(site, str(data.get("title") or ""))
    read = clause_to_data(read_data({**data, "id": clause_id}))
    return _add(site, CREATION, clause_id, read, 0, actor, now, registry, reason)


def propose_amendment(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    clause_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    data: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Any:  # noqa: ANN401
    """Open a proposal to change a clause; the one already open is returned as it is.

    Without ``data`` it begins with the latest version; the data of an older version
    restores it as a new one.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: there is no such clause, or the text cannot be read.
    """
    require(actor, p.EDIT_LIBRARY, site["propositions"])
    found = open_proposal(site, clause_id)
    if found is not None:
        return found
    clause = _clause(site, clause_id)
    wanted = clause.current.data if data is None else data
    read = clause_to_data(read_data({**wanted, "id": clause_id}))
    base = clause.current.number
    return _add(site, AMENDMENT, clause_id, read, base, actor, now, registry, reason)


def propose_retirement(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    clause_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str,
) -> Any:  # noqa: ANN401
    """Propose to take a clause out of the library.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: there is no such clause, or no reason is given.
        StateError: another proposal on this clause is open.
    """
    require(actor, p.EDIT_LIBRARY, site["propositions"])
    clause = _clause(site, clause_id)
    _require_reason(reason)
    if open_proposal(site, clause_id) is not None:
        raise StateError(
            _(
                "proposal-already-open",
                default="Une proposition est déjà ouverte sur cette clause.",
            )
        )
    data, base = clause.current.data, clause.current.number
    return _add(site, RETIREMENT, clause_id, data, base, actor, now, registry, reason)


def write_proposal(  # noqa: PLR0913
    proposal: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str | None = None,
    revision: int | None = None,
) -> None:
    """Write the text proposed; ``revision`` is that on which it was written.

    Raises:
        NotAllowedError: the actor does not keep the library.
        StateError: the text is before the committee, or settled.
        InvalidInputError: the clause cannot be read.
        EditConflictError: somebody wrote it since ``revision``; both are to be merged.
    """
    require(actor, p.EDIT_LIBRARY, proposal)
    _require_state(proposal, registry, "draft")
    if proposal.kind == RETIREMENT:
        raise StateError(
            _("retirement-no-text", default="Un retrait ne change pas le texte.")
        )
    read = clause_to_data(read_data({**data, "id": proposal.clause_id}))
    if revision is not None and revision != proposal.revision:
        raise EditConflictError(
            _(
                "proposal-conflict",
                default="${who} a enregistré cette proposition pendant que vous "
                "l’écriviez.",
                mapping={"who": who_saved(proposal)},
            )
        )
    if reason is not None:
        proposal.reason = reason.strip()
    proposal.write(read, actor.login, now)
    _note(proposal, "proposal-saved", actor, now, registry)


def move_proposal(  # noqa: PLR0913
    proposal: Any,  # noqa: ANN401
    name: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> None:
    """Move a proposal through the transition ``name``; « publish » is a release.

    Raises:
        NotAllowedError: the actor may not.
        StateError: it is in another state, or the committee has not adopted it.
        InvalidInputError: a reason is needed and none was given.
    """
    transition = TABLE.transition(name)
    require(actor, transition.permission, proposal)
    _require_state(proposal, registry, transition.from_state)
    missing = transition.guard(proposal) if transition.guard else []
    if missing:
        raise StateError(missing[0])
    if transition.needs_reason:
        _require_reason(reason)
    if name == "submit":
        _open_vote(proposal, now)
    if transition.to_state not in OPEN_STATES:
        proposal.settled_at, proposal.settled_reason = now, reason.strip()
    move(registry, TABLE, proposal, name)
    proposal.__acl__ = TABLE.acl(transition.to_state)
    proposal.touch(actor.login, now)
    registry.notify(
        StageChanged(
            proposal,
            TABLE.name,
            transition.from_state,
            transition.to_state,
            actor.login,
            now,
            reason.strip(),
        )
    )


def cast_vote(  # noqa: PLR0913
    proposal: Any,  # noqa: ANN401
    value: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> None:
    """Vote on a proposal, or change one's vote while it is open.

    Raises:
        NotAllowedError: the actor was not of the committee when it was submitted.
        StateError: the vote is not open.
        InvalidInputError: the vote is unknown, or one against gives no reason.
    """
    _require_state(proposal, registry, "review")
    require(actor, p.VOTE_PROPOSALS, proposal)
    if actor.login not in proposal.electors:
        raise StateError(
            _(
                "vote-not-elector",
                default="Vous n’étiez pas membre du comité quand ce texte lui a été "
                "soumis.",
            )
        )
    if value not in VOTES:
        raise InvalidInputError(
            _("vote-unknown", default="Choisissez pour, contre ou abstention."), "vote"
        )
    if value == AGAINST:
        _require_reason(reason)
    proposal.votes[actor.login] = Vote(value, now, reason.strip())
    _note(proposal, "proposal-voted", actor, now, registry)


def open_proposal(site: Any, clause_id: str) -> Any:  # noqa: ANN401
    """Return the proposal under way on a clause, None when there is none."""
    found = (item for item in open_proposals(site) if item.clause_id == clause_id)
    return next(found, None)


def proposals_on(site: Any, clause_id: str) -> list[Any]:  # noqa: ANN401
    """Return the proposals ever made on a clause, the latest first."""
    found = (p for p in site["propositions"].values() if p.clause_id == clause_id)
    return list(found)[::-1]


def open_proposals(site: Any) -> Iterator[Any]:  # noqa: ANN401
    """Walk the proposals that are not settled, the latest first."""
    for item in reversed(list(site["propositions"].values())):
        if proposal_state(item) in OPEN_STATES:
            yield item


def proposals_to_vote(site: Any, actor: Actor) -> Iterator[Any]:  # noqa: ANN401
    """Walk the proposals that wait for the vote of the actor, the latest first."""
    for item in open_proposals(site):
        waited = set(item.electors) - set(item.votes)
        is_open = proposal_state(item) == "review" and actor.login in waited
        if is_open and may(actor, p.VOTE_PROPOSALS, item):
            yield item


def proposal_state(proposal: Any) -> str:  # noqa: ANN401
    """Tell the state of a proposal."""
    return str(proposal.__workflow_state__[TABLE.name])


def _add(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    kind: str,
    clause_id: str,
    data: Mapping[str, Any],
    base_version: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str,
) -> Any:  # noqa: ANN401
    folder = site["propositions"]
    require(actor, p.EDIT_LIBRARY, folder)
    proposal = registry.content.create("Proposal", kind, clause_id, data)
    proposal.base_version = base_version
    proposal.reason = reason.strip()
    initialize(registry, TABLE, proposal)
    proposal.__acl__ = TABLE.acl(TABLE.initial)
    proposal.touch(actor.login, now)
    folder.add(str(folder.next_number()), proposal, registry=registry)
    _note(proposal, "proposal-opened", actor, now, registry)
    return proposal


def _open_vote(proposal: Any, now: datetime) -> None:  # noqa: ANN401
    site = find_objectmap(proposal).root
    library = site["clausier"]
    proposal.electors = electors_of(site, legal_day(now))
    proposal.quorum_percent = library.quorum_percent
    proposal.majority = library.majority
    proposal.submitted_at = now
    # A text that changed is voted anew.
    proposal.votes.clear()


def _clause(site: Any, clause_id: str) -> Any:  # noqa: ANN401
    clause = clause_called(site, clause_id)
    if clause is None or not clause.versions:
        raise InvalidInputError(
            _("clause-not-in-library", default="Cette clause n’est pas au clausier."),
            "clause",
        )
    return clause


def _free_id(site: Any, title: str) -> str:  # noqa: ANN401
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    stem = words[: LONGEST_ID - 4].strip("-")
    if not stem:
        raise InvalidInputError(
            _("clause-title-needed", default="Donnez un titre à la clause."), "title"
        )
    used = {item.clause_id for item in site["propositions"].values()}
    name, rank = stem, 1
    while name in used or clause_called(site, name) is not None:
        rank += 1
        name = f"{stem}-{rank}"
    return name


def _require_state(proposal: Any, registry: Any, state: str) -> None:  # noqa: ANN401
    if state_of(registry, TABLE, proposal) != state:
        raise StateError(
            _(
                "proposal-state-wrong",
                default="Cette proposition n’est plus dans l’état voulu : relisez-la.",
            )
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInputError(
            _("reason-needed", default="Donnez le motif."), "reason"
        )


def _note(
    proposal: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    details = {"clause": proposal.clause_id, "proposal": proposal.__name__}
    registry.notify(Happened(proposal, action, actor.login, now, details=details))
