"""Takes the files that people send: streamed, hashed, told by their content."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from typing import BinaryIO

from ZODB.blob import Blob

from sicp.engines.text_extraction import KIND_TITLES
from sicp.engines.text_extraction import sniff
from sicp.exceptions import InvalidInputError
from sicp.i18n import _

_LONGEST_NAME = 255
_CHUNK = 1024 * 1024
_MEGABYTE = 1024 * 1024
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes; ``name`` is what its sender calls it."""

    file: BinaryIO
    name: str


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was taken: ``kind`` is told by its content, ``size`` in bytes."""

    blob: Blob
    name: str
    kind: str
    size: int
    sha256: str


def receive(upload: Upload | None, registry: Any) -> Received:
    """Take a file that may be kept and handed on to others.

    Raises:
        InvalidInputError: no file, empty, too large, or of a kind that is not taken: a
            program, a web page, an office document with macros.
    """
    if upload is None:
        raise InvalidInputError(
            _("attachment-file-needed", default="Choisissez un fichier."), "file"
        )
    blob = Blob()
    upload.file.seek(0)
    with blob.open("w") as target:
        size, digest = hashed_copy(upload.file, target, size_limit(registry))
    with blob.open("r") as source:
        kind = sniff(source)
    if not kind:
        raise InvalidInputError(UNFIT, "file")
    return Received(blob, file_name(upload.name), kind, size, digest)


def hashed_copy(source: BinaryIO, target: BinaryIO, limit: int) -> tuple[int, str]:
    """Stream a file into another, of ``limit`` bytes at most.

    Returns:
        its size in bytes, and its SHA-256.

    Raises:
        InvalidInputError: it is empty or too large.
    """
    size, digest = 0, hashlib.sha256()
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise InvalidInputError(too_large(limit), "file")
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise InvalidInputError(
            _("attachment-file-empty", default="Ce fichier est vide."), "file"
        )
    return size, digest.hexdigest()


def size_limit(registry: Any) -> int:
    """Return the largest size of a file, in bytes."""
    return int(registry.site_settings.attachment_megabytes) * _MEGABYTE


def import_limit(registry: Any) -> int:
    """Return the largest size of an archive to import, in bytes."""
    return int(registry.site_settings.import_megabytes) * _MEGABYTE


def too_large(limit: int) -> str:
    """Say how large a file may be."""
    return _(
        "attachment-too-large",
        default="Le fichier est trop volumineux : ${count} Mo au plus.",
        mapping={"count": limit // _MEGABYTE},
    )


def file_name(name: str) -> str:
    """Return what a sender calls a file, without the path on his disk, nor controls."""
    last = without_controls(name).replace("\\", "/").rpartition("/")[2].strip()
    return last[-_LONGEST_NAME:] or "document"


def without_controls(text: str) -> str:
    """Take out of a text what nobody sees and what reverses its reading."""
    return _CONTROLS.sub("", text)


def kind_title(file: Any) -> str:
    """Say in French what a file is, from its content."""
    return KIND_TITLES.get(file.kind, "")


UNFIT = _(
    "attachment-file-unfit",
    default="Ce type de fichier n’est pas accepté, ou le fichier est endommagé. "
    "Joignez un document bureautique sans macro, un PDF, un plan DWG ou une image.",
)
