"""What the bringing back of a Word file asks of a piece."""

from typing import Any

from sicp import permissions as p
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import plain_title
from sicp.operations.document.piece import Piece
from sicp.operations.user.right import require


def require_open(draft: Any, actor: Actor) -> None:  # noqa: ANN401
    """Check that somebody may write in a piece.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
    """
    require(actor, p.DRAFT_DOCUMENTS, draft.__parent__.__parent__)
    if draft.frozen_at is not None:
        raise StateError(
            _("draft-frozen", default="Cette pièce est figée : elle ne change plus.")
        )


def text_of(draft: Any, piece: Piece, clause_id: str) -> str:  # noqa: ANN401
    """Return the markup of a clause in a piece: the writer's, or the library's."""
    clause = piece.library.clause(clause_id, piece.on)
    own = draft.local_texts.get(clause_id)
    return str(own if own is not None else clause.text if clause is not None else "")


def clauses_of(piece: Piece) -> dict[str, str]:
    """Return the titles of the clauses of a piece, by id, in reading order."""
    traces = (section.trace for section in piece.draft.walk())
    return {t.clause_id: plain_title(t.title) for t in traces if t is not None}
