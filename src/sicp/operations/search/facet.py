"""The facets of a search, in French, without a title that the asker may not read."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from typing import NamedTuple

from sicp import permissions as p
from sicp.catalog.indexes import known_of
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.reference_data import cpv_label
from sicp.operations.search.consultation_document import procedure_words
from sicp.operations.search.kind import KIND_TITLES
from sicp.operations.search.kind import thing_numbered
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


class Reader:
    """Who reads the facets, with the tokens of the zones that he reads."""

    def __init__(self, site: Any, actor: Actor, tokens: frozenset[str]) -> None:
        self.site, self.actor, self.tokens = site, actor, tokens
        # Asked for each of fifty folders: a service is not looked up again.
        self.known = site.business_catalog
        self.numbers = site[SERVICE].numbers


Counted = Mapping[str, tuple[tuple[str, int], ...]]


def facets_of(
    reader: Reader, counted: Counted, chosen: Mapping[str, tuple[str, ...]]
) -> tuple[Facet, ...]:
    """Return the facets that have values, in order, with titles the actor may read."""
    found = (
        Facet(
            name,
            title,
            tuple(_values(reader, name, counted.get(name, ()), chosen.get(name, ()))),
        )
        for name, title in FACET_TITLES.items()
    )
    return tuple(facet for facet in found if facet.values)


def _values(
    reader: Reader,
    name: str,
    counted: tuple[tuple[str, int], ...],
    chosen: tuple[str, ...],
) -> Iterator[FacetValue]:
    for value, count in counted:
        title = _TITLES[name](reader, value)
        if title:
            yield FacetValue(value, title, count, value in chosen)


def _folder_title(reader: Reader, value: str) -> str:
    # As for lists: the token of its zone, which none holds of what is thrown away. The
    # catalogue knows it, without a walk up from each of fifty folders.
    number = _number(value)
    known = known_of(reader.known, "allowed", number) or ()
    if reader.tokens.isdisjoint(known):
        return ""
    folder = reader.numbers.get(number)
    is_folder = IKnowledgeFolder.providedBy(folder)
    return str(folder.title) if is_folder else ""


def _entity_title(reader: Reader, value: str) -> str:
    entity = _thing(reader, value)
    is_entity = IEntity.providedBy(entity)
    is_seen = is_entity and may(reader.actor, p.VIEW_ORGANISATION, entity)
    return entity.title if is_seen else ""


def _thing(reader: Reader, value: str) -> Any:
    return thing_numbered(reader.site, _number(value))


def _number(value: str) -> int:
    is_number = value.removeprefix("-").isdecimal() and value.isascii()
    return int(value) if is_number else 0


_TITLES: Mapping[str, Callable[[Reader, str], str]] = {
    "kind": lambda _reader, value: french(KIND_TITLES.get(value, "")),
    "folder": _folder_title,
    "state": lambda _reader, value: french(STATE_TITLES.get(value, "")),
    "year": lambda _reader, value: value if value.isdecimal() else "",
    "body": _entity_title,
    "direction": _entity_title,
    "procedure": lambda _reader, value: procedure_words(value),
    "cpv": lambda _reader, value: cpv_label(value) or value,
}
