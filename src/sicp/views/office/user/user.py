"""Accounts: the list, one account, opening one, changing one."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.user import IUser
from sicp.interfaces.user import IUsers
from sicp.operations.organisation import entities_where
from sicp.operations.organisation import open_entities
from sicp.operations.user.account import change_user
from sicp.operations.user.account import create_user
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import keeps_account
from sicp.operations.user.perimeter import sees_people_of
from sicp.operations.user.right import may
from sicp.operations.user.user import PAGE_SIZE
from sicp.operations.user.user import STATES
from sicp.operations.user.user import Listing
from sicp.operations.user.user import Wanted
from sicp.operations.user.user import list_users
from sicp.views.office.forms import attempt
from sicp.views.office.forms import entity_of
from sicp.views.office.forms import entity_options
from sicp.views.office.user.assignment import assignments_table
from sicp.views.office.user.assignment import substitution_endings
from sicp.views.office.user.assignment import substitutions_table
from sicp.views.office.user.perimeter import place_title
from sicp.views.office.user.perimeter import show_account
from sicp.views.office.user.perimeter import show_task
from sicp.views.office.user.perimeter import within_perimeter
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import Term
from sicp.views.shared.components import sortable
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import EntityControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import TextControl
from sicp.views.shared.forms import YesNo
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_SORTED_COLUMNS = (
    Column("nom", _("column-name", default="Nom")),
    Column("identifiant", _("login", default="Identifiant")),
)
_LONGEST_TEXT = 200
_STATE_TITLES = {
    "ouvert": _("accounts-open", default="Comptes ouverts"),
    "ferme": _("accounts-closed", default="Comptes fermés"),
}


@view_config(
    context=IUsers, permission=p.VIEW_USERS, renderer="templates/user/show_all.pt"
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the accounts of the person's perimeter."""
    request.layout.show(_("users", default="Utilisateurs"))
    if may(request.actor, p.MANAGE_USERS, context):
        request.layout.primary_action = _adding(context, request)
    if may(request.actor, p.SIMULATE, context):
        title = _("simulation-title", default="Simuler les droits")
        url = request.resource_url(context, "simulation")
        request.layout.actions = [Action(title, url)]
    wanted, chosen = _wanted(request)
    listing = list_users(request.site, request.actor, wanted)
    return {
        "table": _table(request, listing, wanted),
        "wanted": wanted,
        "entities": [
            {"option": option, "is_chosen": option.value == chosen}
            for option in entity_options(_homes(request))
        ],
        "states": [
            {"value": value, "title": title, "is_chosen": value == wanted.state}
            for value, title in _STATE_TITLES.items()
        ],
        "sort": request.GET.get("sort", ""),
        "clear_url": request.resource_url(context),
    }


@view_config(
    context=IUser,
    permission=p.VIEW_USERS,
    decorator=within_perimeter,
    renderer="templates/user/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show one account: who, where, which rights, which substitutes."""
    show_account(context, request)
    request.layout.actions = _actions(context, request)
    if may(request.actor, p.ASSIGN_PROFILES, home_of(request.site, context)):
        request.layout.primary_action = Action(
            _("assign", default="Affecter un profil"),
            request.resource_url(context, "affecter"),
        )
    return {
        "terms": _terms(context, request),
        "assignments": assignments_table(context, request),
        "substitutions": substitutions_table(context, request),
        "endings": substitution_endings(context, request, context)
        if keeps_account(request.site, request.actor, context, request.today)
        else [],
    }


@view_config(
    name="nouveau",
    context=IUsers,
    permission=p.MANAGE_USERS,
    renderer="templates/user/edit.pt",
)
def new(_context: Any, request: Any) -> Any:
    """Open an account; it has no right yet."""
    request.layout.show(_("user-new", default="Nouveau compte"))
    form = _form(request, [_login_node(), *_nodes(request)])
    if request.method == "POST":
        values = validate(form, request.POST)
        user = values and attempt(
            request,
            form,
            create_user,
            request.site,
            values["login"],
            values["title"],
            values["email"],
            entity_of(request, values["home"]),
        )
        if user:
            flash(
                request,
                _(
                    "user-created",
                    default="Le compte est ouvert : donnez-lui un mot de passe et une "
                    "affectation.",
                ),
            )
            return HTTPSeeOther(request.resource_url(user))
    return {"form": form.render()}


@view_config(
    name="modifier",
    context=IUser,
    permission=p.MANAGE_USERS,
    decorator=within_perimeter,
    renderer="templates/user/edit.pt",
)
def edit(context: Any, request: Any) -> Any:
    """Change an account, close it or open it again."""
    show_task(context, request, _("user-change", default="Modifier le compte"))
    known = {
        "title": context.title,
        "email": context.email,
        "home": str(context.home),
        "is_active": context.is_active,
    }
    form = _form(request, [*_nodes(request), _active_node()], known)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and attempt(
            request,
            form,
            change_user,
            context,
            values["title"],
            values["email"],
            entity_of(request, values["home"]),
            values["is_active"],
            site=request.site,
        ):
            flash(request, _("user-changed", default="Le compte est enregistré."))
            return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render()}


def _wanted(request: Any) -> tuple[Wanted, str]:
    asked = request.GET.get("sort", "") or "nom"
    page = request.GET.get("page", "1")
    chosen = request.GET.get("entite", "")
    homes = {str(entity.__oid__): entity for entity in _homes(request)}
    state = request.GET.get("etat", "")
    wanted = Wanted(
        text=request.GET.get("texte", "")[:_LONGEST_TEXT],
        home=homes.get(chosen),
        state=state if state in STATES else "",
        sort=asked.removeprefix("-"),
        is_descending=asked.startswith("-"),
        # Longer numbers than a list has pages are read as the last page.
        page=int(page[:9]) if page.isascii() and page[:9].isdigit() else 1,
    )
    return wanted, chosen if chosen in homes else ""


