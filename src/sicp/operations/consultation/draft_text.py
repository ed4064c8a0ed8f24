"""What a writer changed of the text of the clausier, in his piece."""

from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause_data import clause_to_data
from sicp.engines.drafting.text_diff import PropertyDiff
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.comparison import differences


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
