"""Brings the clauses shipped with the application into the library of a site."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any

import yaml

from sicp import permissions as p
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import clause_from_data
from sicp.engines.drafting.loader import clause_to_data
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import clauses_of
from sicp.operations.user.right import SYSTEM_LOGIN
from sicp.operations.user.right import require

_SEED = resources.files("sicp") / "seed"
# The one in C reads ten times faster; it is not there in every build of PyYAML.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_clauses(
    site: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> dict[str, int]:
    """Bring the shipped clauses into the library; count those added, renewed and kept.

    A clause whose shipped text changed gets a new version, unless somebody of the site
    wrote the latest one: what people wrote is never replaced.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: a shipped clause cannot be read; the message says where.
    """
    library = site["clausier"]
    require(actor, p.EDIT_LIBRARY, library)
    _make_folders(library, registry, actor, now)
    known = {clause.clause_id: clause for clause in clauses_of(library)}
    counts = {"added": 0, "renewed": 0, "kept": 0}
    for data in _shipped_clauses():
        clause = known.get(data["id"])
        outcome = "added" if clause is None else _outcome(clause, data)
        counts[outcome] += 1
        if clause is None:
            clause = _add(library, data, registry)
        if outcome != "kept":
            clause.add_version(data, actor.login, now)
    registry.notify(
        Happened(library, "clauses-loaded", actor.login, now, details=counts)
    )
    return counts


def read_seed_folder(name: str) -> Iterator[Any]:
    """Read the YAML files of one folder of the seed, in the order of their names."""
    paths = (_SEED / name).iterdir()
    for path in sorted(paths, key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            yield yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506


def _shipped_clauses() -> Iterator[dict[str, Any]]:
    for rows in read_seed_folder("clauses"):
        for row in rows:
            try:
                yield clause_to_data(clause_from_data(row))
            except LoadError as error:
                raise InvalidInputError(str(error)) from error


def _make_folders(library: Any, registry: Any, actor: Actor, now: datetime) -> None:  # noqa: ANN401
    families = yaml.safe_load((_SEED / "families.yaml").read_text(encoding="utf-8"))
    for family in families:
        folder = _folder(library, family, registry, actor, now)
        for theme in family.get("themes", ()):
            _folder(folder, theme, registry, actor, now)


def _folder(
    parent: Any,  # noqa: ANN401
    told: Mapping[str, Any],
    registry: Any,  # noqa: ANN401
    actor: Actor,
    now: datetime,
) -> Any:  # noqa: ANN401
    folder = parent.get(told["id"])
    if folder is None:
        folder = registry.content.create("ClauseFolder", told["title"])
        folder.touch(actor.login, now)
        parent.add(told["id"], folder, registry=registry)
    return folder


def _add(library: Any, data: Mapping[str, Any], registry: Any) -> Any:  # noqa: ANN401
    family = library.get(data.get("family", ""), library)
    folder = family.get(data.get("theme", ""), family)
    clause = registry.content.create("Clause", data["id"], data["title"])
    folder.add(data["id"], clause, registry=registry)
    return clause


def _outcome(clause: Any, data: Mapping[str, Any]) -> str:  # noqa: ANN401
    latest = clause.current
    is_ours = latest.written_by == SYSTEM_LOGIN
    return "renewed" if is_ours and dict(latest.data) != dict(data) else "kept"
