"""Criteria of award: their weights, in sentences and in tables."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from sicp.engines.coherence.french import PERCENT
from sicp.engines.coherence.french import fold
from sicp.engines.coherence.french import read_percent
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Incoherence
from sicp.engines.coherence.piece import Place
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import incoherence
from sicp.engines.drafting.formats import percent

_SUBJECT = ("criteria", "Critères d’attribution")
_WHOLE = Decimal(100)
_SPEAKS = re.compile(r"critere|ponder|jugement des offres|notation|note sur")
_HEADER = re.compile(r"^(?:criteres?|criteres? d[e'].*|intitule)$")
_WEIGHTS = re.compile(r"ponder|poids|coefficient")
_PARTS = re.compile(r"sous-critere|sous critere|elements? de notation")
_ROW_WEIGHT = re.compile(rf"^{PERCENT}$")
_LINKED = r"[^.;%\d]{0,60}?"


def criteria_findings(
    told: Sequence[Sentence], facts: ConsultationFacts
) -> Iterator[Incoherence]:
    """Find the weights that are not those of the form, and tables that miss 100."""
    weights = {
        fold(row["title"]): (str(row["title"]), row["weight"])
        for row in facts.rows("criteria")
        if row.get("title") and row.get("weight") is not None
    }
    for _piece, group in groupby(told, key=lambda sentence: sentence.piece.id):
        sentences = list(group)
        yield from _of_tables(sentences, weights, facts)
        yield from _of_sentences(sentences, weights, facts)


def _of_sentences(
    told: Sequence[Sentence],
    weights: Mapping[str, tuple[str, Decimal]],
    facts: ConsultationFacts,
) -> Iterator[Incoherence]:
    for sentence in told:
        if sentence.is_row or not _SPEAKS.search(sentence.words):
            continue
        if _PARTS.search(sentence.words):
            continue
        for name, (title, weight) in weights.items():
            pattern = rf"\b{re.escape(name)}\b(?P<gap>{_LINKED}){PERCENT}"
            for match in re.finditer(pattern, sentence.words):
                found = read_percent(match)
                is_other = any(other in match["gap"] for other in weights)
                if found != weight and not is_other:
                    yield _wrong(sentence, (title, found), weight, facts)


def _of_tables(
    told: Sequence[Sentence],
    weights: Mapping[str, tuple[str, Decimal]],
    facts: ConsultationFacts,
) -> Iterator[Incoherence]:
    for header, rows in _tables(told):
        found = [(row, _weight(row)) for row in rows]
        rated = [(row, weight) for row, weight in found if weight is not None]
        rated = [(row, w) for row, w in rated if not row.cells[0].startswith("total")]
        for row, weight in rated if weights else ():
            yield from _of_row(row, weight, weights, facts)
        total = sum((weight for _row, weight in rated), Decimal(0))
        if rated and total != _WHOLE:
            yield incoherence(
                _SUBJECT,
                f"Les pondérations de « {header.piece.title} » font "
                f"{percent(total)} ; leur somme doit faire 100 %.",
                (header.as_place(), _form(facts)),
            )


def _tables(told: Sequence[Sentence]) -> Iterator[tuple[Sentence, list[Sentence]]]:
    """Walk the tables of weights: the row of titles, and the rows below it."""
    header: Sentence | None = None
    rows: list[Sentence] = []
    for sentence in (*told, None):
        if sentence is not None and sentence.is_row:
            cells = sentence.cells
            if _HEADER.match(cells[0]) and any(map(_WEIGHTS.search, cells[1:])):
                header, rows = sentence, []
            elif header is not None:
                rows.append(sentence)
            continue
        if header is not None:
            yield header, rows
        header = None


def _weight(row: Sentence) -> Decimal | None:
    for cell in row.cells[1:]:
        match = _ROW_WEIGHT.match(cell)
        if match:
            return read_percent(match)
    return None


def _of_row(
    row: Sentence,
    weight: Decimal,
    weights: Mapping[str, tuple[str, Decimal]],
    facts: ConsultationFacts,
) -> Iterator[Incoherence]:
    name = re.sub(r"^\d+[.) -]+", "", row.cells[0]).strip()
    known = weights.get(name)
    if known is None:
        close = [told for other, told in weights.items() if other in name]
        known = close[0] if len(close) == 1 else None
    if known is None:
        title = row.text.split("\t")[0].strip()
        yield incoherence(
            _SUBJECT,
            f"« {row.piece.title} » a un critère « {title} » que le formulaire n’a "
            "pas.",
            (row.as_place(), _form(facts)),
        )
    elif known[1] != weight:
        yield _wrong(row, (known[0], weight), known[1], facts)


def _wrong(
    sentence: Sentence,
    told: tuple[str, Decimal],
    weight: Decimal,
    facts: ConsultationFacts,
) -> Incoherence:
    title, found = told
    return incoherence(
        _SUBJECT,
        f"« {sentence.piece.title} » pondère le critère « {title} » à "
        f"{percent(found)} ; le formulaire le pondère à {percent(weight)}.",
        (sentence.as_place(), _form(facts)),
    )


def _form(facts: ConsultationFacts) -> Place:
    rows = facts.rows("criteria")
    said = " ; ".join(
        f"{row.get('title')} : {percent(row['weight'])}"
        for row in rows
        if row.get("weight") is not None
    )
    return facts.as_place("criteria", said)
