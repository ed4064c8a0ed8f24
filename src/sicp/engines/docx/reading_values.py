"""Values written in French, read back to the shape of their field.

What a person typed in the place of a value is taken only when it can mean one thing:
an amount whose figures and letters differ, months where days are due, a choice nobody
offers are refused, in French.
"""

import re
from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from decimal import InvalidOperation
from typing import Any

from sicp.engines.docx.reading_letters import number_from_letters
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.formats import MONTHS
from sicp.engines.drafting.formats import FormatError
from sicp.engines.drafting.formats import format_value
from sicp.engines.drafting.formats import tax_mention
from sicp.engines.drafting.values import EXPECTED
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_BOTH = re.compile(r"(?P<first>[^()]+)\((?P<second>[^()]+)\)(?P<unit>[^()]*)\Z")
_FIGURES = re.compile(r"-?\d{1,3}(?: \d{3})*(?:[.,]\d+)?\Z|-?\d+(?:[.,]\d+)?\Z")
_DAY = re.compile(r"(?P<day>\d{1,2})(?:er)? (?P<month>[^\W\d]+) (?P<year>\d{4})\Z")
_SLASHED = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\Z")
_WEEKDAY = re.compile(
    r"\A(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) "
)
_HOUR = re.compile(
    r"(?P<day>.+?),?(?: à)? (?P<hour>\d{1,2}) ?(?:h|:|heures?) ?(?P<minute>\d{2})?\Z"
)
_EUROS = re.compile(
    r"(?P<euros>.+?) (?:d['’])?euros?(?: et (?P<cents>.+?) centimes?)?\Z"
)
_TAXES = {
    "HT": ("HT", "hors taxes", "hors taxe"),
    "TTC": ("TTC", "toutes taxes comprises"),
}
_UNITS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.MONTHS: ("mois",),
    FieldType.DAYS: ("jours", "jour"),
    FieldType.PERCENT: ("%",),
    FieldType.INTEGER: ("mois", "jours", "jour", "%"),
}
_BETWEEN = re.compile(r", | et ")
_NUMBERS = frozenset({FieldType.INTEGER, *_UNITS})


def same_words(text: str) -> str:
    """Return ``text`` with plain spaces and apostrophes, to compare it."""
    return _SPACES.sub(" ", text).replace("’", "'").strip()


def read_value(field: Field, text: str) -> Any:  # noqa: ANN401
    """Read what a document prints of ``field``; None when nothing is printed.

    Raises:
        UnreadableValueError: the words do not say one value of the field; in French.
    """
    words = _SPACES.sub(" ", text).strip()
    if not words:
        return None
    reader = _READERS.get(field.type)
    if reader is None:
        message = f"« {field.name} » se modifie dans le formulaire, pas dans le texte"
        if field.type is FieldType.ROWS:
            raise UnreadableValueError(message)
        return coerce(field, text.strip())
    try:
        return coerce(field, reader(field, words))
    except UnreadableValueError:
        raise
    except (ValueError, InvalidOperation, KeyError) as error:
        message = (
            f"« {words} » n’est pas {EXPECTED.get(field.type, 'une des réponses')}"
        )
        raise UnreadableValueError(message) from error


def format_of(field: Field, value: Any, text: str) -> str | None:  # noqa: ANN401
    """Return the format in which ``value`` is printed as ``text``, None if none is.

    The default format of the type is the empty one.
    """
    if value is None:
        return None
    for form in ("", *FORMAT_TYPES):
        try:
            said = format_value(field, value, form)
        except (FormatError, ValueError, TypeError, AttributeError, KeyError):
            continue
        if same_words(said) == same_words(text):
            return form
    return None


def _amount(field: Field, words: str) -> Decimal:
    both = _BOTH.match(words)
    if both is not None:
        figures, letters = (
            _amount(field, both[name].strip()) for name in ("first", "second")
        )
        return _agreed(figures, letters)
    words = _without_tax(field, words)
    if words[:1].isdigit() or words[:1] == "-":
        return _figures(re.sub(r" ?(?:€|euros?|EUR)\Z", "", words))
    said = _EUROS.match(words)
    if said is None:
        return number_from_letters(words)
    cents = number_from_letters(said["cents"]) if said["cents"] else Decimal(0)
    euros = re.sub(r" d['’]?\Z", "", said["euros"])
    return number_from_letters(euros) + cents / 100


