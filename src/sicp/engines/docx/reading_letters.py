"""Numbers in French letters, read back: « deux cent seize mille » is 216000."""

import re
import unicodedata
from decimal import Decimal

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_SCALES = {
    "million": 1_000_000,
    "millions": 1_000_000,
    "milliard": 1_000_000_000,
    "milliards": 1_000_000_000,
    "billion": 1_000_000_000_000,
    "billions": 1_000_000_000_000,
}
_FOUR, _TEN, _TWENTY = 4, 10, 20


def number_from_letters(text: str) -> Decimal:
    """Read a number written in letters, « virgule » included.

    Raises:
        ValueError: a word is no number.
    """
    whole, comma, decimals = _plain(text).partition(" virgule ")
    sign = -1 if whole.startswith("moins ") else 1
    value = Decimal(_whole(whole.removeprefix("moins ").split()))
    if comma:
        value += Decimal(f"0.{_decimals(decimals.split())}")
    return sign * value


def _decimals(words: list[str]) -> str:
    """Read « zéro cinq » digit by digit, « vingt-cinq » as one number."""
    digits = [_UNITS.get(word, _TEN) for word in words]
    if all(digit < _TEN for digit in digits):
        return "".join(map(str, digits))
    zeros = next((i for i, digit in enumerate(digits) if digit), 0)
    return "0" * zeros + str(_whole(words[zeros:]))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"[\s-]+", " ", bare).strip()


def _whole(words: list[str]) -> int:
    """Add words up as French says them: « quatre-vingt » multiplies, « cent » too.

    Raises:
        ValueError: a word is no number, or there is none.
    """
    if not words:
        message = "no number"
        raise ValueError(message)
    total, thousands, current = 0, 0, 0
    for word in words:
        if word == "et":
            continue
        if word == "mille":
            thousands, current = max(current, 1) * 1_000, 0
        elif word in _SCALES:
            total += max(thousands + current, 1) * _SCALES[word]
            thousands, current = 0, 0
        else:
            current = _below_thousand(word, current)
    return total + thousands + current


def _below_thousand(word: str, current: int) -> int:
    """Return ``current`` once ``word`` is said after it.

    Raises:
        ValueError: the word is no number.
    """
    if word in {"cent", "cents"}:
        return max(current, 1) * 100
    if word in {"vingt", "vingts"} and current % 100 == _FOUR:
        return current - _FOUR + _FOUR * _TWENTY
    if word not in _UNITS:
        message = f"no number: {word}"
        raise ValueError(message)
    return current + _UNITS[word]
