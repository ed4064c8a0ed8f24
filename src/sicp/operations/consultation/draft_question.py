"""Answers given to questions, wherever they are kept: in the form or in the pieces."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sicp.exceptions import EditConflictError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.consultation.draft import require_open
from sicp.operations.consultation.draft import save_answers
from sicp.operations.user.right import who_saved


def common_revision(drafts: Iterable[Any]) -> int:  # noqa: ANN401
    """Return a number that grows by one at each save of one of these pieces."""
    return sum(draft.revision for draft in drafts)


def save_own_answers(  # noqa: PLR0913
    drafts: Iterable[Any],  # noqa: ANN401
    values: Mapping[str, Any],
    asked: Mapping[str, Iterable[str]],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> None:
    """Write each answer in every piece that asks it; all of them or none.

    ``asked`` gives, by name of question, the pieces (ids of canevas) that ask it;
    ``revision`` is the common revision of the pieces when the form was opened.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: a piece is frozen.
        InvalidInputError: a name is no question of a piece, or a value is unfit.
        EditConflictError: somebody answered the same question meanwhile.
    """
    every = tuple(drafts)
    since = 0 if revision is None else common_revision(every) - revision
    work = [(draft, _own(draft, values, asked)) for draft in every]
    for draft, own in work:
        require_open(draft, actor)
        _check(draft, own, since)
    for draft, own in work:
        save_answers(draft, own, actor=actor, now=now, registry=registry)


def _own(
    draft: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    asked: Mapping[str, Iterable[str]],
) -> dict[str, Any]:
    return {n: v for n, v in values.items() if draft.template_id in asked.get(n, ())}


def _check(draft: Any, own: Mapping[str, Any], since: int) -> None:  # noqa: ANN401
    """Refuse to write over an answer given in the last ``since`` saves.

    Raises:
        EditConflictError: somebody gave another answer meanwhile.
    """
    opened_on = draft.revision - since
    for name, value in own.items():
        is_other = draft.answers.get(name) != value
        if is_other and draft.was_written_since(f"answer:{name}", opened_on):
            raise EditConflictError(
                _(
                    "draft-conflict",
                    default="${who} a enregistré cette partie de la pièce pendant que "
                    "vous l’écriviez.",
                    mapping={"who": who_saved(draft)},
                )
            )