def _without_tax(field: Field, words: str) -> str:
    due = tax_mention(field)
    for tax, mentions in _TAXES.items():
        for mention in mentions:
            if words.lower().endswith(f" {mention.lower()}"):
                if tax != due:
                    message = (
                        f"« {words} » : ce montant est attendu {due or 'sans taxe'}"
                    )
                    raise UnreadableValueError(message)
                return words[: -len(mention)].strip()
    return words


def _number(field: Field, words: str) -> Decimal:
    both = _BOTH.match(words)
    if both is not None:
        first = _number(field, both["first"].strip())
        second = _number(field, f"{both['second']}{both['unit']}".strip())
        return _agreed(first, second)
    for unit in _UNITS.get(field.type, ()):
        if words.lower().endswith(unit):
            words = words[: -len(unit)].strip()
            break
    if words[:1].isdigit() or words[:1] == "-":
        return _figures(words)
    return number_from_letters(words)


def _figures(words: str) -> Decimal:
    """Read figures; thousands are parted by spaces, decimals by one comma or dot.

    Raises:
        ValueError: the figures are not written so.
    """
    if not _FIGURES.match(words):
        raise ValueError
    return Decimal(words.replace(" ", "").replace(",", "."))


def _agreed(first: Decimal, second: Decimal) -> Decimal:
    if first != second:
        message = f"les chiffres et les lettres diffèrent ({first} et {second})"
        raise UnreadableValueError(message)
    return first


def _date(_: Field, words: str) -> date:
    words = _WEEKDAY.sub("", words.lower())
    said = _DAY.match(words)
    if said is not None:
        return date(int(said["year"]), _month(said["month"]), int(said["day"]))
    said = _SLASHED.match(words)
    if said is None:
        return date.fromisoformat(words)
    return date(int(said["year"]), int(said["month"]), int(said["day"]))


def _month(word: str) -> int:
    if word not in MONTHS:
        raise ValueError
    return MONTHS.index(word) + 1


def _datetime(field: Field, words: str) -> datetime:
    said = _HOUR.match(words)
    if said is None:
        return datetime.fromisoformat(words)
    day = _date(field, said["day"])
    hour, minute = int(said["hour"]), int(said["minute"] or 0)
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001


def _choice(field: Field, words: str) -> str:
    """Return the value of the choice whose title is said.

    Raises:
        KeyError: no choice, or two, bear this title.
    """
    said = same_words(words).lower()
    found = [c.value for c in field.choices if _key(c.title) == said]
    if len(found) != 1:
        raise KeyError(words)
    return found[0]


def _key(title: str) -> str:
    return same_words(french(title)).lower()


def _choices(field: Field, words: str) -> tuple[str, ...]:
    """Cut « a, b et c » into titles; a title may itself hold « et ».

    Raises:
        KeyError: a part is no title, or the same one comes twice.
    """
    values = {_key(choice.title): choice.value for choice in field.choices}
    # The longest title first: « eau et énergie » before « eau ».
    titles = sorted(values, key=len, reverse=True)
    rest, found = same_words(words).lower(), []
    while rest:
        title = next(t for t in (*titles, "") if rest.startswith(t))
        if not title or values[title] in found:
            raise KeyError(words)
        found.append(values[title])
        rest = rest[len(title) :]
        parted = _BETWEEN.match(rest)
        if rest and parted is None:
            raise KeyError(words)
        rest = rest[parted.end() :] if parted else rest
    return tuple(found)


def _boolean(_: Field, words: str) -> str:
    return words.lower()


_READERS: Mapping[FieldType, Callable[[Field, str], Any]] = {
    FieldType.AMOUNT: _amount,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.BOOLEAN: _boolean,
    **dict.fromkeys(_NUMBERS, _number),
}
