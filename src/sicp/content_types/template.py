"""Canevas: the ordered tree of clauses that makes one kind of document."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.template import ITemplate
from sicp.interfaces.template import ITemplateLibrary


@content("Template")
@implementer(ITemplate)
class Template(Content):
    """One canevas, in the plain form of the drafting language.

    ``document`` is the kind of piece: RC, CCAP, AE…
    """

    def __init__(self, template_id: str, title: str, document: str) -> None:
        self.template_id = template_id
        self.title = title
        self.document = document
        self.data: Mapping[str, Any] = {}

    def write(self, data: Mapping[str, Any], actor: str, at: datetime) -> None:
        """Replace the tree."""
        self.data = dict(data)
        self.title = str(data["title"])
        self.document = str(data["document"])
        self.touch(actor, at)


@content("TemplateLibrary")
@implementer(ITemplateLibrary)
class TemplateLibrary(Container):
    """All canevas, by id."""
