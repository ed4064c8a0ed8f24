"""Colleagues read a piece: they comment passages, and say what they think."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from secrets import token_hex
from typing import Any

from pyramid_mailer.message import Message
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.base import Comment
from sicp.content_types.consultation.review import FINE
from sicp.content_types.consultation.review import REWORK
from sicp.content_types.consultation.review import Review
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.clause.discussion import checked_comment
from sicp.operations.clause.discussion import resolved
from sicp.operations.user.mail import post
from sicp.operations.user.right import may
from sicp.operations.user.right import principals_of
from sicp.operations.user.right import require

#: What a colleague may answer.
ANSWERS = (FINE, REWORK)

_ASKED = _(
    "mail-review-body",
    default="Bonjour ${name},\n\n${who} vous demande de relire la pièce « ${piece} » "
    "de la consultation ${reference}.\n\n${note}\n\nElle se lit à cette "
    "adresse :\n\n${link}\n",
)


@dataclass(frozen=True, slots=True)
class DraftThread:
    """A comment on a passage of a piece, and the answers to it."""

    comment: Comment
    answers: tuple[Comment, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be dealt with."""
        return not self.comment.resolved_by


def threads_on(draft: Any) -> tuple[DraftThread, ...]:  # noqa: ANN401
    """Return the comments on a piece with their answers, the oldest first."""
    every: Sequence[Comment] = draft.comments
    return tuple(
        DraftThread(one, tuple(c for c in every if c.answers_to == one.id))
        for one in every
        if not one.answers_to
    )


def count_comments(draft: Any) -> int:  # noqa: ANN401
    """Count the comments on a piece that nobody dealt with."""
    return sum(1 for thread in threads_on(draft) if thread.is_open)


def comment_draft(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    text: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    about: str = "",
    quote: str = "",
    answers_to: str = "",
) -> Comment:
    """Say something of a passage of a piece; whoever reads it may.

    ``about`` is the key of the passage, empty for the whole piece.

    Raises:
        NotAllowedError: the actor does not see the consultation in detail.
        InvalidInputError: the comment is empty or too long, or answers to none.
    """
    require(actor, p.VIEW_DETAIL, _consultation(draft))
    said = checked_comment(text)
    if answers_to:
        about = _known(draft, answers_to).about
    comment = Comment(
        token_hex(6), actor.login, now, said, about, quote.strip(), answers_to
    )
    draft.comments = (*draft.comments, comment)
    _note(draft, "draft-commented", actor, now, registry)
    return comment


