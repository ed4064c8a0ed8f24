"""Creates, renames, moves and closes the entities of the organisation."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import AnyOf
from sicp.catalog.words import fold
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.organisation import IBody
from sicp.interfaces.organisation import IOrganisation
from sicp.interfaces.user import Actor
from sicp.operations.consultation.perimeter import restamp_below
from sicp.operations.site import entity_acl
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.rules.siret import normalize_siret
from sicp.rules.siret import siret_problem

#: What may stand under what.
KINDS_UNDER = {
    "root": ("body",),
    "body": ("direction", "service"),
    "direction": ("service", "direction"),
    "service": ("service",),
}
_CONTENT_TYPES = {"body": "Body", "direction": "Direction", "service": "Service"}


def create_entity(  # noqa: PLR0913
    parent: Any,  # noqa: ANN401
    kind: str,
    title: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    name: str = "",
    opened_on: date | None = None,
) -> Any:  # noqa: ANN401
    """Add an entity under ``parent``.

    Raises:
        NotAllowedError: the actor does not keep ``parent`` nor an entity above it.
        InvalidInputError: the kind does not go there, or the title is taken.
    """
    require(actor, p.MANAGE_ORGANISATION, parent)
    if kind not in KINDS_UNDER[parent.kind]:
        raise InvalidInputError(
            _("entity-kind-wrong", default="Cette sorte d’entité ne se place pas ici."),
            "kind",
        )
    title = _free_title(parent, title)
    entity = registry.content.create(_CONTENT_TYPES[kind], title)
    entity.opened_on = opened_on
    entity.touch(actor.login, now)
    parent.add(_free_name(parent, name or title), entity, registry=registry)
    entity.__acl__ = entity_acl(entity.__oid__)
    _tell(registry, entity, "entity-created", actor, now, {"parent": parent.title})
    return entity


def rename_entity(
    entity: Any,  # noqa: ANN401
    title: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Give an entity another title; its address and its rights stay.

    Raises:
        NotAllowedError: the actor does not keep the entity.
        InvalidInputError: the title is empty or taken by a neighbour.
    """
    require(actor, p.MANAGE_ORGANISATION, entity)
    before = entity.title
    if title.strip() == before:
        return
    entity.title = _free_title(entity.__parent__, title, entity)
    entity.touch(actor.login, now)
    _tell(registry, entity, "entity-renamed", actor, now, {"before": before})


