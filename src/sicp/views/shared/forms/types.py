"""The kinds of values our forms hold, as Colander types that speak French.

Every type treats ``None`` as « nothing », so that an answer never given is shown as an
empty field. Types serialise to one canonical text (ISO days, a decimal point) and
accept that text as well as what a person types.
"""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

import colander

from sicp.i18n import _
from sicp.views.shared import display
from sicp.views.shared.forms import parsing

#: Longest text any field takes when its node says nothing.
LONGEST_LINE = 1_000
LONGEST_TEXT = 50_000

#: Controls, lone surrogates, non-characters, the mark of what could not be decoded,
#: and the marks that reverse the reading order: none is typed on purpose, all break
#: documents made from the text.
FORBIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029")
_LINE_BREAKS = re.compile("[\t\n]+")
_CPV = re.compile(r"^([0-9]{8})(-[0-9])?( *[—–-] .*)?$")
_AMOUNT_DECIMALS = 2
_PERCENT_DECIMALS = 4
_MOST_DIGITS = 15


class Text(colander.String):
    """A text of one line or of several: ``maximum`` characters, nothing unprintable."""

    def __init__(
        self, maximum: int | None = None, *, has_lines: bool = False, **options: Any
    ) -> None:
        super().__init__(**options)
        default = LONGEST_TEXT if has_lines else LONGEST_LINE
        self.maximum = maximum or default
        self.has_lines = has_lines

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give the text to show; nothing is shown for ``None``."""
        return super().serialize(node, _nothing_if_none(appstruct))

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Check what was typed and trim it.

        Raises:
            colander.Invalid: not a text, too long, or with forbidden characters.
        """
        if cstruct is colander.null:
            return colander.null
        text = self.tidied(readable(node, cstruct))
        if len(text) > self.maximum:
            raise colander.Invalid(node, too_long(len(text), self.maximum))
        return text or colander.null

    def tidied(self, text: str) -> str:
        """Compose accents, bring line ends to one form, drop outer spaces."""
        composed = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
        if not self.has_lines:
            composed = _LINE_BREAKS.sub(" ", composed)
        return composed.strip()


class Password(Text):
    """A secret: checked as a text, never changed."""

    def tidied(self, text: str) -> str:
        """Leave the secret as it was typed."""
        return text


class DecimalNumber(colander.SchemaType):
    """A decimal number typed in French, with at most ``decimals`` decimals."""

    decimals = _PERCENT_DECIMALS

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give the canonical text of the number."""
        value = _nothing_if_none(appstruct)
        if value is colander.null:
            return colander.null
        return _canonical(node, value)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Read the number.

        Raises:
            colander.Invalid: not a number, or with too many digits.
        """
        text = readable(node, cstruct).strip()
        if not text:
            return colander.null
        try:
            value = parsing.read_number(text)
        except parsing.UnreadableError as error:
            raise colander.Invalid(node, error.message) from error
        return self.checked(node, value)

    def checked(self, node: Any, value: Decimal) -> Any:
        """Refuse more digits than the kind of number holds."""
        exponent = value.as_tuple().exponent
        if -int(exponent) > self.decimals:
            raise colander.Invalid(node, too_precise(self.decimals))
        if value.adjusted() >= _MOST_DIGITS:
            raise colander.Invalid(node, TOO_LARGE)
        return value


class Amount(DecimalNumber):
    """Euros to the cent, as an exact ``Decimal``."""

    decimals = _AMOUNT_DECIMALS


class Percent(DecimalNumber):
    """A share where 5 means 5 %, as an exact ``Decimal``."""


class WholeNumber(DecimalNumber):
    """A count: an ``int``."""

    decimals = 0

    def checked(self, node: Any, value: Decimal) -> Any:
        """Give the number as an ``int``."""
        if value != value.to_integral_value():
            raise colander.Invalid(node, NOT_WHOLE)
        return int(super().checked(node, value.to_integral_value()))