def _homes(request: Any) -> list[Any]:
    top = request.site["organisation"]
    return [
        entity
        for entity in open_entities(top, request.today)
        if entity is not top and sees_people_of(request.actor, entity)
    ]


def _adding(context: Any, request: Any) -> Action:
    return Action(
        _("user-new", default="Nouveau compte"),
        request.resource_url(context, "nouveau"),
    )


def _table(request: Any, listing: Listing, wanted: Wanted) -> Table:
    columns = [
        *sortable(request, _SORTED_COLUMNS),
        Column("entite", _("column-home", default="Entité de rattachement")),
        Column("affectations", _("column-assignments", default="Affectations")),
        Column("etat", _("column-state", default="État")),
    ]
    return Table(
        _("users", default="Utilisateurs"),
        columns,
        [_row(request, user) for user in listing.users],
        empty=_empty(request, wanted),
        pager=Pager.of(request, listing.page, PAGE_SIZE, listing.total),
    )


def _row(request: Any, user: Any) -> Row:
    home = home_of(request.site, user)
    profiles = request.site["profils"]
    held = dict.fromkeys(
        profiles[item.profile].title
        for item in user.assignments_on(request.today)
        if item.profile in profiles
    )
    return Row(
        (
            Cell(user.title, request.resource_url(user)),
            Cell(user.login),
            Cell(place_title(request, home)),
            Cell(", ".join(held) or display.NOTHING),
            Cell(badge=_state_badge(user)),
        ),
        name=user.title,
    )


def _state_badge(user: Any) -> Badge:
    if user.is_active:
        return Badge(_("account-open", default="Ouvert"), "success")
    return Badge(_("account-closed", default="Fermé"), "warning")


def _empty(request: Any, wanted: Wanted) -> EmptyState:
    if wanted.text or wanted.home is not None or wanted.state:
        return EmptyState(
            _("users-nothing-found", default="Aucun compte ne répond à ces critères.")
        )
    action = None
    if may(request.actor, p.MANAGE_USERS, request.context):
        action = _adding(request.context, request)
    return EmptyState(
        _("users-none", default="Aucun compte dans votre périmètre."), action=action
    )


def _actions(context: Any, request: Any) -> list[Action]:
    site, actor = request.site, request.actor
    actions = []
    if keeps_account(site, actor, context, request.today):
        actions.append(
            Action(
                _("change", default="Modifier"),
                request.resource_url(context, "modifier"),
            )
        )
        if context.login != actor.login:
            actions.append(
                Action(
                    _("password", default="Mot de passe"),
                    request.resource_url(context, "mot-de-passe"),
                )
            )
            actions.append(
                Action(
                    _("substitute-name", default="Désigner un suppléant"),
                    request.resource_url(context, "suppleant"),
                )
            )
    if may(actor, p.SIMULATE, home_of(site, context)):
        users = context.__parent__
        query = {"compte": context.login}
        url = request.resource_url(users, "simulation", query=query)
        actions.append(Action(_("simulation-title", default="Simuler les droits"), url))
    return actions


def _terms(context: Any, request: Any) -> list[Term]:
    return [
        Term(_("login", default="Identifiant"), context.login),
        Term(
            _("body-email", default="Adresse électronique"),
            context.email or display.NOTHING,
        ),
        Term(
            _("column-home", default="Entité de rattachement"),
            place_title(request, home_of(request.site, context)),
        ),
        Term(
            _("account-created", default="Compte ouvert le"),
            display.day(context.created_at),
        ),
    ]


def _form(request: Any, nodes: list[Any], known: Any = None) -> Form:
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        appstruct=known,
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )


def _login_node() -> Any:
    return colander.SchemaNode(
        Text(40),
        name="login",
        title=_("login", default="Identifiant"),
        description=_(
            "help-login",
            default="Lettres sans accent, chiffres, points et tirets. Il ne changera "
            "plus.",
        ),
        widget=TextControl(size="medium", autocomplete="off"),
    )


def _nodes(request: Any) -> list[Any]:
    homes = list(
        entities_where(request.site, request.actor, p.MANAGE_USERS, request.today)
    )
    return [
        colander.SchemaNode(
            Text(_LONGEST_TEXT),
            name="title",
            title=_("user-name", default="Prénom et nom"),
            widget=TextControl(autocomplete="off"),
        ),
        colander.SchemaNode(
            Text(_LONGEST_TEXT),
            name="email",
            title=_("body-email", default="Adresse électronique"),
            validator=colander.Email(),
            widget=TextControl(input_type="email", autocomplete="off"),
            missing="",
        ),
        colander.SchemaNode(
            Text(),
            name="home",
            title=_("column-home", default="Entité de rattachement"),
            description=_(
                "help-home",
                default="Elle dit qui tient le compte ; elle ne donne aucun droit.",
            ),
            widget=EntityControl(options=entity_options(homes)),
        ),
    ]


def _active_node() -> Any:
    return colander.SchemaNode(
        YesNo(),
        name="is_active",
        title=_("user-is-active", default="Compte ouvert ?"),
        description=_(
            "help-is-active",
            default="Un compte fermé n’entre plus et ne donne plus aucun droit ; son "
            "histoire reste.",
        ),
    )
