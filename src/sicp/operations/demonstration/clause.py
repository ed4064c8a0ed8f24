"""The proposals of the demonstration: one being written, one examined, one adopted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sicp.operations.clause.discussion import add_comment
from sicp.operations.clause.discussion import resolve_comment
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.proposal import cast_vote
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_clause
from sicp.operations.demonstration.seed import Making
from sicp.operations.demonstration.seed import read_seed
from sicp.operations.user.right import actor_for

Told = Mapping[str, Any]


def build_proposals(making: Making) -> None:
    """Make every proposal, each act on its day and by its author."""
    for told in read_seed("proposals"):
        _build_proposal(making, told)


def _build_proposal(making: Making, told: Told) -> None:
    author = told["author"]
    opening = _as(making, author, told["opened"])
    proposal = _opened(opening, told)
    if "submitted" in told:
        submitting = _as(making, author, told["submitted"])
        move_proposal(proposal, "submit", **submitting.by)
    for comment in told.get("comments", ()):
        _comment(making, proposal, comment)
    for vote in told.get("votes", ()):
        voting = _as(making, vote["by"], vote["day"])
        cast_vote(proposal, vote["vote"], **voting.by)
    if "adopted" in told:
        adopting = _as(making, author, told["adopted"])
        move_proposal(proposal, "adopt", **adopting.by)


def _opened(making: Making, told: Told) -> Any:  # noqa: ANN401
    site, reason = making.site, told["reason"]
    if "data" in told:
        return propose_clause(site, told["data"], **making.by, reason=reason)
    data = dict(clause_called(site, told["clause"]).current.data)
    for before, after in told.get("replace", {}).items():
        data["text"] = data["text"].replace(before, after)
    if "add" in told:
        data["text"] = f"{data['text'].rstrip()}\n\n{told['add']}\n"
    clause_id = told["clause"]
    return propose_amendment(site, clause_id, **making.by, data=data, reason=reason)


def _comment(making: Making, proposal: Any, told: Told) -> None:  # noqa: ANN401
    saying = _as(making, told["author"], told["day"])
    quote = told.get("quote", "")
    about = "text" if quote else ""
    said = add_comment(proposal, told["text"], **saying.by, about=about, quote=quote)
    for answer in told.get("answers", ()):
        answering = _as(making, answer["author"], answer["day"])
        add_comment(
            proposal, answer["text"], **answering.by, about=about, answers_to=said.id
        )
    if "resolved" in told:
        resolving = _as(making, told["resolved"], told["day"])
        resolve_comment(proposal, said.id, **resolving.by)


def _as(making: Making, login: str, day: int) -> Making:
    """Return the making as that person goes on with it, on that day."""
    at = making.now + timedelta(days=day)
    return replace(making, actor=actor_for(making.site, login, at), now=at)
