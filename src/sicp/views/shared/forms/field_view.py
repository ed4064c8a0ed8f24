"""What the templates need to know of a field, computed once instead of in templates.

Attributes that a schema node may carry, beside those of Colander:

``law``
    Articles the question comes from, ``("R2112-13",)``: a line under the help.
``links``
    What may be read about the question: a line of links, each with title and url.
``is_needed_at_launch``
    The field may stay empty today but not when the consultation is launched.
``applies_when``
    A condition in the closed JSON language; where false, the field is not shown.
"""

import json
from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sicp.i18n import _
from sicp.views.shared.forms import messages

OPTIONAL = _("field-optional", default="(facultatif)")
NEEDED_AT_LAUNCH = _("field-needed-at-launch", default="obligatoire pour le lancement")


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: where it is, what the field is called, what to do."""

    title: str
    message: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as the templates show it."""

    field: Any
    marks_optional: bool
    applies: bool
    say: Callable[[str], str]
    #: Cuts words into those that lead somewhere and those that do not.
    cite: Callable[[str], Iterable[tuple[str, str]]]

    @property
    def oid(self) -> str:
        """The id of the control, or of the first one of a group."""
        return self.field.oid

    @property
    def title(self) -> str:
        """The label."""
        return self.field.title

    @property
    def cell_label(self) -> str | None:
        """The name of a control in a table, whose column alone bears a label."""
        row = getattr(self.field, "row_number", None)
        if row is None:
            return None
        mapping = {"column": self.say(self.title), "row": row}
        message = _("cell-label", default="${column}, ligne ${row}", mapping=mapping)
        return self.say(message)

    @property
    def mark(self) -> str:
        """What is said beside the label of a field that may stay empty today."""
        if getattr(self.field.schema, "is_needed_at_launch", False):
            return NEEDED_AT_LAUNCH
        is_marked = self.marks_optional and not self.field.required
        return OPTIONAL if is_marked else ""

    @property
    def column_mark(self) -> str:
        """What is said in the head of a column, where only few words fit."""
        return OPTIONAL if self.mark == OPTIONAL else ""

    @property
    def help(self) -> str:
        """The help under the label."""
        return self.field.description or ""

    @property
    def law(self) -> str:
        """The articles: « Article R2112-13 », « Articles R2112-9 et R2112-13 »."""
        return law_line(getattr(self.field.schema, "law", ()))

    @property
    def law_pieces(self) -> Iterable[tuple[str, str]]:
        """The articles cut into words, each with the address it leads to or none."""
        return self.cite(self.say(self.law))

    @property
    def links(self) -> tuple[Any, ...]:
        """What may be read about the question."""
        return tuple(getattr(self.field.schema, "links", ()))

    @property
    def messages(self) -> list[str]:
        """The refusals of this field itself, in French."""
        return field_messages(self.field)

    @property
    def has_error(self) -> bool:
        """Tell whether the control itself is to be corrected."""
        return bool(self.messages)

    @property
    def invalid(self) -> str | None:
        """The value of ``aria-invalid``."""
        return "true" if self.has_error else None

    @property
    def described_by(self) -> str | None:
        """The ids of what describes the control, for ``aria-describedby``."""
        parts = []
        if self.has_error:
            parts.append(f"{self.oid}-error")
        if self.help:
            parts.append(f"{self.oid}-help")
        if self.law:
            parts.append(f"{self.oid}-law")
        return " ".join(parts) or None

    @property
    def is_group(self) -> bool:
        """Tell whether the field has several controls, named by a legend."""
        return getattr(self.field.widget, "is_group", False)

    @property
    def is_hidden(self) -> bool:
        """Tell whether the person sees the field at all."""
        return bool(self.field.widget.hidden)

    @property
    def is_section(self) -> bool:
        """Tell whether the field is a group of fields with a title of its own."""
        return self.field.widget.category == "structural"

    @property
    def kind(self) -> str:
        """How the conditions of other fields read this one."""
        return getattr(self.field.widget, "kind", "text")

    @property
    def condition(self) -> str | None:
        """The condition as the scripts read it."""
        condition = getattr(self.field.schema, "applies_when", None)
        return json.dumps(condition, ensure_ascii=False) if condition else None

    @property
    def hidden_attribute(self) -> str | None:
        """Hide a field that does not apply, unless it is to be corrected."""
        return None if self.applies or self.field.error else "hidden"


def law_line(law: str | Iterable[str]) -> str:
    """Say the articles of law in one line."""
    articles = [law] if isinstance(law, str) else list(law)
    articles = [article for article in articles if article]
    if not articles:
        return ""
    *first, last = articles
    if not first:
        return _("law-article", default="Article ${article}", mapping={"article": last})
    mapping = {"articles": ", ".join(first), "last": last}
    return _("law-articles", default="Articles ${articles} et ${last}", mapping=mapping)


def field_messages(field: Any) -> list[str]:
    """Say in French what is refused in this field, its parts excepted."""
    if field.error is None:
        return []
    said = [message for message in field.error.messages() if message]
    return list(dict.fromkeys(_said(field, message) for message in said))


def problems_of(
    field: Any, say: Callable[[str], str], path: tuple[str, ...] = ()
) -> list[Problem]:
    """List every refusal below ``field``, in the order of the page."""
    target = field.oid if path else ""
    title = ", ".join(path)
    own = [Problem(title, message, target) for message in field_messages(field)]
    for child, name in _parts(field):
        own += problems_of(child, say, (*path, say(name)))
    return own


def _parts(field: Any) -> Iterable[tuple[Any, str]]:
    rows = getattr(field, "sequence_fields", None)
    if rows is None:
        return ((child, child.title) for child in field.children)
    return ((row, _row_name(index)) for index, row in enumerate(rows, start=1))


def _row_name(index: int) -> str:
    return _("row-name", default="ligne ${number}", mapping={"number": index})


def _said(field: Any, message: Any) -> str:
    if isinstance(message, str) and str.__str__(message) == "Required":
        return getattr(field.widget, "required_message", messages.REQUIRED)
    return messages.french_message(message)
