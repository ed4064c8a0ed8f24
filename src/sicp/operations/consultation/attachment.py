"""Joins technical pieces to a consultation: streamed, hashed, read once."""

from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from sicp import permissions as p
from sicp.content_types.consultation.attachment import ATTACHMENT_KINDS
from sicp.content_types.consultation.attachment import AttachmentVersion
from sicp.engines.text_extraction import READABLE
from sicp.engines.text_extraction import Reading
from sicp.engines.text_extraction import TextState
from sicp.engines.text_extraction import read_apart
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.reading import READ_AT_ONCE
from sicp.operations.reading import SECONDS_AT_ONCE
from sicp.operations.reading import ask_reading
from sicp.operations.reading import note
from sicp.operations.upload import Upload
from sicp.operations.upload import receive
from sicp.operations.upload import without_controls
from sicp.operations.user.right import require
from sicp.workflows.base import state_of
from sicp.workflows.consultation.consultation import TABLE

#: Where a consultation keeps its technical pieces; absent until the first one.
FOLDER = "annexes"
MOST_PIECES = 300
MOST_VERSIONS = 100
LONGEST_TITLE = 200

#: Reading takes a core for seconds: few files are read at a time in one process.
_SEATS = BoundedSemaphore(2)
_PATIENCE_SECONDS = 2.0


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
    _read_text(piece, version, now)
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
    _read_text(piece, version, now)
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


def _version_of(
    upload: Upload | None,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> AttachmentVersion:
    received = receive(upload, registry)
    version = AttachmentVersion(received.blob, received.name, received.kind)
    version.size, version.sha256 = received.size, received.sha256
    version.added_by, version.added_at = actor.login, now
    return version


def _read_text(piece: Any, version: AttachmentVersion, now: datetime) -> None:  # noqa: ANN401
    """Read a small file at once; have the others read soon, so that nobody waits."""
    if version.kind in READABLE and version.size <= READ_AT_ONCE:
        reading = _read_at_once(version)
        if reading is not None and reading.state is not TextState.TOO_LONG:
            note(version, reading)
            return
    ask_reading(piece, version, now)


def _read_at_once(version: AttachmentVersion) -> Reading | None:
    if not _SEATS.acquire(timeout=_PATIENCE_SECONDS):
        return None
    try:
        with version.file.open("r") as source:
            return read_apart(Path(source.name), version.kind, SECONDS_AT_ONCE)
    finally:
        _SEATS.release()


def _title(text: str) -> str:
    return " ".join(without_controls(text.replace("\n", " ")).split())


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
