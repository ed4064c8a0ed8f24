"""One entity of the organisation: look at it, add below it, rename, move, close it."""

from collections.abc import Callable
from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.organisation import IBody
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation
from sicp.operations.organisation import KINDS_UNDER
from sicp.operations.organisation import close_entity
from sicp.operations.organisation import create_entity
from sicp.operations.organisation import entrusted_counts
from sicp.operations.organisation import hindrances
from sicp.operations.organisation import move_entity
from sicp.operations.organisation import move_targets
from sicp.operations.organisation import rename_entity
from sicp.operations.organisation import reopen_entity
from sicp.operations.user.perimeter import entities_in_sight
from sicp.operations.user.perimeter import sees_account
from sicp.operations.user.perimeter import sees_entity
from sicp.operations.user.perimeter import sees_people_of
from sicp.operations.user.right import may
from sicp.operations.user.user import people_at
from sicp.views.office.forms import attempt
from sicp.views.office.forms import entity_of
from sicp.views.office.forms import entity_options
from sicp.views.office.organisation.organisation import setting_terms
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import Term
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import EntityControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

KIND_TITLES = {
    "root": _("kind-root", default="Ensemble des organismes"),
    "body": _("kind-body", default="Organisme public"),
    "direction": _("kind-direction", default="Direction"),
    "service": _("kind-service", default="Service"),
}
_LONGEST_TITLE = 200


def within_sight(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer that there is nothing here to who administers nothing in this body."""

    def guarded(context: Any, request: Any) -> Any:
        if not sees_entity(request.actor, context):
            raise HTTPNotFound
        return view(context, request)

    return guarded


@view_config(
    context=IEntity,
    permission=p.VIEW_ADMINISTRATION,
    decorator=within_sight,
    renderer="templates/entity/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show an entity: what it is, who acts there, what stands below it."""
    _frame(context, request)
    request.layout.actions = _actions(context, request)
    if _keeps(context, request) and context.is_open(request.today):
        request.layout.primary_action = _adding(context, request)
    return {
        "terms": _terms(context, request),
        "settings": setting_terms(context) if IBody.providedBy(context) else (),
        "below": _below_table(context, request),
        "people": _people_table(context, request)
        if sees_people_of(request.actor, context)
        else None,
    }


@view_config(
    name="ajouter",
    context=IEntity,
    permission=p.MANAGE_ORGANISATION,
    decorator=within_sight,
    renderer="templates/entity/rename.pt",
)
def create(context: Any, request: Any) -> Any:
    """Add an entity below this one."""
    request.layout.show(
        _("entity-add", default="Ajouter une entité"), subtitle=context.title
    )
    form = _form(request, _title_node(), _kind_node(context), _opening_node())
    if request.method == "POST":
        values = validate(form, request.POST)
        entity = values and attempt(
            request,
            form,
            create_entity,
            context,
            values["kind"],
            values["title"],
            opened_on=values["opened_on"],
        )
        if entity:
            flash(
                request,
                _(
                    "entity-created",
                    default="L’entité « ${title} » est créée.",
                    mapping={"title": entity.title},
                ),
            )
            return HTTPSeeOther(request.resource_url(entity))
    return {"form": form.render(), "note": ""}


@view_config(
    name="renommer",
    context=IEntity,
    permission=p.MANAGE_ORGANISATION,
    decorator=within_sight,
    renderer="templates/entity/rename.pt",
)
def rename(context: Any, request: Any) -> Any:
    """Give the entity another name."""
    _refuse_top(context)
    _frame(context, request)
    form = _form(request, _title_node(), appstruct={"title": context.title})
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and attempt(request, form, rename_entity, context, values["title"]):
            flash(request, _("entity-renamed", default="L’entité est renommée."))
            return HTTPSeeOther(request.resource_url(context))
    note = _(
        "entity-rename-note",
        default="L’adresse de la page, les affectations et les consultations confiées "
        "restent.",
    )
    return {"form": form.render(), "note": note}


@view_config(
    name="deplacer",
    context=IEntity,
    permission=p.MANAGE_ORGANISATION,
    decorator=within_sight,
    renderer="templates/entity/rename.pt",
)
def move(context: Any, request: Any) -> Any:
    """Put the entity, with all below it, elsewhere in its body."""
    _refuse_top(context)
    _frame(context, request)
    form = _form(request, _target_node(context, request))
    if request.method == "POST":
        values = validate(form, request.POST)
        count = values and attempt(
            request, form, move_entity, context, entity_of(request, values["target"])
        )
        if count is not None:
            _tell_moved(request, int(count))
            return HTTPSeeOther(request.resource_url(context))
    note = _(
        "entity-move-note",
        default="Les entités placées au-dessous suivent. Celles au-dessus de la "
        "nouvelle place interviennent sur les consultations confiées, les anciennes "
        "n’interviennent plus.",
    )
    return {"form": form.render(), "note": note}


@view_config(
    name="fermer",
    context=IEntity,
    permission=p.MANAGE_ORGANISATION,
    decorator=within_sight,
    renderer="templates/entity/close.pt",
)
def close(context: Any, request: Any) -> Any:
    """Close the entity from a day on, or say what stands in the way."""
    _refuse_top(context)
    _frame(context, request)
    node = colander.SchemaNode(
        FrenchDate(),
        name="on",
        title=_("entity-close-on", default="Fermée à partir du"),
    )
    title = _("entity-close", default="Fermer l’entité")
    form = _form(request, node, appstruct={"on": request.today}, title=title)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and attempt(request, form, close_entity, context, values["on"]):
            flash(
                request,
                _(
                    "entity-closed-from",
                    default="L’entité est fermée à partir du ${day}.",
                    mapping={"day": display.day(values["on"])},
                ),
            )
            return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render(), **_obstacles(context, request)}


