"""The text of a clause as an editor holds it, and what may be put in it.

A text goes to the editor as HTML and comes back as markup, checked; its values,
references and conditions are chosen from lists, by their French titles.
"""

import re
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.content_types.consultation.upstream_form import STEPS
from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.inline_markup import parse_inlines
from sicp.engines.drafting.inline_markup import write_inlines
from sicp.engines.drafting.lines import lines_of
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.rich_text import RichTextError
from sicp.engines.drafting.rich_text import from_html
from sicp.engines.drafting.rich_text import to_html
from sicp.engines.drafting.typography import spaced
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.condition import CONTEXT_TITLE
from sicp.operations.clause.condition import OWN_TITLE
from sicp.operations.clause.condition import Comparable
from sicp.operations.clause.condition import condition_fields
from sicp.operations.clause.condition import condition_vocabulary
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.library import clauses_of

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
    "capital": _("format-capital", default="avec une majuscule"),
    "list": _("format-list", default="une liste : a, b et c"),
    "months": _("format-months", default="une durée : 12 mois"),
    "months_letters": _("format-months-letters", default="une durée : douze (12) mois"),
    "days": _("format-days", default="un délai : 30 jours"),
    "percent": _("format-percent", default="un pourcentage : 5 %"),
}
_COUNTED = frozenset({FieldType.ROWS, FieldType.CHOICES, FieldType.INTEGER})
_VARIABLE = re.compile(r"\{[^{}]*\}")
_SPACES = re.compile(r"[ \t\n]+")


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


@dataclass(frozen=True, slots=True)
class Titles:
    """What chips show: titles by name, and the fields that conditions test."""

    names: Mapping[str, str]
    fields: FieldSet


@dataclass(frozen=True, slots=True)
class Palette:
    """All that the buttons of an editor put in one text.

    ``fields`` are the values it may print, ``tests`` those a passage may depend on,
    ``clauses`` the id and title of those it may refer to. ``titles`` are what chips
    show, of what is offered and of what a text may already hold.
    """

    fields: tuple[Insertable, ...]
    tests: tuple[Comparable, ...]
    clauses: tuple[tuple[str, str], ...]
    titles: Titles


_NO_TITLES = Titles({}, FieldSet())


def palette_of(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    on: date,
    variables: Iterable[Field] = (),
    *,
    repeat: str = "",
    clauses: Collection[str] | None = None,
    own_title: str = OWN_TITLE,
) -> Palette:
    """Return what may be put in a text on the day ``on``.

    Args:
        site: gives the clauses.
        on: the day of which the form is that of the consultation.
        variables: the questions asked beside those of the form.
        repeat: the table on each row of which the text repeats.
        clauses: the ids of those it may refer to; None for any.
        own_title: what ``variables`` are called together.
    """
    own = tuple(variables)
    known = clause_titles(site)
    return Palette(
        tuple(insertables(on, own, repeat, own_title)),
        tuple(condition_vocabulary(on, own, repeat, own_title)),
        tuple(item for item in known if clauses is None or item[0] in clauses),
        titles_for(site, on, own),
    )


def titles_for(site: Any, on: date, variables: Iterable[Field]) -> Titles:  # noqa: ANN401
    """Return what chips show: titles of fields by name, of clauses by « ref:id »."""
    fields = condition_fields(on, variables)
    named = {name: spaced(french(field.title)) for name, field in fields.items()}
    named |= {f"ref:{name}": title for name, title in clause_titles(site)}
    return Titles(named, fields)


