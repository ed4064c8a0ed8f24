"""Figures of French sentences: numbers, durations, dates, amounts, in signs or letters.

All is read in *folded* words: small letters, no accents, plain spaces and apostrophes.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from datetime import time
from decimal import Decimal

from num2words import num2words

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "’": "'", "‘": "'", "–": "-", "—": "-"}
    | {"\N{NON-BREAKING HYPHEN}": "-"}
)
_SPACES = re.compile(r"[^\S\t]+")
LONGEST_SENTENCE = 1500
#: A sentence ends with a full stop before a capital, but not after « art. » or « L. ».
_END = re.compile(
    r"(?<![\s(.’'][A-Za-z])(?<!\bart)(?<!\bn°)(?<!\bcf)(?<!\bex)[.!?]\s+(?=[A-ZÀ-Ý«(])"
    r"|\s*;\s+"
)


def fold(text: str) -> str:
    """Take accents, capitals and typography away; tabulations stay."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return _SPACES.sub(" ", kept.translate(_LIGATURES)).strip()


def split_sentences(text: str) -> Iterator[str]:
    """Cut a paragraph at its full stops and semicolons.

    What has none for pages is no sentence: it is cut anyway, so that the time of
    reading grows with the text alone.
    """
    for part in _END.split(text):
        said = part.strip()
        for start in range(0, len(said), LONGEST_SENTENCE):
            yield said[start : start + LONGEST_SENTENCE]


def _letters() -> dict[str, int]:
    found = {}
    for number in range(1000):
        said = fold(num2words(number, lang="fr")).replace("-", " ")
        found[said] = number
    return found | {"une": 1}


_LETTERS = _letters()
_WORDS = "|".join(
    sorted({word for said in _LETTERS for word in said.split()} - {"et"}, key=len)[::-1]
)
_IN_LETTERS = rf"(?:{_WORDS})(?:(?:[ -]et)?[ -](?:{_WORDS})){{0,7}}"
_FIGURES = r"\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"

#: A number: « 12 », « douze », « douze (12) », « 12 (douze) », « 4 800 000,00 ».
NUMBER = (
    rf"(?<![\w,.])(?:(?:{_IN_LETTERS}) \( ?(?:{_FIGURES}) ?\)"
    rf"|(?:{_FIGURES})(?: \({_IN_LETTERS}\))?|\b(?:{_IN_LETTERS})\b)"
)
MONTHS = rf"(?P<count>{NUMBER}) ?(?P<unit>mois|annees?|ans?)\b"
DAYS = rf"(?P<count>{NUMBER}) ?(?P<unit>jours?|mois)\b"
PERCENT = rf"(?P<percent>{_FIGURES}) ?(?:%|pour cent|pourcent)"
AMOUNT = (
    rf"(?P<amount>{_FIGURES}) ?(?P<scale>k ?€|m ?€|millions? d'euros|€|euros?\b|eur\b)"
    r" ?\(?(?P<tax>ttc|toutes taxes|ht\b|h\.t\.?|hors tax)?"
)
_MONTH_NAMES = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    "|decembre"
)
DATE = (
    rf"(?P<day>\d{{1,2}})(?:er)?(?: (?P<month>{_MONTH_NAMES}) |[/.]"
    r"(?P<digits>\d{1,2})[/.])(?P<year>\d{4})"
    r"(?:,? ?(?:a|avant|-) ?(?P<hour>\d{1,2}) ?(?:h(?:eures?)?|:) ?(?P<minute>\d{2})?"
    r"|,? a (?P<noon>midi))?"
)
_SCALES = {"k": 1000, "m": 1_000_000}
_MONTHS_IN_YEAR = 12


def read_number(text: str) -> Decimal | None:
    """Read a number; the figures prevail over the letters beside them."""
    figures = re.search(_FIGURES, text)
    if figures:
        return _decimal(figures[0])
    found = _LETTERS.get(text.replace("-", " ").strip())
    return Decimal(found) if found is not None else None


def read_months(match: re.Match[str]) -> int | None:
    """Read a duration in months."""
    count = read_number(match["count"])
    if count is None or count != int(count):
        return None
    return int(count) * (1 if match["unit"] == "mois" else _MONTHS_IN_YEAR)


def read_amount(match: re.Match[str]) -> Decimal:
    """Read an amount in euros."""
    scale = match["scale"]
    times = _SCALES.get(scale[0], 1) if scale.strip("€ ") else 1
    return _decimal(match["amount"]) * times


def read_percent(match: re.Match[str]) -> Decimal:
    """Read a percentage; 5 means 5 %."""
    return _decimal(match["percent"])


def read_date(match: re.Match[str]) -> date | None:
    """Read a day; None when the calendar has none such."""
    names = _MONTH_NAMES.split("|")
    named = match["month"]
    month = names.index(named) + 1 if named else int(match["digits"])
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def read_time(match: re.Match[str]) -> time | None:
    """Read the hour told after a day; None when there is none."""
    if match["noon"]:
        return time(12)
    if not match["hour"]:
        return None
    try:
        return time(int(match["hour"]), int(match["minute"] or 0))
    except ValueError:
        return None


def _decimal(figures: str) -> Decimal:
    return Decimal(re.sub(r"[ .]", "", figures).replace(",", "."))
