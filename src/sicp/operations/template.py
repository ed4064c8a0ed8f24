"""The canevas: loads those shipped with the application."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause import read_seed_folder
from sicp.operations.user.right import SYSTEM_LOGIN
from sicp.operations.user.right import require


def load_templates(
    site: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> dict[str, int]:
    """Bring the shipped canevas into the site; count those added, renewed and kept.

    A canevas that somebody of the site wrote last is kept as it is.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: a shipped canevas cannot be read; the message says where.
    """
    library = site["canevas"]
    require(actor, p.EDIT_LIBRARY, library)
    counts = {"added": 0, "renewed": 0, "kept": 0}
    for data in _shipped_templates():
        template = library.get(data["id"])
        outcome = "added" if template is None else _outcome(template, data)
        counts[outcome] += 1
        if template is None:
            template = registry.content.create(
                "Template", data["id"], data["title"], data["document"]
            )
            library.add(data["id"], template, registry=registry)
        if outcome != "kept":
            template.write(data, actor.login, now)
    registry.notify(
        Happened(library, "templates-loaded", actor.login, now, details=counts)
    )
    return counts


def canevas_of(site: Any, template_id: str) -> Canevas:  # noqa: ANN401
    """Return a canevas of the site as drafting reads it.

    Raises:
        InvalidInputError: there is none of that name, or it cannot be read.
    """
    template = site["canevas"].get(template_id)
    if template is None:
        raise InvalidInputError(
            _(
                "template-unknown",
                default="Le canevas « ${name} » n’existe pas ou n’existe plus.",
                mapping={"name": template_id},
            )
        )
    return engine_canevas(template)


def engine_canevas(template: Any) -> Canevas:  # noqa: ANN401
    """Return a canevas as drafting reads it.

    Raises:
        InvalidInputError: it cannot be read; the message says why.
    """
    try:
        return canevas_from_data(template.data)
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


def _shipped_templates() -> Iterator[dict[str, Any]]:
    for data in read_seed_folder("canevas"):
        try:
            yield canevas_to_data(canevas_from_data(data))
        except LoadError as error:
            raise InvalidInputError(str(error)) from error


def _outcome(template: Any, data: Mapping[str, Any]) -> str:  # noqa: ANN401
    is_ours = template.modified_by == SYSTEM_LOGIN
    return "renewed" if is_ours and dict(template.data) != dict(data) else "kept"
