"""My account: who I am, what I hold, my password, who acts for me."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.security import remember
from pyramid.view import view_config
from substanced.interfaces import IRoot

from sicp import permissions as p
from sicp.i18n import _
from sicp.operations.user.account import change_password
from sicp.operations.user.account import is_locked_out
from sicp.operations.user.account import note_failure
from sicp.views.office.forms import attempt
from sicp.views.office.user.assignment import SUBSTITUTE_NOTE
from sicp.views.office.user.assignment import assignments_table
from sicp.views.office.user.assignment import stop_substitution
from sicp.views.office.user.assignment import substitute_form
from sicp.views.office.user.assignment import substitute_named
from sicp.views.office.user.assignment import substitution_endings
from sicp.views.office.user.assignment import substitutions_table
from sicp.views.shared import display
from sicp.views.shared.components import Term
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Password
from sicp.views.shared.forms import PasswordControl
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash


@view_config(
    name="mon-compte",
    context=IRoot,
    permission=p.ENTER,
    renderer="templates/account/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the person his own account."""
    user = _own(request)
    request.layout.show(_("my-account", default="Mon compte"), subtitle=user.title)
    links = [
        ("mon-suppleant", _("substitute-name", default="Désigner un suppléant")),
    ]
    if user.password_hash:
        title = _("password-change", default="Changer mon mot de passe")
        links.insert(0, ("mon-mot-de-passe", title))
    request.layout.actions = [
        Action(title, request.resource_url(context, name)) for name, title in links
    ]
    return {
        "terms": _terms(user),
        "assignments": assignments_table(user, request, is_own=True),
        "substitutions": substitutions_table(user, request),
        "endings": substitution_endings(user, request, context),
        "absent": [
            getattr(request.site["utilisateurs"].get(login), "title", login)
            for login in request.actor.on_behalf_of
        ],
    }


@view_config(
    name="mon-mot-de-passe",
    context=IRoot,
    permission=p.ENTER,
    renderer="templates/account/password.pt",
)
def password(context: Any, request: Any) -> Any:
    """Change one's own password; the one in use is asked for."""
    request.layout.show(_("password-change", default="Changer mon mot de passe"))
    form = Form(
        colander.SchemaNode(colander.Mapping(), *_password_nodes()),
        request,
        buttons=[Button("save", _("save", default="Enregistrer"))],
        warns_unsaved=False,
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and _changed(context, request, form, values):
            # The session before bears the stamp of the old password.
            headers = remember(request, request.actor.login)
            flash(
                request,
                _(
                    "password-own-changed",
                    default="Votre mot de passe est changé ; vos autres sessions sont "
                    "fermées.",
                ),
            )
            url = request.resource_url(context, "mon-compte")
            return HTTPSeeOther(url, headers=headers)
    return {"form": form.render(), "note": ""}


@view_config(
    name="mon-suppleant",
    context=IRoot,
    permission=p.ENTER,
    renderer="templates/account/password.pt",
)
def substitute(context: Any, request: Any) -> Any:
    """Name who acts for me while I am away."""
    request.layout.show(_("substitute-name", default="Désigner un suppléant"))
    form = substitute_form(request)
    if request.method == "POST" and substitute_named(_own(request), request, form):
        return HTTPSeeOther(request.resource_url(context, "mon-compte"))
    return {"form": form.render(), "note": SUBSTITUTE_NOTE}


@view_config(
    name="fin-suppleance",
    context=IRoot,
    permission=p.ENTER,
    request_method="POST",
)
def end_substitute(context: Any, request: Any) -> Any:
    """End my substitute's right at once."""
    stop_substitution(_own(request), request)
    return HTTPSeeOther(request.resource_url(context, "mon-compte"))


def _own(request: Any) -> Any:
    return request.site["utilisateurs"][request.actor.login]


def _terms(user: Any) -> list[Term]:
    return [
        Term(_("user-name", default="Prénom et nom"), user.title),
        Term(_("login", default="Identifiant"), user.login),
        Term(
            _("body-email", default="Adresse électronique"),
            user.email or display.NOTHING,
        ),
    ]


def _password_nodes() -> list[Any]:
    return [
        colander.SchemaNode(
            Password(),
            name="old",
            title=_("password-old", default="Mot de passe actuel"),
        ),
        colander.SchemaNode(
            Password(),
            name="password",
            title=_("password-new", default="Nouveau mot de passe"),
            description=_(
                "password-help",
                default="Douze caractères au moins. Une phrase "
                "dont vous vous souvenez vaut mieux qu’un mot compliqué.",
            ),
            widget=PasswordControl(autocomplete="new-password"),
        ),
    ]


def _changed(site: Any, request: Any, form: Form, values: Any) -> bool:
    settings = request.registry.site_settings
    minutes = settings.login_window_minutes
    key = f"login:{request.actor.login}"
    if is_locked_out(
        site, {key: settings.login_attempts}, request.now, window_minutes=minutes
    ):
        form.refuse(
            _(
                "password-locked",
                default="Trop d’essais : attendez ${minutes} minutes.",
                mapping={"minutes": minutes},
            )
        )
        request.response.status_int = 429
        return False
    old, new = values["old"], values["password"]
    done = attempt(request, form, change_password, _own(request), old, new)
    if done is None and form["old"].error is not None:
        # A failure counts although the answer is 4xx.
        request.response.headers["X-Tm"] = "commit"
        note_failure(site, (key,), request.now, window_minutes=minutes)
    return done is not None
