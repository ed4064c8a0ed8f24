"""What is said of a clause, or of a proposal: threads that follow the words meant."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from secrets import token_hex
from typing import Any

from sicp import permissions as p
from sicp.content_types.base import Comment
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IProposal
from sicp.interfaces.user import Actor
from sicp.operations.clause.mail import tell_of_comment
from sicp.operations.user.right import may
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
LONGEST_COMMENT = 5_000
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


def add_comment(  # noqa: PLR0913
    item: Any,  # noqa: ANN401
    text: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    about: str = "",
    quote: str = "",
    answers_to: str = "",
) -> Comment:
    """Say something of a proposal or of a clause, of a passage of it, or answer.

    Who answers for the clause is told by mail, and so is whoever is answered.

    Raises:
        NotAllowedError: the actor does not follow proposals, or read the clausier.
        InvalidInputError: the comment is empty or too long, or answers nothing.
    """
    require(actor, _right(item), item)
    said = checked_comment(text)
    asked = known_comment(item, answers_to) if answers_to else None
    comment = Comment(
        token_hex(6), actor.login, now, said, about, quote.strip(), answers_to
    )
    item.comments = (*item.comments, comment)
    if IClause.providedBy(item):
        tell_of_comment(item, comment, asked, actor, registry)
        _note(item, "clause-commented", actor, now, registry)
    else:
        _note(item, "proposal-commented", actor, now, registry)
    return comment


def may_settle(item: Any, comment: Comment, actor: Actor) -> bool:  # noqa: ANN401
    """Tell whether the actor may say that a comment was dealt with, or was not.

    On a proposal it is whoever follows it; on a clause, who wrote the comment, who
    answers for the clause, and who keeps the clausier.
    """
    if not may(actor, _right(item), item):
        return False
    if IProposal.providedBy(item):
        return True
    concerned = {comment.author, item.current.data.get("owner", "")}
    return actor.login in concerned or may(actor, p.EDIT_LIBRARY, item)


def resolve_comment(
    item: Any,  # noqa: ANN401
    comment_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Note that a comment was dealt with.

    Raises:
        NotAllowedError: the actor may not say it.
        InvalidInputError: there is no such comment.
    """
    _require_settling(item, comment_id, actor)
    item.comments = resolved(item.comments, comment_id, actor.login, now)
    _note(item, "comment-resolved", actor, now, registry)


def reopen_comment(
    item: Any,  # noqa: ANN401
    comment_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Note that a comment said to be dealt with was not.

    Raises:
        NotAllowedError: the actor may not say it.
        InvalidInputError: there is no such comment.
    """
    _require_settling(item, comment_id, actor)
    item.comments = resolved(item.comments, comment_id, "", None)
    _note(item, "comment-reopened", actor, now, registry)


def known_comment(item: Any, comment_id: str) -> Comment:  # noqa: ANN401
    """Return a comment that begins a thread.

    Raises:
        InvalidInputError: there is no such comment.
    """
    for comment in item.comments:
        if comment.id == comment_id and not comment.answers_to:
            found: Comment = comment
            return found
    raise InvalidInputError(_UNKNOWN, "comment")


def checked_comment(text: str) -> str:
    """Return the text of a comment, cleaned.

    Raises:
        InvalidInputError: it is empty or too long.
    """
    said = text.strip()
    if not said:
        raise InvalidInputError(
            _("comment-needed", default="Écrivez un commentaire."), "text"
        )
    if len(said) > LONGEST_COMMENT:
        raise InvalidInputError(
            _(
                "comment-too-long",
                default="Le commentaire est trop long : ${count} caractères au plus.",
                mapping={"count": LONGEST_COMMENT},
            ),
            "text",
        )
    return said


def resolved(
    comments: tuple[Comment, ...], comment_id: str, login: str, now: datetime | None
) -> tuple[Comment, ...]:
    """Return ``comments`` with one of them dealt with; by nobody, it is open again.

    Raises:
        InvalidInputError: there is no such comment.
    """
    if all(item.id != comment_id for item in comments):
        raise InvalidInputError(_UNKNOWN, "comment")
    return tuple(
        replace(item, resolved_by=login, resolved_at=now)
        if item.id == comment_id
        else item
        for item in comments
    )


_UNKNOWN = _("comment-unknown", default="Ce commentaire n’existe plus.")
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


def _right(item: Any) -> str:  # noqa: ANN401
    return p.VIEW_LIBRARY if IClause.providedBy(item) else p.VIEW_PROPOSALS


def _require_settling(item: Any, comment_id: str, actor: Actor) -> None:  # noqa: ANN401
    require(actor, _right(item), item)
    if not may_settle(item, known_comment(item, comment_id), actor):
        raise NotAllowedError(
            _(
                "comment-not-settled",
                default="Ce commentaire est clos par son auteur, par qui répond de la "
                "clause ou par qui tient le clausier.",
            )
        )


def _note(
    item: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    details = {"clause": item.clause_id}
    if not IClause.providedBy(item):
        details["proposal"] = item.__name__
    registry.notify(Happened(item, action, actor.login, now, details=details))


def _bare(text: str) -> str:
    return _SPACES.sub("", text).replace("'", "’")
