"""Gives the site its knowledge base, and people the functions to write in it."""

from typing import Any

from BTrees.OOBTree import OOTreeSet
from pyramid.authorization import Allow

from sicp.catalog.indexes import add_missing_indexes

NAME = "2026-11 give the site its knowledge base"

_SERVICE = "connaissances"
_ACL = (
    (Allow, "system.Authenticated", ("sicp.knowledge.view",)),
    (Allow, "KN01@*", ("sicp.knowledge.view",)),
    (Allow, "KN02@*", ("sicp.knowledge.view",)),
    (Allow, "KN03@*", ("sicp.knowledge.view",)),
    (Allow, "KN01@*", ("sicp.knowledge.edit",)),
    (Allow, "KN03@*", ("sicp.knowledge.edit",)),
    (Allow, "KN02@*", ("sicp.knowledge.publish",)),
    (Allow, "KN03@*", ("sicp.knowledge.publish",)),
    (Allow, "KN03@*", ("sicp.knowledge.manage",)),
)
#: What each shipped profile held before, and what it holds now.
_PROFILES = {
    "editor": (
        ("ED01", "ED02", "ED03", "ED04", "ED05", "FS01"),
        ("KN01", "KN02"),
    ),
    "editorial-member": (
        ("ED01", "ED02", "ED03", "ED04", "FS01"),
        ("KN01", "KN02"),
    ),
    "knowledge-manager": (("ED02", "FS01"), ("KN01", "KN02", "KN03")),
}


def evolve(site: Any, registry: Any) -> None:
    """Do it; a second run changes nothing."""
    add_missing_indexes(site.business_catalog)
    if _SERVICE not in site:
        base = registry.content.create("KnowledgeBase")
        base.title = "Base de connaissances"
        site.add(_SERVICE, base, registry=registry)
        base.__acl__ = _ACL
    for name, (before, more) in _PROFILES.items():
        profile = site["profils"].get(name)
        # A profile that people composed is theirs.
        if profile is not None and tuple(sorted(profile.functions)) == before:
            # The step before this one wrote a plain tuple.
            profile.functions = OOTreeSet((*before, *more))


def includeme(config: Any) -> None:
    """Register the step under a name that never changes."""
    config.add_evolution_step(evolve, name=NAME)
