"""What a lawyer needs to write a clause without a line of code.

Names that documents and conditions use are made here from French words, and stay; the
text goes to an editor as HTML and comes back; two lawyers' texts are brought together.
"""

import re
import unicodedata
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.content_types.consultation.upstream_form import STEPS
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.places import places_of
from sicp.engines.drafting.rich_text import RichTextError
from sicp.engines.drafting.rich_text import from_html
from sicp.engines.drafting.rich_text import to_html
from sicp.engines.drafting.typography import spaced
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.condition import condition_fields
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import read_data

#: What people read for each format of a value.
FORMAT_TITLES = {
    "amount": _("format-amount", default="en chiffres : 216 000,00 € HT"),
    "amount_letters": _("format-amount-letters", default="en lettres"),
    "amount_full": _("format-amount-full", default="en chiffres et en lettres"),
    "number": _("format-number", default="le nombre en chiffres"),
    "letters": _("format-letters", default="le nombre en lettres"),
    "date": _("format-date", default="la date : 15 mars 2027"),
    "datetime": _(
        "format-datetime", default="la date et l’heure : 15 mars 2027 à 12 h 00"
    ),
    "label": _("format-label", default="le libellé"),
    "lower": _("format-lower", default="le libellé, sans majuscule"),
    "list": _("format-list", default="une liste : a, b et c"),
    "months": _("format-months", default="une durée : 12 mois"),
    "months_letters": _("format-months-letters", default="une durée : douze (12) mois"),
    "days": _("format-days", default="un délai : 30 jours"),
    "percent": _("format-percent", default="un pourcentage : 5 %"),
}
_COUNTED = frozenset({FieldType.ROWS, FieldType.CHOICES, FieldType.INTEGER})
_VARIABLE = re.compile(r"\{[^{}]*\}")
_LONGEST_NAME = 40
_BOOLEANS = {"oui": True, "non": False}
_OWN = _("condition-group-own", default="Questions de la clause")
_CONTEXT = _("condition-group-context", default="Ce que l’application sait")


@dataclass(frozen=True, slots=True)
class Insertable:
    """A value a text may print; ``formats`` are pairs of name and title.

    ``is_counted`` tells whether words may agree in number with it.
    """

    name: str
    title: str
    group: str
    formats: tuple[tuple[str, str], ...]
    is_counted: bool


def titles_for(site: Any, on: date, variables: Iterable[Field]) -> dict[str, str]:  # noqa: ANN401
    """Return what chips show: titles of fields by name, of clauses by « ref:id »."""
    fields = condition_fields(on, variables)
    named = {name: spaced(french(field.title)) for name, field in fields.items()}
    return named | {f"ref:{name}": title for name, title in clause_titles(site)}


def clause_titles(site: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the clauses a text may refer to: id and title, in order of titles."""
    found = [
        (clause.clause_id, _VARIABLE.sub("…", clause.title))
        for clause in clauses_of(site["clausier"])
        if clause.retired_from is None
    ]
    return sorted(found, key=lambda item: item[1].casefold())


def text_as_html(text: str, titles: Mapping[str, str]) -> str:
    """Write the text of a clause for an editor.

    Raises:
        InvalidInputError: the text cannot be read.
    """
    try:
        return to_html(parse(text), titles)
    except MarkupError as error:
        raise InvalidInputError(spaced(str(error)), "text") from error


def text_from_html(html: str) -> str:
    """Read what an editor sends, or a paste, as the text of a clause.

    Raises:
        InvalidInputError: it cannot be read; the message says where.
    """
    try:
        return write(from_html(html))
    except RichTextError as error:
        raise InvalidInputError(spaced(str(error)), "text") from error


def insertables(
    on: date, variables: Iterable[Field] = (), repeat: str = ""
) -> list[Insertable]:
    """Return the values a text may print: the clause's own, then step by step.

    ``repeat`` names the table on each row of which the clause repeats.
    """
    steps = {name: french(title) for name, title in STEPS}
    found = [_insertable(item, item.title, french(_OWN)) for item in variables]
    for field in drafting_fields(on).values():
        group = steps.get(field.step, french(_CONTEXT))
        found.append(_insertable(field, field.title, group))
        if field.name == repeat:
            found += [
                _insertable(c, f"{french(field.title)} : {french(c.title)}", group)
                for c in row_fields(field)
            ]
    return found


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
    letters = unicodedata.normalize("NFKD", _spelled(label))
    plain = letters.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", joint, plain).strip(joint)[:_LONGEST_NAME].strip(joint)


def _spelled(label: str) -> str:
    """Write out what has no plain letter, and part the words an apostrophe joins."""
    return label.lower().replace("œ", "oe").replace("’", " ").replace("'", " ")


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


def _insertable(field: Field, title: str, group: str) -> Insertable:
    formats = tuple(
        (name, said)
        for name, said in FORMAT_TITLES.items()
        if field.type in FORMAT_TYPES[name]
    )
    is_counted = field.type in _COUNTED
    return Insertable(field.name, spaced(french(title)), group, formats, is_counted)


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
