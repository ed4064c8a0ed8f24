"""The canevas: loads those shipped with the application."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sicp import permissions as p
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.inheritance import parents_first
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause import load_clauses
from sicp.operations.clause import read_seed_folder
from sicp.operations.clause.release import deliver
from sicp.operations.user.right import SYSTEM_LOGIN
from sicp.operations.user.right import require


def load_library(
    site: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> dict[str, dict[str, int]]:
    """Bring the shipped clauses and canevas into the site, as one publication.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: something shipped cannot be read; the message says where.
    """
    counts = {
        "clauses": load_clauses(site, actor=actor, now=now, registry=registry),
        "canevas": load_templates(site, actor=actor, now=now, registry=registry),
    }
    deliver(site, actor=actor, now=now, registry=registry)
    return counts


def load_templates(
    site: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> dict[str, int]:
    """Bring the shipped canevas into the site; count those added, renewed and kept.

    A canevas that somebody of the site wrote last is kept as it is. Those that others
    extend come first.

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
                "Template", data["id"], data["title"], data.get("document", "")
            )
            library.add(data["id"], template, registry=registry)
        if outcome != "kept":
            template.add_version(data, actor.login, now)
    registry.notify(
        Happened(library, "templates-loaded", actor.login, now, details=counts)
    )
    return counts


def canevas_of(
    site: Any,  # noqa: ANN401
    template_id: str,
    numbers: Mapping[str, int] | None = None,
) -> Canevas:
    """Return a canevas of the site as drafting reads it.

    ``numbers`` tells the version of each canevas, its parents included; those it does
    not tell, and all of them without it, are taken as last published.

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
    return engine_canevas(template, numbers)


def engine_canevas(
    template: Any,  # noqa: ANN401
    numbers: Mapping[str, int] | None = None,
) -> Canevas:
    """Return a canevas as drafting reads it, with what it takes from its parents.

    Raises:
        InvalidInputError: it cannot be read, or it extends a canevas that does not
            suit any more; the message says why.
    """
    try:
        known = Written(template.__parent__, numbers or {})
        return canevas_from_data(known.of(template), known)
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


def writers_canevas(site: Any) -> Iterator[Canevas]:  # noqa: ANN401
    """Walk the canevas a writer may choose, without those that only serve others.

    One that cannot be read is left out until it is mended: it must not keep the writer
    from the others.
    """
    for template in site["canevas"].values():
        try:
            canevas = engine_canevas(template)
        except InvalidInputError:
            continue
        if not canevas.is_abstract:
            yield canevas


class Written(Mapping[str, Mapping[str, Any]]):
    """The published canevas of a site by id, in the versions asked, else the latest.

    One that was never published is not there.
    """

    def __init__(
        self,
        library: Any,  # noqa: ANN401
        numbers: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._library = library if library is not None else {}
        self._numbers = numbers

    def of(self, template: Any) -> Mapping[str, Any]:  # noqa: ANN401
        """Return the tree of a canevas in the version asked."""
        version = template.version(self._numbers.get(template.template_id, 0))
        return version.data if version is not None else template.data

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        data = self.of(self._library[name])
        if not data:
            raise KeyError(name)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._library)

    def __len__(self) -> int:
        return len(self._library)


def _shipped_templates() -> Iterator[dict[str, Any]]:
    shipped = {data["id"]: data for data in read_seed_folder("canevas")}
    for name in parents_first(shipped):
        try:
            yield canevas_to_data(canevas_from_data(shipped[name], shipped))
        except LoadError as error:
            raise InvalidInputError(str(error)) from error


def _outcome(template: Any, data: Mapping[str, Any]) -> str:  # noqa: ANN401
    is_ours = template.versions[-1].written_by == SYSTEM_LOGIN
    return "renewed" if is_ours and dict(template.data) != dict(data) else "kept"
