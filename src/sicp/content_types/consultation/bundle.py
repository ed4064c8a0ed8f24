"""The file of a consultation, put together: what it holds, and its archives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class BundledFile:
    """One file of one piece: its name in the archive, its size and its digest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class BundledPiece:
    """One line of the table of pieces (« bordereau des pièces »).

    ``version`` says in French which state of the piece was taken; ``pages`` is None
    when it has no PDF; ``note`` says why, or that the piece is not frozen.
    """

    title: str
    version: str
    pages: int | None
    files: tuple[BundledFile, ...]
    note: str = ""


@dataclass(frozen=True)
class BundleFile:
    """One of the files made: ``kind`` is zip, pdf, table-docx or table-pdf.

    ``blob`` is a ZODB blob, ``sha256`` the hexadecimal digest of its bytes.
    """

    kind: str
    blob: Any
    size: int
    sha256: str


@dataclass(frozen=True)
class Bundle:
    """The pieces of a consultation put together at one moment.

    ``state`` tells the order and the contents that were taken: another one means that
    something changed since.
    """

    pieces: tuple[BundledPiece, ...]
    files: tuple[BundleFile, ...]
    state: str
    made_at: datetime
    made_by: str

    def file(self, kind: str) -> BundleFile | None:
        """Return the file of one kind, None when it was not made."""
        return next((file for file in self.files if file.kind == kind), None)
