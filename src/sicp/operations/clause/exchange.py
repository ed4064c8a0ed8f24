"""The clausier in one open file: clauses, canevas and publications, out and in again.

The file is JSON in UTF-8, described in ``docs/features/clause.rst``. What an empty site
takes in, it gives out again to the byte.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.content_types.clause import Change
from sicp.content_types.clause import ClauseVersion
from sicp.content_types.template import TemplateVersion
from sicp.engines.drafting.inheritance import parents_first
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import read_data
from sicp.operations.clause.release import deliver
from sicp.operations.user.right import require

FORMAT = "sicp-clausier/1"
_NAME = re.compile(r"[\w.-]+")


def export_library(site: Any, *, actor: Actor) -> bytes:  # noqa: ANN401
    """Return the whole clausier of a site as a file.

    Raises:
        NotAllowedError: the actor does not see the library.
    """
    require(actor, p.VIEW_LIBRARY, site["clausier"])
    told = {
        "format": FORMAT,
        "families": [_family(item) for item in _folders(site["clausier"])],
        "clauses": [_clause(item) for item in _sorted_clauses(site)],
        "canevas": [_template(item) for _name, item in sorted(site["canevas"].items())],
        "releases": [_release(item) for item in _sorted_releases(site)],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
    return f"{text}\n".encode()


def import_library(
    site: Any,  # noqa: ANN401
    data: bytes,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> dict[str, int]:
    """Take a file of ``export_library`` in; count what was added, grown and kept.

    A clause or a canevas that the site has under another history is kept as it is.
    Nothing is written unless the whole file can be read.

    Raises:
        NotAllowedError: the actor does not publish the library.
        InvalidInputError: the file is not of this format; the message says where.
    """
    require(actor, p.PUBLISH_LIBRARY, site["publications"])
    told = _read_file(data)
    is_new = not len(site["publications"]) and not any(_sorted_clauses(site))
    counts = {"added": 0, "grown": 0, "kept": 0}
    _make_folders(site, told["families"], registry, actor, now)
    for row in told["clauses"]:
        counts[_take_clause(site, row, registry)] += 1
    for row in told["canevas"]:
        counts[_take_template(site, row, registry)] += 1
    site["clausier"].renew_stamp()
    if is_new:
        for row in told["releases"]:
            _take_release(site, row, registry)
    else:
        deliver(site, actor=actor, now=now, registry=registry)
    registry.notify(
        Happened(site["clausier"], "library-imported", actor.login, now, details=counts)
    )
    return counts


def _folders(folder: Any) -> list[Any]:  # noqa: ANN401
    found = [c for _name, c in sorted(folder.items()) if not IClause.providedBy(c)]
    return [item for item in found if hasattr(item, "values")]


def _family(family: Any) -> dict[str, Any]:  # noqa: ANN401
    themes = [{"id": t.__name__, "title": t.title} for t in _folders(family)]
    return {"id": family.__name__, "title": family.title, "themes": themes}


def _sorted_clauses(site: Any) -> list[Any]:  # noqa: ANN401
    return sorted(clauses_of(site["clausier"]), key=lambda item: item.clause_id)


def _sorted_releases(site: Any) -> list[Any]:  # noqa: ANN401
    return sorted(site["publications"].values(), key=lambda item: item.rank)


def _clause(clause: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": clause.clause_id,
        "family": _place(clause)[0],
        "theme": _place(clause)[1],
        "retired_from": clause.retired_from,
        "versions": [asdict(version) for version in clause.versions],
    }


def _place(clause: Any) -> tuple[str, str]:  # noqa: ANN401
    folder = clause.__parent__
    above = folder.__parent__
    if above.__parent__ is None:
        return "", ""
    if above.__parent__.__parent__ is None:
        return folder.__name__, ""
    return above.__name__, folder.__name__


def _template(template: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": template.template_id,
        "versions": [asdict(version) for version in template.versions],
    }


def _release(release: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "name": release.name,
        "rank": release.rank,
        "note": release.note,
        "in_force_from": release.in_force_from,
        "published_by": release.created_by,
        "published_at": release.created_at,
        "changes": [asdict(change) for change in release.changes],
        "clauses": dict(sorted(release.clauses.items())),
        "templates": dict(sorted(release.templates.items())),
    }


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(repr(value))


def _read_file(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _unreadable(str(error)) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise _unreadable(f"le format « {FORMAT} » est attendu")
    try:
        return {
            "families": [_checked_family(row) for row in told["families"]],
            "clauses": [_checked_clause(row) for row in told["clauses"]],
            "canevas": _checked_templates(told["canevas"]),
            "releases": [_checked_release(row) for row in told["releases"]],
        }
    except InvalidInputError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(f"{type(error).__name__} {error}") from error


def _unreadable(why: str) -> InvalidInputError:
    return InvalidInputError(
        _(
            "exchange-unreadable",
            default="Ce fichier ne peut pas être repris : ${why}.",
            mapping={"why": why},
        )
    )


def _checked_family(row: Mapping[str, Any]) -> dict[str, Any]:
    themes = [{"id": _name(t), "title": str(t["title"])} for t in row["themes"]]
    return {"id": _name(row), "title": str(row["title"]), "themes": themes}


def _name(row: Mapping[str, Any]) -> str:
    name = str(row["id"])
    if not _NAME.fullmatch(name):
        raise _unreadable(f"« {name} » ne peut pas servir d’identifiant")
    return name


def _check_numbers(row: Mapping[str, Any]) -> None:
    numbers = [version["number"] for version in row["versions"]]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise _unreadable(f"les versions de « {row['id']} » ne se suivent pas depuis 1")


def _checked_clause(row: Mapping[str, Any]) -> dict[str, Any]:
    _check_numbers(row)
    for version in row["versions"]:
        read = read_data(version["data"])
        if read.id != row["id"]:
            raise _unreadable(f"la clause « {row['id']} » porte un autre identifiant")
    return {
        "id": _name(row),
        "family": str(row["family"]),
        "theme": str(row["theme"]),
        "retired_from": _day(row["retired_from"]),
        "versions": [ClauseVersion(**_dated(item)) for item in row["versions"]],
    }


def _checked_templates(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        _check_numbers(row)
    latest = {row["id"]: row["versions"][-1]["data"] for row in rows}
    try:
        for name in parents_first(latest):
            canevas_from_data(latest[name], latest)
    except LoadError as error:
        raise _unreadable(str(error)) from error
    return [
        {
            "id": _name(row),
            "versions": [TemplateVersion(**_dated(item)) for item in row["versions"]],
        }
        for row in rows
    ]


def _checked_release(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "in_force_from": date.fromisoformat(row["in_force_from"]),
        "published_at": datetime.fromisoformat(row["published_at"]),
        "changes": tuple(Change(**change) for change in row["changes"]),
    }


def _dated(version: Mapping[str, Any]) -> dict[str, Any]:
    told = {**version, "written_at": datetime.fromisoformat(version["written_at"])}
    if "in_force_from" in told:
        told["in_force_from"] = _day(told["in_force_from"])
    return told


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _make_folders(
    site: Any,  # noqa: ANN401
    families: list[dict[str, Any]],
    registry: Any,  # noqa: ANN401
    actor: Actor,
    now: datetime,
) -> None:
    for family in families:
        folder = _folder(site["clausier"], family, registry, actor, now)
        for theme in family["themes"]:
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


def _take_clause(site: Any, row: Mapping[str, Any], registry: Any) -> str:  # noqa: ANN401
    clause = next((c for c in _sorted_clauses(site) if c.clause_id == row["id"]), None)
    is_new = clause is None
    if clause is None:
        library = site["clausier"]
        family = library.get(row["family"], library)
        folder = family.get(row["theme"], family)
        title = str(row["versions"][-1].data["title"])
        clause = registry.content.create("Clause", row["id"], title)
        folder.add(row["id"], clause, registry=registry)
    outcome = _grow(clause, row["versions"], is_new=is_new)
    if outcome != "kept":
        clause.retired_from = row["retired_from"]
    return outcome


def _take_template(site: Any, row: Mapping[str, Any], registry: Any) -> str:  # noqa: ANN401
    template = site["canevas"].get(row["id"])
    is_new = template is None
    if template is None:
        data = row["versions"][-1].data
        template = registry.content.create(
            "Template", row["id"], str(data["title"]), str(data.get("document") or "")
        )
        site["canevas"].add(row["id"], template, registry=registry)
    return _grow(template, row["versions"], is_new=is_new)


def _grow(content: Any, versions: list[Any], *, is_new: bool) -> str:  # noqa: ANN401
    """Add the versions that are not there, if those that are there are the same."""
    count = len(content.versions)
    same = all(
        dict(ours.data) == dict(theirs.data)
        for ours, theirs in zip(content.versions, versions, strict=False)
    )
    if not same or len(versions) <= count:
        return "kept"
    content.versions = (*content.versions, *versions[count:])
    content.title = str(versions[-1].data["title"])
    content.touch(versions[-1].written_by, versions[-1].written_at)
    return "added" if is_new else "grown"


def _take_release(site: Any, row: Mapping[str, Any], registry: Any) -> None:  # noqa: ANN401
    release = registry.content.create(
        "Release", row["name"], row["rank"], row["in_force_from"]
    )
    release.note, release.changes = row["note"], row["changes"]
    release.clauses, release.templates = dict(row["clauses"]), dict(row["templates"])
    release.touch(row["published_by"], row["published_at"])
    site["publications"].add(row["name"], release, registry=registry)
    site["publications"].latest = row["name"]
