"""Values written in French as a contract writes them.

Every function takes the Python value of a field and returns text with no-break spaces
where a line must not be cut. Amounts are EUR.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import Any

from num2words import num2words

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.nouns import lower_initial

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_CENT = Decimal("0.01")
_LIST_COLUMNS = ("object", "title", "name", "cpv")


class FormatError(ValueError):
    """A format that does not exist or does not suit the type; said in French."""


def joined(items: Iterable[str], word: str = "et") -> str:
    """Join as in a sentence: « a, b et c »."""
    parts = list(items)
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def number(value: Decimal | int) -> str:
    """Write a number with grouped thousands and a decimal comma: « 1 234,5 »."""
    text = f"{Decimal(value):,f}"
    whole, _, cents = text.partition(".")
    cents = cents.rstrip("0")
    return whole.replace(",", NBSP) + (f",{cents}" if cents else "")


def letters(value: Decimal | int) -> str:
    """Write a number in letters: « douze », « deux virgule cinq »."""
    # num2words leaves a plain space; a number in letters may be cut at a line end.
    whole = Decimal(value)
    spoken = int(whole) if whole == whole.to_integral_value() else whole
    return str(num2words(spoken, lang="fr"))


def amount(value: Decimal, tax: str = "HT") -> str:
    """Write « 216 000,00 € HT »; ``tax`` is HT, TTC or empty."""
    rounded = Decimal(value).quantize(_CENT, ROUND_HALF_UP)
    figures = f"{rounded:,f}".replace(",", NBSP).replace(".", ",")
    return f"{figures}{NBSP}€" + (f"{NBSP}{tax}" if tax else "")


def amount_letters(value: Decimal, tax: str = "HT") -> str:
    """Write « deux cent seize mille euros hors taxes »."""
    rounded = abs(Decimal(value).quantize(_CENT, ROUND_HALF_UP))
    euros, cents = divmod(int(rounded * 100), 100)
    parts = [_euros(euros)]
    if cents:
        parts.append(f"{letters(cents)} centime{'s' if cents > 1 else ''}")
    sign = "moins " if value < 0 else ""
    return f"{sign}{' et '.join(parts)}{_TAX_LETTERS[tax]}"


def day(value: date) -> str:
    """Write « 15 mars 2027 » or « 1er mars 2027 »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def instant(value: datetime) -> str:
    """Write « 15 mars 2027 à 12 h 00 »; ``value`` is already Paris time."""
    return f"{day(value)} à {value.hour}{NBSP}h{NBSP}{value.minute:02d}"


def percent(value: Decimal) -> str:
    """Write « 5 % » or « 2,5 % »."""
    return f"{number(value)}{NBSP}%"


def tax_mention(field: Field) -> str:
    """Say which tax mention follows an amount, from the title of its field.

    Amounts are without tax unless the title says otherwise: « (€) » alone, as for a
    penalty, means that no tax is at stake.
    """
    title = french(field.title)
    if "TTC" in title:
        return "TTC"
    return "" if "€" in title and "HT" not in title else "HT"


def format_value(field: Field, value: Any, form: str = "") -> str:  # noqa: ANN401
    """Write ``value`` of ``field`` in the format ``form`` (by default, of its type).

    Raises:
        FormatError: no such format, or the format does not suit the type.
    """
    if not formats_accept(field, form):
        message = f"le format « {form} » ne convient pas au champ « {field.name} »"
        raise FormatError(message)
    if not form or form == "text":
        form = DEFAULT_FORMATS.get(field.type, "text")
    return _WRITERS[form](field, value)


def formats_accept(field: Field, form: str) -> bool:
    """Tell whether ``form`` is a format of the type of ``field``."""
    return not form or field.type in FORMAT_TYPES.get(form, frozenset())


def _euros(euros: int) -> str:
    spoken = letters(euros)
    # A noun of number wants « de » : un million d’euros, but un million deux euros.
    is_noun = spoken.endswith(("million", "millions", "milliard", "milliards"))
    return f"{spoken} {'d’' if is_noun else ''}euro{'s' if euros > 1 else ''}"


def _amount_full(field: Field, value: Decimal) -> str:
    tax = tax_mention(field)
    return f"{amount(value, tax)} ({amount_letters(value, tax)})"


def _label(field: Field, value: Any) -> str:  # noqa: ANN401
    if isinstance(value, tuple):
        return _list(field, value)
    return french(field.choice_title(value))


def _lower(field: Field, value: Any) -> str:  # noqa: ANN401
    if field.type is FieldType.CHOICES:
        return joined(lower_initial(french(field.choice_title(v))) for v in value)
    if field.type is FieldType.CHOICE:
        return lower_initial(_label(field, value))
    return lower_initial(str(value))