def resolve_draft_comment(
    draft: Any,  # noqa: ANN401
    comment_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Note that a comment was dealt with.

    Raises:
        NotAllowedError: the actor neither writes the piece nor made the comment.
        InvalidInputError: there is no such comment.
    """
    consultation = _consultation(draft)
    require(actor, p.VIEW_DETAIL, consultation)
    if _known(draft, comment_id).author != actor.login:
        require(actor, p.DRAFT_DOCUMENTS, consultation)
    draft.comments = resolved(draft.comments, comment_id, actor.login, now)
    _note(draft, "draft-comment-resolved", actor, now, registry)


def colleagues_of(draft: Any, on: date, *, but: str = "") -> tuple[Any, ...]:  # noqa: ANN401
    """Return the accounts of those who see the piece, by name.

    Only people assigned to the responsible entities, or above them, are looked at:
    nobody else can see it.
    """
    consultation = _consultation(draft)
    site = find_objectmap(draft).root
    above = _entities_above(site, consultation)
    return tuple(
        sorted(
            (
                user
                for user in site["utilisateurs"].values()
                if user.login != but
                and user.is_active
                and any(one.entity in above for one in user.assignments_on(on))
                and _sees(site, user, consultation, on)
            ),
            key=lambda user: user.title.casefold(),
        )
    )


def ask_review(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    logins: Iterable[str],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    note: str = "",
    link: str = "",
) -> tuple[Review, ...]:
    """Ask colleagues to read a piece; each receives a mail with ``link``.

    Raises:
        NotAllowedError: the actor may not draft here.
        InvalidInputError: nobody is asked, or one of them does not see the piece.
    """
    require(actor, p.DRAFT_DOCUMENTS, _consultation(draft))
    colleagues = {
        user.login: user
        for user in colleagues_of(draft, legal_day(now), but=actor.login)
    }
    asked = tuple(dict.fromkeys(logins))
    if not asked or any(login not in colleagues for login in asked):
        raise InvalidInputError(
            _(
                "review-nobody",
                default="Choisissez au moins une personne qui peut lire la pièce.",
            ),
            "reviewers",
        )
    made = tuple(
        Review(token_hex(6), login, actor.login, now, note.strip()) for login in asked
    )
    # Who is asked again answers anew.
    kept = (r for r in draft.reviews if r.reviewer not in asked or r.answer)
    draft.reviews = (*kept, *made)
    for review in made:
        _tell(draft, colleagues[review.reviewer], actor, review.note, link, registry)
    _note(draft, "draft-review-asked", actor, now, registry)
    return made


def answer_review(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    answer: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> None:
    """Say what one thinks of a piece one was asked to read.

    Raises:
        NotAllowedError: the actor was not asked, or does not see the piece any more.
        InvalidInputError: the answer is unknown, or asks for changes without reason.
    """
    require(actor, p.VIEW_DETAIL, _consultation(draft))
    waiting = waiting_review(draft, actor.login)
    if waiting is None:
        raise NotAllowedError(
            _("review-not-asked", default="Cette relecture ne vous est pas demandée.")
        )
    if answer not in ANSWERS:
        raise InvalidInputError(
            _("review-answer-needed", default="Dites ce que vous pensez de la pièce."),
            "answer",
        )
    if answer == REWORK and not reason.strip():
        raise InvalidInputError(
            _("reason-needed", default="Donnez le motif."), "reason"
        )
    draft.reviews = tuple(
        replace(item, answer=answer, reason=reason.strip(), answered_at=now)
        if item.id == waiting.id
        else item
        for item in draft.reviews
    )
    _note(draft, "draft-review-answered", actor, now, registry, reason=reason.strip())


def waiting_review(draft: Any, login: str) -> Review | None:  # noqa: ANN401
    """Return what a person was asked to read and has not answered, if anything."""
    found = (r for r in draft.reviews if r.reviewer == login and not r.answer)
    return next(found, None)


def _consultation(draft: Any) -> Any:  # noqa: ANN401
    return draft.__parent__.__parent__


def _known(draft: Any, comment_id: str) -> Comment:  # noqa: ANN401
    for thread in threads_on(draft):
        if thread.comment.id == comment_id:
            return thread.comment
    raise InvalidInputError(
        _("comment-unknown", default="Ce commentaire n’existe plus."), "comment"
    )


def _entities_above(site: Any, consultation: Any) -> frozenset[int]:  # noqa: ANN401
    objectmap = find_objectmap(site)
    entities = (objectmap.object_for(number) for number in consultation.responsible)
    return frozenset(
        number for entity in entities if entity for number in entity.ancestry()
    )


def _sees(site: Any, user: Any, consultation: Any, on: date) -> bool:  # noqa: ANN401
    actor = Actor(user.login, user.title, principals_of(site, user, on))
    return may(actor, p.VIEW_DETAIL, consultation)


def _tell(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    user: Any,  # noqa: ANN401
    actor: Actor,
    note: str,
    link: str,
    registry: Any,  # noqa: ANN401
) -> None:
    if not user.email:
        return
    subject = _("mail-review-subject", default="SICP : une pièce à relire")
    told = {
        "name": user.title,
        "who": actor.name,
        "piece": draft.title,
        "reference": _consultation(draft).reference,
        "note": note,
        "link": link,
    }
    body = french(_ASKED % told)
    message = Message(subject=french(subject), recipients=[user.email], body=body)
    post(registry, message)


def _note(
    draft: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    **details: Any,  # noqa: ANN401
) -> None:
    told = {"template": draft.title, "piece": draft.template_id, **details}
    registry.notify(Happened(draft, action, actor.login, now, details=told))
