"""A small site that is searched: each fixture commits, as requests do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import transaction

from sicp.engines.search import SearchIndex
from sicp.engines.search import digest_of
from sicp.interfaces.user import Actor
from sicp.operations.search import SearchPage
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.search.document import document_of
from sicp.operations.search.document import items_of
from sicp.operations.search.service import feed_of
from tests.conftest import Doing
from tests.unit.operations.knowledge.conftest import World


@dataclass
class Searching:
    """Who asks, and short ways to ask."""

    site: Any
    registry: Any
    actor: Actor

    def page(self, text: str = "", actor: Actor | None = None, **kw: Any) -> SearchPage:
        wanted = SearchWanted(text, **kw)
        return ask(self.site, wanted, actor=actor or self.actor, registry=self.registry)

    def titles(self, text: str = "", actor: Actor | None = None, **kw: Any) -> set[str]:
        found = self.page(text, actor, **kw).found
        return {"".join(part for part, _ in one.title) for one in found}

    @property
    def index(self) -> SearchIndex:
        return feed_of(self.site, self.registry).index

    def differences(self) -> set[int]:
        """Return the numbers of what the index has otherwise than the site."""
        made = filter(None, map(document_of, items_of(self.site)))
        expected = {document.id: digest_of(document) for document in made}
        self.page("mot")
        known = self.index.digests()
        return {n for n in expected | known if expected.get(n) != known.get(n)}


@pytest.fixture
def world(site: Any, doing: Doing) -> World:
    """An empty base."""
    return World(site, doing.by)


@pytest.fixture
def search(site: Any, registry: Any, doing: Doing) -> Iterator[Searching]:
    """The search of the site, asked by who may everything."""
    yield Searching(site, registry, doing.actor)
    transaction.abort()
    registry.search_service.close()