def _capital(_: Field, value: Any) -> str:  # noqa: ANN401
    text = str(value)
    return text[:1].upper() + text[1:]


def _list(field: Field, value: Any) -> str:  # noqa: ANN401
    if field.type is FieldType.ROWS:
        return joined(_row_text(field, row) for row in value)
    return joined(french(field.choice_title(item)) for item in value)


def _row_text(field: Field, row: Mapping[str, Any]) -> str:
    named = next((name for name in _LIST_COLUMNS if field.column(name)), "")
    if not named and field.columns:
        named = field.columns[0].name
    return str(row.get(named) or "")


def _count(value: Any) -> Decimal | int:  # noqa: ANN401
    return len(value) if isinstance(value, tuple) else value


def _months_letters(_: Field, value: int) -> str:
    return f"{letters(value)} ({value}){NBSP}mois"


def _days(_: Field, value: int) -> str:
    return f"{number(value)}{NBSP}jour{'s' if abs(value) > 1 else ''}"


_TAX_LETTERS: Mapping[str, str] = {
    "HT": " hors taxes",
    "TTC": " toutes taxes comprises",
    "": "",
}

_WRITERS: Mapping[str, Callable[[Field, Any], str]] = {
    "text": lambda _, value: str(value),
    "amount": lambda field, value: amount(value, tax_mention(field)),
    "amount_letters": lambda field, value: amount_letters(value, tax_mention(field)),
    "amount_full": _amount_full,
    "number": lambda _, value: number(_count(value)),
    "letters": lambda _, value: letters(_count(value)),
    "date": lambda _, value: day(value),
    "datetime": lambda _, value: instant(value),
    "label": _label,
    "lower": _lower,
    "capital": _capital,
    "list": _list,
    "months": lambda _, value: f"{number(value)}{NBSP}mois",
    "months_letters": _months_letters,
    "days": _days,
    "percent": lambda _, value: percent(value),
    "boolean": lambda _, value: "oui" if value else "non",
}

DEFAULT_FORMATS: Mapping[FieldType, str] = {
    FieldType.AMOUNT: "amount",
    FieldType.INTEGER: "number",
    FieldType.PERCENT: "percent",
    FieldType.MONTHS: "months",
    FieldType.DAYS: "days",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
    FieldType.BOOLEAN: "boolean",
    FieldType.CHOICE: "label",
    FieldType.CHOICES: "list",
    FieldType.ROWS: "list",
}

_NUMBERS = frozenset(
    {
        FieldType.AMOUNT,
        FieldType.INTEGER,
        FieldType.PERCENT,
        FieldType.MONTHS,
        FieldType.DAYS,
    }
)

#: The formats an author may write after the bar, and the types each one suits.
FORMAT_TYPES: Mapping[str, frozenset[FieldType]] = {
    "text": frozenset(FieldType),
    "amount": frozenset({FieldType.AMOUNT}),
    "amount_letters": frozenset({FieldType.AMOUNT}),
    "amount_full": frozenset({FieldType.AMOUNT}),
    "number": _NUMBERS | {FieldType.ROWS},
    "letters": _NUMBERS | {FieldType.ROWS},
    "date": frozenset({FieldType.DATE, FieldType.DATETIME}),
    "datetime": frozenset({FieldType.DATETIME}),
    "label": frozenset({FieldType.CHOICE, FieldType.CHOICES}),
    "lower": frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.TEXT}),
    "capital": frozenset({FieldType.TEXT}),
    "list": frozenset({FieldType.CHOICES, FieldType.ROWS}),
    "months": frozenset({FieldType.MONTHS, FieldType.INTEGER}),
    "months_letters": frozenset({FieldType.MONTHS, FieldType.INTEGER}),
    "days": frozenset({FieldType.DAYS, FieldType.INTEGER}),
    "percent": frozenset({FieldType.PERCENT, FieldType.INTEGER}),
}

#: How a format is told beside the value it writes: « Durée, en lettres ».
FORMAT_WORDS: Mapping[str, str] = {
    "amount": "en chiffres",
    "amount_letters": "en lettres",
    "amount_full": "en chiffres et en lettres",
    "number": "en chiffres",
    "letters": "en lettres",
    "date": "la date",
    "datetime": "la date et l’heure",
    "label": "le libellé",
    "lower": "sans majuscule",
    "capital": "avec une majuscule",
    "list": "en liste",
    "months": "en mois",
    "months_letters": "en mois, en lettres",
    "days": "en jours",
    "percent": "en pourcentage",
}
