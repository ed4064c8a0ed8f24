"""Joins technical pieces to a consultation: streamed, hashed, read once."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from typing import BinaryIO

from ZODB.blob import Blob

from sicp import permissions as p
from sicp.content_types.consultation.attachment import ATTACHMENT_KINDS
from sicp.content_types.consultation.attachment import AttachmentVersion
from sicp.engines.text_extraction import KIND_TITLES
from sicp.engines.text_extraction import READABLE
from sicp.engines.text_extraction import ExtractedText
from sicp.engines.text_extraction import ExtractionError
from sicp.engines.text_extraction import extract_apart
from sicp.engines.text_extraction import from_json
from sicp.engines.text_extraction import sniff
from sicp.engines.text_extraction import to_json
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.exceptions import UnavailableError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.right import require
from sicp.workflows.base import state_of
from sicp.workflows.consultation.consultation import TABLE

#: Where a consultation keeps its technical pieces; absent until the first one.
FOLDER = "annexes"
MOST_PIECES = 300
MOST_VERSIONS = 100
LONGEST_TITLE = 200
_LONGEST_NAME = 255
_CHUNK = 1024 * 1024
_MEGABYTE = 1024 * 1024
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Reading takes a core for seconds: few files are read at a time in one process.
_SEATS = BoundedSemaphore(2)
_PATIENCE_SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes; ``name`` is what its sender calls it."""

    file: BinaryIO
    name: str


def attachments_of(consultation: Any) -> list[Any]:  # noqa: ANN401
    """Return the technical pieces of a consultation, in their order."""
    folder = consultation.get(FOLDER)
    return folder.in_order() if folder is not None else []


