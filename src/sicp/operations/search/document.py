"""What is found: each thing of the site as the engine takes it.

``document_of`` reads an object as it is now. The document names the records it was made
from, so that a change of any of them is followed by its own.
"""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from substanced.util import find_objectmap

from sicp.content_types.knowledge import base_of
from sicp.content_types.knowledge import is_in_bin
from sicp.engines.search import SearchDocument
from sicp.i18n import french
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IProposal
from sicp.interfaces.clause import IRelease
from sicp.interfaces.company import ICompany
from sicp.interfaces.consultation import IAttachment
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation
from sicp.interfaces.template import ITemplate
from sicp.interfaces.user import IUser
from sicp.operations.clause.library import clauses_of
from sicp.operations.search.consultation_document import attachment_document
from sicp.operations.search.consultation_document import consultation_document
from sicp.operations.search.consultation_document import piece_document
from sicp.operations.search.kind import KIND_TITLES
from sicp.operations.search.knowledge_document import folder_document
from sicp.operations.search.knowledge_document import sheet_document
from sicp.operations.search.library_document import clause_document
from sicp.operations.search.library_document import proposal_document
from sicp.operations.search.library_document import release_document
from sicp.operations.search.library_document import template_document
from sicp.operations.search.organisation_document import company_document
from sicp.operations.search.organisation_document import entity_document
from sicp.operations.search.organisation_document import user_document

#: To be raised when documents are made otherwise: every index is then made again.
FORMAT = 4

_MAKERS: tuple[tuple[Any, Callable[[Any], SearchDocument]], ...] = (
    (ISheet, sheet_document),
    (IKnowledgeFolder, folder_document),
    (IClause, clause_document),
    (ITemplate, template_document),
    (IProposal, proposal_document),
    (IRelease, release_document),
    (IConsultation, consultation_document),
    (IDraft, piece_document),
    (IAttachment, attachment_document),
    (ICompany, company_document),
    (IEntity, entity_document),
    (IUser, user_document),
)


def document_of(item: Any) -> SearchDocument | None:
    """Return a thing as it is found; None when it is not, or is thrown away."""
    maker = _maker_of(item)
    if maker is None or not is_found(item):
        return None
    made = maker(item)
    # « Clause pénalités » is asked of clauses, which do not call themselves so; nobody
    # who looks for a « dossier de consultation » wants each folder.
    is_named = made.kind != "folder"
    return replace(made, also=(french(KIND_TITLES[made.kind]),)) if is_named else made


def is_document(item: Any) -> bool:
    """Tell whether a thing is of a kind that is found."""
    return _maker_of(item) is not None


def is_found(item: Any) -> bool:
    """Tell whether a thing is found: of such a kind, in its place, not thrown away."""
    if not is_document(item):
        return False
    if ISheet.providedBy(item) or IKnowledgeFolder.providedBy(item):
        return base_of(item) is not None and not is_in_bin(item)
    return getattr(find_objectmap(item), "root", None) is not None


def items_of(site: Any) -> Iterator[Any]:
    """Walk all that is found in a site, waking each."""
    yield from site["organisation"].descendants()
    yield from site["utilisateurs"].values()
    yield from clauses_of(site["clausier"])
    for name in ("canevas", "propositions", "publications", "entreprises"):
        yield from site[name].values()
    yield from _found_below(site["connaissances"])
    yield from _found_below(site["consultations"])


def items_below(item: Any) -> Iterator[Any]:
    """Walk all that is found below a thing, at any depth, waking each."""
    yield from _found_below(item)


def owner_of(record: Any) -> Any:
    """Return the nearest thing that is found, from a record upwards; None if none."""
    place = record
    while place is not None:
        if is_document(place):
            return place
        place = getattr(place, "__parent__", None)
    return None


def _found_below(folder: Any) -> Iterator[Any]:
    for child in folder.values() if hasattr(folder, "values") else ():
        if is_document(child):
            yield child
        yield from _found_below(child)


def _maker_of(item: Any) -> Callable[[Any], SearchDocument] | None:
    if IOrganisation.providedBy(item):
        return None
    found = (maker for marker, maker in _MAKERS if marker.providedBy(item))
    return next(found, None)
