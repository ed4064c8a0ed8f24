"""References as whole tokens: articles, numbers of files, SIRET, CPV, European acts.

« art. L. 2123-1 », « L2123-1 » and « L.2123-1 » are one and the same article; a SIRET
or an amount is the same with or without its blanks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BLANK = "[ \u00a0\u202f]"
_DASH = "[-\u2010\u2011\u2013]"
_DASHED = rf"\d+(?:{_DASH}\d+)*"
_REFERENCE = re.compile(
    rf"""
    (?<!\w)(?:
      (?P<siret>\d{{3}}{_BLANK}?\d{{3}}{_BLANK}?\d{{3}}{_BLANK}?\d{{5}})
    | (?P<cpv>\d{{8}}){_DASH}\d(?!{_DASH}\d)
    | (?P<act>\d{{2,4}}/\d+/[A-Za-z]{{2,3}})
    | (?P<letter>L\.?O|[LRDA])
      (?: (?:\.{_BLANK}?\*?|\*)\.?{_BLANK}?(?P<dotted>{_DASHED})
        | (?P<joined>{_DASHED})
        | {_BLANK}(?P<apart>\d+(?:{_DASH}\d+)+) )
    | (?P<amount>\d{{1,3}}(?:{_BLANK}\d{{3}})+)
    | (?P<number>\d+(?:{_DASH}\d+)+|\d{{5,}})
    )(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_DIGITS = re.compile(r"\D")
_DASHES = re.compile(_DASH)
_SIREN_LENGTH = 9


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference found in a text: where it stands, and the tokens it is known by.

    The first token is the reference itself; a SIRET is also known by its SIREN.
    """

    start: int
    end: int
    tokens: tuple[str, ...]


def find_references(text: str) -> Iterator[Reference]:
    """Find the references of a text, in order."""
    for found in _REFERENCE.finditer(text):
        yield Reference(found.start(), found.end(), _tokens(found))


@lru_cache(maxsize=256)
def tokens_in(text: str) -> tuple[str, ...]:
    """Return the tokens of a text; a passage is read once for all its uses."""
    return tuple(token for found in find_references(text) for token in found.tokens)


def tokens_of_identifier(identifier: str) -> tuple[str, ...]:
    """Return the tokens of an identifier given as such, whatever its form."""
    return tokens_in(identifier) or ("".join(identifier.casefold().split()),)


def _tokens(found: re.Match[str]) -> tuple[str, ...]:
    if found["siret"]:
        digits = _NOT_DIGITS.sub("", found["siret"])
        return digits, digits[:_SIREN_LENGTH]
    if found["letter"]:
        number = found["dotted"] or found["joined"] or found["apart"]
        letter = found["letter"].replace(".", "")
        return (_folded(letter + number),)
    if found["amount"]:
        return (_NOT_DIGITS.sub("", found["amount"]),)
    return (_folded(found["cpv"] or found["act"] or found["number"]),)


def _folded(token: str) -> str:
    return _DASHES.sub("-", token).lower()
