"""The password of somebody else's account: a temporary one, or a link by mail."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.user import IUser
from sicp.operations.user.account import begin_reset
from sicp.operations.user.account import give_temporary_password
from sicp.operations.user.mail import send_reset
from sicp.operations.user.perimeter import require_account
from sicp.views.office.user.perimeter import show_task
from sicp.views.office.user.perimeter import within_perimeter
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash


@view_config(
    name="mot-de-passe",
    context=IUser,
    permission=p.MANAGE_USERS,
    decorator=within_perimeter,
    request_method="GET",
    renderer="templates/password/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Offer the two ways to let a person choose a password."""
    require_account(request.site, request.actor, context, request.today)
    show_task(context, request, _("password", default="Mot de passe"))
    mail = Action(
        _("password-mail", default="Envoyer un lien par courriel"),
        request.resource_url(context, "lien-mot-de-passe"),
        method="post",
    )
    give = Action(
        _("password-give", default="Donner un mot de passe provisoire"),
        request.resource_url(context, "mot-de-passe"),
        method="post",
        confirm=_(
            "password-give-confirm",
            default="Le mot de passe actuel ne vaudra plus. Continuer ?",
        ),
    )
    return {"mail": mail if context.email else None, "give": give, "password": ""}


@view_config(
    name="mot-de-passe",
    context=IUser,
    permission=p.MANAGE_USERS,
    decorator=within_perimeter,
    request_method="POST",
    renderer="templates/password/show.pt",
)
def give(context: Any, request: Any) -> dict[str, Any]:
    """Show a temporary password, once: it is kept nowhere."""
    password = give_temporary_password(
        request.site,
        context,
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    show_task(context, request, _("password", default="Mot de passe"))
    request.response.headers["Cache-Control"] = "no-store"
    return {"mail": None, "give": None, "password": password}


@view_config(
    name="lien-mot-de-passe",
    context=IUser,
    permission=p.MANAGE_USERS,
    decorator=within_perimeter,
    request_method="POST",
)
def mail(context: Any, request: Any) -> Any:
    """Mail the link by which the person chooses a password."""
    token = begin_reset(request.site, context, actor=request.actor, now=request.now)
    query = {"compte": context.login, "cle": token}
    link = request.resource_url(request.site, "nouveau-mot-de-passe", query=query)
    send_reset(request.registry, context, link)
    flash(
        request,
        _(
            "password-mailed",
            default="Un lien part à ${email} ; il vaut deux heures.",
            mapping={"email": context.email},
        ),
    )
    return HTTPSeeOther(request.resource_url(context))
