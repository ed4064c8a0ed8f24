"""What a person types, read as a value: numbers, days and instants written in French.

Each reader returns the value or raises ``UnreadableError`` with a sentence that tells
the person how to write it.
"""

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from decimal import Decimal

from sicp.clock import PARIS
from sicp.i18n import _
from sicp.views.shared.display import MONTHS

#: Longest text read as a number or a date: beyond it nobody typed it.
LONGEST_VALUE = 60

_FIRST_YEAR = 1900
_LAST_YEAR = 2200
_CENTURY = 2000
_SHORT_YEAR = 2

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_UNITS = re.compile(r"(€|EUR|HT|%|mois|jours?)+$", re.IGNORECASE)
_PLAIN = re.compile(r"^[+-]?[0-9]+([.,][0-9]+)?$")
_POINT_GROUPS = re.compile(r"^[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$")
_COMMA_GROUPS = re.compile(r"^[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+$")
_MANY_POINTS = 2

_ISO_DAY = re.compile(r"^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$")
_FRENCH_DAY = re.compile(r"^([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4}|[0-9]{2})$")
_WRITTEN_DAY = re.compile(r"^(1er|[0-9]{1,2}) ([^\W\d_]{3,9}) ([0-9]{4})$")
_TIME = re.compile(r"^([0-9]{1,2})\s*(?:[h:]\s*([0-9]{2})?)?$", re.IGNORECASE)


class UnreadableError(ValueError):
    """The text is not a value of the kind asked; ``message`` says how to write it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_number(text: str) -> Decimal:
    """Read « 216 000,50 », « 216000.50 », « 216.000,50 » or « 12 % ».

    Raises:
        UnreadableError: the text is not one number.
    """
    if len(text) > LONGEST_VALUE:
        raise UnreadableError(NOT_A_NUMBER)
    compact = _SPACES.sub("", text).replace("\u2212", "-")
    compact = _UNITS.sub("", compact)
    if _POINT_GROUPS.match(compact) and _has_grouping_points(compact):
        compact = compact.replace(".", "")
    elif _COMMA_GROUPS.match(compact):
        compact = compact.replace(",", "")
    if not _PLAIN.match(compact):
        raise UnreadableError(NOT_A_NUMBER)
    return Decimal(compact.replace(",", "."))


def read_day(text: str) -> date:
    """Read « 15/03/2027 », « 15.3.27 », « 15 mars 2027 » or « 2027-03-15 ».

    Raises:
        UnreadableError: the text is not a day, or the day does not exist.
    """
    year, month, day = _day_parts(text.strip())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnreadableError(NOT_A_DAY)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableError(NO_SUCH_DAY) from error


def read_time(text: str) -> time:
    """Read « 14 h 02 », « 14:02 » or « 14 h ».

    Raises:
        UnreadableError: the text is not a time of day.
    """
    found = _TIME.match(_SPACES.sub(" ", text.strip()))
    if found is None:
        raise UnreadableError(NOT_A_TIME)
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError as error:
        raise UnreadableError(NOT_A_TIME) from error


def read_moment(day_text: str, time_text: str) -> datetime:
    """Read a day and a time of Paris as an aware instant in UTC.

    When clocks go back, an hour exists twice: the first one is meant. When they go
    forward, an hour does not exist and is refused.

    Raises:
        UnreadableError: a part is missing, unreadable, or that hour does not exist.
    """
    if not day_text.strip():
        raise UnreadableError(DAY_MISSING)
    day = read_day(day_text)
    if not time_text.strip():
        raise UnreadableError(TIME_MISSING)
    local = datetime.combine(day, read_time(time_text), PARIS)
    instant = local.astimezone(UTC)
    if instant.astimezone(PARIS).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise UnreadableError(SKIPPED_HOUR)
    return instant


def _has_grouping_points(compact: str) -> bool:
    # « 216.000 » alone may be 216 or 216 000: only several points, or a comma after
    # them, say that points group thousands.
    return "," in compact or compact.count(".") >= _MANY_POINTS


def _day_parts(text: str) -> tuple[int, int, int]:
    if len(text) > LONGEST_VALUE:
        raise UnreadableError(NOT_A_DAY)
    spaced = _SPACES.sub(" ", text)
    if iso := _ISO_DAY.match(spaced):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if french := _FRENCH_DAY.match(spaced):
        return _full_year(french[3]), int(french[2]), int(french[1])
    written = _WRITTEN_DAY.match(spaced.lower())
    if written and written[2] in MONTHS:
        number = int(written[1].removesuffix("er"))
        return int(written[3]), MONTHS.index(written[2]) + 1, number
    raise UnreadableError(NOT_A_DAY)


def _full_year(text: str) -> int:
    return int(text) + _CENTURY if len(text) == _SHORT_YEAR else int(text)


NOT_A_NUMBER = _(
    "error-not-a-number",
    default="Écrivez un nombre, par exemple 1\u00a0250 ou 1\u00a0250,50.",
)
NOT_A_DAY = _(
    "error-not-a-day",
    default="Écrivez une date sous la forme jj/mm/aaaa, par exemple 15/03/2027.",
)
NO_SUCH_DAY = _(
    "error-no-such-day",
    default="Cette date n’existe pas : vérifiez le jour et le mois.",
)
NOT_A_TIME = _(
    "error-not-a-time", default="Écrivez une heure, par exemple 12:00 ou 16 h 30."
)
DAY_MISSING = _("error-day-missing", default="Indiquez aussi la date.")
TIME_MISSING = _("error-time-missing", default="Indiquez aussi l’heure.")
SKIPPED_HOUR = _(
    "error-skipped-hour",
    default="Cette heure n’existe pas ce jour-là, les horloges avançant d’une heure : "
    "choisissez-en une autre.",
)
