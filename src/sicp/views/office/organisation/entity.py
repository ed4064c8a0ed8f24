"""One entity of the organisation: what it is, who acts there, what is below."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.organisation import IBody
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation
from sicp.operations.organisation import entrusted_counts
from sicp.operations.user.perimeter import entities_in_sight
from sicp.operations.user.perimeter import sees_account
from sicp.operations.user.perimeter import sees_entity
from sicp.operations.user.perimeter import sees_people_of
from sicp.operations.user.right import may
from sicp.operations.user.user import people_at
from sicp.views.office.organisation.organisation import setting_terms
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge

KIND_TITLES = {
    "root": _("kind-root", default="Ensemble des organismes"),
    "body": _("kind-body", default="Organisme public"),
    "direction": _("kind-direction", default="Direction"),
    "service": _("kind-service", default="Service"),
}


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
        request.layout.primary_action = adding(context, request)
    return {
        "terms": _terms(context, request),
        "settings": setting_terms(context) if IBody.providedBy(context) else (),
        "below": _below_table(context, request),
        "people": _people_table(context, request)
        if sees_people_of(request.actor, context)
        else None,
    }


def _frame(context: Any, request: Any) -> None:
    is_top = IOrganisation.providedBy(context)
    title = _("organisation", default="Organisation") if is_top else context.title
    badge = None
    if not context.is_open(request.today):
        badge = Badge(_("entity-closed-badge", default="Fermée"), "warning")
    request.layout.show(
        title, subtitle="" if is_top else KIND_TITLES[context.kind], badge=badge
    )


def _keeps(entity: Any, request: Any) -> bool:
    return may(request.actor, p.MANAGE_ORGANISATION, entity)


def adding(context: Any, request: Any) -> Action:
    """Offer to add an entity below this one."""
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
        style = _("style-documents", default="Style des documents")
        actions.append(link(style, "style"))
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