class FrenchDate(colander.SchemaType):
    """A day, typed as jj/mm/aaaa or picked in a calendar."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give the ISO text of the day."""
        value = _nothing_if_none(appstruct)
        if value is colander.null:
            return colander.null
        if not isinstance(value, date):
            raise colander.Invalid(node, parsing.NOT_A_DAY)
        return f"{value:%Y-%m-%d}"

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Read the day.

        Raises:
            colander.Invalid: the text is not a day.
        """
        text = readable(node, cstruct).strip()
        if not text:
            return colander.null
        try:
            return parsing.read_day(text)
        except parsing.UnreadableError as error:
            raise colander.Invalid(node, error.message) from error


class FrenchDateTime(colander.SchemaType):
    """An instant, typed as a day and a time of Paris, held as aware UTC."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give the ISO text of the instant in UTC."""
        value = _nothing_if_none(appstruct)
        if value is colander.null:
            return colander.null
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise colander.Invalid(node, parsing.NOT_A_DAY)
        return value.astimezone(UTC).isoformat()

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Read the instant, from its ISO text or from its two typed parts.

        Raises:
            colander.Invalid: a part is missing or is not what it should be.
        """
        if cstruct is colander.null or not cstruct:
            return colander.null
        if isinstance(cstruct, Mapping):
            return self._from_parts(node, cstruct)
        try:
            instant = datetime.fromisoformat(readable(node, cstruct))
        except ValueError as error:
            raise colander.Invalid(node, parsing.NOT_A_DAY) from error
        if instant.tzinfo is None:
            raise colander.Invalid(node, parsing.NOT_A_DAY)
        return instant.astimezone(UTC)

    def _from_parts(self, node: Any, parts: Mapping[str, Any]) -> Any:
        day = readable(node, parts.get("date", ""))
        time = readable(node, parts.get("time", ""))
        if not day.strip() and not time.strip():
            return colander.null
        try:
            return parsing.read_moment(day, time)
        except parsing.UnreadableError as error:
            raise colander.Invalid(node, error.message) from error


class YesNo(colander.Boolean):
    """Yes, no, or no answer yet."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give ``true``, ``false``, or nothing for ``None``."""
        return super().serialize(node, _nothing_if_none(appstruct))

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Read the answer.

        Raises:
            colander.Invalid: the answer is neither yes nor no.
        """
        text = readable(node, cstruct)
        if text not in {"true", "false", ""}:
            raise colander.Invalid(node, NOT_A_CHOICE)
        return text == "true" if text else colander.null


class CpvCode(Text):
    """A code of the common procurement vocabulary: eight digits, without its key."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Read « 45000000 », « 45000000-7 » or « 45000000 — Travaux ».

        Raises:
            colander.Invalid: the text does not begin with eight digits.
        """
        text = super().deserialize(node, cstruct)
        if text is colander.null:
            return colander.null
        found = _CPV.match(text)
        if found is None:
            raise colander.Invalid(node, NOT_A_CPV)
        return found[1]


class Several(colander.SchemaType):
    """Several values chosen in a list, as a tuple of texts in the order given."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give the values as a tuple of texts."""
        del node
        value = _nothing_if_none(appstruct)
        if value is colander.null:
            return colander.null
        return tuple(str(item) for item in value)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Read the values chosen, each once.

        Raises:
            colander.Invalid: the form was not filled by one of our pages.
        """
        if cstruct is colander.null:
            return colander.null
        if isinstance(cstruct, str) or not isinstance(cstruct, Iterable):
            raise colander.Invalid(node, UNREADABLE)
        values = tuple(readable(node, item) for item in cstruct)
        return tuple(dict.fromkeys(value for value in values if value)) or colander.null


def readable(node: Any, value: Any) -> str:
    """Return ``value`` if it is a text without forbidden characters.

    Raises:
        colander.Invalid: it is something else, which no page of ours sends.
    """
    if value is colander.null:
        return ""
    if not isinstance(value, str):
        raise colander.Invalid(node, UNREADABLE)
    if FORBIDDEN_CHARACTERS.search(value):
        raise colander.Invalid(node, FORBIDDEN)
    return value


def too_long(length: int, maximum: int) -> str:
    """Say by how much a text is too long."""
    return _(
        "error-too-long",
        default="Le texte compte ${length} caractères : raccourcissez-le "
        "à ${maximum} au plus.",
        mapping={
            "length": display.number(length),
            "maximum": display.number(maximum),
        },
    )


def too_precise(decimals: int) -> str:
    """Say how many decimals are taken."""
    if decimals == _AMOUNT_DECIMALS:
        return _(
            "error-amount-too-precise",
            default="Écrivez au plus deux décimales, par exemple 216\u00a0000,50 "
            "(ou 216\u00a0000 sans point).",
        )
    return _(
        "error-too-precise",
        default="Écrivez au plus ${count} décimales.",
        mapping={"count": decimals},
    )


def _nothing_if_none(value: Any) -> Any:
    return colander.null if value is None else value


def _canonical(node: Any, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise colander.Invalid(node, parsing.NOT_A_NUMBER)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


UNREADABLE = _(
    "error-unreadable",
    default="La réponse n’a pas pu être lue : remplissez de nouveau ce champ.",
)
FORBIDDEN = _(
    "error-forbidden-characters",
    default="Le champ contient des caractères interdits : effacez-le et tapez-le "
    "de nouveau.",
)
NOT_A_CHOICE = _("error-not-a-choice", default="Choisissez une des réponses proposées.")
NOT_A_CPV = _(
    "error-not-a-cpv",
    default="Écrivez un code CPV de huit chiffres, par exemple 45000000.",
)
NOT_WHOLE = _("error-not-whole", default="Écrivez un nombre entier, sans virgule.")
TOO_LARGE = _(
    "error-too-large", default="Ce nombre est trop grand : vérifiez les chiffres."
)
