"""Log in, log out, recover a password."""

from typing import Any
from urllib.parse import urlsplit

import colander
from pyramid.httpexceptions import HTTPForbidden
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.security import forget
from pyramid.security import remember
from pyramid.view import forbidden_view_config
from pyramid.view import view_config
from substanced.interfaces import IRoot

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.i18n import _
from sicp.interfaces.user import IDirectory
from sicp.operations.user.account import ask_reset
from sicp.operations.user.account import forget_failures
from sicp.operations.user.account import is_locked_out
from sicp.operations.user.account import note_failure
from sicp.operations.user.account import set_password
from sicp.operations.user.account import user_of_reset
from sicp.operations.user.mail import send_reset
from sicp.operations.user.right import actor_for
from sicp.views.shared.errors import forbidden
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Password
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import TextControl
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

_LONGEST = 200


class LoginSchema(colander.Schema):
    """Who are you?"""

    login = colander.SchemaNode(
        Text(_LONGEST),
        title=_("login", default="Identifiant"),
        widget=TextControl(autocomplete="username"),
    )
    password = colander.SchemaNode(
        Password(), title=_("password", default="Mot de passe")
    )


class ForgottenSchema(colander.Schema):
    """Whose password is forgotten?"""

    login = colander.SchemaNode(Text(_LONGEST), title=_("login", default="Identifiant"))


class NewPasswordSchema(colander.Schema):
    """The new password."""

    password = colander.SchemaNode(
        Password(),
        title=_("password-new", default="Nouveau mot de passe"),
        description=_(
            "password-help",
            default="Douze caractères au moins. Une phrase "
            "dont vous vous souvenez vaut mieux qu’un mot compliqué.",
        ),
    )


@forbidden_view_config()
def ask_login(exc: Any, request: Any) -> Any:  # noqa: ANN401
    """Send who is not logged in to the login page; tell the others they may not."""
    if request.actor.login:
        return forbidden(exc, request)
    here = request.path_qs if request.method == "GET" else ""
    query = {"suite": here} if here not in {"", "/"} else {}
    return HTTPSeeOther(request.resource_url(request.site, "connexion", query=query))


