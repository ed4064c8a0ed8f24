"""Drafts: the pieces being written for a consultation."""

from datetime import datetime

from persistent.mapping import PersistentMapping
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.consultation import IDrafts


@content("Draft")
@implementer(IDraft)
class Draft(Content):
    """One piece of a consultation, from one canevas.

    The text itself is never stored: it is assembled at each look from the canevas, the
    upstream form, and what only the writer can say, kept here: ``answers`` to the
    variables of clauses, ``choices`` among alternatives, ``local_texts`` by clause.
    """

    frozen_at: datetime | None = None

    def __init__(self, template_id: str, title: str) -> None:
        self.template_id = template_id
        self.title = title
        self.answers = PersistentMapping()
        self.choices = PersistentMapping()
        self.local_texts = PersistentMapping()


@content("Drafts")
@implementer(IDrafts)
class Drafts(Container):
    """The drafts of one consultation, by canevas."""
