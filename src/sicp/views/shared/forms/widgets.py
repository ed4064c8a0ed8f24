"""The controls of our forms: what is shown, and what is read from what was sent.

A widget shows the canonical text of its type in French and gives the type what the
person typed. What is unreadable is kept as typed and shown again beside the message.
"""

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import colander
from deform.widget import Widget

from sicp.clock import PARIS
from sicp.views.shared import display
from sicp.views.shared.forms import messages
from sicp.views.shared.forms import parsing
from sicp.views.shared.forms import types

#: Beyond this number of choices, a list is easier to read than radio buttons.
MOST_RADIOS = 4
#: Beyond this number, a list is narrowed by what is typed above it.
MOST_READ = 30

_CANONICAL_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+)?$")
_CANONICAL_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_LARGEST_KEPT = 200_000
_CENTS = 2


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person may choose; ``depth`` indents it below its parent."""

    value: str
    title: str
    depth: int = 0

    @property
    def indentation(self) -> str:
        """What stands before the title in a closed list, where only spaces indent."""
        return display.NO_BREAK_SPACE * 4 * self.depth


def options_of(choices: Iterable[Any]) -> tuple[Option, ...]:
    """Make options of anything with a ``value`` and a ``title``, or of pairs."""
    return tuple(_option(choice) for choice in choices)


class Control(Widget):
    """What every control shares: the type of its item and its reading of a text."""

    template = "textinput"
    required_message = messages.REQUIRED
    #: A control made of several inputs is named by a legend, not by a label.
    is_group = False
    #: What the conditions of other fields read here: text, number, date, choices…
    kind = "text"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> str:
        """Render the control with what it holds."""
        shown = "" if cstruct in (colander.null, None) else cstruct
        values = self.get_template_values(field, self.displayed(field, shown), kw)
        return field.renderer(self.template, widget=self, **values)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read one text.

        Raises:
            colander.Invalid: not a text, or with forbidden characters; its value is
                what can be shown again.
        """
        if pstruct is colander.null:
            return colander.null
        text = self._text(field, pstruct)
        return self.canonical(text) if text.strip() else colander.null

    def displayed(self, field: Any, cstruct: Any) -> Any:
        """Give what the control shows for the canonical text ``cstruct``."""
        del field
        return printable(cstruct) if isinstance(cstruct, str) else ""

    def canonical(self, text: str) -> str:
        """Give the canonical text of what was typed, or the text if unreadable."""
        return text

    def _text(self, field: Any, pstruct: Any) -> str:
        try:
            return types.readable(field.schema, pstruct)
        except colander.Invalid as error:
            error.value = printable(pstruct) if isinstance(pstruct, str) else ""
            raise


class TextControl(Control):
    """A text of one line. ``suffix`` is a unit told beside the field."""

    input_type = "text"
    inputmode: str | None = None
    autocomplete: str | None = None
    suffix = ""
    size = "wide"


class LongTextControl(Control):
    """A text of several paragraphs, in a field that grows with it."""

    template = "textarea"
    lines = 4


class HiddenControl(Control):
    """A value the page carries and the person does not see."""

    template = "hidden"
    hidden = True


class PasswordControl(TextControl):
    """A secret: never shown again."""

    input_type = "password"
    autocomplete = "current-password"
    size = "medium"

    def displayed(self, field: Any, cstruct: Any) -> str:
        """Show nothing, whatever was typed."""
        del field, cstruct
        return ""


class NumberControl(TextControl):
    """A number written in French. ``decimals`` is 2 for amounts, None for others."""

    kind = "number"
    inputmode = "decimal"
    size = "short"
    is_amount = False

    def displayed(self, field: Any, cstruct: Any) -> str:
        """Show « 216 000,50 » for ``216000.50``."""
        text = super().displayed(field, cstruct)
        if len(text) > parsing.LONGEST_VALUE or not _CANONICAL_NUMBER.match(text):
            return text
        value = Decimal(text)
        if not self.is_amount:
            return display.number(value)
        # Tenths of cents are refused: they are shown as typed, not rounded away.
        has_cents_only = -int(value.as_tuple().exponent) <= _CENTS
        return display.typed_amount(value) if has_cents_only else text

    def canonical(self, text: str) -> str:
        """Give ``216000.50`` for « 216 000,50 »."""
        try:
            return format(parsing.read_number(text), "f")
        except parsing.UnreadableError:
            return text


class DateControl(TextControl):
    """A day as jj/mm/aaaa, with the calendar of the browser where scripts run."""

    template = "date"
    kind = "date"
    inputmode = "numeric"
    size = "short"
    required_message = messages.REQUIRED_DAY

    def displayed(self, field: Any, cstruct: Any) -> str:
        """Show « 15/03/2027 » for ``2027-03-15``."""
        text = super().displayed(field, cstruct)
        return _french_day(text) if _CANONICAL_DAY.match(text) else text

    def canonical(self, text: str) -> str:
        """Give ``2027-03-15`` for « 15/03/2027 »."""
        try:
            return parsing.read_day(text).isoformat()
        except parsing.UnreadableError:
            return text


