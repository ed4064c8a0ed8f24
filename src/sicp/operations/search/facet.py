"""The facets of a search, in French, without a title that the asker may not read."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from typing import NamedTuple

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.user import Actor
from sicp.operations.reference_data import cpv_label
from sicp.operations.search.consultation_document import procedure_words
from sicp.operations.search.kind import KIND_TITLES
from sicp.operations.search.kind import may_find
from sicp.operations.user.right import may
from sicp.workflows.clause import TABLE as PROPOSAL_TABLE
from sicp.workflows.consultation.consultation import TABLE as CONSULTATION_TABLE
from sicp.workflows.knowledge import TABLE as SHEET_TABLE

#: The facets in the order of the page.
FACET_TITLES: Mapping[str, str] = {
    "kind": _("facet-kind", default="Nature"),
    "folder": _("facet-folder", default="Dossier"),
    "state": _("facet-state", default="État"),
    "year": _("facet-year", default="Année"),
    "body": _("facet-body", default="Organisme"),
    "direction": _("facet-direction", default="Direction responsable"),
    "procedure": _("facet-procedure", default="Procédure"),
    "cpv": _("facet-cpv", default="Famille d’achat (CPV)"),
}
STATE_TITLES: Mapping[str, str] = {
    **{f"sheet.{s.name}": s.title for s in SHEET_TABLE.states},
    **{f"consultation.{s.name}": s.title for s in CONSULTATION_TABLE.states},
    **{f"proposal.{s.name}": s.title for s in PROPOSAL_TABLE.states},
    "clause.kept": _("search-clause-kept", default="Clause en vigueur"),
    "clause.retired": _("search-clause-retired", default="Clause retirée"),
    "user.active": _("search-user-active", default="Compte ouvert"),
    "user.closed": _("search-user-closed", default="Compte fermé"),
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: what is asked again, how it reads, how many were found with it."""

    value: str
    title: str
    count: int
    is_chosen: bool = False


class Facet(NamedTuple):
    """One facet with its values, the most frequent first."""

    name: str
    title: str
    values: tuple[FacetValue, ...]


Counted = Mapping[str, tuple[tuple[str, int], ...]]


def facets_of(
    site: Any, actor: Actor, counted: Counted, chosen: Mapping[str, tuple[str, ...]]
) -> tuple[Facet, ...]:
    """Return the facets that have values, in order, with titles the actor may read."""
    found = (
        Facet(
            name,
            title,
            tuple(
                _values(site, actor, name, counted.get(name, ()), chosen.get(name, ()))
            ),
        )
        for name, title in FACET_TITLES.items()
    )
    return tuple(facet for facet in found if facet.values)


def _values(
    site: Any,
    actor: Actor,
    name: str,
    counted: tuple[tuple[str, int], ...],
    chosen: tuple[str, ...],
) -> Iterator[FacetValue]:
    for value, count in counted:
        title = _TITLES[name](site, actor, value)
        if title:
            yield FacetValue(value, title, count, value in chosen)


def _folder_title(site: Any, actor: Actor, value: str) -> str:
    folder = _object(site, value)
    is_folder = IKnowledgeFolder.providedBy(folder)
    return folder.title if is_folder and may_find(actor, folder) else ""


def _entity_title(site: Any, actor: Actor, value: str) -> str:
    entity = _object(site, value)
    is_entity = IEntity.providedBy(entity)
    is_seen = is_entity and may(actor, p.VIEW_ORGANISATION, entity)
    return entity.title if is_seen else ""


def _object(site: Any, value: str) -> Any:
    is_number = value.removeprefix("-").isdecimal() and value.isascii()
    return find_objectmap(site).object_for(int(value)) if is_number else None


_TITLES: Mapping[str, Callable[[Any, Actor, str], str]] = {
    "kind": lambda _site, _actor, value: french(KIND_TITLES.get(value, "")),
    "folder": _folder_title,
    "state": lambda _site, _actor, value: french(STATE_TITLES.get(value, "")),
    "year": lambda _site, _actor, value: value if value.isdecimal() else "",
    "body": _entity_title,
    "direction": _entity_title,
    "procedure": lambda _site, _actor, value: procedure_words(value),
    "cpv": lambda _site, _actor, value: cpv_label(value) or value,
}
