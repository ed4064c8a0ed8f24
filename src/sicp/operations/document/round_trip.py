"""Brings back a Word file that was edited outside: told first, written once confirmed.

The file is kept as it came. What it changes is compared with the piece as it stands
now, at each look; nothing is written in the piece before somebody has said, change by
change, what is to be taken.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any
from typing import BinaryIO

from ZODB.blob import Blob

from sicp.content_types.consultation.round_trip import APPLIED
from sicp.content_types.consultation.round_trip import DROPPED
from sicp.content_types.consultation.round_trip import WAITING
from sicp.content_types.consultation.round_trip import WordImport
from sicp.engines.docx.made_at import made_at
from sicp.engines.docx.reading import ReadError
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.reading_package import LARGEST_FILE
from sicp.engines.drafting.typography import spaced
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.document.round_trip_account import account_of
from sicp.operations.document.round_trip_piece import require_open
from sicp.operations.document.round_trip_writing import Decisions
from sicp.operations.document.round_trip_writing import Writing

MOST_IMPORTS = 50

_MEGABYTE = 1024 * 1024

_LONGEST_NAME = 255


def receive_file(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    file: BinaryIO | None,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> WordImport:
    """Keep a Word file brought back to a piece; nothing of the piece changes.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
        InvalidInputError: no file, no Word file, too big, or too many of them.
    """
    require_open(draft, actor)
    if len(draft.imports) >= MOST_IMPORTS:
        raise InvalidInputError(
            _(
                "round-trip-too-many",
                default="Cette pièce garde déjà ${count} fichiers rapportés : c’est "
                "le plus.",
                mapping={"count": MOST_IMPORTS},
            ),
            "file",
        )
    data = _read_upload(file)
    kept = WordImport(
        id=token_hex(6),
        file=Blob(data),
        file_name=name[-_LONGEST_NAME:] or "document.docx",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        by=actor.login,
        at=now,
        made_at=_readable(data),
    )
    draft.imports = (*draft.imports, kept)
    _note(draft, "draft-file-received", kept, actor, now, registry)
    return kept


def import_called(draft: Any, import_id: str) -> WordImport:  # noqa: ANN401
    """Return a file brought back to a piece.

    Raises:
        InvalidInputError: there is no such file.
    """
    found = next((item for item in draft.imports if item.id == import_id), None)
    if found is None:
        raise InvalidInputError(
            _("round-trip-unknown", default="Ce fichier n’existe pas.")
        )
    return found


def apply_import(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    import_id: str,
    decisions: Decisions,
    *,
    stamp: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> WordImport:
    """Write what a person takes of a file brought back: all of it, or nothing.

    After a refusal the transaction must be given up: something may be written already.

    Raises:
        NotAllowedError: the actor may not draft here, or may not edit the form.
        StateError: the piece is frozen, or the file was dealt with.
        EditConflictError: the piece or the form changed since ``stamp``.
        InvalidInputError: something taken cannot be written; ``field`` is its key.
    """
    kept = _waiting(draft, import_id)
    account = account_of(draft, kept, actor=actor, now=now)
    if account.stamp != stamp:
        raise EditConflictError(
            _(
                "round-trip-conflict",
                default="La pièce ou le formulaire a changé depuis que cette "
                "comparaison est affichée : elle est refaite, relisez-la.",
            )
        )
    by = {"actor": actor, "now": now, "registry": registry}
    taken = tuple(Writing(draft, kept, account, decisions, by).done())
    return _closed(draft, replace(kept, state=APPLIED, taken=taken), by)


def drop_import(
    draft: Any,  # noqa: ANN401
    import_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> WordImport:
    """Take nothing of a file; it stays among those brought back.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen, or the file was dealt with.
    """
    require_open(draft, actor)
    kept = _waiting(draft, import_id)
    by = {"actor": actor, "now": now, "registry": registry}
    return _closed(draft, replace(kept, state=DROPPED), by)


def size_limit() -> int:
    """Return the largest size of a file brought back, in bytes."""
    return LARGEST_FILE


def _waiting(draft: Any, import_id: str) -> WordImport:  # noqa: ANN401
    kept = import_called(draft, import_id)
    if kept.state != WAITING:
        raise StateError(_("round-trip-over", default="Ce fichier a déjà été traité."))
    return kept


def _closed(draft: Any, kept: WordImport, by: Mapping[str, Any]) -> WordImport:  # noqa: ANN401
    draft.imports = tuple(kept if i.id == kept.id else i for i in draft.imports)
    if kept.state == APPLIED:
        draft.note_parts(("import",), by["actor"].login, by["now"])
        _note(draft, "draft-file-applied", kept, **by)
    else:
        _note(draft, "draft-file-dropped", kept, **by)
    return kept


def _read_upload(file: BinaryIO | None) -> bytes:
    data = file.read(LARGEST_FILE + 1) if file is not None else b""
    if not data:
        raise InvalidInputError(
            _("round-trip-file-needed", default="Choisissez un fichier Word (.docx)."),
            "file",
        )
    if len(data) > LARGEST_FILE:
        raise InvalidInputError(
            _(
                "round-trip-too-large",
                default="Le fichier est trop volumineux : ${count} Mo au plus.",
                mapping={"count": LARGEST_FILE // _MEGABYTE},
            ),
            "file",
        )
    return data


def _readable(data: bytes) -> datetime | None:
    """Read the whole file once: what is kept can be compared; return its instant.

    Raises:
        InvalidInputError: it cannot be read.
    """
    try:
        read_docx(data)
        return made_at(data)
    except ReadError as error:
        message = _(
            "round-trip-unreadable",
            default="Ce fichier n’est pas repris : ${why}.",
            mapping={"why": spaced(str(error))},
        )
        raise InvalidInputError(message, "file") from error


def _note(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    action: str,
    kept: WordImport,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    told = {
        "template": draft.title,
        "files": kept.file_name,
        "sha256": kept.sha256,
        "taken": list(kept.taken),
    }
    registry.notify(Happened(draft, action, actor.login, now, details=told))
