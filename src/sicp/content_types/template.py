"""Canevas: the ordered tree of clauses that makes one kind of document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.template import ITemplate
from sicp.interfaces.template import ITemplateLibrary


@dataclass(frozen=True)
class TemplateVersion:
    """One published version of a canevas, never changed once written."""

    number: int
    data: Mapping[str, Any]
    written_by: str
    written_at: datetime
    release: str = ""


@dataclass(frozen=True)
class TemplateEdition:
    """The tree being changed as a save found it, for who wants it back.

    ``working`` is None when nothing was waiting; ``revision`` is that of the canevas
    while it was so; ``replaced_by`` wrote what came instead, at ``replaced_at``.
    """

    revision: int
    working: Mapping[str, Any] | None
    reason: str
    replaced_by: str
    replaced_at: datetime


#: How many saves back an editor may go.
MOST_EARLIER = 20


@content("Template")
@implementer(ITemplate)
class Template(Content):
    """One canevas, in the plain form of the drafting language.

    ``document`` is the kind of piece: RC, CCAP, AE… ``working`` is the tree as its
    editor is changing it, None when nothing waits for the next publication; ``earlier``
    is what it was before each of the last saves, the oldest first.
    """

    versions: tuple[TemplateVersion, ...] = ()
    working: Mapping[str, Any] | None = None
    working_reason = ""
    earlier: tuple[TemplateEdition, ...] = ()

    def __init__(self, template_id: str, title: str, document: str) -> None:
        self.template_id = template_id
        self.title = title
        self.document = document

    @property
    def data(self) -> Mapping[str, Any]:
        """Return the tree of the latest version; empty before the first."""
        return self.versions[-1].data if self.versions else {}

    @property
    def edited(self) -> Mapping[str, Any]:
        """Return the tree its editors work on."""
        return self.data if self.working is None else self.working

    def version(self, number: int) -> TemplateVersion | None:
        """Return the version of that number, None when there is none."""
        is_known = 0 < number <= len(self.versions)
        return self.versions[number - 1] if is_known else None

    def edit(
        self, data: Mapping[str, Any], actor: str, at: datetime, reason: str = ""
    ) -> None:
        """Keep the tree being changed; documents do not take it before publication."""
        found = TemplateEdition(
            self.revision, self.working, self.working_reason, actor, at
        )
        self.earlier = (*self.earlier, found)[-MOST_EARLIER:]
        self.working = None if dict(data) == dict(self.data) else dict(data)
        self.working_reason = reason
        self.touch(actor, at)

    def undo(self, actor: str, at: datetime) -> None:
        """Take back the last save; what was before it is being changed again.

        Raises:
            IndexError: there is nothing to go back to.
        """
        found = self.earlier[-1]
        self.earlier = self.earlier[:-1]
        self.working = found.working
        self.working_reason = found.reason
        self.touch(actor, at)

    def add_version(
        self, data: Mapping[str, Any], actor: str, at: datetime, release: str = ""
    ) -> TemplateVersion:
        """Write a new version; those before stay readable."""
        version = TemplateVersion(
            len(self.versions) + 1, dict(data), actor, at, release
        )
        self.versions = (*self.versions, version)
        self.working = None
        self.earlier = ()
        self.title = str(data["title"])
        self.document = str(data.get("document") or self.document)
        self.touch(actor, at)
        return version


@content("TemplateLibrary")
@implementer(ITemplateLibrary)
class TemplateLibrary(Container):
    """All canevas, by id."""
