"""What the committee says of a text: threads that follow the words they are about."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from typing import Any

from sicp import permissions as p
from sicp.content_types.base import Comment
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.right import require

#: What a comment is about when it quotes words of the text.
TEXT = "text"
#: The properties one may speak of, beside the text.
PROPERTIES = (
    "title",
    "kind",
    "condition",
    "variables",
    "legal_basis",
    "derogates",
    "note",
)
_SPACES = re.compile(r"\s+")
_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its answers.

    ``place`` is the rank of the paragraph that holds the words it quotes, None when it
    quotes none; ``is_lost`` tells that these words are no more in the text.
    """

    comment: Comment
    answers: tuple[Comment, ...]
    place: int | None
    is_lost: bool

    @property
    def is_resolved(self) -> bool:
        """Tell whether it was dealt with."""
        return bool(self.comment.resolved_by)


def threads_of(
    comments: Sequence[Comment], paragraphs: Sequence[str]
) -> tuple[Thread, ...]:
    """Return the threads on a text, the oldest first; ``paragraphs`` are its words."""
    return tuple(
        _thread(comment, comments, paragraphs)
        for comment in comments
        if not comment.answers_to
    )


def passage_key(paragraph: str) -> str:
    """Return what tells a paragraph from the others as long as its words stay."""
    return hashlib.sha256(_bare(paragraph).encode()).hexdigest()[:_KEY_LENGTH]


def place_of(quote: str, paragraphs: Sequence[str]) -> int | None:
    """Return the rank of the paragraph in which ``quote`` begins, None when nowhere.

    Neither spaces nor the form of apostrophes count: a page prints both as it likes.
    """
    wanted = _bare(quote)
    bare = [_bare(paragraph) for paragraph in paragraphs]
    at = "".join(bare).find(wanted) if wanted else -1
    if at < 0:
        return None
    ends = accumulate(len(paragraph) for paragraph in bare)
    return next((rank for rank, end in enumerate(ends) if at < end), None)


def chosen_passage(key: str, paragraphs: Sequence[str]) -> str:
    """Return the paragraph that ``key`` tells.

    Raises:
        InvalidInputError: its words changed meanwhile.
    """
    found = (text for text in paragraphs if passage_key(text) == key)
    passage = next(found, None)
    if passage is None:
        raise InvalidInputError(PASSAGE_CHANGED, "about")
    return passage


def checked_quote(quote: str, paragraphs: Sequence[str]) -> str:
    """Return the words quoted, tidied.

    Raises:
        InvalidInputError: the text does not say them.
    """
    said = _SPACES.sub(" ", quote).strip()
    if place_of(said, paragraphs) is None:
        raise InvalidInputError(
            _(
                "comment-passage-unknown",
                default="Ces mots ne sont pas dans le texte : recopiez le passage tel "
                "qu’il est écrit.",
            ),
            "quote",
        )
    return said


def reopen_comment(
    proposal: Any,  # noqa: ANN401
    comment_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Note that a comment said to be dealt with was not.

    Raises:
        NotAllowedError: the actor does not follow proposals.
        InvalidInputError: there is no such comment.
    """
    require(actor, p.VIEW_PROPOSALS, proposal)
    known_comment(proposal, comment_id)
    proposal.comments = tuple(
        replace(item, resolved_by="", resolved_at=None)
        if item.id == comment_id
        else item
        for item in proposal.comments
    )
    registry.notify(Happened(proposal, "comment-reopened", actor.login, now))


def known_comment(proposal: Any, comment_id: str) -> Comment:  # noqa: ANN401
    """Return a comment that begins a thread.

    Raises:
        InvalidInputError: there is no such comment.
    """
    for comment in proposal.comments:
        if comment.id == comment_id and not comment.answers_to:
            return comment
    raise InvalidInputError(
        _("comment-unknown", default="Ce commentaire n’existe plus."), "comment"
    )


PASSAGE_CHANGED = _(
    "comment-passage-changed",
    default="Le passage choisi a changé depuis que vous avez ouvert la page : "
    "choisissez-le de nouveau.",
)


def _thread(
    comment: Comment, comments: Sequence[Comment], paragraphs: Sequence[str]
) -> Thread:
    answers = tuple(item for item in comments if item.answers_to == comment.id)
    if not comment.quote:
        return Thread(comment, answers, None, is_lost=False)
    place = place_of(comment.quote, paragraphs)
    return Thread(comment, answers, place, is_lost=place is None)


def _bare(text: str) -> str:
    return _SPACES.sub("", text).replace("'", "’")
