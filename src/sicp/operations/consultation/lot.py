"""Adds, changes and removes the lots of a consultation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved

_FIELDS = ("estimated_amount", "maximum_amount", "cpv", "duration_months")
LOTS_MAXIMUM = 500


def add_lot(
    consultation: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Add a lot after the last one.

    Raises:
        NotAllowedError: the actor may not edit the form.
        InvalidInputError: the lot has no object, or there are too many lots.
    """
    require(actor, p.EDIT_FORM, consultation)
    lots = consultation["lots"]
    if len(lots) >= LOTS_MAXIMUM:
        raise InvalidInputError(
            _(
                "lots-too-many",
                default="Une consultation porte au plus ${count} lots.",
                mapping={"count": LOTS_MAXIMUM},
            ),
            "object",
        )
    number = max((lot.number for lot in lots.values()), default=0) + 1
    lot = registry.content.create("Lot", number, "")
    _write(lot, values)
    lot.touch(actor.login, now)
    lots.add(str(number), lot, registry=registry)
    _note(consultation, "lot-added", lot, actor, now, registry)
    return lot


def change_lot(  # noqa: PLR0913
    lot: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> None:
    """Change a lot that was opened at ``revision``.

    Raises:
        NotAllowedError: the actor may not edit the form.
        EditConflictError: somebody saved the lot meanwhile.
        InvalidInputError: the lot has no object.
    """
    consultation = lot.__parent__.__parent__
    require(actor, p.EDIT_FORM, consultation)
    if revision is not None and lot.revision != revision:
        raise EditConflictError(
            _(
                "lot-conflict",
                default="${who} a enregistré ce lot pendant que vous le remplissiez.",
                mapping={"who": who_saved(lot)},
            )
        )
    _write(lot, values)
    lot.touch(actor.login, now)
    _note(consultation, "lot-changed", lot, actor, now, registry)


def remove_lot(
    lot: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Remove a lot; those that follow take the numbers from its own on.

    Raises:
        NotAllowedError: the actor may not edit the form.
    """
    lots = lot.__parent__
    consultation = lots.__parent__
    require(actor, p.EDIT_FORM, consultation)
    _note(consultation, "lot-removed", lot, actor, now, registry)
    removed = lot.number
    lots.remove(lot.__name__, registry=registry)
    for other in lots.in_order():
        if other.number > removed:
            lots.rename(other.__name__, str(other.number - 1), registry=registry)
            other.number -= 1
            other.touch(actor.login, now)


def _write(lot: Any, values: Mapping[str, Any]) -> None:  # noqa: ANN401
    title = str(values.get("object") or "").strip()
    if not title:
        raise InvalidInputError(
            _("lot-object-needed", default="Dites l’objet du lot."), "object"
        )
    lot.title = title
    for name in _FIELDS:
        setattr(lot, name, values.get(name) or getattr(type(lot), name))


def _note(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    action: str,
    lot: Any,  # noqa: ANN401
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    consultation.touch(actor.login, now)
    index(find_objectmap(consultation).root, consultation)
    registry.notify(
        Happened(
            consultation,
            action,
            actor.login,
            now,
            details={"number": lot.number, "object": lot.title},
        )
    )
