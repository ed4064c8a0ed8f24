"""What a writer may put in the text of a clause in his piece, and what he changed."""

from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause_data import clause_to_data
from sicp.engines.drafting.text_diff import PropertyDiff
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.comparison import differences
from sicp.operations.clause.rich_text import Palette
from sicp.operations.clause.rich_text import palette_of
from sicp.operations.consultation.basis import basis_of

_OWN = _("draft-own-questions", default="Questions propres à cette pièce")


def changes_to_clause(
    draft: Any,  # noqa: ANN401
    clause: Clause,
    on: date,
) -> tuple[PropertyDiff, ...]:
    """Return what the text of the piece changes of that of the clausier.

    Empty when the clause was not rewritten, or when a text cannot be read.
    """
    local = draft.local_texts.get(clause.id)
    if local is None:
        return ()
    before = clause_to_data(clause)
    site = find_objectmap(draft).root
    try:
        return differences(site, before, {**before, "text": local}, on)
    except InvalidInputError:
        # The page tells the fault where the text is written.
        return ()


def palette_of_draft(draft: Any, clause: Clause, on: date) -> Palette:  # noqa: ANN401
    """Return what a writer may put in his own text of a clause.

    The questions of the clause come before those of the others of the piece; it refers
    to the clauses of its canevas only.

    Raises:
        InvalidInputError: the canevas of the piece is lost, or cannot be read.
    """
    basis = basis_of(draft, on)
    names = [use.clause for use, _conditions in basis.canevas.clause_uses()]
    called = [basis.library.clause(name, on) for name in names if name != clause.id]
    others = [c for c in called if c is not None]
    variables = {
        field.name: field for item in (clause, *others) for field in item.variables
    }
    return palette_of(
        find_objectmap(draft).root,
        on,
        variables.values(),
        repeat=clause.repeat or "",
        clauses={item.id for item in others},
        own_title=_OWN,
    )
