"""Technical pieces: the files joined to a consultation, in all their versions."""

from datetime import datetime

from persistent import Persistent
from substanced.content import content
from ZODB.blob import Blob
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.consultation import IAttachment
from sicp.interfaces.consultation import IAttachments

#: What a joined file may be: technical clauses, unit prices, estimate, lump sum, plan.
ATTACHMENT_KINDS = ("cctp", "bpu", "dqe", "dpgf", "plan", "other")
#: Words for a text that is not read, or not yet.
_FATES = {"pending": "pending", "unreadable": "none"}


class AttachmentVersion(Persistent):
    """One file, as it came.

    ``file_name`` is what its sender called it: shown, never used as a path. ``kind``
    is told by the content. ``size`` is in bytes, ``sha256`` in hexadecimal,
    ``added_at`` aware UTC. ``text`` holds the passages read of it; ``text_state`` is
    ``pending`` until it was read, then ``done``, ``none`` for a kind that is not read,
    or ``failed``, ``text_reason`` then says why in French. ``pdf`` is the PDF made of
    it for the file of the consultation, once it was.
    """

    pdf: Blob | None = None
    text: Blob | None = None
    text_state = "none"
    text_reason = ""

    def __init__(self, file: Blob, file_name: str, kind: str) -> None:
        self.file = file
        self.file_name = file_name
        self.kind = kind
        self.number = 1
        self.size = 0
        self.sha256 = ""
        self.added_by = ""
        self.added_at: datetime | None = None

    def note_text(self, state: str, text: Blob | None, reason: str) -> None:
        """Note how its reading ended, in the words technical pieces have for it."""
        is_unread = state in {"pending", "unreadable"}
        told = "done" if text is not None else "failed"
        self.text_state = _FATES[state] if is_unread else told
        self.text = text
        self.text_reason = "" if is_unread or text is not None else reason


@content("TechnicalPiece")
@implementer(IAttachment)
class TechnicalPiece(Content):
    """One piece, whose last version counts; the others are kept.

    ``rank`` is its place in the list, from 1.
    """

    rank = 0
    kind = "other"
    versions: tuple[AttachmentVersion, ...] = ()

    def __init__(self, title: str, kind: str) -> None:
        self.title = title
        self.kind = kind

    @property
    def current(self) -> AttachmentVersion:
        """Return the version that counts."""
        return self.versions[-1]

    def add_version(self, version: AttachmentVersion) -> None:
        """Put a version in the place of the last one, which is kept."""
        version.number = len(self.versions) + 1
        self.versions = (*self.versions, version)


@content("TechnicalPieces")
@implementer(IAttachments)
class TechnicalPieces(Container):
    """The technical pieces of one consultation.

    ``last_number`` names the next one: an address never leads to another piece.
    """

    last_number = 0

    def in_order(self) -> list[TechnicalPiece]:
        """Return the pieces in the order people gave them."""
        return sorted(self.values(), key=lambda piece: (piece.rank, piece.__name__))
