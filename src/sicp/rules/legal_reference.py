"""References to articles of the *Code de la commande publique*, found in any text.

« art. L. 2123-1 », « articles R. 2123-1 à R. 2123-4 », « L2123-1 du CCP ». A reference
that its sentence gives to another code (« L. 123-4 du code de commerce ») is none, and
so are those it is enumerated with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CCP = "ccp"
OTHER = "other"

# French printers use no-break spaces and no-break hyphens; « R.* » marks a decree taken
# in the Council of ministers.
_DASH = r"[-\u2010\u2011\u2013]"
_ITEM = (
    r"(?P<letter>[LRD])\s?\.?\s?\*?\.?\s?"
    rf"(?P<number>\d{{1,4}}(?:{_DASH}\d{{1,3}}){{0,3}})"
    rf"(?!\d|{_DASH}\d)"
)
_REFERENCE = re.compile(rf"(?<![\w./])(?<!{_DASH}){_ITEM}", re.IGNORECASE)
#: What may stand between a number and the next one: « (1°), et à l’article ».
_DETAIL = r"(?:\s?,?\s?\(?\d{1,2}\s?°\)?(?:\s(?:à|et)\s\d{1,2}\s?°)?)?"
_BETWEEN = re.compile(
    rf"{_DETAIL}\s*(?:,|;|et/ou|et|ou|à|au|jusqu[’']à|ainsi\sque)"
    r"(?:\s+(?:et|ou))?\s*"
    r"(?:(?:de|à|aux?|des|les?)?\s*(?:l[’'])?(?:articles?|art\.)\s*)?",
    re.IGNORECASE,
)
_OWNER = re.compile(
    rf"{_DETAIL}\s?,?\s*(?:précités?\s+|susvisés?\s+)?"
    r"(?:du|dudit|de\sce|au)\s+"
    r"(?P<name>(?:même|présent|nouveau)?\s?code(?:\s+[\w’'-]+){0,5}"
    r"|livre\sdes\sprocédures\sfiscales|CCP\b|C[A-Z]{1,6}\b|LPF\b)",
)
_ANNOUNCED = re.compile(r"(?:\barticles?|\barts?\.?)\s*$", re.IGNORECASE)
_OURS = re.compile(r"(?:nouveau\s)?code\sde\s+la\s+commande\s+publique|CCP$|ccp$")
_SHAPE = re.compile(r"[1-3]\d{3}-\d")
#: The preliminary title has articles L. 1 to L. 6.
_PRELIMINARY = re.compile(r"L[1-6]$")


@dataclass(frozen=True, slots=True)
class LegalReference:
    """An article named in a text, from ``start`` to ``end``; ``number`` is L2123-1."""

    start: int
    end: int
    number: str


def references_in(text: str) -> tuple[LegalReference, ...]:
    """Return the articles of the code named in ``text``, in reading order.

    Both ends of a range are named; what lies between them is not.
    """
    return tuple(_references(text))


def normalize_article(text: str) -> str:
    """Return a number of article as it is noted: « R.* 2123-1 » becomes R2123-1.

    Empty when ``text`` is no such number.
    """
    found = _REFERENCE.fullmatch(" ".join(text.split()))
    return _number(found) if found else ""


def _references(text: str) -> Iterator[LegalReference]:
    latest = CCP
    for group in _enumerations(text):
        owner = _owner(text, group[-1].end(), latest)
        is_announced = _ANNOUNCED.search(text[: group[0].start()]) is not None
        if owner:
            latest = owner
        if owner == OTHER:
            continue
        for item in group:
            number = _number(item)
            if _is_article(number, is_told=bool(owner) or is_announced):
                yield LegalReference(item.start(), item.end(), number)


def _enumerations(text: str) -> Iterator[list[re.Match[str]]]:
    """Put together the numbers that one sentence gives to one code."""
    group: list[re.Match[str]] = []
    for item in _REFERENCE.finditer(text):
        if group and not _BETWEEN.fullmatch(text, group[-1].end(), item.start()):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _owner(text: str, end: int, latest: str) -> str:
    """Return the code the sentence names behind a number, empty when it names none."""
    found = _OWNER.match(text, end)
    if found is None:
        return ""
    name = " ".join(found["name"].split())
    if name.startswith("même"):
        return latest
    if name.startswith("présent") or name == "code":
        return CCP
    return CCP if _OURS.match(name) else OTHER


def _number(item: re.Match[str]) -> str:
    digits = re.sub(_DASH, "-", item["number"])
    return f"{item['letter'].upper()}{digits}"


def _is_article(number: str, *, is_told: bool) -> bool:
    is_shaped = _SHAPE.match(number[1:]) is not None
    return is_shaped or (is_told and _PRELIMINARY.match(number) is not None)