def add_attachment(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    upload: Upload | None,
    title: str,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Join a file after the others; without title it takes the name of the file.

    Raises:
        NotAllowedError: the actor may not join technical pieces here.
        InvalidInputError: no file, too large, of a kind that is not taken, no such
            kind of piece, or too many pieces.
        UnavailableError: too many files are being read.
    """
    require(actor, p.BUNDLE_TECHNICAL, consultation)
    if kind not in ATTACHMENT_KINDS:
        raise InvalidInputError(
            _("attachment-kind-unknown", default="Choisissez le type de la pièce."),
            "kind",
        )
    _check_room(len(attachments_of(consultation)), MOST_PIECES)
    version = _version_of(upload, actor, now, registry)
    named = _title(title) or Path(version.file_name).stem or version.file_name
    piece = registry.content.create("TechnicalPiece", named[:LONGEST_TITLE], kind)
    piece.add_version(version)
    piece.touch(actor.login, now)
    folder = _folder_of(consultation, registry)
    piece.rank = max((other.rank for other in folder.values()), default=0) + 1
    folder.add(_free_name(folder), piece, registry=registry)
    _note(consultation, "attachment-added", piece, actor, now, registry)
    return piece


def replace_attachment(
    piece: Any,  # noqa: ANN401
    upload: Upload | None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Put a new file in the place of the last one, which stays among the versions.

    Raises:
        NotAllowedError: the actor may not join technical pieces here.
        InvalidInputError: no file, too large, of a kind that is not taken, or the
            same as the last version.
        UnavailableError: too many files are being read.
    """
    consultation = piece.__parent__.__parent__
    require(actor, p.BUNDLE_TECHNICAL, consultation)
    _check_room(len(piece.versions), MOST_VERSIONS)
    version = _version_of(upload, actor, now, registry)
    if version.sha256 == piece.current.sha256:
        raise InvalidInputError(
            _(
                "attachment-same",
                default="Ce fichier est identique à la version en vigueur.",
            ),
            "file",
        )
    piece.add_version(version)
    piece.touch(actor.login, now)
    _note(consultation, "attachment-replaced", piece, actor, now, registry)


def remove_attachment(
    piece: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Take a piece away, with all its versions.

    Raises:
        NotAllowedError: the actor may not join technical pieces here.
        StateError: the consultation is not being defined any more.
    """
    consultation = piece.__parent__.__parent__
    require(actor, p.BUNDLE_TECHNICAL, consultation)
    if not may_be_removed(consultation, registry):
        raise StateError(
            _(
                "attachment-kept",
                default="Une pièce technique ne se retire que pendant la définition "
                "de la consultation.",
            )
        )
    _note(consultation, "attachment-removed", piece, actor, now, registry)
    piece.__parent__.remove(piece.__name__, registry=registry)


def may_be_removed(consultation: Any, registry: Any) -> bool:  # noqa: ANN401
    """Tell whether the state of the consultation lets pieces be taken away."""
    return bool(state_of(registry, TABLE, consultation) == "definition")


def move_attachment(
    piece: Any,  # noqa: ANN401
    step: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Exchange a piece with the one before it (-1) or after it (1); at an end, nothing.

    Raises:
        NotAllowedError: the actor may not join technical pieces here.
    """
    folder = piece.__parent__
    require(actor, p.BUNDLE_TECHNICAL, folder.__parent__)
    ordered = folder.in_order()
    here = ordered.index(piece)
    there = min(max(here + step, 0), len(ordered) - 1)
    ordered.insert(there, ordered.pop(here))
    for rank, other in enumerate(ordered, 1):
        if other.rank != rank:
            other.rank = rank
            other.touch(actor.login, now)


def text_of_version(version: AttachmentVersion) -> ExtractedText | None:
    """Return the text read when the file came; None when there is none."""
    if version.text is None:
        return None
    with version.text.open("r") as source:
        return from_json(source.read())


def kind_title(version: AttachmentVersion) -> str:
    """Say in French what a file is, from its content."""
    return KIND_TITLES.get(version.kind, "")


def size_limit(registry: Any) -> int:  # noqa: ANN401
    """Return the largest size of a file, in bytes."""
    return int(registry.site_settings.attachment_megabytes) * _MEGABYTE


def _version_of(
    upload: Upload | None,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> AttachmentVersion:
    if upload is None:
        raise InvalidInputError(
            _("attachment-file-needed", default="Choisissez un fichier."), "file"
        )
    blob = Blob()
    size, digest = _copy(upload.file, blob, registry)
    with blob.open("r") as source:
        kind = sniff(source)
        if not kind:
            raise InvalidInputError(
                _(
                    "attachment-file-unfit",
                    default="Ce type de fichier n’est pas accepté, ou le fichier est "
                    "endommagé. Joignez un document bureautique sans macro, un PDF, "
                    "un plan DWG ou une image.",
                ),
                "file",
            )
        version = AttachmentVersion(blob, _file_name(upload.name), kind)
        version.size, version.sha256 = size, digest
        version.added_by, version.added_at = actor.login, now
        _read_text(version, Path(source.name))
    return version


def _copy(source: BinaryIO, blob: Blob, registry: Any) -> tuple[int, str]:  # noqa: ANN401
    """Stream a file into a blob; return its size and its SHA-256.

    Raises:
        InvalidInputError: it is empty or too large.
    """
    limit, size, digest = size_limit(registry), 0, hashlib.sha256()
    source.seek(0)
    with blob.open("w") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise InvalidInputError(too_large(registry), "file")
            digest.update(chunk)
            target.write(chunk)
    if not size:
        raise InvalidInputError(
            _("attachment-file-empty", default="Ce fichier est vide."), "file"
        )
    return size, digest.hexdigest()


def too_large(registry: Any) -> str:  # noqa: ANN401
    """Say how large a file may be."""
    return _(
        "attachment-too-large",
        default="Le fichier est trop volumineux : ${count} Mo au plus.",
        mapping={"count": size_limit(registry) // _MEGABYTE},
    )


def _read_text(version: AttachmentVersion, path: Path) -> None:
    if version.kind not in READABLE:
        return
    try:
        with _seat():
            text = extract_apart(path, version.kind)
    except ExtractionError as error:
        version.text_state, version.text_reason = "failed", str(error)
        return
    version.text_state = "done"
    version.text = Blob(to_json(text))


@contextmanager
def _seat() -> Iterator[None]:
    if not _SEATS.acquire(timeout=_PATIENCE_SECONDS):
        raise UnavailableError(
            _(
                "attachment-busy",
                default="Plusieurs fichiers sont déjà en cours de lecture. Réessayez "
                "dans une minute.",
            )
        )
    try:
        yield
    finally:
        _SEATS.release()


def _file_name(name: str) -> str:
    # Some browsers send the whole path on the disk of the person.
    last = _CONTROLS.sub("", name).replace("\\", "/").rpartition("/")[2].strip()
    return last[-_LONGEST_NAME:] or "document"


def _title(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def _check_room(count: int, most: int) -> None:
    if count >= most:
        raise InvalidInputError(
            _(
                "attachment-too-many",
                default="Il n’y a plus de place : ${count} au plus.",
                mapping={"count": most},
            ),
            "file",
        )


def _folder_of(consultation: Any, registry: Any) -> Any:  # noqa: ANN401
    folder = consultation.get(FOLDER)
    if folder is None:
        folder = registry.content.create("TechnicalPieces")
        consultation.add(FOLDER, folder, registry=registry)
    return folder


def _free_name(folder: Any) -> str:  # noqa: ANN401
    folder.last_number += 1
    return str(folder.last_number)


def _note(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    action: str,
    piece: Any,  # noqa: ANN401
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    version = piece.current
    details = {
        "attachment": piece.title,
        "version": version.number,
        "sha256": version.sha256,
    }
    registry.notify(Happened(consultation, action, actor.login, now, details=details))
