"""What readers say of sheets and folders: comments, questions, « utile ? »."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.base import Comment
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.folder import LONGEST_TITLE
from sicp.operations.knowledge.mail import tell_owner
from sicp.operations.knowledge.mail import tell_publishers
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.user.right import require

#: What a comment is about when it asks something.
QUESTION = "question"
#: What an answer is about when a sheet answers: « sheet:123 ».
_SHEET = "sheet:"
LONGEST_COMMENT = 5_000


@dataclass(frozen=True, slots=True)
class Usefulness:
    """How many people found a sheet useful, and how many did not."""

    yes: int
    no: int


def comment_item(  # noqa: PLR0913
    item: Any,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    about: str = "",
    answers_to: str = "",
) -> Comment:
    """Say something of a sheet or a folder; ``about`` is QUESTION for a question.

    Raises:
        NotAllowedError: the actor does not read it.
        InvalidInputError: the text is empty or too long, or answers nothing.
    """
    require(actor, p.VIEW_KNOWLEDGE, item)
    said = _checked(text)
    if answers_to:
        _comment(item, answers_to)
    comment = Comment(token_hex(6), actor.login, now, said, about, "", answers_to)
    # Keyed by time: readers who write at once do not meet.
    item.comments[_key(comment)] = comment
    if about == QUESTION:
        _note_waiting(item)
    if ISheet.providedBy(item):
        tell_owner(item, comment, actor, registry)
    elif about == QUESTION:
        tell_publishers(item, comment, actor, registry)
    registry.notify(Happened(item, "knowledge-commented", actor.login, now))
    return comment


def comments_of(item: Any) -> list[Comment]:
    """Return what was said, the oldest first."""
    return list(item.comments.values())


def open_questions(item: Any) -> list[Comment]:
    """Return the questions that nobody answered, the oldest first."""
    return [c for c in comments_of(item) if c.about == QUESTION and not c.resolved_by]


def resolve_comment(
    item: Any, comment_id: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Note that a comment was dealt with.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: there is no such comment.
    """
    require(actor, p.EDIT_KNOWLEDGE, item)
    _resolve(item, comment_id, actor, now)
    registry.notify(Happened(item, "knowledge-comment-resolved", actor.login, now))


def answer_question(  # noqa: PLR0913
    item: Any,
    comment_id: str,
    answer: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    title: str = "",
) -> Any:
    """Answer a question by a practice sheet, begun as a draft in the same folder.

    ``answer`` is HTML. The question is the title of the sheet, unless ``title`` is
    given; whoever asked finds its address under his question.

    Returns:
        the draft.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: there is no such question.
    """
    require(actor, p.EDIT_KNOWLEDGE, item)
    question = _comment(item, comment_id)
    is_sheet = ISheet.providedBy(item)
    folder = item.__parent__ if is_sheet else item
    wanted = SheetInput(title or _as_title(question.text), answer)
    sheet = create_sheet(
        folder, "practice", wanted, actor=actor, now=now, registry=registry
    )
    told = Comment(
        token_hex(6),
        actor.login,
        now,
        sheet.title,
        f"{_SHEET}{sheet.__oid__}",
        "",
        comment_id,
    )
    item.comments[_key(told)] = told
    sheet.question, sheet.asked_by = question.text, question.author
    _resolve(item, comment_id, actor, now)
    registry.notify(Happened(item, "question-answered", actor.login, now))
    return sheet


def answering_sheet(site: Any, comment: Comment) -> Any:
    """Return the sheet that a comment gives as an answer, None when it gives none."""
    if not comment.about.startswith(_SHEET):
        return None
    return find_objectmap(site).object_for(int(comment.about.removeprefix(_SHEET)))


def vote_useful(
    sheet: Any,
    *,
    is_useful: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whether a sheet was useful; one may change one's mind, not vote twice.

    Raises:
        NotAllowedError: the actor does not read it.
    """
    require(actor, p.VIEW_KNOWLEDGE, sheet)
    sheet.votes[actor.login] = (is_useful, now.isoformat())


def usefulness_of(sheet: Any) -> Usefulness:
    """Count what people said of a sheet."""
    said = [is_useful for is_useful, _at in sheet.votes.values()]
    return Usefulness(said.count(True), said.count(False))


def vote_of(sheet: Any, actor: Actor) -> bool | None:
    """Return what the actor said of a sheet, None when he said nothing."""
    found = sheet.votes.get(actor.login)
    return None if found is None else bool(found[0])


def _note_waiting(item: Any) -> None:
    """Note in the lists whether a question waits; the base itself is in none."""
    index(find_objectmap(item).root, item)


def _resolve(item: Any, comment_id: str, actor: Actor, now: datetime) -> None:
    found = _comment(item, comment_id)
    dealt = replace(found, resolved_by=actor.login, resolved_at=now)
    item.comments[_key(found)] = dealt
    _note_waiting(item)


def _comment(item: Any, comment_id: str) -> Comment:
    found = (c for c in item.comments.values() if c.id == comment_id)
    comment = next(found, None)
    if comment is None:
        raise InvalidInputError(
            _("comment-unknown", default="Ce commentaire n’existe plus."), "comment"
        )
    return comment


def _key(comment: Comment) -> tuple[str, str]:
    return comment.at.isoformat(), comment.id


def _as_title(question: str) -> str:
    return question.splitlines()[0][:LONGEST_TITLE]


def _checked(text: str) -> str:
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
