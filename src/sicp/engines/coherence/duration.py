"""Durations: of the contract, of its renewals; and from when they run."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sicp.engines.coherence.french import DATE
from sicp.engines.coherence.french import MONTHS
from sicp.engines.coherence.french import NUMBER
from sicp.engines.coherence.french import read_date
from sicp.engines.coherence.french import read_months
from sicp.engines.coherence.french import read_number
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import Expected
from sicp.engines.coherence.subject import Subject
from sicp.engines.drafting.formats import day

Start = tuple[str, date | None]

_CONTRACT = r"(?:marches?|accords?-cadres?|contrats?)"
_DURATION = re.compile(
    rf"\bduree\b(?P<gap>[^.;]{{0,90}}?)\b{MONTHS}(?P<after>.{{0,60}})"
)
_CONCLUDED = re.compile(
    rf"\b{_CONTRACT} (?:est|sera) (?:conclu|passe|attribue)e?s?\b"
    rf"(?P<gap>[^.;]{{0,60}}?)\bpour (?:une periode (?:initiale |ferme )?(?:de |d'))?"
    rf"{MONTHS}(?P<after>.{{0,60}})"
)
_NAMES_CONTRACT = re.compile(
    rf"\b{_CONTRACT}\b|\bprestations\b|^ ?:|^ ?(?:initiale|totale|ferme|globale)\b"
)
_IS_CONCLUDED = re.compile(
    r"(?:conclu|passe|attribue)e?s? pour une $"
    rf"|\b{_CONTRACT} (?:a une|aura une|est d'une) $"
)
_RUNS = re.compile(
    rf"\b{_CONTRACT} (?:court|s'execute|s'etend)\w*"
    r"(?P<gap>) (?:sur|pendant|pour) une (?:periode|duree) (?:de |d')"
    rf"{MONTHS}(?P<after>.{{0,60}})"
)
#: Words that make the sentence speak of something else, or of a condition.
_FOREIGN = re.compile(
    r"delai|pendant|apres|avant la|chaque|tous les|toute la duree|garantie|validite"
    r"|preparation|tranche|conserv|archiv|preavis|assurance|bon de commande"
    r"|marche subsequent|formation|confidential|n'exced|superieur|inferieur"
    r"|depasse pas|reconduct|reconduit|renouvel|periode de"
)
_CONDITION = re.compile(r"(?:\bsi|lorsque|quand|des lors que|pendant|durant)\b[^.;,]*$")
_TOTAL = re.compile(
    r"\btotale\b|\bmaximale\b|maximum|ne (?:peut|pourra|saurait) (?:exceder|depasser)"
    r"|reconductions? (?:eventuelles? )?(?:comprises?|incluses?)"
    r"|(?:y compris|compris|inclus)[^.;]{0,20}reconduction|puisse exceder"
)
_INCLUDED = re.compile(
    r"(?:toutes )?reconductions? (?:eventuelles? )?(?:comprises?|incluses?)"
    r"|(?:y compris|compris|inclus)[^.;]{0,20}reconductions?"
)
_WHOLE_TOTAL = re.compile(r"sa duree totale|sans que (?:la|sa) duree totale")

_TIMES = re.compile(
    r"\b(?:reconduit|reconductible|renouvelable|renouvele)\w*\b"
    rf"(?P<gap>[^.;]{{0,60}}?)(?P<times>{NUMBER}) ?fois\b"
    rf"|\b(?P<count_of>{NUMBER}) (?:reconductions?|renouvellements?)\b"
    rf"|\bnombre de reconductions? ?: ?(?P<number>{NUMBER})"
)
_NO_RENEWAL = re.compile(
    r"n(?:'est|e sera) pas (?:reconductible|renouvelable|reconduit|renouvele)"
    r"|sans (?:possibilite de )?reconduction|non (?:reconductible|renouvelable)"
    r"|aucune reconduction|pas de reconduction"
    r"|ne (?:peut|pourra) (?:pas )?etre (?:reconduit|renouvele)"
)
_PERIODS = (
    re.compile(
        r"\bpar (?:nouvelles? )?(?:periodes? (?:successives? |supplementaires? )?)?"
        rf"(?:de |d'){MONTHS}"
    ),
    re.compile(
        r"\bfois,? (?:pour )?(?:une (?:nouvelle )?(?:duree|periode) (?:de |d'))?"
        rf"{MONTHS}"
    ),
    re.compile(rf"\bperiodes? de reconduction\b[^.;]{{0,30}}?\b{MONTHS}"),
)
_TACIT = re.compile(
    r"\b(?:reconduction|reconduit|reconductible)\w*\b[^.;,]{0,40}\b"
    r"(?P<how>tacite|express)|(?P<before>tacite|expresse) reconduction"
)
_RENEWAL = re.compile(r"reconduct|reconduit|renouvel")
_MOST_RENEWALS = 20
#: How far before a word its sense is looked for.
_BACK = 60

_RUNS_FROM = re.compile(
    r"\bduree\b(?P<gap>[^.;]{0,110}?)a compter (?:de |du |d'|de la )(?P<what>.{0,90})"
)
_BEGINS = re.compile(
    rf"\b(?:prestations|execution|travaux|{_CONTRACT})\b[^.;\d]{{0,60}}"
    r"\b(?:debut|demarr|commenc|prendr?\w* effet|prend effet)[^.;\d]{0,40}"
    rf"\b(?:le|au|du) {DATE}"
)
_BEGINNING = re.compile(
    r"\b(?:demarrage|debut|commencement) (?:d'execution )?(?:des |du |de l'|de la )"
    rf"(?:prestations|travaux|execution|{_CONTRACT})\b[^.;\d]{{0,40}}{DATE}"
)
_UNSURE = re.compile(r"previsionnel|indicati|environ\b|souhait|estim|au plus t")


def _read_durations(sentence: Sentence) -> Iterator[tuple[str, int]]:
    words = " : ".join(sentence.cells) if sentence.is_row else sentence.words
    for pattern in (_DURATION, _CONCLUDED, _RUNS):
        for match in pattern.finditer(words):
            months = read_months(match)
            before, gap = words[: match.start()][-_BACK:], match["gap"]
            is_told = pattern is not _DURATION or _speaks_of_contract(before, gap)
            # « toutes reconductions comprises » says what is counted.
            own = _INCLUDED.sub("", gap)
            is_foreign = _FOREIGN.search(own) or _CONDITION.search(before)
            if months and is_told and not is_foreign:
                yield _kind(before[-30:], gap, match["after"]), months


def _speaks_of_contract(before: str, gap: str) -> bool:
    return bool(_NAMES_CONTRACT.search(gap) or _IS_CONCLUDED.search(before))


def _kind(before: str, gap: str, after: str) -> str:
    if _TOTAL.search(gap) or _WHOLE_TOTAL.search(f"{before}duree{gap}"):
        return "total"
    # What comes after a comma or a full stop is another statement.
    near = re.split(r"[.;]|, (?:et |puis )?(?:reconduct|reconduit)", after)[0]
    is_total = re.search(r"comprises?|incluses?|y compris|au total", near)
    return "total" if is_total else "initial"


def _read_initial(sentence: Sentence) -> Iterator[int]:
    yield from (m for kind, m in _read_durations(sentence) if kind == "initial")


def _read_total(sentence: Sentence) -> Iterator[int]:
    yield from (m for kind, m in _read_durations(sentence) if kind == "total")


def _read_times(sentence: Sentence) -> Iterator[int]:
    words = sentence.words
    if not _RENEWAL.search(words):
        return
    if _NO_RENEWAL.search(words):
        yield 0
        return
    for match in _TIMES.finditer(words):
        count = read_number(match["times"] or match["count_of"] or match["number"])
        # « une reconduction » may be any of them.
        is_any = match["count_of"] == "une"
        if count is not None and count <= _MOST_RENEWALS and not is_any:
            yield int(count)


def _read_period(sentence: Sentence) -> Iterator[int]:
    if not _RENEWAL.search(sentence.words):
        return
    for pattern in _PERIODS:
        for match in pattern.finditer(sentence.words):
            months = read_months(match)
            if months:
                yield months


def _read_tacit(sentence: Sentence) -> Iterator[bool]:
    for match in _TACIT.finditer(sentence.words):
        said = match["how"] or match["before"]
        if not re.search(r"\bpas\b|\bnon\b", match[0]):
            yield said == "tacite"


def _read_start(sentence: Sentence) -> Iterator[Start]:
    words = " : ".join(sentence.cells)
    if _UNSURE.search(words):
        return
    for match in _RUNS_FROM.finditer(words):
        if _speaks_of_contract("", match["gap"]) and not re.search(
            r"delai|garantie|pendant|validite", match["gap"]
        ):
            yield from _start_of(match["what"])
    for pattern in (_BEGINS, _BEGINNING):
        for match in pattern.finditer(words):
            on = read_date(match)
            if on is not None:
                yield "date", on


def _start_of(what: str) -> Iterator[Start]:
    told = re.match(rf"(?:la date du )?{DATE}", what)
    if told is not None and (on := read_date(told)) is not None:
        yield "date", on
    elif "ordre de service" in what:
        yield "order", None
    elif "notification" in what[:60]:
        yield "notification", None


def say_months(months: int) -> str:
    """Say a duration: « 12 mois »."""
    return f"{months} mois"


def _say_start(start: Start) -> str:
    said = {
        "order": "ordre de service de commencer",
        "notification": "notification du contrat",
    }
    return said.get(start[0]) or (day(start[1]) if start[1] else "")


def _initial_expected(facts: ConsultationFacts) -> Expected | None:
    months = facts.value("duration_months")
    if months is None:
        return None
    of_lots = {lot.get("duration_months") for lot in facts.lots} - {None}
    return Expected(frozenset({months, *of_lots}), "duration_months", f"{months} mois")


def _total_expected(facts: ConsultationFacts) -> Expected | None:
    months = facts.value("duration_months")
    if months is None:
        return None
    times = facts.value("renewals") or 0
    each = facts.value("renewal_months") or 0
    total = months + times * each
    return Expected(total, "renewals" if times else "duration_months", f"{total} mois")


def _times_expected(facts: ConsultationFacts) -> Expected | None:
    times = facts.value("renewals")
    if times is None:
        return None
    return Expected(times, "renewals", _say_times(times))


def _say_times(times: int) -> str:
    return (
        f"{times} reconduction{'s' if times > 1 else ''}"
        if times
        else ("sans reconduction")
    )


def _period_expected(facts: ConsultationFacts) -> Expected | None:
    months = facts.value("renewal_months")
    if months is None:
        return None
    return Expected(months, "renewal_months", say_months(months))


def _tacit_expected(facts: ConsultationFacts) -> Expected | None:
    value = facts.value("is_renewal_tacit")
    if value is None:
        return None
    return Expected(value, "is_renewal_tacit", _say_tacit(is_tacit=value))


def _say_tacit(is_tacit: bool) -> str:  # noqa: FBT001
    return "reconduction tacite" if is_tacit else "reconduction expresse"


def _start_expected(facts: ConsultationFacts) -> Expected | None:
    kind = facts.value("start")
    if kind is None:
        return None
    value = (kind, facts.value("start_on"))
    said = _say_start(value)
    return Expected(value, "start_on" if value[1] else "start", said) if said else None


def _is_among(expected: frozenset[Any], told: Any) -> bool:  # noqa: ANN401
    return told in expected


SUBJECTS = (
    Subject(
        "duration",
        "Durée du contrat",
        _read_initial,
        _initial_expected,
        say_months,
        _is_among,
    ),
    Subject(
        "total-duration",
        "Durée totale, reconductions comprises",
        _read_total,
        _total_expected,
        say_months,
    ),
    Subject(
        "renewals",
        "Nombre de reconductions",
        _read_times,
        _times_expected,
        _say_times,
    ),
    Subject(
        "renewal-period",
        "Durée de chaque reconduction",
        _read_period,
        _period_expected,
        say_months,
    ),
    Subject(
        "renewal-form",
        "Forme de la reconduction",
        _read_tacit,
        _tacit_expected,
        _say_tacit,
    ),
    Subject("start", "Début d’exécution", _read_start, _start_expected, _say_start),
)
