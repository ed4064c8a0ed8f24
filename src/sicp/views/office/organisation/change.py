"""Change the organisation: add an entity, rename it, move it, close it."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation
from sicp.operations.organisation import KINDS_UNDER
from sicp.operations.organisation import close_entity
from sicp.operations.organisation import create_entity
from sicp.operations.organisation import hindrances
from sicp.operations.organisation import move_entity
from sicp.operations.organisation import move_targets
from sicp.operations.organisation import rename_entity
from sicp.operations.organisation import reopen_entity
from sicp.operations.user.right import may
from sicp.operations.user.user import people_at
from sicp.views.office.forms import attempt
from sicp.views.office.forms import entity_of
from sicp.views.office.forms import entity_options
from sicp.views.office.organisation.entity import KIND_TITLES
from sicp.views.office.organisation.entity import adding
from sicp.views.office.organisation.entity import within_sight
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import EntityControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

_LONGEST_TITLE = 200


@view_config(
    name="ajouter",
    context=IEntity,
    permission=p.MANAGE_ORGANISATION,
    decorator=within_sight,
    renderer="templates/change/rename.pt",
)
def create(context: Any, request: Any) -> Any:
    """Add an entity below this one."""
    is_top = IOrganisation.providedBy(context)
    request.layout.show(
        adding(context, request).title, subtitle="" if is_top else context.title
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
    renderer="templates/change/rename.pt",
)
def rename(context: Any, request: Any) -> Any:
    """Give the entity another name."""
    _refuse_top(context)
    _task(context, request, _("entity-rename", default="Renommer l’entité"))
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
    renderer="templates/change/rename.pt",
)
def move(context: Any, request: Any) -> Any:
    """Put the entity, with all below it, elsewhere in its body."""
    _refuse_top(context)
    _task(context, request, _("entity-move", default="Déplacer l’entité"))
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
    renderer="templates/change/close.pt",
)
def close(context: Any, request: Any) -> Any:
    """Close the entity from a day on, or say what stands in the way."""
    _refuse_top(context)
    title = _("entity-close", default="Fermer l’entité")
    _task(context, request, title)
    node = colander.SchemaNode(
        FrenchDate(),
        name="on",
        title=_("entity-close-on", default="Fermée à partir du"),
    )
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


def _task(context: Any, request: Any, title: str) -> None:
    request.layout.show(title, subtitle=context.full_title())


def _refuse_top(context: Any) -> None:
    if IOrganisation.providedBy(context):
        raise HTTPNotFound


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
