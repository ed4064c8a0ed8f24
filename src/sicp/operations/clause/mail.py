"""The mails about a clause, each to one person; they wait in the transaction."""

from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.base import Comment
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import plain_title
from sicp.operations.user.mail import write_to
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may


def tell_of_comment(
    clause: Any,  # noqa: ANN401
    comment: Comment,
    asked: Comment | None,
    by: Actor,
    registry: Any,  # noqa: ANN401
) -> None:
    """Tell who answers for a clause what is said of it, and who is answered.

    Nobody is told what he wrote himself, nor of a clause he does not read any more.
    """
    owner = str(clause.current.data.get("owner") or "")
    site = find_objectmap(clause).root
    told = {
        "title": plain_title(clause.title),
        "who": by.name or by.login,
        "text": comment.text,
    }
    messages = {owner: (_SUBJECT, _BODY)}
    if asked is not None:
        messages = {asked.author: (_ANSWER_SUBJECT, _ANSWER_BODY), **messages}
    for login, (subject, body) in messages.items():
        if login != by.login and _reads(site, login, clause, comment.at):
            user = site["utilisateurs"].get(login)
            write_to(user, clause, subject, body, told, registry)


def _reads(site: Any, login: str, clause: Any, now: datetime) -> bool:  # noqa: ANN401
    try:
        return may(actor_for(site, login, now), p.VIEW_LIBRARY, clause)
    except NotAllowedError:
        return False


_SUBJECT = _(
    "mail-clause-commented-subject",
    default="Commentaire sur une clause dont vous répondez : ${title}",
)
_BODY = _(
    "mail-clause-commented-body",
    default="Bonjour ${name},\n\n${who} commente la clause « ${title} » :\n\n"
    "${text}\n\n${link}\n",
)
_ANSWER_SUBJECT = _(
    "mail-clause-answered-subject", default="Réponse à votre commentaire : ${title}"
)
_ANSWER_BODY = _(
    "mail-clause-answered-body",
    default="Bonjour ${name},\n\n${who} répond à votre commentaire sur la clause "
    "« ${title} » :\n\n${text}\n\n${link}\n",
)
