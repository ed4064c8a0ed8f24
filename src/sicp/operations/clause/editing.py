"""What a lawyer needs to write a clause without a line of code.

Names that documents and conditions use are made here from French words, and stay.
"""

import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from sicp.catalog.words import fold
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.places import places_of
from sicp.engines.drafting.typography import spaced
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import read_data
from sicp.operations.clause.rich_text import Palette
from sicp.operations.clause.rich_text import clause_titles
from sicp.operations.clause.rich_text import palette_of

_VARIABLE = re.compile(r"\{[^{}]*\}")
_LONGEST_NAME = 40
_BOOLEANS = {"oui": True, "non": False}


def repeatable_tables(on: date) -> list[tuple[str, str]]:
    """Return the tables a clause may repeat on: name and title."""
    return [
        (field.name, french(field.title))
        for field in drafting_fields(on).values()
        if field.type is FieldType.ROWS
    ]


def alternative_groups(site: Any, besides: str = "") -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the groups of alternatives: name, and the titles of their clauses.

    ``besides`` is the id of a clause left out of the titles.
    """
    groups: dict[str, list[str]] = {}
    for clause in clauses_of(site["clausier"]):
        group = clause.current.data.get("group")
        if group:
            titles = groups.setdefault(group, [])
            if clause.clause_id != besides:
                titles.append(f"« {_VARIABLE.sub('…', clause.title)} »")
    found = [(name, spaced(", ".join(titles))) for name, titles in groups.items()]
    return sorted(((n, t or n) for n, t in found), key=lambda item: item[1])


def palette_of_clause(
    site: Any,  # noqa: ANN401
    clause_id: str,
    data: Mapping[str, Any],
    on: date,
) -> Palette:
    """Return what may be put in the text of a clause, as it is being written."""
    others = {name for name, _title in clause_titles(site)}
    return palette_of(
        site,
        on,
        clause_of_data(data).variables,
        repeat=data.get("repeat", ""),
        clauses=others - {clause_id},
    )


def new_group(site: Any, label: str) -> str:  # noqa: ANN401
    """Make the name of a new group of alternatives from a French label."""
    used = {name for name, _titles in alternative_groups(site)}
    return _free(plain_name(label, "-") or "groupe", used, "-")


def folders_of(site: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the places of the clausier: « family/theme », and how people call it."""
    found = []
    for family in site["clausier"].values():
        for theme in family.values():
            if hasattr(theme, "values"):
                name = f"{family.__name__}/{theme.__name__}"
                found.append((name, f"{family.title} › {theme.title}"))
    return sorted(found, key=lambda item: item[1].casefold())


def plain_name(label: str, joint: str = "_") -> str:
    """Return a technical name made of the letters and digits of a French label."""
    words = re.sub(r"[^a-z0-9]+", joint, fold(label)).strip(joint)
    return words[:_LONGEST_NAME].strip(joint)


def named_variables(
    rows: Sequence[Mapping[str, Any]],
    before: Sequence[Mapping[str, Any]],
    on: date,
) -> list[dict[str, Any]]:
    """Return the variables of a clause as its data holds them.

    A row that bears the name of a variable of ``before`` is that variable, whatever its
    title has become: what the form does not show of it stays. Others get a new name,
    made from their title, that no field of the form has.
    """
    known = {item["name"]: item for item in before}
    used = {*known, *drafting_fields(on)}
    found: list[dict[str, Any]] = []
    for row in rows:
        old = known.pop(row.get("name") or "", {})
        name = old.get("name") or _variable_name(str(row["title"]), used)
        used.add(name)
        choices = _choices(row.get("choices") or "", old.get("choices", ()))
        new = {**row, "name": name, "choices": choices}
        new["help"] = as_before(row.get("help"), old.get("help"))
        new["default"] = _default(row, choices, old)
        new["required"] = bool(row.get("required")) or None
        kept = {key: value for key, value in new.items() if value not in (None, "", [])}
        stable = {key: old[key] for key in ("law", "condition") if key in old}
        bounds = {key: old[key] for key in ("minimum", "maximum") if key in old}
        found.append({**stable, **bounds, **kept})
    return found


def require_used_variables_kept(
    data: Mapping[str, Any], before: Iterable[Mapping[str, Any]]
) -> None:
    """Check that no variable taken away is still cited.

    Raises:
        InvalidInputError: one is; the message says where.
    """
    kept = {item["name"] for item in data.get("variables", ())}
    clause = read_data(data)
    for item in before:
        if item["name"] not in kept:
            places = ", ".join(places_of(clause, item["name"]))
            if places:
                raise InvalidInputError(_still_used(item["title"], places), "variables")


def as_before(typed: str | None, before: str | None) -> str | None:
    """Return a text typed; what was there if only its outer spaces differ.

    A form trims what it shows, and that is no change of the clause.
    """
    said, known = (typed or "").strip(), (before or "").strip()
    return before if said == known else typed


def default_text(variable: Mapping[str, Any]) -> str:
    """Say the answer a variable proposes, empty when it has none."""
    default = variable.get("default")
    if default is None:
        return ""
    if isinstance(default, bool):
        return "Oui" if default else "Non"
    choices = variable.get("choices", ())
    titles = {choice["value"]: choice["title"] for choice in choices}
    return titles.get(str(default), str(default))


def clause_of_data(data: Mapping[str, Any]) -> Clause:
    """Read a clause being written.

    Raises:
        InvalidInputError: it cannot be read.
    """
    return read_data(data)


def _still_used(title: str, places: str) -> str:
    return _(
        "variable-still-used",
        default="La question « ${title} » sert encore ${places} : retirez-la d’abord "
        "de cet endroit.",
        mapping={"title": title, "places": spaced(places)},
    )


def _variable_name(title: str, used: Collection[str]) -> str:
    stem = plain_name(title) or "question"
    # A text cites names that begin with a letter.
    stem = stem if stem[0].isalpha() else f"n_{stem}"
    return _free(stem, used, "_")


def _free(stem: str, used: Collection[str], joint: str) -> str:
    name, rank = stem, 1
    while name in used:
        rank += 1
        name = f"{stem}{joint}{rank}"
    return name


def _choices(typed: str, before: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Read « Oui ; Non » as choices; one whose words did not change keeps its value."""
    known = {item["title"]: item["value"] for item in before}
    found: dict[str, str] = {}
    for part in typed.replace("\n", ";").split(";"):
        title = part.strip()
        if title and title not in found:
            used = {*known.values(), *found.values()}
            stem = plain_name(title, "-") or "choix"
            found[title] = known.get(title) or _free(stem, used, "-")
    return [{"value": value, "title": title} for title, value in found.items()]


def _default(
    row: Mapping[str, Any],
    choices: Sequence[Mapping[str, str]],
    old: Mapping[str, Any],
) -> Any:  # noqa: ANN401
    """Return a default as stored: that of a choice is its value, typed as its title."""
    typed = str(row.get("default") or "")
    if typed and typed == default_text(old):
        return old["default"]
    said = typed.casefold()
    if row.get("type") == FieldType.BOOLEAN and said in _BOOLEANS:
        return _BOOLEANS[said]
    titles = {item["title"].casefold(): item["value"] for item in choices}
    return titles.get(said, typed or None)
