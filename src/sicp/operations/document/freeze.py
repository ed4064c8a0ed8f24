"""Freezes a piece: its files are made once, and kept bit for bit.

What is published must be what was decided. A frozen piece answers with the bytes it
keeps, under the digest that its journal tells; its page says what they say, whatever
the form or the clausier become. It is opened again, with a reason, only as long as the
consultation is being defined.
"""

import copy
import hashlib
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap
from ZODB.blob import Blob

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.consultation.draft import FrozenFile
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.typography import spaced
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.consultation.basis import settle
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.piece import Piece
from sicp.operations.document.piece import draft_document
from sicp.operations.document.piece import piece_of
from sicp.operations.document.production import write_both
from sicp.operations.index import index
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved
from sicp.workflows.base import state_of
from sicp.workflows.consultation.consultation import TABLE

LONGEST_REASON = 2_000
_CHUNK = 1024 * 1024
#: A message names this many missing points; the page of the piece lists them all.
_MOST_TOLD = 8
#: The journal keeps whole digests; its page shows their beginning.
_SHORT = 12
_OPEN_STATE = "definition"


def freeze(
    draft: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> None:
    """Make the files of a complete piece and keep them; nothing of it changes then.

    Raises:
        NotAllowedError: the actor does not put the administrative pieces together.
        StateError: the piece is frozen already, or something is missing in it.
        EditConflictError: somebody wrote it since ``revision``.
        UnavailableError: LibreOffice, which makes the PDF, failed or is busy.
    """
    consultation = draft.__parent__.__parent__
    require(actor, p.BUNDLE_ADMINISTRATIVE, consultation)
    _require_not_frozen(draft)
    _check_revision(draft, revision)
    settle(draft, legal_day(now))
    piece = piece_of(draft, legal_day(now))
    _require_complete(piece)
    site = find_objectmap(draft).root
    files = write_both(site, consultation, piece.draft, now)
    draft.frozen_answers = copy.deepcopy(dict(piece.answers))
    draft.frozen_files = tuple(_kept(name, data) for name, data in files.items())
    draft.frozen_at, draft.frozen_by = now, actor.login
    draft.note_parts(("frozen",), actor.login, now)
    index(site, draft)
    told = {"template": draft.title, **_told_files(draft)}
    registry.notify(Happened(draft, "draft-frozen", actor.login, now, details=told))


def unfreeze(
    draft: Any,  # noqa: ANN401
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Open a frozen piece again; the journal keeps the reason and what was frozen.

    Raises:
        NotAllowedError: the actor does not put the administrative pieces together.
        StateError: the piece is not frozen, or the consultation is no more defined.
        InvalidInputError: no reason, or too long a one.
    """
    require(actor, p.BUNDLE_ADMINISTRATIVE, draft.__parent__.__parent__)
    if draft.frozen_at is None:
        raise StateError(_("draft-not-frozen", default="Cette pièce n’est pas figée."))
    if not may_unfreeze(draft, registry):
        raise StateError(
            _(
                "draft-stays-frozen",
                default="Une pièce figée ne se rouvre que pendant la définition de la "
                "consultation.",
            )
        )
    said = _checked_reason(reason)
    told = {"template": draft.title, "reason": said, **_told_files(draft)}
    draft.frozen_files, draft.frozen_answers = (), {}
    draft.frozen_at, draft.frozen_by = None, ""
    draft.note_parts(("frozen",), actor.login, now)
    index(find_objectmap(draft).root, draft)
    registry.notify(Happened(draft, "draft-unfrozen", actor.login, now, details=told))


def may_unfreeze(draft: Any, registry: Any) -> bool:  # noqa: ANN401
    """Tell whether the state of the consultation lets a piece be opened again."""
    consultation = draft.__parent__.__parent__
    return bool(state_of(registry, TABLE, consultation) == _OPEN_STATE)


def missing_of(piece: Piece) -> tuple[str, ...]:
    """Say in French all that stands against freezing a piece."""
    questions = (french(q.title) for q in piece.draft.questions)
    problems = (problem.message for problem in piece.draft.problems)
    return tuple(dict.fromkeys(spaced(text) for text in (*questions, *problems)))


def intact_files(draft: Any) -> Mapping[str, bool]:  # noqa: ANN401
    """Hash the kept files again: tell of each whether it is what was frozen."""
    return {
        file.extension: _digest_of(file.blob) == file.sha256
        for file in draft.frozen_files
    }


def hashes_of(draft: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the digest of each frozen file, by kind."""
    return {file.extension: file.sha256 for file in draft.frozen_files}


def changed_since_frozen(draft: Any, on: date) -> tuple[str, ...]:  # noqa: ANN401
    """Return the titles of the answers used by a frozen piece that are others now."""
    consultation = draft.__parent__.__parent__
    site = find_objectmap(draft).root
    piece = draft_document(site, consultation, draft, on)
    now = answers_for_drafting(site, consultation, dict(draft.answers), on)
    used = dict.fromkeys(
        (value.name.partition(".")[0], value.title)
        for section in piece.draft.walk()
        if section.trace is not None
        for value in section.trace.values
        if "." not in value.name
    )
    before = draft.frozen_answers
    return tuple(title for name, title in used if before.get(name) != now.get(name))


def _told_files(draft: Any) -> dict[str, str]:  # noqa: ANN401
    hashes = hashes_of(draft)
    short = (f"{name.upper()} {digest[:_SHORT]}…" for name, digest in hashes.items())
    return {"files": ", ".join(short), **hashes}


def _require_not_frozen(draft: Any) -> None:  # noqa: ANN401
    if draft.frozen_at is not None:
        raise StateError(
            _("draft-frozen", default="Cette pièce est figée : elle ne change plus.")
        )


def _check_revision(draft: Any, revision: int | None) -> None:  # noqa: ANN401
    if revision is not None and draft.revision != revision:
        raise EditConflictError(
            _(
                "freeze-conflict",
                default="${who} a changé la pièce depuis que vous l’avez ouverte : "
                "relisez-la avant de la figer.",
                mapping={"who": who_saved(draft)},
            )
        )


def _require_complete(piece: Piece) -> None:
    missing = missing_of(piece)
    if missing:
        told = " ; ".join(missing[:_MOST_TOLD])
        raise StateError(
            _(
                "freeze-incomplete",
                default="La pièce ne peut pas être figée. Il manque : ${missing}.",
                mapping={"missing": f"{told} ; …" if missing[_MOST_TOLD:] else told},
            )
        )


def _kept(extension: str, data: bytes) -> FrozenFile:
    digest = hashlib.sha256(data).hexdigest()
    return FrozenFile(extension, Blob(data), len(data), digest)


def _digest_of(blob: Blob) -> str:
    digest = hashlib.sha256()
    with blob.open("r") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _checked_reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise InvalidInputError(
            _(
                "unfreeze-reason-needed",
                default="Dites pourquoi la pièce est rouverte, en ${count} "
                "caractères au plus.",
                mapping={"count": LONGEST_REASON},
            ),
            "reason",
        )
    return said
