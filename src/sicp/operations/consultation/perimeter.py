"""Entrusts consultations to entities, and writes it where rights are read.

The ACL of a consultation names the responsible entities and all those above: it is
stamped when the consultation, its state, or the tree changes. What is below the
beneficiaries is in the principals of people, so nothing is stamped for them.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import AnyOf
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.user.right import require
from sicp.workflows.base import Ace
from sicp.workflows.base import state_of
from sicp.workflows.consultation.consultation import TABLE


def acl_of(consultation: Any, registry: Any) -> tuple[Ace, ...]:  # noqa: ANN401
    """Return the ACL a consultation must bear, from its state and its entities."""
    site = find_objectmap(consultation).root
    return TABLE.acl(
        state_of(registry, TABLE, consultation),
        sorted(entities_above(site, consultation.responsible)),
        consultation.beneficiaries,
    )


def stamp(consultation: Any, registry: Any) -> None:  # noqa: ANN401
    """Write the ACL of a consultation from its state and its entities."""
    site = find_objectmap(consultation).root
    acl = acl_of(consultation, registry)
    if getattr(consultation, "__acl__", None) != acl:
        consultation.__acl__ = acl
    index(site, consultation)


def entities_above(site: Any, numbers: Iterable[int]) -> set[int]:  # noqa: ANN401
    """Return the entities of these numbers and all those above them."""
    objectmap = find_objectmap(site)
    above: set[int] = set()
    for number in numbers:
        entity = objectmap.object_for(number)
        if entity is not None:
            above.update(entity.ancestry())
    return above


def restamp_below(entity: Any, registry: Any) -> int:  # noqa: ANN401
    """Stamp again what an entity and those below it answer for; return how many."""
    site = find_objectmap(entity).root
    numbers = [entity.__oid__, *(e.__oid__ for e in entity.descendants())]
    count = 0
    for consultation in consultations_entrusted_to(site, numbers):
        stamp(consultation, registry)
        count += 1
    return count


def consultations_entrusted_to(
    site: Any,  # noqa: ANN401
    numbers: Iterable[int],
) -> Iterator[Any]:
    """Walk the consultations that one of these entities answers for."""
    objectmap = find_objectmap(site)
    _count, found = site.business_catalog.query(AnyOf("responsible", list(numbers)))
    for number in list(found):
        yield objectmap.object_for(number)


def entrust(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    responsible: Iterable[int],
    beneficiaries: Iterable[int],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Name the responsible and the beneficiary entities of a consultation.

    Raises:
        NotAllowedError: the actor may not edit the consultation, or may not create
            one for an entity he newly names responsible.
        InvalidInputError: no responsible entity is left, or one is of another body.
    """
    require(actor, p.EDIT_FORM, consultation)
    site = find_objectmap(consultation).root
    new = check_responsible(site, responsible, consultation.body_entity)
    for entity in new:
        if entity.__oid__ not in consultation.responsible:
            require(actor, p.CREATE_CONSULTATION, entity)
    consultation.responsible = tuple(e.__oid__ for e in new)
    consultation.beneficiaries = check_beneficiaries(
        site, beneficiaries, consultation.body_entity
    )
    consultation.touch(actor.login, now)
    stamp(consultation, registry)
    registry.notify(Happened(consultation, "entrusted", actor.login, now))


def check_responsible(
    site: Any,  # noqa: ANN401
    numbers: Iterable[int],
    body: int,
) -> list[Any]:
    """Return the responsible entities of these numbers, without twins.

    Raises:
        InvalidInputError: there is none, or one is unknown or of another body.
    """
    entities = _entities_of_body(site, numbers, body, "responsible")
    if not entities:
        raise InvalidInputError(
            _(
                "responsible-needed",
                default="Désignez au moins une direction ou un service responsable.",
            ),
            "responsible",
        )
    return entities


def check_beneficiaries(
    site: Any,  # noqa: ANN401
    numbers: Iterable[int],
    body: int,
) -> tuple[int, ...]:
    """Return the numbers of the beneficiary entities, without twins.

    Raises:
        InvalidInputError: one is unknown or of another body.
    """
    entities = _entities_of_body(site, numbers, body, "beneficiaries")
    return tuple(entity.__oid__ for entity in entities)


def _entities_of_body(
    site: Any,  # noqa: ANN401
    numbers: Iterable[int],
    body: int,
    field: str,
) -> list[Any]:
    objectmap = find_objectmap(site)
    entities = []
    for number in dict.fromkeys(numbers):
        entity = objectmap.object_for(number)
        if entity is None or body not in entity.ancestry():
            raise InvalidInputError(
                _(
                    "entity-foreign",
                    default="Cette entité n’appartient pas à l’organisme public.",
                ),
                field,
            )
        entities.append(entity)
    return entities