@view_config(
    name="rouvrir",
    context=IEntity,
    permission=p.MANAGE_ORGANISATION,
    decorator=within_sight,
    request_method="POST",
)
def reopen(context: Any, request: Any) -> Any:
    """Take the closing of the entity back."""
    _refuse_top(context)
    reopen_entity(
        context, actor=request.actor, now=request.now, registry=request.registry
    )
    flash(request, _("entity-reopened", default="L’entité est rouverte."))
    return HTTPSeeOther(request.resource_url(context))


def _frame(context: Any, request: Any) -> None:
    is_top = IOrganisation.providedBy(context)
    title = _("organisation", default="Organisation") if is_top else context.title
    badge = None
    if not context.is_open(request.today):
        badge = Badge(_("entity-closed-badge", default="Fermée"), "warning")
    request.layout.show(
        title, subtitle="" if is_top else KIND_TITLES[context.kind], badge=badge
    )


def _refuse_top(context: Any) -> None:
    if IOrganisation.providedBy(context):
        raise HTTPNotFound


def _keeps(entity: Any, request: Any) -> bool:
    return may(request.actor, p.MANAGE_ORGANISATION, entity)


def _adding(context: Any, request: Any) -> Action:
    return Action(
        _("body-add", default="Ajouter un organisme")
        if IOrganisation.providedBy(context)
        else _("entity-add", default="Ajouter une entité"),
        request.resource_url(context, "ajouter"),
    )


def _actions(context: Any, request: Any) -> list[Action]:
    if IOrganisation.providedBy(context) or not _keeps(context, request):
        return []

    def link(title: str, name: str, **kw: Any) -> Action:
        return Action(title, request.resource_url(context, name), **kw)

    actions = [link(_("rename", default="Renommer"), "renommer")]
    if IBody.providedBy(context):
        actions.append(link(_("body-settings", default="Coordonnées"), "coordonnees"))
    if not _keeps(context.__parent__, request):
        # Who keeps only this entity neither moves nor closes it.
        return actions
    if not IBody.providedBy(context):
        actions.append(link(_("move", default="Déplacer"), "deplacer"))
    if context.closed_on is None:
        actions.append(link(_("close", default="Fermer"), "fermer"))
    else:
        reopening = _("reopen", default="Rouvrir")
        actions.append(link(reopening, "rouvrir", method="post"))
    return actions


def _terms(context: Any, request: Any) -> list[Term]:
    terms = []
    if context.opened_on:
        opened = _("entity-opened-on", default="Ouverte depuis le")
        terms.append(Term(opened, display.day(context.opened_on)))
    if context.closed_on:
        closed = _("entity-close-on", default="Fermée à partir du")
        terms.append(Term(closed, display.day(context.closed_on)))
    if not IOrganisation.providedBy(context) and _keeps(context, request):
        entrusted = _("entity-entrusted", default="Consultations confiées")
        here, everywhere = entrusted_counts(context)
        note = _(
            "entity-entrusted-below",
            default="Avec celles des entités au-dessous : ${count}.",
            mapping={"count": display.number(everywhere)},
        )
        shown = note if everywhere > here else ""
        terms.append(Term(entrusted, display.number(here), note=shown))
    return terms


