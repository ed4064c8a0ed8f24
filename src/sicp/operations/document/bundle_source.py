"""Where the files of each piece of a consultation come from."""

import hashlib
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from typing import BinaryIO

from ZODB.blob import Blob

from sicp.clock import legal_day
from sicp.content_types.consultation.bundle import BundledFile
from sicp.engines.pdf import CONVERTIBLE
from sicp.engines.pdf import PdfFailed
from sicp.engines.pdf import PdfUnavailable
from sicp.operations.consultation.attachment import attachments_of
from sicp.operations.document.piece import piece_of
from sicp.operations.document.production import convert
from sicp.operations.document.production import file_name
from sicp.operations.document.production import may_make_pdf
from sicp.operations.document.production import write_both

NOT_FROZEN = "non figée"
_NO_PDF = "Ce type de fichier ne se convertit pas en PDF."
_FAILED = "Ce fichier n’a pas pu être converti en PDF."
_LOCKED = "Ce PDF est protégé ou endommagé : il ne peut pas être assemblé."
_DAY = "%d/%m/%Y"


@dataclass(frozen=True)
class Held:
    """A file of a piece: in a blob, or just made."""

    name: str
    kind: str
    size: int
    sha256: str
    content: Blob | bytes

    def open(self) -> BinaryIO:
        """Open the file to be read; who opens it closes it."""
        if isinstance(self.content, bytes):
            return BytesIO(self.content)
        opened: BinaryIO = self.content.open("r")
        return opened

    def read(self) -> bytes:
        """Return the bytes."""
        with self.open() as source:
            return source.read()

    def told(self, name: str) -> BundledFile:
        """Tell the file under the name it bears in the archive."""
        return BundledFile(name, self.size, self.sha256)


@dataclass(frozen=True)
class Source:
    """One piece: its files, its PDF, and why it has none (``reason``, in French)."""

    title: str
    version: str
    files: tuple[Held, ...]
    pdf: Callable[[], bytes | None]
    reason: str = ""
    note: str = ""


def administrative_sources(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    drafts: Iterable[Any],
    now: datetime,
) -> Iterator[Source]:
    """Yield the pieces written here: as frozen, or as they stand.

    Raises:
        UnavailableError: LibreOffice failed, or is busy.
    """
    for draft in drafts:
        template = site["canevas"][draft.template_id]
        is_frozen = draft.frozen_at is not None
        made = _frozen(draft) if is_frozen else _made(site, consultation, draft, now)
        files = tuple(
            Held(file_name(consultation, template, kind), kind, size, digest, content)
            for kind, size, digest, content in made
        )
        pdf = next((held for held in files if held.kind == "pdf"), None)
        day = legal_day(draft.frozen_at if is_frozen else now).strftime(_DAY)
        yield Source(
            draft.title,
            f"figée le {day}" if is_frozen else f"état du {day}",
            files,
            pdf.read if pdf is not None else _nothing,
            _FAILED,
            "" if is_frozen else NOT_FROZEN,
        )


def technical_sources(consultation: Any) -> Iterator[Source]:  # noqa: ANN401
    """Yield the pieces that were joined, in their last version."""
    for piece in attachments_of(consultation):
        version = piece.current
        kind = version.kind if version.kind != "locked" else "bin"
        held = Held(version.file_name, kind, version.size, version.sha256, version.file)
        yield Source(
            piece.title,
            f"version {version.number}",
            (held,),
            _Converted(version, held),
            _reason(version.kind),
        )


@dataclass(frozen=True)
class _Converted:
    """The PDF of a joined file, made once and kept beside it."""

    version: Any
    held: Held

    def __call__(self) -> bytes | None:
        """Return the PDF, None when there is none."""
        if self.held.kind == "pdf":
            return self.held.read()
        if self.version.pdf is not None:
            with self.version.pdf.open("r") as source:
                return bytes(source.read())
        if self.held.kind not in CONVERTIBLE or not may_make_pdf():
            return None
        try:
            data = convert(self.held.read(), self.held.kind)
        except (PdfFailed, PdfUnavailable):
            return None
        self.version.pdf = Blob(data)
        return data


def _reason(kind: str) -> str:
    if kind == "pdf":
        return _LOCKED
    return _FAILED if kind in CONVERTIBLE else _NO_PDF


def _nothing() -> None:
    return None


_Made = tuple[str, int, str, Blob | bytes]


def _frozen(draft: Any) -> Iterator[_Made]:  # noqa: ANN401
    for file in draft.frozen_files:
        yield file.extension, file.size, file.sha256, file.blob


def _made(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    draft: Any,  # noqa: ANN401
    now: datetime,
) -> Iterator[_Made]:
    piece = piece_of(draft, legal_day(now))
    made = write_both(site, consultation, piece.draft, now)
    for extension, data in made.items():
        yield extension, len(data), hashlib.sha256(data).hexdigest(), data
