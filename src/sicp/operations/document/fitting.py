"""Finds, for each canevas, the consultation of the site it suits best."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.conditions import ConditionError
from sicp.engines.drafting.conditions import evaluate
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.context import drafting_fields
from sicp.operations.document.piece import Piece
from sicp.operations.document.piece import draft_document
from sicp.operations.index import walk_consultations
from sicp.operations.template import writers_canevas

#: Looked at for one canevas: the first ones that suit, not all of a large site.
_MOST_TRIED = 12


@dataclass(frozen=True)
class Fitting:
    """A canevas and the piece it gives; both are None when nothing suits it."""

    canevas: Canevas
    consultation: Any
    piece: Piece | None


def fitting_pieces(site: Any, on: date) -> Iterator[Fitting]:  # noqa: ANN401
    """Assemble each canevas of the site on the most complete consultation it suits.

    The canevas and its clauses are those in force today; the answers given in a piece
    that was begun serve, its own texts do not.

    Every consultation is woken: this serves the command line, never a page.
    """
    answered = [
        (consultation, answers_for_drafting(site, consultation, {}, on))
        for consultation in walk_consultations(site)
    ]
    for canevas in sorted(writers_canevas(site), key=lambda item: item.id):
        suited = (c for c, answers in answered if _suits(canevas, answers, on))
        pieces = [
            (c, _assembled(site, c, canevas.id, on))
            for _rank, c in zip(range(_MOST_TRIED), suited, strict=False)
        ]
        best = min(pieces, key=lambda pair: _missing(pair[1]), default=(None, None))
        yield Fitting(canevas, *best)


def _suits(canevas: Canevas, answers: Any, on: date) -> bool:  # noqa: ANN401
    if not canevas.applies:
        return True
    try:
        return evaluate(canevas.applies, answers, drafting_fields(on))
    except ConditionError:
        return False


def _assembled(site: Any, consultation: Any, name: str, on: date) -> Piece:  # noqa: ANN401
    begun = consultation["pieces"].get(name)
    answers = begun.answers if begun else {}
    return draft_document(
        site, consultation, None, on, template_id=name, answers=answers
    )


def _missing(piece: Piece) -> tuple[int, int]:
    return len(piece.draft.problems), len(piece.draft.questions)