@view_config(
    name="connexion",
    context=IRoot,
    permission=p.PUBLIC,
    renderer="templates/session/login.pt",
)
def login(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Open a session, or say why not."""
    request.layout.show(_("login-title", default="Connexion"))
    form = Form(
        LoginSchema(),
        request,
        buttons=[Button("enter", _("login-button", default="Se connecter"))],
        warns_unsaved=False,
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and _try_login(context, request, form, values):
            user = context["utilisateurs"][values["login"].strip().lower()]
            if user.has_temporary_password:
                return HTTPSeeOther(_choosing_url(context, request, user))
            return HTTPSeeOther(_next_url(request), headers=request.response.headers)
    elif request.actor.login:
        return HTTPSeeOther(request.resource_url(context))
    return {
        "form": form.render(),
        "is_demonstration": request.registry.site_settings.is_demonstration,
    }


@view_config(
    name="deconnexion", context=IRoot, permission=p.PUBLIC, request_method="POST"
)
def logout(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Close the session."""
    headers = forget(request)
    flash(request, _("logged-out", default="Vous êtes déconnecté."))
    return HTTPSeeOther(request.resource_url(context, "connexion"), headers=headers)


@view_config(
    name="mot-de-passe-oublie",
    context=IRoot,
    permission=p.PUBLIC,
    renderer="templates/session/forgotten.pt",
)
def forgotten(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Mail a link; the answer is the same whether the account exists or not."""
    request.layout.show(_("forgotten-title", default="Mot de passe oublié"))
    form = Form(
        ForgottenSchema(),
        request,
        buttons=[Button("send", _("forgotten-button", default="Recevoir un lien"))],
        warns_unsaved=False,
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            _mail_link(context, request, values["login"].strip().lower())
            flash(
                request,
                _(
                    "forgotten-sent",
                    default="Si ce compte existe, un message "
                    "vient de partir à son adresse ; le lien vaut deux heures.",
                ),
            )
            return HTTPSeeOther(request.resource_url(context, "connexion"))
    return {"form": form.render()}


@view_config(
    name="nouveau-mot-de-passe",
    context=IRoot,
    permission=p.PUBLIC,
    renderer="templates/session/reset.pt",
)
def reset(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Set a new password from a mailed link."""
    request.layout.show(_("reset-title", default="Choisir un mot de passe"))
    login_name, token = request.GET.get("compte", ""), request.GET.get("cle", "")
    user = user_of_reset(context, login_name, token, request.now)
    if user is None:
        request.response.status_int = HTTPForbidden.code
        return {"form": None}
    form = Form(
        NewPasswordSchema(),
        request,
        buttons=[Button("save", _("reset-button", default="Enregistrer"))],
        warns_unsaved=False,
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and _set_password(request, form, user, values):
            flash(
                request,
                _(
                    "password-changed",
                    default="Le mot de passe est changé : connectez-vous.",
                ),
            )
            return HTTPSeeOther(request.resource_url(context, "connexion"))
    return {"form": form.render()}


def _try_login(site: Any, request: Any, form: Form, values: Any) -> bool:  # noqa: ANN401
    settings = request.registry.site_settings
    name = values["login"].strip().lower()
    # A whole town hall may share one address: it is allowed more failures.
    limits = {
        f"login:{name}": settings.login_attempts,
        f"address:{request.client_addr}": settings.login_attempts * 10,
    }
    # Failures are counted although the answer is 4xx.
    request.response.headers["X-Tm"] = "commit"
    if is_locked_out(
        site, limits, request.now, window_minutes=settings.login_window_minutes
    ):
        form.refuse(
            _(
                "login-locked",
                default="Trop d’essais : attendez ${minutes} minutes, ou "
                "demandez un nouveau mot de passe.",
                mapping={"minutes": settings.login_window_minutes},
            )
        )
        request.response.status_int = 429
        return False
    directory = request.registry.getUtility(IDirectory)
    found = directory.authenticate(site, name, values["password"])
    if found is None:
        note_failure(
            site,
            tuple(limits),
            request.now,
            window_minutes=settings.login_window_minutes,
        )
        form.refuse(
            _(
                "login-refused",
                default="L’identifiant ou le mot de passe ne convient pas.",
            )
        )
        request.response.status_int = 401
        return False
    forget_failures(site, (f"login:{name}",))
    if site["utilisateurs"][found].has_temporary_password:
        # It opens no session, only the page where another one is chosen.
        return True
    request.response.headers.extend(remember(request, found))
    return True


def _choosing_url(site: Any, request: Any, user: Any) -> str:
    """Return the page where who has a temporary password chooses his own."""
    query = {"compte": user.login, "cle": ask_reset(user, request.now)}
    return request.resource_url(site, "nouveau-mot-de-passe", query=query)


def _next_url(request: Any) -> str:  # noqa: ANN401
    """Return where the person was going; never another site."""
    wanted = request.GET.get("suite", "")
    parts = urlsplit(wanted)
    is_ours = wanted.startswith("/") and not parts.netloc and "\\" not in wanted
    if is_ours and not wanted.startswith("//"):
        return request.application_url + wanted
    return request.resource_url(request.site)


def _mail_link(site: Any, request: Any, login_name: str) -> None:  # noqa: ANN401
    user = site["utilisateurs"].get(login_name)
    if user is None or not user.is_active or not user.email:
        return
    token = ask_reset(user, request.now)
    link = request.resource_url(
        site, "nouveau-mot-de-passe", query={"compte": user.login, "cle": token}
    )
    send_reset(request.registry, user, link)


def _set_password(request: Any, form: Form, user: Any, values: Any) -> bool:  # noqa: ANN401
    actor = actor_for(request.site, user.login, request.now)
    try:
        set_password(
            user,
            values["password"],
            actor=actor,
            now=request.now,
            registry=request.registry,
        )
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    return True
