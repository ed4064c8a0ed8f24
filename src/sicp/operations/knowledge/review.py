"""What waits in the knowledge base: for a writer, for the committee, for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from repoze.catalog.query import Any as AnyOf

from sicp import permissions as p
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.knowledge import QUESTION
from sicp.catalog.knowledge import SUBMITTED
from sicp.catalog.knowledge import pen_of
from sicp.content_types.base import Comment
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.comment import open_questions
from sicp.operations.knowledge.listing import sheets_to_review
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import zone_tokens
from sicp.operations.user.right import may

#: A page names so many of a sort; beyond, the count says enough.
MOST_NAMED = 100
#: A sheet published today is proposed for another reading so many years later.
REVIEW_YEARS = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person, each sort at most ``MOST_NAMED`` long.

    ``submitted`` are sheets put to the committee, ``mine`` those under his pen,
    ``due`` those to be read again (his own, or all for who publishes), ``questions``
    what readers ask, with the folder or the sheet of which they ask.
    """

    submitted: tuple[Any, ...]
    mine: tuple[Any, ...]
    due: tuple[Any, ...]
    questions: tuple[tuple[Any, Comment], ...]

    @property
    def count(self) -> int:
        """Return how many things wait."""
        return sum(map(len, (self.submitted, self.mine, self.due, self.questions)))


def waiting_for(site: Any, actor: Actor, on: date, *, owner: str = "") -> Waiting:
    """Return what waits for the actor on a day.

    ``owner`` narrows what is due to the sheets of one person.
    """
    submitted = _waiting(site, actor, SUBMITTED)
    asked = _allowed(_waiting(site, actor, QUESTION), actor, p.EDIT_KNOWLEDGE)
    mine = _waiting(site, actor, pen_of(actor.login))
    return Waiting(
        tuple(_allowed(submitted, actor, p.PUBLISH_KNOWLEDGE)),
        tuple(item for item in mine if not item.working.is_submitted),
        _due(site, actor, on, owner),
        tuple((item, comment) for item in asked for comment in open_questions(item)),
    )


def next_review(on: date) -> date:
    """Return the day proposed for the next reading of what is published on a day."""
    try:
        return on.replace(year=on.year + REVIEW_YEARS)
    except ValueError:  # the 29th of February
        return on.replace(year=on.year + REVIEW_YEARS, day=28)


def _waiting(site: Any, actor: Actor, word: str) -> list[Any]:
    query = everything(AnyOf("waiting", [word]), allowed_to(zone_tokens(site, actor)))
    _count, numbers = site.business_catalog.query(
        query, sort_index="modified_at", limit=MOST_NAMED
    )
    base = site[SERVICE]
    return [base.numbers[number] for number in numbers]


def _due(site: Any, actor: Actor, on: date, owner: str) -> tuple[Any, ...]:
    """Return the sheets to be read again: those of a person, or of who publishes."""
    is_publisher = may(actor, p.PUBLISH_KNOWLEDGE, site[SERVICE])
    answers = owner or ("" if is_publisher else actor.login)
    return sheets_to_review(site, actor, on, answers, MOST_NAMED).sheets


def _allowed(items: Iterable[Any], actor: Actor, permission: str) -> list[Any]:
    return [item for item in items if may(actor, permission, item)]
