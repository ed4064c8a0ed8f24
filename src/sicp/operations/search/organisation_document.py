"""Entities, accounts and companies, as they are found by those who keep them."""

from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.organisation import lineage_of
from sicp.engines.search import SearchDocument
from sicp.operations.search.passage import numbers_above
from sicp.operations.search.passage import passages_of
from sicp.operations.search.passage import seconds_of
from sicp.operations.search.passage import sources_of
from sicp.operations.user.perimeter import SEEING
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import principals_seeing_entity
from sicp.operations.user.right import allowed_by


def entity_document(entity: Any) -> SearchDocument:
    """Return an entity as it is found, by those who administer something in its body.

    Its settings are found on the page of its body alone: they are no words of a search.
    """
    body = entity.body()
    settings = getattr(entity, "settings", {})
    return SearchDocument(
        id=entity.__oid__,
        kind="entity",
        title=entity.title,
        allowed=tuple(sorted(principals_seeing_entity(entity))),
        ancestors=numbers_above(entity),
        references=tuple(filter(None, (settings.get("siret"),))),
        facets={"body": (str(body.__oid__),) if body is not None else ()},
        modified_at=seconds_of(entity.modified_at),
        sources=sources_of(entity, settings),
    )


def user_document(user: Any) -> SearchDocument:
    """Return an account as it is found: its home says by whom."""
    home = home_of(find_objectmap(user).root, user)
    body = home.body()
    seeing = {who for permission in SEEING for who in allowed_by(home, permission)}
    return SearchDocument(
        id=user.__oid__,
        kind="user",
        title=user.title,
        passages=tuple(passages_of("", [user.login, user.email])),
        allowed=tuple(sorted(seeing)),
        ancestors=numbers_above(user),
        references=(user.login,),
        facets={
            "body": (str(body.__oid__),) if body is not None else (),
            "state": ("user.active" if user.is_active else "user.closed",),
        },
        modified_at=seconds_of(user.modified_at),
        sources=sources_of(user, *lineage_of(home)),
    )


def company_document(company: Any) -> SearchDocument:
    """Return a company as it is found."""
    return SearchDocument(
        id=company.__oid__,
        kind="company",
        title=company.title or company.identifier,
        allowed=tuple(allowed_by(company, p.VIEW_COMPANIES)),
        ancestors=numbers_above(company),
        references=(company.identifier,),
        modified_at=seconds_of(company.modified_at),
        sources=sources_of(company),
    )