class DateTimeControl(Control):
    """A day and a time of Paris, in two inputs."""

    template = "datetime"
    kind = "datetime"
    is_group = True
    required_message = messages.REQUIRED_DAY

    def displayed(self, field: Any, cstruct: Any) -> dict[str, str]:
        """Show the two parts, of an instant or as they were typed."""
        if isinstance(cstruct, Mapping):
            return {part: printable(cstruct.get(part, "")) for part in ("date", "time")}
        try:
            local = datetime.fromisoformat(cstruct).astimezone(PARIS)
        except (ValueError, TypeError):
            return {"date": super().displayed(field, cstruct), "time": ""}
        return {"date": display.day(local), "time": f"{local:%H:%M}"}

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the two parts; a single text is read as an ISO instant."""
        if not isinstance(pstruct, Mapping):
            return super().deserialize(field, pstruct)
        parts = {
            part: self._text(field, pstruct.get(part, "")) for part in ("date", "time")
        }
        if not any(text.strip() for text in parts.values()):
            return colander.null
        return _instant_or_parts(parts)


class ChoiceControl(Control):
    """One answer among ``options``: radio buttons up to four, a closed list beyond."""

    required_message = messages.REQUIRED_CHOICE
    kind = "choice"
    options: Sequence[Option] = ()
    empty_title = ""
    is_compact = False

    @property
    def has_radios(self) -> bool:
        """Tell whether the answers are shown as radio buttons."""
        return not self.is_compact and len(self.options) <= MOST_RADIOS

    @property
    def is_narrowed(self) -> bool:
        """Tell whether what is typed may narrow the list, of folders often."""
        return not self.has_radios and len(self.options) > MOST_READ

    @property
    def is_group(self) -> bool:  # type: ignore[override]
        """Radio buttons are named by a legend, a list by its label."""
        return self.has_radios

    @property
    def template(self) -> str:  # type: ignore[override]
        """The template of the form chosen."""
        return "radios" if self.has_radios else "select"

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the answer.

        Raises:
            colander.Invalid: it is not one of those proposed.
        """
        value = super().deserialize(field, pstruct)
        if value is colander.null or value in {item.value for item in self.options}:
            return value
        raise colander.Invalid(field.schema, types.NOT_A_CHOICE, colander.null)


class YesNoControl(ChoiceControl):
    """Oui, Non, or no answer yet."""

    kind = "boolean"
    options = (
        Option("true", display.yes_no(value=True)),
        Option("false", display.yes_no(value=False)),
    )


class ChoicesControl(Control):
    """Several answers among ``options``, as check boxes."""

    template = "checkboxes"
    required_message = messages.REQUIRED_CHOICE
    is_group = True
    kind = "choices"
    options: Sequence[Option] = ()
    is_scrolled = False

    def displayed(self, field: Any, cstruct: Any) -> tuple[str, ...]:
        """Give the values whose box is ticked."""
        del field
        is_list = isinstance(cstruct, Iterable) and not isinstance(cstruct, str)
        return tuple(cstruct) if is_list else ()

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the ticked boxes, in the order of the options.

        Raises:
            colander.Invalid: the answer is not a list of values proposed.
        """
        if pstruct is colander.null:
            return colander.null
        values = [pstruct] if isinstance(pstruct, str) else pstruct
        if not isinstance(values, list):
            raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
        chosen = {self._text(field, value) for value in values} - {""}
        kept = tuple(item.value for item in self.options if item.value in chosen)
        if len(kept) != len(chosen):
            raise colander.Invalid(field.schema, types.NOT_A_CHOICE, kept)
        return kept or colander.null


class CpvControl(TextControl):
    """A CPV code, typed or searched by word at ``search_url``.

    The address answers ``?q=`` with ``{"results": [{"value": …, "title": …}]}``.
    """

    template = "cpv"
    kind = "cpv"
    size = "medium"
    search_url = ""
    #: Tells what a code means, to be read beside it; nothing where it is unknown.
    title_of: Callable[[str], str] | None = None


class EntityControl(ChoiceControl):
    """One entity of the body, in a list that shows the hierarchy."""

    is_compact = True


class EntitiesControl(ChoicesControl):
    """Several entities of the body, in a list that shows the hierarchy."""

    is_scrolled = True


def printable(text: Any) -> str:
    """Give what of a hostile text may be shown again in a page."""
    if not isinstance(text, str):
        return ""
    return types.FORBIDDEN_CHARACTERS.sub("", text[:_LARGEST_KEPT])


def _option(choice: Any) -> Option:
    if isinstance(choice, Option):
        return choice
    if isinstance(choice, tuple):
        return Option(*choice)
    return Option(str(choice.value), choice.title, getattr(choice, "depth", 0))


def _french_day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{day}/{month}/{year}"


def _instant_or_parts(parts: dict[str, str]) -> Any:
    try:
        return parsing.read_moment(parts["date"], parts["time"]).isoformat()
    except parsing.UnreadableError:
        return parts