def clause_titles(site: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the clauses a text may refer to: id and title, in order of titles."""
    found = [
        (clause.clause_id, _VARIABLE.sub("…", clause.title))
        for clause in clauses_of(site["clausier"])
        if clause.retired_from is None
    ]
    return sorted(found, key=lambda item: item[1].casefold())


def text_as_html(text: str, titles: Titles, field: str = "text") -> str:
    """Write a text for an editor.

    Raises:
        InvalidInputError: the text cannot be read; ``field`` is where it is typed.
    """
    try:
        return to_html(parse(text), titles.names, titles.fields)
    except MarkupError as error:
        raise InvalidInputError(spaced(str(error)), field) from error


def text_from_html(html: str, before: str = "", field: str = "text") -> str:
    """Read what an editor sends, or a paste, as a text.

    It is ``before``, to the letter, when the editor changed nothing of it.

    Raises:
        InvalidInputError: it cannot be read; the message says where.
    """
    blocks = _read(html, field)
    return before if _is_same(blocks, before, parse) else write(blocks)


def text_as_words(text: str, titles: Titles) -> str:
    """Return the words of a text on one line, its values between brackets."""
    try:
        lines = lines_of(parse(text), titles.fields)
    except MarkupError:
        return text
    said = ("".join(word.text for word in line.words) for line in lines)
    return spaced(_SPACES.sub(" ", " ".join(said)).strip())


def printed(text: str) -> str:
    """Return plain words as French prints them: no line breaks before « : »."""
    return spaced(text)


def check_text(text: str, field: str = "text") -> None:
    """Check that the markup of a text can be read.

    Raises:
        InvalidInputError: it cannot; the message says where.
    """
    text_as_html(text, _NO_TITLES, field)


def line_as_html(text: str, titles: Titles, field: str = "text") -> str:
    """Write a text of one line, such as a title, for an editor.

    Raises:
        InvalidInputError: the text cannot be read.
    """
    try:
        return to_html(_line(text), titles.names, titles.fields)
    except MarkupError as error:
        raise InvalidInputError(spaced(str(error)), field) from error


def check_line(text: str, field: str = "text") -> None:
    """Check that the markup of a text of one line can be read.

    Raises:
        InvalidInputError: it cannot.
    """
    line_as_html(text, _NO_TITLES, field)


def line_from_html(html: str, before: str = "", field: str = "text") -> str:
    """Read what an editor sends as a text of one line.

    It is ``before``, to the letter, when the editor changed nothing of it.

    Raises:
        InvalidInputError: it cannot be read, or it has more than one paragraph.
    """
    match _read(html, field):
        case ():
            return ""
        case (Paragraph(inlines=inlines),) as blocks:
            is_same = _is_same(blocks, before, _line)
            return before if is_same else write_inlines(inlines)
    raise InvalidInputError(
        _(
            "rich-line-only",
            default="Ce texte tient en une ligne, sans liste ni tableau ni sous-titre.",
        ),
        field,
    )


def insertables(
    on: date,
    variables: Iterable[Field] = (),
    repeat: str = "",
    own_title: str = OWN_TITLE,
) -> list[Insertable]:
    """Return the values a text may print: its own questions, then step by step.

    ``repeat`` names the table on each row of which the text repeats; ``own_title`` is
    what ``variables`` are called together.
    """
    steps = {name: french(title) for name, title in STEPS}
    found = [_insertable(item, item.title, french(own_title)) for item in variables]
    for field in drafting_fields(on).values():
        group = steps.get(field.step, french(CONTEXT_TITLE))
        found.append(_insertable(field, field.title, group))
        if field.name == repeat:
            found += [
                _insertable(c, f"{french(field.title)} : {french(c.title)}", group)
                for c in row_fields(field)
            ]
    return found


def _read(html: str, field: str) -> Blocks:
    try:
        return from_html(html)
    except RichTextError as error:
        raise InvalidInputError(spaced(str(error)), field) from error


def _line(text: str) -> Blocks:
    return (Paragraph(parse_inlines(text)),) if text else ()


def _is_same(blocks: Blocks, before: str, read: Callable[[str], Blocks]) -> bool:
    """Tell whether blocks say what ``before`` says; where lines wrap says nothing."""
    try:
        known = read(before)
    except MarkupError:
        return False
    return _on_one_line(blocks) == _on_one_line(known)


def _on_one_line(blocks: Blocks) -> str:
    return _SPACES.sub(" ", to_html(blocks, {}))


def _insertable(field: Field, title: str, group: str) -> Insertable:
    formats = tuple(
        (name, said)
        for name, said in FORMAT_TITLES.items()
        if field.type in FORMAT_TYPES[name]
    )
    is_counted = field.type in _COUNTED
    return Insertable(field.name, spaced(french(title)), group, formats, is_counted)
