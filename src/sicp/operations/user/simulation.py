"""Says what a person holds and may do, with the line of the ACL that decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.authorization import ACLAuthorizationPolicy

from sicp.catalog.indexes import allowed_to
from sicp.operations.user.reason import answers_on
from sicp.operations.user.right import holdings_of
from sicp.operations.user.right import principals_of

_POLICY = ACLAuthorizationPolicy()


@dataclass(frozen=True, slots=True)
class Holding:
    """A function held at an entity; ``through`` is the absent person, if any."""

    function: str
    where: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a permission is given on a consultation, and the parts of the reason.

    ``functions`` are those that give the permission; ``ace`` is the line of the ACL
    that decides, empty when no line speaks of it; ``reasons`` are French sentences.
    """

    permission: str
    functions: tuple[str, ...]
    allowed: bool
    ace: str
    reasons: tuple[str, ...]


def explain(site: Any, user: Any, consultation: Any, on: date) -> list[Verdict]:
    """Say of each permission on a consultation whether ``user`` has it, and why.

    ``on`` is a day in France. Who may ask: the caller has checked.
    """
    principals = principals_of(site, user, on)
    return [
        Verdict(
            answer.permission,
            answer.codes,
            answer.is_allowed,
            _deciding_line(consultation, principals, answer.permission),
            tuple(reason.sentence for reason in answer.reasons),
        )
        for answer in answers_on(site, user, consultation, on)
    ]


def holdings_in_words(site: Any, user: Any, on: date) -> Iterator[Holding]:
    """Walk the functions ``user`` holds on a day, each with its entity by name."""
    objectmap = site.__objectmap__
    for function, number, login in holdings_of(site, user, on):
        entity = objectmap.object_for(number)
        where = entity.full_title() or entity.title
        yield Holding(function, where, login if login != user.login else "")


def visible_counts(site: Any, user: Any, on: date) -> dict[str, int]:
    """Count the consultations whose card, and whose detail, ``user`` may view."""
    principals = principals_of(site, user, on)
    queries = {"cards": "allowed", "details": "allowed_detail"}
    return {
        name: int(site.business_catalog.query(allowed_to(principals, index))[0])
        for name, index in queries.items()
    }


def _deciding_line(context: Any, principals: frozenset[str], permission: str) -> str:
    ace = _POLICY.permits(context, principals, permission).ace
    if not isinstance(ace, tuple):
        return ""
    action, principal, _names = ace
    return f"{action} {principal}"
