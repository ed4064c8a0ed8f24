"""The mails an account receives; sent when the transaction commits, never before."""

from typing import Any

from pyramid_mailer.interfaces import IMailer
from pyramid_mailer.message import Message

from sicp.i18n import _
from sicp.i18n import french

_RESET = _(
    "mail-reset-body",
    default="Bonjour ${name},\n\nPour choisir un nouveau mot de passe, ouvrez cette "
    "adresse dans les deux heures :\n\n${link}\n\nSi vous n’avez rien demandé, ne "
    "faites rien : votre mot de passe ne change pas.\n",
)


def send_reset(registry: Any, user: Any, link: str) -> None:  # noqa: ANN401
    """Send the link by which ``user`` chooses a new password."""
    subject = _("mail-reset-subject", default="SICP : choisir un mot de passe")
    post(
        registry,
        Message(
            subject=french(subject),
            recipients=[user.email],
            body=french(_RESET % {"name": user.title, "link": link}),
        ),
    )


def post(registry: Any, message: Message) -> None:  # noqa: ANN401
    """Send a mail with the transaction.

    Where ``mail.queue_path`` is set the mail waits in that folder, so that a mail
    server that does not answer never stops a person.
    """
    mailer = registry.getUtility(IMailer)
    has_queue = mailer.queue_delivery is not None
    send = mailer.send_to_queue if has_queue else mailer.send
    send(message)
