"""Drafts: the pieces being written for a consultation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from persistent.mapping import PersistentMapping
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Comment
from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.content_types.consultation.bundle import Bundle
from sicp.content_types.consultation.review import Review
from sicp.content_types.consultation.round_trip import WordImport
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.consultation import IDrafts


@dataclass(frozen=True)
class Declined:
    """A change of the clausier that the writer left out of his piece, and why."""

    release: str
    version: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FrozenFile:
    """One file of a frozen piece: what is published is this, bit for bit.

    ``blob`` is a ZODB blob, ``sha256`` the hexadecimal digest of its bytes.
    """

    extension: str
    blob: Any
    size: int
    sha256: str


@content("Draft")
@implementer(IDraft)
class Draft(Content):
    """One piece of a consultation, from one canevas.

    The text itself is never stored: it is assembled at each look from the canevas, the
    upstream form, and what only the writer can say, kept here: ``answers`` to the
    variables of clauses, ``choices`` among alternatives, ``local_texts`` by clause,
    ``left_out`` the optional clauses he does not want. ``part_revisions`` tells the
    revision at which each of these parts was last written, so that two people who
    write different parts never hinder one another.

    ``release`` names the publication of the clausier it is written from; ``pins`` and
    ``template_pins`` the versions it takes instead of those of that publication, by
    clause and by canevas. ``begun_under`` names the publication it was first written
    from, once it was brought to a later one. ``declined`` tells what its writer left,
    by change. ``local_authors`` says who rewrote each clause. A frozen piece keeps its
    files, and ``frozen_answers``, all that was known when they were made: its page says
    the same.
    """

    release = ""
    begun_under = ""
    pins: Mapping[str, int] = {}
    template_pins: Mapping[str, int] = {}
    declined: Mapping[str, Declined] = {}
    local_authors: Mapping[str, str] = {}
    comments: tuple[Comment, ...] = ()
    reviews: tuple[Review, ...] = ()
    frozen_files: tuple[FrozenFile, ...] = ()
    frozen_answers: Mapping[str, Any] = {}
    imports: tuple[WordImport, ...] = ()
    frozen_by = ""
    frozen_at: datetime | None = None
    left_out: frozenset[str] = frozenset()
    part_revisions: Mapping[str, int] = {}

    def __init__(self, template_id: str, title: str) -> None:
        self.template_id = template_id
        self.title = title
        self.answers = PersistentMapping()
        self.choices = PersistentMapping()
        self.local_texts = PersistentMapping()

    def note_parts(self, parts: tuple[str, ...], actor: str, at: datetime) -> None:
        """Note that somebody wrote these parts of the piece."""
        self.touch(actor, at)
        written = dict.fromkeys(parts, self.revision)
        self.part_revisions = {**self.part_revisions, **written}

    def was_written_since(self, part: str, revision: int) -> bool:
        """Tell whether a part was written after ``revision``."""
        return self.part_revisions.get(part, 0) > revision


@content("Drafts")
@implementer(IDrafts)
class Drafts(Container):
    """The drafts of one consultation, by canevas.

    ``order`` is the one people gave them in the file of the consultation; ``bundle``
    is that file as it was last put together.
    """

    order: tuple[str, ...] = ()
    bundle: Bundle | None = None
