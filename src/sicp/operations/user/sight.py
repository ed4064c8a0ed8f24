"""What an administrator is shown of what somebody else sees.

A simulation must not become a window: who simulates learns of no consultation that he
could not see himself, unless he keeps the rights of the entities that answer for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import FAMILY
from sicp.catalog.indexes import allowed_to
from sicp.interfaces.user import Actor
from sicp.operations.user.right import may
from sicp.operations.user.right import principals_of

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Sight:
    """What both the person and the actor see.

    ``others`` counts what the person sees besides, in the bodies whose rights the
    actor simulates as a whole; of other bodies, not even the number is told.
    """

    consultations: tuple[Any, ...]
    total: int
    others: int


def sight_of(site: Any, actor: Actor, user: Any, on: date) -> Sight:
    """Tell what ``user`` sees, as far as ``actor`` may know it; latest reference first.

    The lists of consultations ask the same index in the same way.
    """
    catalog = site.business_catalog
    his = _seen(catalog, principals_of(site, user, on))
    both = FAMILY.IF.intersection(his, _seen(catalog, actor.principals))
    ordered = catalog["reference"].sort(both, reverse=True, limit=SHOWN)
    objectmap = find_objectmap(site)
    return Sight(
        tuple(objectmap.object_for(number) for number in ordered),
        len(both),
        _others(site, actor, FAMILY.IF.difference(his, both)),
    )


def may_simulate_on(site: Any, actor: Actor, consultation: Any) -> bool:
    """Tell whether the actor may have the rights on a consultation explained.

    He sees it himself, or simulates the rights of every entity that answers for it.
    """
    if may(actor, p.VIEW_CARD, consultation):
        return True
    objectmap = find_objectmap(site)
    entities = [objectmap.object_for(number) for number in consultation.responsible]
    is_his = all(e is not None and may(actor, p.SIMULATE, e) for e in entities)
    return bool(entities) and is_his


def _seen(catalog: Any, principals: frozenset[str]) -> Any:
    return allowed_to(principals)._apply(catalog, None)  # noqa: SLF001


def _others(site: Any, actor: Actor, numbers: Any) -> int:
    by_body = site.business_catalog["body"]._fwd_index  # noqa: SLF001
    return sum(
        len(FAMILY.IF.intersection(by_body.get(body.__oid__), numbers) or ())
        for body in site["organisation"].values()
        if may(actor, p.SIMULATE, body) and by_body.get(body.__oid__)
    )
