"""Dates: limit of bids, limit of questions."""

import re
from collections.abc import Iterator
from datetime import date
from datetime import time

from sicp.engines.coherence.french import DATE
from sicp.engines.coherence.french import read_date
from sicp.engines.coherence.french import read_time
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import Expected
from sicp.engines.coherence.subject import Subject
from sicp.engines.drafting.formats import day
from sicp.engines.drafting.formats import instant

Limit = tuple[date, time | None]

_BIDS = re.compile(
    r"(?:limites? (?:de|pour la|fixees? pour la) (?:la )?(?:remise|reception|depot"
    r"|presentation) des (?:candidatures et des )?(?:plis|offres|propositions)"
    r"|(?:plis|offres) (?:sont|seront|doivent(?: imperativement)? (?:etre|parvenir"
    r"|nous parvenir))[^.;]{0,60}(?:au plus tard|avant)"
    r"|(?:remet|depos|transmet|adress)\w* (?:leurs?|son|une) (?:plis?|offres?)"
    r"[^.;]{0,40}(?:au plus tard|avant)"
    r"|(?:plis?|offres?) (?:doit|doivent|devra|devront) etre (?:depos|remis|transmis"
    r"|envoy|adress|recu)\w*)"
    rf"(?P<gap>[^.;\d]{{0,60}}){DATE}"
)
_QUESTIONS = re.compile(
    r"(?:questions?|renseignements complementaires|demandes? de renseignements?)"
    rf"(?P<gap>[^.;\d]{{0,110}}(?:au plus tard|avant|jusqu'au)[^.;\d]{{0,20}}){DATE}"
)
_OTHER_DATE = re.compile(r"question|visite|repon|publi|avis\b|report|initialement")


def _read_bids(sentence: Sentence) -> Iterator[Limit]:
    yield from _limits(_BIDS, sentence)


def _read_questions(sentence: Sentence) -> Iterator[Limit]:
    for found, _time in _limits(_QUESTIONS, sentence):
        yield found, None


def _limits(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[Limit]:
    for match in pattern.finditer(_line(sentence)):
        told = read_date(match)
        is_other = pattern is _BIDS and _OTHER_DATE.search(match["gap"])
        if told is not None and not is_other:
            yield told, read_time(match)


def _line(sentence: Sentence) -> str:
    return " : ".join(sentence.cells) if sentence.is_row else sentence.words


def _bids_expected(facts: ConsultationFacts) -> Expected | None:
    at = facts.value("bids_due_at")
    if at is None:
        return None
    # Facts give what documents print: the hour of Paris, without its zone.
    value = (at.date(), time(at.hour, at.minute))
    return Expected(value, "bids_due_at", instant(at))


def _questions_expected(facts: ConsultationFacts) -> Expected | None:
    on = facts.value("questions_due_on")
    return Expected((on, None), "questions_due_on", day(on)) if on else None


def _is_same_limit(expected: Limit, told: Limit) -> bool:
    hours = {hour for _day, hour in (expected, told) if hour is not None}
    return expected[0] == told[0] and len(hours) <= 1


def say_limit(limit: Limit) -> str:
    """Say a day, and its hour when it has one."""
    on, hour = limit
    return f"{day(on)} à {hour.hour} h {hour.minute:02d}" if hour else day(on)


SUBJECTS = (
    Subject(
        "bids-due",
        "Date limite de remise des offres",
        _read_bids,
        _bids_expected,
        say_limit,
        _is_same_limit,
    ),
    Subject(
        "questions-due",
        "Date limite des questions",
        _read_questions,
        _questions_expected,
        say_limit,
    ),
)
