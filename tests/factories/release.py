"""Publications of the clausier, made as the committee makes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.operations.clause.library import clause_called
from sicp.operations.clause.proposal import cast_vote
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_clause
from sicp.operations.clause.proposal import propose_retirement
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import PROPOSED
from sicp.operations.clause.release import TEMPLATE
from sicp.operations.clause.release import publish_release


def rewritten(site: Any, clause_id: str, sentence: str) -> dict[str, Any]:
    """Return the data of a clause whose text ends with one more paragraph."""
    data = clause_called(site, clause_id).current.data
    return {**data, "text": f"{data['text'].rstrip()}\n\n{sentence}\n"}


def adopt(
    site: Any,
    by: Mapping[str, Any],
    clause_id: str,
    sentence: str,
    reason: str = "Le texte est plus clair.",
) -> str:
    """Have the committee adopt one more paragraph; return the key of the change."""
    data = rewritten(site, clause_id, sentence)
    proposal = propose_amendment(site, clause_id, data=data, reason=reason, **by)
    return carry(proposal, by)


def retire(site: Any, by: Mapping[str, Any], clause_id: str) -> str:
    """Have the committee retire a clause; return the key of the change."""
    return carry(propose_retirement(site, clause_id, reason="Inutile.", **by), by)


def adopt_new(site: Any, by: Mapping[str, Any], title: str) -> Any:
    """Have the committee adopt a clause the clausier does not have; return it."""
    data = {
        "title": title,
        "family": "execution",
        "theme": "duree-et-delais",
        "kind": "compulsory",
        "variables": [{"name": "who_reads", "title": "Lecteur", "type": "text"}],
        "text": "Le bilan est remis à {who_reads}.",
    }
    proposal = propose_clause(site, data, reason="Il manque.", **by)
    carry(proposal, by)
    return proposal


def carry(proposal: Any, by: Mapping[str, Any]) -> str:
    """Lead a proposal to its adoption by one vote; return the key of the change."""
    move_proposal(proposal, "submit", **by)
    proposal.electors = (by["actor"].login,)
    cast_vote(proposal, "for", **by)
    move_proposal(proposal, "adopt", **by)
    return f"{CLAUSE}-{proposal.__name__}"


def edit_template(site: Any, by: Mapping[str, Any], name: str, heading: str) -> str:
    """Rename the first heading of a canevas; return the key of the change."""
    template = site["canevas"][name]
    data = {**template.data, "parts": [dict(part) for part in template.data["parts"]]}
    first = next(part for part in data["parts"] if "title" in part)
    first["title"] = heading
    template.edit(data, by["actor"].login, by["now"], "Le plan est plus clair.")
    return f"{TEMPLATE}-{name}"


def publish(
    site: Any,
    by: Mapping[str, Any],
    clause_id: str,
    sentence: str = "Une phrase de plus.",
    policy: str = PROPOSED,
    on: date | None = None,
) -> Any:
    """Publish one more paragraph of one clause."""
    key = adopt(site, by, clause_id, sentence)
    return publish_keys(site, by, {key: policy}, on)


def publish_keys(
    site: Any,
    by: Mapping[str, Any],
    policies: Mapping[str, str],
    on: date | None = None,
) -> Any:
    """Publish the changes named."""
    return publish_release(
        site,
        policies,
        note="Ce qui change.",
        in_force_from=on or by["now"].date(),
        **by,
    )
