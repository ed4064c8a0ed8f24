"""What an account holds: assignments and substitutes, given and ended."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import IUser
from sicp.operations.organisation import entities_where
from sicp.operations.user.assignment import assign
from sicp.operations.user.assignment import end_assignment
from sicp.operations.user.assignment import end_substitution
from sicp.operations.user.assignment import name_substitute
from sicp.operations.user.perimeter import may_grant
from sicp.operations.user.perimeter import sees_entity
from sicp.operations.user.right import may
from sicp.operations.user.user import colleagues_named
from sicp.views.office.forms import attempt
from sicp.views.office.forms import entity_of
from sicp.views.office.forms import entity_options
from sicp.views.office.user.perimeter import place_title
from sicp.views.office.user.perimeter import show_task
from sicp.views.office.user.perimeter import within_perimeter
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import EntityControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import TextControl
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

#: People named in an error before « … »: enough to recognise the one meant.
_MOST_NAMED = 5


@view_config(
    name="affecter",
    context=IUser,
    permission=p.ASSIGN_PROFILES,
    decorator=within_perimeter,
    renderer="templates/assignment/create.pt",
)
def create(context: Any, request: Any) -> Any:
    """Give the account a profile at an entity."""
    show_task(context, request, _("assign", default="Affecter un profil"))
    form = _form(request, _assignment_nodes(request), {"starts_on": request.today})
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and attempt(
            request,
            form,
            assign,
            request.site,
            context,
            values["profile"],
            entity_of(request, values["entity"]),
            values["starts_on"],
            values["ends_on"],
        ):
            flash(request, _("assigned", default="Le profil est affecté."))
            return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render(), "note": ""}


@view_config(
    name="fin-affectation",
    context=IUser,
    permission=p.ASSIGN_PROFILES,
    decorator=within_perimeter,
    renderer="templates/assignment/create.pt",
)
def end(context: Any, request: Any) -> Any:
    """Set the last day of an assignment."""
    held = _assignment(context, request)
    title = _("assignment-end", default="Mettre fin à une affectation")
    show_task(context, request, title)
    node = colander.SchemaNode(
        FrenchDate(),
        name="ends_on",
        title=_("assignment-ends-on", default="Dernier jour de l’affectation"),
    )
    form = _form(request, [node], {"ends_on": request.today})
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and attempt(
            request,
            form,
            end_assignment,
            request.site,
            context,
            held.id,
            values["ends_on"],
        ):
            flash(request, _("assignment-ended", default="L’affectation prend fin."))
            return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render(), "note": _assignment_words(request, held)}


@view_config(
    name="suppleant",
    context=IUser,
    permission=p.MANAGE_USERS,
    decorator=within_perimeter,
    renderer="templates/assignment/create.pt",
)
def substitute(context: Any, request: Any) -> Any:
    """Name who acts for an absent person."""
    title = _("substitute-name", default="Désigner un suppléant")
    show_task(context, request, title)
    form = substitute_form(request)
    if request.method == "POST" and substitute_named(context, request, form):
        return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render(), "note": SUBSTITUTE_NOTE}


@view_config(
    name="fin-suppleance",
    context=IUser,
    permission=p.MANAGE_USERS,
    decorator=within_perimeter,
    request_method="POST",
)
def end_substitute(context: Any, request: Any) -> Any:
    """End a substitution at once."""
    stop_substitution(context, request)
    return HTTPSeeOther(request.resource_url(context))


def stop_substitution(user: Any, request: Any) -> None:
    """End the substitution that was posted, and say so."""
    end_substitution(
        request.site,
        user,
        request.POST.get("id", ""),
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    flash(request, _("substitution-ended", default="La suppléance prend fin."))


def substitute_form(request: Any) -> Form:
    """Ask who acts for an absent person, and when."""
    person = colander.SchemaNode(
        Text(200),
        name="substitute",
        title=_("substitute", default="Suppléant"),
        description=_(
            "help-substitute",
            default="Son identifiant, ou son nom. Il appartient au même organisme.",
        ),
        widget=TextControl(autocomplete="off", size="medium"),
    )
    first = _day_node("starts_on", _("column-from", default="Du"))
    last = _day_node("ends_on", _("column-to", default="Au"))
    return _form(request, [person, first, last], {"starts_on": request.today})


def substitute_named(user: Any, request: Any, form: Form) -> bool:
    """Name the substitute that was typed; what is refused is shown in the form."""
    values = validate(form, request.POST)
    done = values and attempt(
        request, form, _name_substitute, request.site, user, values
    )
    if done:
        flash(request, _("substitute-named", default="Le suppléant est désigné."))
    return bool(done)


def _name_substitute(site: Any, user: Any, values: Any, **by: Any) -> Any:
    found = colleagues_named(site, user, values["substitute"])
    if len(found) > 1:
        named = [f"{q.title} ({q.login})" for q in found[:_MOST_NAMED]]
        raise InvalidInputError(
            _(
                "substitute-several",
                default="Plusieurs personnes répondent à ce nom : ${names}. Écrivez "
                "l’identifiant.",
                mapping={"names": ", ".join(named)},
            ),
            "substitute",
        )
    login = found[0].login if found else ""
    dates = values["starts_on"], values["ends_on"]
    return name_substitute(site, user, login, *dates, **by)


def substitution_endings(user: Any, request: Any, place: Any) -> list[dict[str, Any]]:
    """Offer to end each substitution at once, by the page of ``place``."""
    users = request.site["utilisateurs"]
    return [
        {
            "action": Action(
                _(
                    "substitution-end",
                    default="Mettre fin à la suppléance de ${name}",
                    mapping={
                        "name": getattr(
                            users.get(item.substitute), "title", item.substitute
                        )
                    },
                ),
                request.resource_url(place, "fin-suppleance"),
                method="post",
                fields={"id": item.id},
            )
        }
        for item in user.substitutions
        if item.ends_on >= request.today
    ]


def assignments_table(user: Any, request: Any, *, is_own: bool = False) -> Table:
    """List what an account holds, held or will hold, the latest first."""
    columns = [
        Column("profile", _("column-profile", default="Profil")),
        Column("entity", _("column-entity", default="Entité")),
        Column("from", _("column-from", default="Du")),
        Column("to", _("column-to", default="Au")),
        Column("state", _("column-state", default="État")),
    ]
    if not is_own:
        columns.append(Column("action", _("column-action", default="Action")))
    ordered = sorted(user.assignments, key=lambda a: a.starts_on, reverse=True)
    empty = EmptyState(
        _("assignments-none", default="Aucune affectation : le compte n’a aucun droit.")
    )
    return Table(
        _("assignments", default="Affectations"),
        columns,
        [_assignment_row(user, request, held, is_own=is_own) for held in ordered],
        empty=empty,
    )


def substitutions_table(user: Any, request: Any) -> Table:
    """List who acts or will act for an absent person."""
    columns = (
        Column("name", _("substitute", default="Suppléant")),
        Column("from", _("column-from", default="Du")),
        Column("to", _("column-to", default="Au")),
        Column("state", _("column-state", default="État")),
    )
    users = request.site["utilisateurs"]
    rows = [
        Row(
            (
                Cell(getattr(users.get(item.substitute), "title", item.substitute)),
                Cell(display.day(item.starts_on)),
                Cell(display.day(item.ends_on)),
                Cell(badge=_span_badge(item, request.today)),
            ),
            id=item.id,
        )
        for item in user.substitutions
    ]
    empty = EmptyState(_("substitutions-none", default="Aucun suppléant désigné."))
    return Table(_("substitutes", default="Suppléants"), columns, rows, empty=empty)


def _assignment_row(user: Any, request: Any, held: Any, *, is_own: bool) -> Row:
    entity = request.site.__objectmap__.object_for(held.entity)
    profile = request.site["profils"].get(held.profile)
    place = (
        entity.full_title() or request.layout.say(TOP)
        if is_own and entity is not None
        else place_title(request, entity)
    )
    cells = [
        Cell(profile.title if profile is not None else held.profile),
        Cell(place),
        Cell(display.day(held.starts_on)),
        Cell(display.day(held.ends_on)),
        Cell(badge=_span_badge(held, request.today)),
    ]
    if not is_own:
        cells.append(_ending_cell(user, request, held, entity, profile))
    return Row(cells, id=held.id)


def _ending_cell(user: Any, request: Any, held: Any, entity: Any, profile: Any) -> Cell:
    is_over = held.ends_on is not None and held.ends_on < request.today
    if is_over or entity is None or profile is None:
        return Cell()
    is_his = may(request.actor, p.ASSIGN_PROFILES, entity)
    if not is_his or not may_grant(request.actor, profile, entity):
        return Cell()
    url = request.resource_url(user, "fin-affectation", query={"id": held.id})
    return Cell(_("end", default="Mettre fin"), url)


def _span_badge(item: Any, today: Any) -> Badge:
    if item.is_in_force(today):
        return Badge(_("span-current", default="En vigueur"), "success")
    if item.starts_on > today and (item.ends_on is None or item.ends_on >= today):
        return Badge(_("span-coming", default="À venir"), "info")
    return Badge(_("span-over", default="Passée"), "neutral")


def _assignment(user: Any, request: Any) -> Any:
    asked = request.GET.get("id", "")
    found = next((a for a in user.assignments if a.id == asked), None)
    entity = request.site.__objectmap__.object_for(found.entity) if found else None
    if entity is None or not sees_entity(request.actor, entity):
        raise HTTPNotFound
    return found


def _assignment_words(request: Any, held: Any) -> str:
    entity = request.site.__objectmap__.object_for(held.entity)
    profile = request.site["profils"].get(held.profile)
    title = profile.title if profile is not None else held.profile
    return f"{title} — {place_title(request, entity)}"


def _form(request: Any, nodes: list[Any], known: Any) -> Form:
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        appstruct=known,
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )


def _assignment_nodes(request: Any) -> list[Any]:
    entities = _assignable(request)
    profiles = sorted(request.site["profils"].values(), key=lambda q: q.title)
    granted = [
        Option(profile.__name__, profile.title)
        for profile in profiles
        if any(may_grant(request.actor, profile, entity) for entity in entities)
    ]
    return [
        colander.SchemaNode(
            Text(),
            name="profile",
            title=_("column-profile", default="Profil"),
            widget=ChoiceControl(options=tuple(granted), is_compact=True),
        ),
        colander.SchemaNode(
            Text(),
            name="entity",
            title=_("column-entity", default="Entité"),
            description=_(
                "help-assignment-entity",
                default="Le profil vaut pour cette entité et pour ce dont celles "
                "placées au-dessous sont responsables.",
            ),
            widget=EntityControl(options=entity_options(entities)),
        ),
        _day_node("starts_on", _("assignment-starts-on", default="Premier jour")),
        _day_node(
            "ends_on", _("assignment-last-day", default="Dernier jour"), missing=None
        ),
    ]


def _assignable(request: Any) -> list[Any]:
    site, actor = request.site, request.actor
    top = site["organisation"]
    entities = list(entities_where(site, actor, p.ASSIGN_PROFILES, request.today))
    return [top, *entities] if may(actor, p.ASSIGN_PROFILES, top) else entities


def _day_node(name: str, title: str, **options: Any) -> Any:
    return colander.SchemaNode(FrenchDate(), name=name, title=title, **options)


TOP = _("place-top", default="Tout en haut, au-dessus des organismes")
SUBSTITUTE_NOTE = _(
    "substitute-note",
    default="Le suppléant tient tous les droits de la personne absente, du premier au "
    "dernier jour. Ce qu’il fait en son nom est marqué dans les journaux.",
)
