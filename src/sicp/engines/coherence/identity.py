"""Who buys what: buyer, number of the consultation, CPV codes."""

import re
from collections.abc import Iterator

from sicp.engines.coherence.french import fold
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import Expected
from sicp.engines.coherence.subject import Subject

_BUYER = re.compile(
    r"^(?:l'acheteur(?: public)? est ?:?|acheteur(?: public)? ?:"
    r"|pouvoir adjudicateur ?:|maitre d'ouvrage ?:|collectivite ?:) ?(?P<name>\w.{2,})"
)
_REFERENCE = re.compile(
    r"\b(?:reference|consultation|marche|dossier|n ?°)[^.;\t]{0,40}?"
    r"\b(?P<number>20\d{2}-\d{3,6})\b"
)
_LOOKS_SO = re.compile(r"20\d{2}-\d{3,6}")
_CODE = re.compile(r"(?<!\d)(?P<code>\d{8})(?:-\d)?(?!\d)")
_LONGEST_NAME = 120


def _read_buyer(sentence: Sentence) -> Iterator[str]:
    words = " : ".join(sentence.cells) if sentence.is_row else sentence.words
    match = _BUYER.match(words)
    if match and len(match["name"]) <= _LONGEST_NAME:
        yield match["name"].rstrip(" .")


def _read_reference(sentence: Sentence) -> Iterator[str]:
    for match in _REFERENCE.finditer(sentence.words):
        yield match["number"]


def _read_cpv(sentence: Sentence) -> Iterator[str]:
    if re.search(r"\bcpv\b|vocabulaire commun", sentence.words):
        for match in _CODE.finditer(sentence.words):
            yield match["code"]


def _buyer_expected(facts: ConsultationFacts) -> Expected | None:
    name = facts.value("buyer_name")
    if not name:
        return None
    known = (name, facts.value("responsible_name") or "")
    return Expected(tuple(fold(k) for k in known if k), "buyer_name", name)


def _is_buyer(known: tuple[str, ...], told: str) -> bool:
    return any(name in told or told in name for name in known)


def _reference_expected(facts: ConsultationFacts) -> Expected | None:
    reference = facts.value("reference")
    if not reference or not _LOOKS_SO.fullmatch(reference):
        return None
    return Expected(reference, "reference", reference)


def _cpv_expected(facts: ConsultationFacts) -> Expected | None:
    main = facts.value("cpv")
    if not main:
        return None
    others = {row.get("cpv") for row in facts.rows("cpv_additional")}
    of_lots = {lot.get("cpv") for lot in facts.lots}
    codes = {main, *others, *of_lots} - {None, ""}
    return Expected(codes, "cpv", ", ".join(sorted(codes)))


def _is_known(codes: set[str], told: str) -> bool:
    return told in codes


SUBJECTS = (
    Subject("buyer", "Acheteur", _read_buyer, _buyer_expected, str.title, _is_buyer),
    Subject(
        "reference",
        "Référence de la consultation",
        _read_reference,
        _reference_expected,
    ),
    Subject("cpv", "Code CPV", _read_cpv, _cpv_expected, str, _is_known),
)