def _below_table(context: Any, request: Any) -> Table:
    columns = (
        Column("title", _("column-name", default="Nom")),
        Column("kind", _("column-kind", default="Sorte")),
        Column(
            "below", _("entities-below", default="Entités au-dessous"), is_number=True
        ),
        Column("state", _("column-state", default="État")),
    )
    rows = [
        Row(
            (
                Cell(entity.title, request.resource_url(entity)),
                Cell(KIND_TITLES[entity.kind]),
                Cell(display.number(sum(1 for _child in entity.descendants()))),
                Cell(badge=_state_badge(entity, request)),
            ),
            name=entity.title,
        )
        for entity in entities_in_sight(request.actor, context)
    ]
    empty = EmptyState(_("entity-nothing-below", default="Aucune entité au-dessous."))
    return Table(
        _("entities-below", default="Entités au-dessous"), columns, rows, empty=empty
    )


def _state_badge(entity: Any, request: Any) -> Badge:
    if entity.is_open(request.today):
        return Badge(_("entity-open-badge", default="Ouverte"), "success")
    return Badge(_("entity-closed-badge", default="Fermée"), "warning")


def _people_table(context: Any, request: Any) -> Table:
    columns = (
        Column("name", _("column-name", default="Nom")),
        Column("profile", _("column-profile", default="Profil")),
        Column("from", _("column-from", default="Du")),
        Column("to", _("column-to", default="Au")),
    )
    rows = [
        Row(_person_cells(request, user, assignment), name=user.title)
        for user, assignment in people_at(request.site, context, request.today)
    ]
    empty = EmptyState(
        _("entity-nobody", default="Personne n’est affecté à cette entité même.")
    )
    return Table(
        _("entity-people", default="Personnes affectées ici"),
        columns,
        rows,
        empty=empty,
    )


def _person_cells(request: Any, user: Any, assignment: Any) -> tuple[Cell, ...]:
    profile = request.site["profils"].get(assignment.profile)
    is_seen = sees_account(request.site, request.actor, user)
    named = (
        Cell(user.title, request.resource_url(user))
        if is_seen
        else Cell(_("account-elsewhere", default="Compte hors de votre périmètre"))
    )
    return (
        named,
        Cell(profile.title if profile is not None else assignment.profile),
        Cell(display.day(assignment.starts_on)),
        Cell(display.day(assignment.ends_on)),
    )


def _form(
    request: Any,
    *nodes: Any,
    appstruct: Any = None,
    title: str = "",
) -> Form:
    schema = colander.SchemaNode(colander.Mapping(), *nodes)
    button = Button("save", title or _("save", default="Enregistrer"))
    return Form(schema, request, appstruct=appstruct, buttons=[button])


def _title_node() -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_TITLE), name="title", title=_("entity-name", default="Nom")
    )


def _kind_node(parent: Any) -> Any:
    options = tuple(Option(k, KIND_TITLES[k]) for k in KINDS_UNDER[parent.kind])
    return colander.SchemaNode(
        Text(),
        name="kind",
        title=_("entity-kind", default="Sorte d’entité"),
        widget=ChoiceControl(options=options),
        default=options[0].value,
    )


def _opening_node() -> Any:
    return colander.SchemaNode(
        FrenchDate(),
        name="opened_on",
        title=_("entity-opened-on", default="Ouverte depuis le"),
        missing=None,
    )


def _target_node(context: Any, request: Any) -> Any:
    targets = move_targets(context, request.actor, request.today)
    return colander.SchemaNode(
        Text(),
        name="target",
        title=_("entity-move-target", default="Placer sous"),
        widget=EntityControl(options=entity_options(targets)),
    )


def _tell_moved(request: Any, count: int) -> None:
    if count:
        message = _(
            "entity-moved-consultations",
            default="L’entité est déplacée. Consultations dont les intervenants "
            "changent : ${count}.",
            mapping={"count": display.number(count)},
        )
    else:
        message = _(
            "entity-moved",
            default="L’entité est déplacée. Aucune consultation n’est concernée.",
        )
    flash(request, message)


def _obstacles(context: Any, request: Any) -> dict[str, Any]:
    children, numbers = hindrances(context, request.today)
    objectmap = request.site.__objectmap__
    consultations = [objectmap.object_for(number) for number in numbers]
    seen = [c for c in consultations if may(request.actor, p.VIEW_CARD, c)]
    people = people_at(request.site, context, request.today)
    return {
        "children": [
            {"title": child.title, "url": request.resource_url(child)}
            for child in sorted(children, key=lambda e: e.title)
        ],
        "consultations": [
            {"title": f"{c.reference} — {c.object}", "url": request.resource_url(c)}
            for c in seen
        ],
        "unseen_count": len(consultations) - len(seen),
        "people_count": len(people),
    }
