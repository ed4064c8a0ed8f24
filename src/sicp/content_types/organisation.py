"""The organisation: public bodies, their directions, their services, and deeper.

An entity is *above* another when it is one of its ancestors. The top of the tree stands
above all bodies: who is assigned there acts for all of them.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from persistent.mapping import PersistentMapping
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import oid
from sicp.interfaces.organisation import IBody
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation

#: What a body tells of itself, for the documents and the law.
BODY_SETTINGS = (
    "siret",
    "legal_form",
    "address",
    "email",
    "phone",
    "signatory",
    "accountant",
    "court",
    "profile_url",
    "buyer_kind",
)


@implementer(IEntity)
class Entity(Container):
    """A direction, a service, or any smaller place of the tree.

    ``opened_on`` and ``closed_on`` are days in France; a closed entity gives no right
    and takes no new consultation.
    """

    kind = "service"
    opened_on: date | None = None
    closed_on: date | None = None

    def is_open(self, on: date) -> bool:
        """Tell whether the entity exists on the day ``on``."""
        has_begun = self.opened_on is None or self.opened_on <= on
        return has_begun and (self.closed_on is None or on < self.closed_on)

    def ancestry(self) -> tuple[int, ...]:
        """Return the entity and all those above it, nearest first."""
        return tuple(oid(entity) for entity in lineage_of(self))

    def body(self) -> "Entity | None":
        """Return the public body the entity belongs to; None at the very top."""
        return next((e for e in lineage_of(self) if IBody.providedBy(e)), None)

    def descendants(self) -> Iterator["Entity"]:
        """Walk the entities below, the entity itself excluded."""
        for child in self.values():
            yield child
            yield from child.descendants()

    def full_title(self) -> str:
        """Name the entity with those above it, the largest first."""
        titles = [e.title for e in lineage_of(self) if not IOrganisation.providedBy(e)]
        return " › ".join(reversed(titles))


@content("Service")
class Service(Entity):
    """A service, or a unit of a service."""


@content("Direction")
class Direction(Entity):
    """A direction of a public body."""

    kind = "direction"


@content("Body")
@implementer(IBody)
class Body(Entity):
    """A public body (a Region, a lycée): a buyer in the sense of article L1211-1.

    ``document_style`` is how its documents look, None as long as it chose nothing.
    """

    kind = "body"
    document_style: PersistentMapping | None = None

    def __init__(self, title: str = "", **kw: Any) -> None:  # noqa: ANN401
        super().__init__(title, **kw)
        self.settings = PersistentMapping()

    def describe(self, settings: Mapping[str, str]) -> None:
        """Note what the body tells of itself; unknown names are refused.

        Raises:
            KeyError: a setting is not one of ``BODY_SETTINGS``.
        """
        for name, value in settings.items():
            if name not in BODY_SETTINGS:
                raise KeyError(name)
            self.settings[name] = value


@content("Organisation")
@implementer(IOrganisation)
class Organisation(Entity):
    """The top of the tree."""

    kind = "root"


def lineage_of(entity: Entity) -> Iterator[Entity]:
    """Walk from ``entity`` up to the top of the organisation."""
    current: Any = entity
    while IEntity.providedBy(current):
        yield current
        current = current.__parent__
