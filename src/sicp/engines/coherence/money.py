"""Money and delays: maximum, penalties, advance, retention, payment, validity."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sicp.engines.coherence.french import AMOUNT
from sicp.engines.coherence.french import DAYS
from sicp.engines.coherence.french import NUMBER
from sicp.engines.coherence.french import PERCENT
from sicp.engines.coherence.french import read_amount
from sicp.engines.coherence.french import read_number
from sicp.engines.coherence.french import read_percent
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import Expected
from sicp.engines.coherence.subject import Subject
from sicp.engines.drafting.formats import amount
from sicp.engines.drafting.formats import number
from sicp.engines.drafting.formats import percent


class Sum(NamedTuple):
    """An amount of euros as it is told; ``tax`` is HT, TTC or empty when untold.

    ``lot`` is the number of the lot it is told for: 0 for the whole, -1 for a lot
    that is not named.
    """

    amount: Decimal
    tax: str
    lot: int = 0


_LIMITS = {
    "maximum": re.compile(
        rf"\bmaxim(?:um|al|ale|aux)\b(?P<gap>[^.;]{{0,90}}?){AMOUNT}"
    ),
    "minimum": re.compile(
        rf"\bminim(?:um|al|ale|aux)\b(?P<gap>[^.;]{{0,90}}?){AMOUNT}"
    ),
}
_NO_MORE = re.compile(
    r"\b(?:commandes?|accord-cadre|marche)\b[^.;]{0,40}\bne (?:peu|pour|saur)\w+"
    rf" (?:pas )?(?:exceder|depasser)(?P<gap>[^.;\d]{{0,30}}){AMOUNT}"
)
_LABELLED = re.compile(r"^montants? (?:maxim|minim)")
_WITHOUT = re.compile(
    r"\b(?:conclu|commandes?|accord-cadre|marche)\b[^.;]{0,60}\bsans (?:montant )?"
    r"(?:(?P<minimum>minimum)(?: ni (?P<also>maximum))?|(?P<maximum>maximum))\b"
)
_OF_ORDERS = re.compile(r"\bcommande|\baccords?-cadre|\bmarche|\blot\b|reconduction")
_OF_OTHERS = re.compile(
    r"penalit|assur|creance|sous-trait|avance|retenue|amende|indemni|responsabilite"
    r"|plafond|chiffre d'affaires|exige|subvention|seuil|caution|risque"
)
_LOT_NUMBER = re.compile(r"\blots? (?:n ?° ?)?(\d{1,3})\b")
_OTHER_LIMIT = {"maximum": "minim", "minimum": "maxim"}

_DAILY = (
    re.compile(
        rf"{AMOUNT}[^.;\d]{{0,12}}(?:par |/ ?)(?:jour|journee)\b"
        r"(?: calendaires?| ouvr\w+)?(?: de retard)?(?P<after>[^.;]{0,60})"
    ),
    re.compile(
        r"par (?:jour|journee)(?: calendaires?| ouvr\w+)? de retard"
        r"(?P<after>[^.;\d]{0,70})"
        rf"(?:de |a |: ?){AMOUNT}"
    ),
    re.compile(
        r"pour chaque jour(?: calendaire)? de retard(?P<after>[^.;\d]{0,90})"
        rf"(?:de |a |: ?){AMOUNT}"
    ),
)
_OF_LATE_WORK = re.compile(
    r"^ ?(?:$|[,)(:]|dans l'execution|dans la (?:livraison|realisation)|d'execution"
    r"|sur le delai|sans|et\b|est\b|,|le titulaire|une penalite|il est|la penalite)"
)
_OF_PAPERS = re.compile(
    r"document|rapport|livrable|remise|reunion|attestation|bilan|justificatif|planning"
    r"|compte.rendu|insertion|interet|dossier|reserve|repli|nettoyage du chantier"
)

_ADVANCE_RATE = re.compile(rf"\bavances?\b(?P<gap>[^.;%]{{0,80}}?){PERCENT}")
_NO_ADVANCE = re.compile(
    r"\baucune avance\b|\bpas (?:verse |accorde |consenti |prevu )?d'avance\b"
    r"|\bsans avance\b"
)
_ADVANCE_FOREIGN = re.compile(
    r"rembours|precompt|a l'avance|d'avance de|par avance|sous-trait|garantie a prem"
    r"|\bsi\b|lorsque|sauf|atteint|refus"
)
_RETENTION = re.compile(rf"\bretenue de garantie\b(?P<gap>[^.;%]{{0,80}}?){PERCENT}")
_NO_RETENTION = re.compile(
    r"(?:\bpas\b|\baucune\b|\bsans\b)[^.;]{0,25}\bretenue de garantie\b"
)
_PAYMENT = re.compile(
    r"\b(?:delai(?: global)?(?: maximum| maximal)? de paiement|pay(?:e|ee|es|ees)\b"
    r"|regle(?:e|s|es)?\b|paiement\b)"
    rf"(?P<gap>[^.;]{{0,100}}?)(?P<count>{NUMBER}) jours\b"
)
_PAYMENT_NAMED = re.compile(
    r"demandes? de paiement|factures?\b|delai(?: \w+){0,2} de paiement|virement|mandat"
)
_PAYMENT_FOREIGN = re.compile(
    r"sous-trait|interet|verifi|reclam|contest|observation|mise en demeure|retour"
    r"|admission|moins de|revision"
)
_VALIDITY = re.compile(
    r"\b(?:validite (?:des|de l'|de leurs?|de son) ?offres?|(?:engages?|tenus?|lies?)"
    r" par (?:leurs?|son) offres?|offre (?:le|les|nous) (?:lie|engage)"
    r"|maint\w+ (?:de )?(?:leur|son|l')"
    rf" ?offre)(?P<gap>[^.;]{{0,80}}?){DAYS}"
)
_TURNOVER = re.compile(rf"chiffre d'affaires(?P<gap>[^.;]{{0,80}}?){AMOUNT}")
_HOURS = re.compile(rf"(?P<count>{NUMBER}) heures (?:de travail )?d'insertion")


def _read_limit(name: str, sentence: Sentence) -> Iterator[Sum]:
    words = " : ".join(sentence.cells)
    if _OF_OTHERS.search(words):
        return
    is_named = (
        _OF_ORDERS.search(words)
        or _LABELLED.match(words)
        or name[:5] in sentence.heading
    )
    for match in _LIMITS[name].finditer(words):
        if is_named and _OTHER_LIMIT[name] not in match["gap"]:
            yield Sum(read_amount(match), _tax(match), _lot_of(sentence))
    for match in _NO_MORE.finditer(words) if name == "maximum" else ():
        yield Sum(read_amount(match), _tax(match), _lot_of(sentence))
    for match in _WITHOUT.finditer(words):
        if match[name] or (name == "maximum" and match["also"]):
            yield Sum(Decimal(0), "", _lot_of(sentence))


def _tax(match: re.Match[str]) -> str:
    said = match["tax"] or ""
    if not said:
        return ""
    return "TTC" if said.startswith(("ttc", "toutes")) else "HT"


def _lot_of(sentence: Sentence) -> int:
    for words in (sentence.words, sentence.heading):
        found = set(_LOT_NUMBER.findall(words))
        if len(found) == 1:
            return int(found.pop())
    if "lots confondus" in sentence.words:
        return 0
    whole = f"{sentence.words} {sentence.heading}"
    return -1 if re.search(r"\blots?\b", whole) else 0


def _read_maximum(sentence: Sentence) -> Iterator[Sum]:
    yield from _read_limit("maximum", sentence)
    yield from _read_row(sentence)


def _read_row(sentence: Sentence) -> Iterator[Sum]:
    """Read « 2 | Lycées du plateau | 1 500 000 € HT » under a title of maximum."""
    if not sentence.is_row or "maxim" not in sentence.heading:
        return
    number_told = re.fullmatch(r"(?:lot )?(?:n ?° ?)?(\d{1,3})", sentence.cells[0])
    match = re.match(AMOUNT, sentence.cells[-1])
    if number_told and match:
        yield Sum(read_amount(match), _tax(match), int(number_told[1]))


def _read_minimum(sentence: Sentence) -> Iterator[Sum]:
    yield from (told for told in _read_limit("minimum", sentence) if told.lot == 0)


def _read_penalty(sentence: Sentence) -> Iterator[Sum]:
    words = sentence.words
    if "retard" not in words or "penal" not in f"{words} {sentence.heading}":
        return
    if _OF_PAPERS.search(words):
        return
    for pattern in _DAILY:
        for match in pattern.finditer(words):
            if _OF_LATE_WORK.match(match["after"]):
                yield Sum(read_amount(match), _tax(match))


def _read_advance(sentence: Sentence) -> Iterator[tuple[str, Decimal | None]]:
    words = sentence.words
    if "avance" not in words or _ADVANCE_FOREIGN.search(words):
        return
    if _NO_ADVANCE.search(words):
        yield "none", None
        return
    for match in _ADVANCE_RATE.finditer(words):
        yield "granted", read_percent(match)


def _read_retention(sentence: Sentence) -> Iterator[Decimal]:
    words = sentence.words
    if "retenue de garantie" not in words:
        return
    if _NO_RETENTION.search(words):
        yield Decimal(0)
        return
    for match in _RETENTION.finditer(words):
        yield read_percent(match)


def _read_payment(sentence: Sentence) -> Iterator[int]:
    words = sentence.words
    if not _PAYMENT_NAMED.search(words) or _PAYMENT_FOREIGN.search(words):
        return
    # Several patterns of the same delay begin at several words: the first counts.
    match = _PAYMENT.search(words)
    days = read_number(match["count"]) if match else None
    if days is not None:
        yield int(days)


def _read_validity(sentence: Sentence) -> Iterator[tuple[int, str]]:
    for match in _VALIDITY.finditer(sentence.words):
        count = read_number(match["count"])
        if count is not None:
            yield int(count), "mois" if match["unit"] == "mois" else "jour"


def _read_turnover(sentence: Sentence) -> Iterator[Sum]:
    words = sentence.words
    if re.search(r"minim|exige|au moins|inferieur", words):
        for match in _TURNOVER.finditer(words):
            yield Sum(read_amount(match), _tax(match))


def _read_hours(sentence: Sentence) -> Iterator[int]:
    for match in _HOURS.finditer(sentence.words):
        hours = read_number(match["count"])
        if hours is not None:
            yield int(hours)


def _say_sum(told: Sum) -> str:
    if not told.amount:
        return "sans montant"
    return amount(told.amount, told.tax)


def _maximum_expected(facts: ConsultationFacts) -> Expected | None:
    whole = facts.value("framework_maximum")
    if whole is None:
        return None
    by_lot = {lot.get("number"): lot.get("maximum_amount") for lot in facts.lots}
    limits = {number: told for number, told in by_lot.items() if told is not None}
    return Expected({0: whole, **limits}, "framework_maximum", amount(whole))


def _minimum_expected(facts: ConsultationFacts) -> Expected | None:
    if facts.value("framework_maximum") is None:
        return None
    whole = facts.value("framework_minimum") or Decimal(0)
    said = amount(whole) if whole else "sans minimum"
    return Expected({0: whole}, "framework_minimum", said)


def _is_within(limits: dict[int, Decimal], told: Sum) -> bool:
    if told.tax == "TTC":
        return False
    if told.lot in limits:
        return told.amount == limits[told.lot]
    # A lot that is not named, or that has no maximum of its own.
    return told.amount in limits.values()


def _penalty_expected(facts: ConsultationFacts) -> Expected | None:
    if facts.value("has_penalties") is False:
        said = "pas de pénalité fixée au contrat"
        return Expected(Decimal(-1), "has_penalties", said)
    value = facts.value("penalty_amount")
    if value is None:
        return None
    return Expected(value, "penalty_amount", amount(value, ""))


def _is_sum(expected: Decimal, told: Sum) -> bool:
    return expected == told.amount


def _advance_expected(facts: ConsultationFacts) -> Expected | None:
    kind = facts.value("advance")
    if kind is None:
        return None
    rate = facts.value("advance_rate")
    said = facts.choice_title("advance") + (f" ({percent(rate)})" if rate else "")
    field = "advance_rate" if rate is not None else "advance"
    return Expected((kind, rate), field, said)


def _suits_advance(
    expected: tuple[str, Decimal | None], told: tuple[str, Decimal | None]
) -> bool:
    kind, rate = expected
    if kind == "legal":
        return told[0] != "none"
    return kind == told[0] and (rate is None or rate == told[1])


def _say_advance(told: tuple[str, Decimal | None]) -> str:
    return percent(told[1]) if told[1] is not None else "sans avance"


def _retention_expected(facts: ConsultationFacts) -> Expected | None:
    rate = facts.value("retention_rate")
    if rate is None:
        return None
    return Expected(rate, "retention_rate", _say_retention(rate))


def _say_retention(rate: Decimal) -> str:
    return percent(rate) if rate else "sans retenue de garantie"


def _payment_expected(facts: ConsultationFacts) -> Expected | None:
    days = facts.value("payment_days")
    return Expected(days, "payment_days", f"{days} jours") if days else None


def _validity_expected(facts: ConsultationFacts) -> Expected | None:
    days = facts.value("offer_validity_days")
    if not days:
        return None
    return Expected((days, "jour"), "offer_validity_days", f"{days} jours")


def _is_same_delay(expected: tuple[int, str], told: tuple[int, str]) -> bool:
    (count, unit), (other, other_unit) = expected, told
    if unit == other_unit:
        return count == other
    days, months = (count, other) if unit == "jour" else (other, count)
    # Six months are 181 to 184 days, and everybody writes 180.
    return _SHORTEST_MONTH * months <= days <= _LONGEST_MONTH * months


_SHORTEST_MONTH, _LONGEST_MONTH = 30, 31


def _say_delay(told: tuple[int, str]) -> str:
    count, unit = told
    return f"{count} mois" if unit == "mois" else f"{count} jour{'s' * (count > 1)}"


def _turnover_expected(facts: ConsultationFacts) -> Expected | None:
    value = facts.value("turnover_minimum")
    if value is None:
        return None
    return Expected(value, "turnover_minimum", amount(value))


def _hours_expected(facts: ConsultationFacts) -> Expected | None:
    hours = facts.value("social_hours")
    return Expected(hours, "social_hours", _say_hours(hours)) if hours else None


def _say_hours(hours: int) -> str:
    return f"{number(hours)} heures d’insertion"


def _say_days(days: int) -> str:
    return f"{days} jours"


SUBJECTS: Iterable[Subject] = (
    Subject(
        "maximum",
        "Maximum de l’accord-cadre",
        _read_maximum,
        _maximum_expected,
        _say_sum,
        _is_within,
    ),
    Subject(
        "minimum",
        "Minimum de l’accord-cadre",
        _read_minimum,
        _minimum_expected,
        _say_sum,
        _is_within,
    ),
    Subject(
        "penalty",
        "Pénalité de retard",
        _read_penalty,
        _penalty_expected,
        _say_sum,
        _is_sum,
    ),
    Subject(
        "advance",
        "Avance",
        _read_advance,
        _advance_expected,
        _say_advance,
        _suits_advance,
    ),
    Subject(
        "retention",
        "Retenue de garantie",
        _read_retention,
        _retention_expected,
        _say_retention,
    ),
    Subject(
        "payment", "Délai de paiement", _read_payment, _payment_expected, _say_days
    ),
    Subject(
        "offer-validity",
        "Validité des offres",
        _read_validity,
        _validity_expected,
        _say_delay,
        _is_same_delay,
    ),
    Subject(
        "turnover",
        "Chiffre d’affaires minimal",
        _read_turnover,
        _turnover_expected,
        _say_sum,
        _is_sum,
    ),
    Subject(
        "insertion", "Heures d’insertion", _read_hours, _hours_expected, _say_hours
    ),
)
