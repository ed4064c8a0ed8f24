"""A proposal of the committee against the canevas that would take it."""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp.clock import legal_day
from sicp.content_types.clause import RETIREMENT
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.findings import Finding
from sicp.engines.drafting.findings import Severity
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import read_data
from sicp.operations.clause.proof import findings_of_clause
from sicp.operations.clause.proposal import move_proposal
from sicp.operations.document.proof import prove_template
from sicp.operations.document.reading import canevas_calling


def check_proposal(site: Any, proposal: Any, on: date) -> tuple[Finding, ...]:  # noqa: ANN401
    """Return what the text of a proposal would break, the errors first.

    The clause is checked by itself, then each canevas that calls it with the text
    proposed. What a canevas already had against it is not laid on the proposal. A
    retirement has no text.
    """
    if proposal.kind == RETIREMENT:
        return ()
    try:
        clause = read_data(proposal.data)
        alone = findings_of_clause(site, proposal.data, on)
    except InvalidInputError as error:
        return (Finding(Severity.ERROR, str(error.message), proposal.clause_id),)
    found = [*alone, *_in_canevas(site, clause, on)]
    told = dict.fromkeys(found)
    return tuple(sorted(told, key=lambda item: item.severity is not Severity.ERROR))


def submit_proposal(
    proposal: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Put a proposal to the committee, once its text has no fault.

    Raises:
        NotAllowedError: the actor does not keep the library.
        StateError: it is in another state, or its text has faults.
    """
    site = find_objectmap(proposal).root
    found = check_proposal(site, proposal, legal_day(now))
    errors = [item for item in found if item.severity is Severity.ERROR]
    if errors:
        raise StateError(
            _(
                "proposal-faulty",
                default="Le texte ne peut pas être soumis : ${fault}",
                mapping={"fault": errors[0].message},
            )
        )
    move_proposal(proposal, "submit", actor=actor, now=now, registry=registry)


def _in_canevas(site: Any, clause: Clause, on: date) -> Iterator[Finding]:  # noqa: ANN401
    for template in canevas_calling(site, clause.id):
        if not template.versions:
            continue
        before = set(prove_template(site, template, on).findings)
        proof = prove_template(site, template, on, changed=(clause,))
        for item in proof.findings:
            if item in before:
                continue
            if item.clause_id == clause.id:
                yield item
            else:
                message = f"canevas « {template.title} », {item.message}"
                yield Finding(item.severity, message, item.clause_id)
