"""The mails a person receives; sent when the transaction commits, never before."""

from collections.abc import Mapping
from typing import Any

from pyramid.traversal import resource_path
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


def write_to(  # noqa: PLR0913
    user: Any,  # noqa: ANN401
    item: Any,  # noqa: ANN401
    subject: str,
    body: str,
    told: Mapping[str, str],
    registry: Any,  # noqa: ANN401
) -> bool:
    """Write to a person about a thing of the site; False when he has no address.

    ``subject`` and ``body`` name his ``name``, the ``title`` of the thing, its
    ``link``, and what is ``told``.
    """
    if user is None or not user.email:
        return False
    values = {
        "name": user.title,
        "title": item.title,
        "link": link_to(item, registry),
        **told,
    }
    message = Message(
        subject=french(subject % values),
        recipients=[user.email],
        body=french(body % values),
    )
    post(registry, message)
    return True


def link_to(item: Any, registry: Any) -> str:  # noqa: ANN401
    """Return the address of a thing, for a mail."""
    return f"{registry.site_settings.base_url.rstrip('/')}{resource_path(item)}"


def post(registry: Any, message: Message) -> None:  # noqa: ANN401
    """Send a mail with the transaction.

    Where ``mail.queue_path`` is set the mail waits in that folder, so that a mail
    server that does not answer never stops a person.
    """
    mailer = registry.getUtility(IMailer)
    has_queue = mailer.queue_delivery is not None
    send = mailer.send_to_queue if has_queue else mailer.send
    send(message)
