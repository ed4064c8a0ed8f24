"""Looks for faults in a site: where catalogue, rights and tree disagree."""

from collections.abc import Iterator
from typing import Any

from substanced.util import find_objectmap

from sicp.content_types.knowledge import NUMBER_SIGN
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeBin
from sicp.interfaces.knowledge import IShelf
from sicp.operations.consultation.perimeter import acl_of
from sicp.operations.index import compare
from sicp.operations.index import walk_consultations
from sicp.operations.site import entity_acl
from sicp.operations.site import service_acls


def faults_of(site: Any, registry: Any) -> list[str]:
    """Return one line for each fault; empty when the site is sound."""
    return [
        *compare(site),
        *_faults_of_rights(site, registry),
        *_faults_of_entities(site),
        *_faults_of_assignments(site),
        *_faults_of_objectmap(site),
    ]


def _faults_of_rights(site: Any, registry: Any) -> Iterator[str]:
    for location, acl in service_acls(site).items():
        if tuple(getattr(location, "__acl__", ())) != acl:
            yield f"{location.title}: the rights of the service differ"
    for entity in site["organisation"].descendants():
        if tuple(getattr(entity, "__acl__", ())) != entity_acl(entity.__oid__):
            yield f"{entity.full_title()}: the rights of the entity differ"
    for consultation in walk_consultations(site):
        if getattr(consultation, "__acl__", None) != acl_of(consultation, registry):
            yield f"{consultation.reference}: the rights are not those of its entities"


def _faults_of_entities(site: Any) -> Iterator[str]:
    objectmap = find_objectmap(site)
    for consultation in walk_consultations(site):
        named = (*consultation.responsible, *consultation.beneficiaries)
        for number in (consultation.body_entity, *named):
            entity = objectmap.object_for(number)
            if entity is None:
                yield f"{consultation.reference}: entity {number} is gone"
            elif consultation.body_entity not in entity.ancestry():
                yield f"{consultation.reference}: {entity.title} is of another body"


def _faults_of_assignments(site: Any) -> Iterator[str]:
    objectmap = find_objectmap(site)
    for user in site["utilisateurs"].values():
        for held in user.assignments:
            if objectmap.object_for(held.entity) is None:
                yield f"{user.login}: assigned to entity {held.entity}, that is gone"
            if held.profile not in site["profils"]:
                yield f"{user.login}: assigned to profile {held.profile}, that is gone"


def _faults_of_objectmap(site: Any) -> Iterator[str]:
    objectmap = find_objectmap(site)
    seen = set()
    for path, content in _walk(site, ("",)):
        number = getattr(content, "__oid__", None)
        seen.add(number)
        if objectmap.objectid_to_path.get(number) != path:
            yield f"{'/'.join(path) or '/'}: the object map knows it elsewhere"
    for number, path in objectmap.objectid_to_path.items():
        if number not in seen:
            yield f"{'/'.join(path)}: in the object map, not in the tree"


def _walk(content: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, content
    for name, child in getattr(content, "items", tuple)():
        below = (*path, name)
        if IKnowledgeBin.providedBy(child):
            yield below, child
        elif not IShelf.providedBy(content):
            yield from _walk(child, below)
    if IKnowledgeBase.providedBy(content):
        # The object map knows what the base holds by number, wherever it stands.
        for child in _held(content):
            yield (*path, f"{NUMBER_SIGN}{child.__oid__}"), child


def _held(shelf: Any) -> Iterator[Any]:
    for child in shelf.values():
        if not IKnowledgeBin.providedBy(child):
            yield child
        if IShelf.providedBy(child):
            yield from _held(child)
