"""Makes a site: its services, who may enter them, the profiles it is born with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pyramid.authorization import Allow

from sicp import permissions as p
from sicp.catalog.indexes import make_catalog
from sicp.content_types.user import Profile
from sicp.i18n import french
from sicp.operations.evolution import note_all_finished
from sicp.operations.knowledge.synonym import give_synonyms
from sicp.operations.knowledge.synonym import missing_groups
from sicp.roles import AUTHENTICATED
from sicp.roles import EVERYONE
from sicp.roles import FUNCTIONS
from sicp.roles import PROFILES
from sicp.roles import principal_anywhere
from sicp.roles import principal_at

ROOT_KEY = "app_root"


def site_of(connection: Any, registry: Any, now: datetime) -> Any:  # noqa: ANN401
    """Return the site of a database; an empty database becomes an empty site."""
    zodb_root = connection.root()
    if ROOT_KEY not in zodb_root:
        site = registry.content.create("Root")
        zodb_root[ROOT_KEY] = site
        prepare_site(site, registry, now)
        note_all_finished(zodb_root, registry, now)
    return zodb_root[ROOT_KEY]


def prepare_site(site: Any, registry: Any, now: datetime) -> None:  # noqa: ANN401
    """Give a new site its catalogue, its profiles and the rights on its services."""
    site.business_catalog = make_catalog()
    for model in PROFILES:
        profile = Profile(french(model.title), model.functions)
        profile.touch("system", now)
        site["profils"].add(model.name, profile, registry=registry)
    for location, acl in service_acls(site).items():
        location.__acl__ = acl
    give_synonyms(site["connaissances"], missing_groups(site))


def service_acls(site: Any) -> Mapping[Any, tuple[Any, ...]]:  # noqa: ANN401
    """Say who enters each service; entities and consultations say their own rights."""
    top = site["organisation"].__oid__
    modules = {
        site: (
            (Allow, EVERYONE, (p.PUBLIC,)),
            (Allow, AUTHENTICATED, (p.ENTER, p.VIEW_ORGANISATION)),
            *_anywhere(p.VIEW_ADMINISTRATION, *_administrative_codes()),
        ),
        # Not on the site: entities are below it, and each says who imports there.
        site["consultations"]: (
            *_anywhere(p.CREATE_CONSULTATION, "RA01"),
            *_anywhere(p.IMPORT_DATA, "AD07"),
        ),
        site["utilisateurs"]: (
            *_anywhere(p.VIEW_USERS, "AD01", "AD02", "AD05"),
            *_anywhere(p.MANAGE_USERS, "AD01"),
            *_anywhere(p.ASSIGN_PROFILES, "AD02"),
            *_anywhere(p.SIMULATE, "AD05"),
        ),
        site["profils"]: (
            *_anywhere(p.VIEW_PROFILES, "AD02", "AD03"),
            (Allow, principal_at("AD03", top), (p.MANAGE_PROFILES,)),
        ),
        site["organisation"]: entity_acl(top),
        site["clausier"]: _library_acl(),
        site["canevas"]: _library_acl(),
        site["propositions"]: (
            *_anywhere(p.EDIT_LIBRARY, "ED01"),
            *_anywhere(p.VIEW_PROPOSALS, "ED03", "ED04"),
        ),
        site["publications"]: (
            *_anywhere(p.VIEW_LIBRARY, "ED01", "ED02"),
            *_anywhere(p.PUBLISH_LIBRARY, "ED05"),
        ),
        site["connaissances"]: (
            (Allow, AUTHENTICATED, (p.VIEW_KNOWLEDGE,)),
            *_anywhere(p.VIEW_KNOWLEDGE, "KN01", "KN02", "KN03"),
            *_anywhere(p.EDIT_KNOWLEDGE, "KN01", "KN03"),
            *_anywhere(p.PUBLISH_KNOWLEDGE, "KN02", "KN03"),
            *_anywhere(p.MANAGE_KNOWLEDGE, "KN03"),
        ),
        site["entreprises"]: _anywhere(p.VIEW_COMPANIES, "RA14", "GP01", "CS01"),
        site["journal"]: _anywhere(p.VIEW_JOURNAL, "AD06"),
    }
    return {location: tuple(acl) for location, acl in modules.items()}


def entity_acl(number: int) -> tuple[Any, ...]:
    """Say who keeps an entity: those assigned to it, and through the tree those above.

    The ACL of an entity is also asked of the entities below it: that is the rule of
    perimeters itself.
    """
    return (
        *_at(number, p.MANAGE_ORGANISATION, "AD04"),
        *_at(number, p.ASSIGN_PROFILES, "AD02"),
        *_at(number, p.MANAGE_USERS, "AD01"),
        *_at(number, p.SIMULATE, "AD05"),
        *_at(number, p.CREATE_CONSULTATION, "RA01"),
        *_at(number, p.IMPORT_DATA, "AD07"),
    )


def _library_acl() -> tuple[Any, ...]:
    return (
        *_anywhere(p.VIEW_LIBRARY, "ED01", "ED02"),
        *_anywhere(p.EDIT_LIBRARY, "ED01"),
    )


def _anywhere(permission: str, *codes: str) -> tuple[Any, ...]:
    return tuple((Allow, principal_anywhere(code), (permission,)) for code in codes)


def _at(number: int, permission: str, *codes: str) -> tuple[Any, ...]:
    return tuple((Allow, principal_at(code, number), (permission,)) for code in codes)


def _administrative_codes() -> tuple[str, ...]:
    return tuple(item.code for item in FUNCTIONS if item.is_administrative)
