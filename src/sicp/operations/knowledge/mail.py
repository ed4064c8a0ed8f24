"""The mails of the knowledge base, each to one person, about one sheet or folder.

They wait in the transaction: what is not kept is not told.
"""

from collections.abc import Mapping
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.mail import write_to
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may


def tell_relieved(sheet: Any, login: str, by: Actor, registry: Any) -> None:
    """Tell who was writing a sheet that a colleague took the pen."""
    told = {"who": by.name or by.login}
    _tell(sheet, login, _RELIEVED_SUBJECT, _RELIEVED, told, registry)


def tell_returned(sheet: Any, reason: str, by: Actor, registry: Any) -> None:
    """Tell who wrote a sheet why the committee sends it back."""
    if sheet.working.by == by.login:
        return
    told = {"who": by.name or by.login, "reason": reason}
    _tell(sheet, sheet.working.by, _RETURNED_SUBJECT, _RETURNED, told, registry)


def tell_owner(sheet: Any, comment: Any, by: Actor, registry: Any) -> None:
    """Tell who answers for a sheet what a reader says of it."""
    if sheet.owner == by.login:
        return
    told = {"who": by.name or by.login, "text": comment.text}
    _tell(sheet, sheet.owner, _COMMENTED_SUBJECT, _COMMENTED, told, registry)


def tell_publishers(folder: Any, question: Any, by: Actor, registry: Any) -> None:
    """Tell those who publish in a folder what a reader asks there.

    A sheet has somebody who answers for it; a folder has those who publish in it.
    """
    told = {"who": by.name or by.login, "text": question.text}
    site = find_objectmap(folder).root
    for login, user in site["utilisateurs"].items():
        if login != by.login and user.is_active and user.email:
            publisher = actor_for(site, login, question.at)
            if may(publisher, p.PUBLISH_KNOWLEDGE, folder):
                write_to(user, folder, _ASKED_SUBJECT, _ASKED, told, registry)


def tell_asker(sheet: Any, registry: Any) -> None:
    """Tell whoever asked a question that the sheet which answers it is published."""
    if sheet.asked_by:
        told = {"question": sheet.question}
        _tell(sheet, sheet.asked_by, _ANSWERED_SUBJECT, _ANSWERED, told, registry)


def _tell(  # noqa: PLR0913
    item: Any,
    login: str,
    subject: str,
    body: str,
    told: Mapping[str, str],
    registry: Any,
) -> None:
    user = find_objectmap(item).root["utilisateurs"].get(login)
    write_to(user, item, subject, body, told, registry)


_RELIEVED_SUBJECT = _(
    "mail-relieved-subject", default="Un collègue a pris le relais : ${title}"
)
_RELIEVED = _(
    "mail-relieved-body",
    default="Bonjour ${name},\n\n${who} a pris le relais de la rédaction de la fiche "
    "« ${title} ». Ce que vous aviez enregistré est gardé.\n\n${link}\n",
)
_RETURNED_SUBJECT = _(
    "mail-sheet-returned-subject", default="Fiche à reprendre : ${title}"
)
_RETURNED = _(
    "mail-sheet-returned-body",
    default="Bonjour ${name},\n\n${who} renvoie en rédaction la fiche « ${title} », "
    "avec ce motif :\n\n${reason}\n\n${link}\n",
)
_COMMENTED_SUBJECT = _(
    "mail-sheet-commented-subject", default="Commentaire sur votre fiche : ${title}"
)
_COMMENTED = _(
    "mail-sheet-commented-body",
    default="Bonjour ${name},\n\n${who} a écrit sous la fiche « ${title} », dont vous "
    "êtes responsable :\n\n${text}\n\n${link}\n",
)
_ASKED_SUBJECT = _(
    "mail-folder-asked-subject", default="Question d’un lecteur : ${title}"
)
_ASKED = _(
    "mail-folder-asked-body",
    default="Bonjour ${name},\n\n${who} pose une question dans le dossier "
    "« ${title} » de la base de connaissances :\n\n${text}\n\n${link}\n\nVous "
    "recevez ce message parce que vous publiez dans ce dossier.\n",
)
_ANSWERED_SUBJECT = _(
    "mail-question-answered-subject", default="Réponse à votre question : ${title}"
)
_ANSWERED = _(
    "mail-question-answered-body",
    default="Bonjour ${name},\n\nUne fiche répond à votre question :\n\n${question}\n\n"
    "« ${title} » est publiée dans la base de connaissances.\n\n${link}\n",
)
