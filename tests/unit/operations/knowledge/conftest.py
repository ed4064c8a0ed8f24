"""A small knowledge base, and the people who walk in it."""

from dataclasses import dataclass
from typing import Any

import pytest

from sicp.clock import legal_day
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.right import actor_for
from tests.conftest import NOW


@dataclass
class World:
    """The base of a site, with short ways to fill it."""

    site: Any
    by: dict[str, Any]

    @property
    def base(self) -> Any:
        return self.site["connaissances"]

    def folder(self, title: str = "Dossier", parent: Any = None, **kw: Any) -> Any:
        return create_folder(parent or self.base, title, **self.by, **kw)

    def draft(
        self,
        title: str = "Fiche",
        text: str = "<p>Un texte</p>",
        folder: Any = None,
        kind: str = "practice",
        **fields: Any,
    ) -> Any:
        wanted = SheetInput(title, text, fields)
        return create_sheet(folder or self.base, kind, wanted, **self.by)

    def sheet(self, *args: Any, **kw: Any) -> Any:
        made = self.draft(*args, **kw)
        publish_sheet(made, **self.by)
        return made

    def person(self, login: str, profile: str, entity: Any) -> dict[str, Any]:
        """Open an account; return the keywords of what this person does."""
        mail = f"{login}@example.org"
        user = create_user(self.site, login, login.title(), mail, entity, **self.by)
        assign(self.site, user, profile, entity, legal_day(NOW), **self.by)
        return {**self.by, "actor": actor_for(self.site, login, NOW)}


@pytest.fixture
def world(site: Any, doing: Any) -> World:
    """An empty base."""
    return World(site, doing.by)
