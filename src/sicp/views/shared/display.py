"""How a value is shown on a French screen.

Thousands are parted by a narrow no-break space and units by a no-break space, so that
an amount never breaks across two lines. Instants are told in the time of Paris.
"""

import re
from datetime import date
from datetime import datetime
from decimal import ROUND_HALF_UP
from decimal import Decimal
from decimal import InvalidOperation

from sicp.clock import PARIS
from sicp.i18n import _

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
NOTHING = "—"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_CENT = Decimal("0.01")
_SHORT_DAYS = 60
_DAYS_PER_MONTH = 30.44
_SHORT_MONTHS = 24
_KIB = 1024


def number(value: Decimal | int | None) -> str:
    """Show a number with grouped thousands: « 1 000 », « 12,5 »."""
    if value is None:
        return NOTHING
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def amount(value: Decimal | int | None) -> str:
    """Show euros to the cent: « 216 000,00 € »."""
    if value is None:
        return NOTHING
    return f"{typed_amount(value)}{NO_BREAK_SPACE}€"


def typed_amount(value: Decimal | int) -> str:
    """Show euros to the cent without their sign, as a field of a form holds them."""
    try:
        cents = Decimal(value).quantize(_CENT, ROUND_HALF_UP)
    except InvalidOperation:
        # More digits than the decimal context holds: nobody types that on purpose.
        return number(value)
    return f"{cents:,f}".replace(",", NARROW_SPACE).replace(".", ",")


def percent(value: Decimal | int | None) -> str:
    """Show a share where 5 means 5 %: « 12,5 % »."""
    return NOTHING if value is None else f"{number(value)}{NO_BREAK_SPACE}%"


def months(value: int | None) -> str:
    """Show a duration in calendar months: « 48 mois »."""
    return NOTHING if value is None else f"{number(value)}{NO_BREAK_SPACE}mois"


def days(value: int | None) -> str:
    """Show a duration in days: « 1 jour », « 30 jours »."""
    if value is None:
        return NOTHING
    unit = "jour" if abs(value) <= 1 else "jours"
    return f"{number(value)}{NO_BREAK_SPACE}{unit}"


def day(value: date | None) -> str:
    """Show a day: « 15/03/2027 ». An instant is told as the day it is in Paris."""
    if value is None:
        return NOTHING
    local = _local(value)
    return f"{local.day:02}/{local.month:02}/{local.year:04}"


def long_day(value: date | None, *, weekday: bool = False) -> str:
    """Show a day in words: « 15 mars 2027 », « 1er avril 2027 »."""
    if value is None:
        return NOTHING
    local = _local(value)
    first = "1er" if local.day == 1 else str(local.day)
    text = f"{first}{NO_BREAK_SPACE}{MONTHS[local.month - 1]} {local.year}"
    return f"{WEEKDAYS[local.weekday()]} {text}" if weekday else text


def clock_time(value: datetime | None) -> str:
    """Show the time of day in Paris: « 14 h 02 »."""
    if value is None:
        return NOTHING
    local = _local(value)
    return f"{local.hour}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{local.minute:02}"


def moment(value: datetime | None) -> str:
    """Show an instant in the time of Paris: « 15/03/2027 à 14 h 02 »."""
    if value is None:
        return NOTHING
    return f"{day(value)} à {clock_time(value)}"


def relative_day(value: date | None, today: date) -> str:
    """Tell how far a day is from ``today``: « dans 3 jours », « hier ».

    The answer is a translatable message; up to 60 days in days, then in months, and
    from two years on in years, which is as fine as a person plans.
    """
    if value is None:
        return NOTHING
    distance = (_calendar_day(value) - today).days
    near = {
        0: _("relative-today", default="aujourd’hui"),
        1: _("relative-tomorrow", default="demain"),
        -1: _("relative-yesterday", default="hier"),
    }
    return near.get(distance) or _far(distance)


def siret(value: str | None) -> str:
    """Show a SIRET (or a SIREN) in the groups people read: « 123 456 789 00012 »."""
    digits = re.sub(r"\D", "", value or "")
    if len(digits) not in {9, 14}:
        return value or NOTHING
    groups = [digits[0:3], digits[3:6], digits[6:9], digits[9:]]
    return NO_BREAK_SPACE.join(group for group in groups if group)


def cpv(value: str | None) -> str:
    """Show a CPV code, which has eight digits: « 45000000 »."""
    return value or NOTHING


def yes_no(value: bool | None) -> str:  # noqa: FBT001
    """Show a yes, a no or an absent answer, as a translatable message."""
    if value is None:
        return NOTHING
    return _("answer-yes", default="Oui") if value else _("answer-no", default="Non")


def file_size(value: int | None) -> str:
    """Show a number of bytes: « 12,4 Mo »."""
    if value is None:
        return NOTHING
    size = Decimal(value)
    for unit in ("octets", "Ko", "Mo"):
        if size < _KIB:
            return f"{number(_rounded(size, unit))}{NO_BREAK_SPACE}{unit}"
        size /= _KIB
    return f"{number(_rounded(size, 'Go'))}{NO_BREAK_SPACE}Go"


def _rounded(size: Decimal, unit: str) -> Decimal:
    return size if unit == "octets" else size.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _local(value: date) -> date:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(PARIS)
    return value


def _calendar_day(value: date) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def _far(distance: int) -> str:
    length = abs(distance)
    if length < _SHORT_DAYS:
        return _days_away(distance > 0, length)
    in_months = round(length / _DAYS_PER_MONTH)
    if in_months < _SHORT_MONTHS:
        return _months_away(distance > 0, in_months)
    return _years_away(distance > 0, in_months // 12)


def _days_away(ahead: bool, count: int) -> str:  # noqa: FBT001
    mapping = {"count": count}
    if ahead:
        return _("relative-in-days", default="dans ${count} jours", mapping=mapping)
    return _("relative-days-ago", default="il y a ${count} jours", mapping=mapping)


def _months_away(ahead: bool, count: int) -> str:  # noqa: FBT001
    mapping = {"count": count}
    if ahead:
        return _("relative-in-months", default="dans ${count} mois", mapping=mapping)
    return _("relative-months-ago", default="il y a ${count} mois", mapping=mapping)


def _years_away(ahead: bool, count: int) -> str:  # noqa: FBT001
    mapping = {"count": count}
    if ahead:
        return _("relative-in-years", default="dans ${count} ans", mapping=mapping)
    return _("relative-years-ago", default="il y a ${count} ans", mapping=mapping)
