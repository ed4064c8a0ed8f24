"""Lots: how many there are, what each is called, and those that do not exist."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from sicp.engines.coherence.french import NUMBER
from sicp.engines.coherence.french import fold
from sicp.engines.coherence.french import read_number
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Incoherence
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import Expected
from sicp.engines.coherence.subject import Subject
from sicp.engines.coherence.subject import incoherence

_COUNT = re.compile(
    r"\b(?:repartie?s?|decomposee?s?|divisee?s?|scindee?s?|allotie?s?|decoupee?s?"
    r"|separee?s?|compren\w+|comporte(?:nt)?|constituee?s? de)(?: \w+){0,2}? (?:en )?"
    rf"(?P<count>{NUMBER}) lots\b"
)
_WHOLE = re.compile(
    r"\b(?:n'est pas|ne sont pas|n'est point) (?:alloti|divise|decompose)"
    r"|\bnon allotie?s?\b|\bsans allotissement\b|\blot unique\b"
    r"|\best un marche unique\b"
)
_TITLED = re.compile(
    r"^lot (?:n ?° ?)?(?P<number>\d{1,3}) ?(?:[:.-]|\t) ?(?P<title>.+)$"
)
_CITED = re.compile(r"\blots? n ?° ?(?P<number>\d{1,3})\b|\blot (?P<plain>\d{1,3})\b")
#: A title that says what a part of a document holds, not what a lot is.
_OF_DOCUMENT = re.compile(
    r"^(?:prescription|disposition|description|exigence|condition|modalite|montant|prix"
    r"|bordereau|detail|tableau|maximum|minimum|perimetre|liste|annexe|presentation"
    r"|objet|duree|cahier|contenu|planning|calendrier|quantite|generalite|prestation"
    r"|voir|cf|partie|article|total|sous-total|variante)"
)
_EMPTY_WORDS = {"pour", "dans", "avec", "tous", "toutes", "lots", "leurs", "sans"}
_SHORTEST_WORD = 4
_STEM = 6
_LONGEST_TITLE = 120


class LotTitle(NamedTuple):
    """The title that a piece gives to a lot."""

    number: int
    title: str


def _read_count(sentence: Sentence) -> Iterator[int]:
    words = sentence.words
    if "lot" not in words and "marche unique" not in words:
        return
    if _WHOLE.search(words):
        yield 1
        return
    for match in _COUNT.finditer(words):
        count = read_number(match["count"])
        if count is not None:
            yield int(count)


def _count_expected(facts: ConsultationFacts) -> Expected | None:
    if facts.value("is_allotted") is False:
        return Expected(1, "is_allotted", "sans lot")
    count = len(facts.lots)
    return Expected(count, "lots", _say_count(count)) if count else None


def _say_count(count: int) -> str:
    return f"{count} lots" if count > 1 else "sans lot"


def _read_title(sentence: Sentence) -> Iterator[LotTitle]:
    match = _TITLED.match(_titled_words(sentence))
    if match is None:
        return
    title = match["title"].split("\t")[0].strip(" .")
    is_title = title and len(title) <= _LONGEST_TITLE and not _is_foreign(title)
    if is_title:
        yield LotTitle(int(match["number"]), title)


def _titled_words(sentence: Sentence) -> str:
    words = sentence.words
    first = sentence.cells[0]
    is_list = sentence.is_row and re.search(r"\ballotis|\blots?\b", sentence.heading)
    if is_list and first.isdecimal():
        return f"lot {first} : {sentence.cells[1]}"
    return words


def _is_foreign(title: str) -> bool:
    return _OF_DOCUMENT.match(title) is not None or not _stems(title)


def _titles_expected(facts: ConsultationFacts) -> Expected | None:
    titles = {lot.get("number"): str(lot.get("object") or "") for lot in facts.lots}
    if not titles:
        return None
    said = " ; ".join(f"lot {n} : {title}" for n, title in titles.items())
    return Expected({n: fold(t) for n, t in titles.items()}, "lots", said)


def _is_title(titles: dict[int, str], told: LotTitle) -> bool:
    known = titles.get(told.number)
    if known is None:
        # A lot that does not exist is told once, by ``missing_lots``.
        return True
    mine, theirs = _stems(known), _stems(told.title)
    return not mine or mine <= theirs or theirs <= mine


def _stems(title: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", title)
    long = (w for w in words if len(w) >= _SHORTEST_WORD and w not in _EMPTY_WORDS)
    return {word[:_STEM] for word in long}


def _say_title(told: LotTitle) -> str:
    return f"lot {told.number} : {told.title}"


def missing_lots(
    told: Sequence[Sentence], facts: ConsultationFacts
) -> Iterator[Incoherence]:
    """Find the lots that a piece names and that the form does not have."""
    known = {lot.get("number") for lot in facts.lots}
    if not known:
        return
    count = len(known)
    for sentence in told:
        if "lot" not in sentence.words:
            continue
        cited = {
            int(match["number"] or match["plain"])
            for match in _CITED.finditer(sentence.words)
        }
        for number in sorted(cited - known):
            said = "un lot" if count == 1 else f"{count} lots"
            yield incoherence(
                ("lots-known", "Lots"),
                f"« {sentence.piece.title} » cite le lot {number} ; "
                f"le formulaire compte {said}.",
                (sentence.as_place(), facts.as_place("lots", said)),
            )


SUBJECTS = (
    Subject("lots", "Nombre de lots", _read_count, _count_expected, _say_count),
    Subject(
        "lot-titles",
        "Intitulé des lots",
        _read_title,
        _titles_expected,
        _say_title,
        _is_title,
    ),
)