def move_entity(
    entity: Any,  # noqa: ANN401
    target: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> int:
    """Put an entity, with all below it, under ``target``.

    Returns:
        how many consultations changed hands.

    Raises:
        NotAllowedError: the actor does not keep both places.
        InvalidInputError: the target is below the entity, in another body, or takes
            no such entity.
    """
    require(actor, p.MANAGE_ORGANISATION, entity.__parent__)
    require(actor, p.MANAGE_ORGANISATION, target)
    _check_move(entity, target)
    _check_free(target, entity.title, "target")
    before = entity.__parent__.full_title()
    name = _free_name(target, entity.__name__)
    entity.__parent__.move(entity.__name__, target, newname=name, registry=registry)
    entity.touch(actor.login, now)
    count = restamp_below(entity, registry)
    _tell(registry, entity, "entity-moved", actor, now, {"before": before})
    return count


def close_entity(
    entity: Any,  # noqa: ANN401
    on: date,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Close an entity from the day ``on``: from then it gives no right.

    Raises:
        NotAllowedError: the actor does not keep the entity above.
        StateError: an entity below is still open, or a consultation is still
            entrusted to it; the message says what to do.
    """
    require(actor, p.MANAGE_ORGANISATION, entity.__parent__)
    if _open_children(entity, on):
        raise StateError(
            _(
                "entity-close-children",
                default="Fermez ou déplacez d’abord les entités qui en dépendent.",
            )
        )
    entrusted = open_consultations_of(entity)
    if entrusted:
        raise StateError(
            _(
                "entity-close-consultations",
                default="${count} consultation(s) en cours "
                "lui sont confiées : confiez-les d’abord à une autre entité.",
                mapping={"count": len(entrusted)},
            )
        )
    entity.closed_on = on
    entity.touch(actor.login, now)
    _tell(registry, entity, "entity-closed", actor, now, {"on": on.isoformat()})


def reopen_entity(
    entity: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    """Take the closing of an entity back: its rights hold again.

    Raises:
        NotAllowedError: the actor does not keep the entity above.
        StateError: the entity above is closed itself.
    """
    require(actor, p.MANAGE_ORGANISATION, entity.__parent__)
    if entity.__parent__.closed_on is not None:
        raise StateError(
            _(
                "entity-reopen-parent",
                default="L’entité au-dessus est fermée : rouvrez-la d’abord.",
            )
        )
    entity.closed_on = None
    entity.touch(actor.login, now)
    _tell(registry, entity, "entity-reopened", actor, now, {})


def hindrances(entity: Any, on: date) -> tuple[list[Any], list[int]]:
    """Return what stands in the way of closing an entity on a day.

    Returns:
        the entities below that are still open, and the numbers of the consultations
        being defined that it answers for.
    """
    return _open_children(entity, on), open_consultations_of(entity)


def move_targets(entity: Any, actor: Actor, on: date) -> list[Any]:
    """Return where the actor may put an entity, in the order of the tree."""
    body = entity.body()
    return [
        target
        for target in open_entities(body, on)
        if target is not entity.__parent__
        and entity.__oid__ not in target.ancestry()
        and entity.kind in KINDS_UNDER[target.kind]
        and may(actor, p.MANAGE_ORGANISATION, target)
    ]


def entrusted_counts(entity: Any) -> tuple[int, int]:
    """Count the consultations an entity answers for, whatever their state.

    Returns:
        those of the entity itself, and those of the entity and of all below it.
    """
    catalog = entity_site(entity).business_catalog
    own = [entity.__oid__]
    below = [*own, *(item.__oid__ for item in entity.descendants())]
    counts = (catalog.query(AnyOf("responsible", numbers)) for numbers in (own, below))
    here, everywhere = (int(count) for count, _numbers in counts)
    return here, everywhere


def describe_body(
    body: Any,  # noqa: ANN401
    settings: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Note what a public body tells of itself in its documents.

    Raises:
        NotAllowedError: the actor does not keep the body.
        InvalidInputError: the SIRET is wrong.
    """
    require(actor, p.MANAGE_ORGANISATION, body)
    kept = dict(settings)
    if kept.get("siret"):
        problem = siret_problem(kept["siret"])
        if problem:
            raise InvalidInputError(problem, "siret")
        kept["siret"] = normalize_siret(kept["siret"])
    body.describe(kept)
    body.touch(actor.login, now)
    _tell(registry, body, "body-described", actor, now, {})


def open_consultations_of(entity: Any) -> list[int]:  # noqa: ANN401
    """Return the numbers of consultations being defined that an entity answers for."""
    site = entity_site(entity)
    _count, numbers = site.business_catalog.query(
        AnyOf("responsible", [entity.__oid__])
    )
    state = site.business_catalog["state"]
    return [n for n in numbers if state._rev_index.get(n) == "definition"]  # noqa: SLF001


def entity_site(entity: Any) -> Any:  # noqa: ANN401
    """Return the site an entity belongs to."""
    return find_objectmap(entity).root


def entities_where(
    site: Any,  # noqa: ANN401
    actor: Actor,
    permission: str,
    on: date,
) -> Iterator[Any]:
    """Walk the open entities on which ``actor`` has ``permission``, from the top."""
    for entity in open_entities(site["organisation"], on):
        if not IOrganisation.providedBy(entity) and may(actor, permission, entity):
            yield entity


def open_entities(top: Any, on: date) -> Iterator[Any]:  # noqa: ANN401
    """Walk ``top`` and the open entities below it, neighbours by title."""
    yield top
    for child in sorted(top.values(), key=lambda e: fold(e.title)):
        if child.is_open(on):
            yield from open_entities(child, on)


def _check_move(entity: Any, target: Any) -> None:  # noqa: ANN401
    if entity.__oid__ in target.ancestry():
        raise InvalidInputError(
            _(
                "entity-move-below",
                default="Une entité ne se place pas sous elle-même.",
            ),
            "target",
        )
    if entity.kind not in KINDS_UNDER[target.kind]:
        raise InvalidInputError(
            _("entity-kind-wrong", default="Cette sorte d’entité ne se place pas ici."),
            "target",
        )
    if not IBody.providedBy(entity) and entity.body() is not target.body():
        raise InvalidInputError(
            _(
                "entity-move-body",
                default="Une entité reste dans son organisme public.",
            ),
            "target",
        )


def _free_title(parent: Any, title: str, own: Any = None) -> str:
    clean = " ".join(title.split())
    if not clean:
        raise InvalidInputError(
            _("entity-title-empty", default="Donnez un nom à l’entité."), "title"
        )
    _check_free(parent, clean, "title", own)
    return clean


def _check_free(parent: Any, title: str, field: str, own: Any = None) -> None:
    others = (child for child in parent.values() if child is not own)
    if any(child.title.lower() == title.lower() for child in others):
        raise InvalidInputError(
            _("entity-title-taken", default="Une entité porte déjà ce nom ici."),
            field,
        )


def _open_children(entity: Any, on: date) -> list[Any]:
    return [child for child in entity.values() if child.is_open(on)]


def _free_name(parent: Any, title: str) -> str:  # noqa: ANN401
    base = "-".join(words_of_in_order(title))[:60] or "entite"
    name, number = base, 2
    while name in parent:
        name, number = f"{base}-{number}", number + 1
    return name


def words_of_in_order(title: str) -> list[str]:
    """Return the folded words of a title, in the order of the title."""
    return re.findall("[0-9a-z]+", fold(title))


def _tell(  # noqa: PLR0913
    registry: Any,  # noqa: ANN401
    entity: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any],
) -> None:
    registry.notify(Happened(entity, action, actor.login, now, details=details))
