"""Pieces cited and missing, annexes that nobody cites, prices and their form."""

import re
from collections.abc import Iterator
from collections.abc import Sequence

from sicp.engines.coherence.french import fold
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Incoherence
from sicp.engines.coherence.piece import PieceText
from sicp.engines.coherence.piece import Place
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import incoherence

_SUBJECT = ("annexes", "Pièces et annexes")
_FORM = ("price-form", "Forme des prix")
_NUMBERED = re.compile(
    r"\bannexes? (?:n ?° ?)?(?P<number>\d{1,2}|[a-h])\b(?P<after>.{0,24})"
)
#: An annex of the law or of a general document is not one of ours.
_OF_LAW = re.compile(
    r"^ ?,? ?(?:au|du|de l'|de la|a la|a l'|de ce|dudit) ?(?:code|arrete|decret|ccag"
    r"|loi|reglement \(|directive|norme|ordonnance|circulaire|presente? (?:loi|decret))"
)
_KINDS = {
    "CCTP": re.compile(r"\bcctp\b|clauses techniques particulieres"),
    "BPU": re.compile(r"\bbpu\b|bordereau des prix unitaires"),
    "DQE": re.compile(r"\bdqe\b|detail quantitatif estimatif"),
    "DPGF": re.compile(r"\bdpgf\b|decomposition d[eu] (?:la )?prix global"),
}
_TITLES = {
    "CCTP": "cahier des clauses techniques particulières (CCTP)",
    "BPU": "bordereau des prix unitaires (BPU)",
    "DQE": "détail quantitatif estimatif (DQE)",
    "DPGF": "décomposition du prix global et forfaitaire (DPGF)",
}


def annex_findings(
    told: Sequence[Sentence], pieces: Sequence[PieceText]
) -> Iterator[Incoherence]:
    """Find what is cited and missing, and numbered annexes that nobody cites.

    Nothing is said before the first file is there: the bundle is only being written.
    """
    uploaded = [piece for piece in pieces if piece.is_uploaded]
    if not uploaded:
        return
    yield from _missing_kinds(told, uploaded)
    yield from _missing_annexes(told, uploaded)
    yield from _uncited_annexes(told, uploaded)


def price_file_findings(
    pieces: Sequence[PieceText], facts: ConsultationFacts
) -> Iterator[Incoherence]:
    """Find a price file that does not suit the form of the prices."""
    form = facts.value("price_form")
    unfit = {"lump_sum": "BPU", "unit": "DPGF"}.get(form or "")
    for piece in pieces:
        if piece.is_uploaded and piece.kind == unfit:
            said = facts.choice_title("price_form")
            yield incoherence(
                _FORM,
                f"« {piece.title} » est un {unfit} ; le formulaire dit « {said} ».",
                (_whole(piece), facts.as_place("price_form", said)),
            )


def _missing_kinds(
    told: Sequence[Sentence], uploaded: Sequence[PieceText]
) -> Iterator[Incoherence]:
    present = {kind for piece in uploaded for kind in _kinds_in(piece)}
    for kind, pattern in _KINDS.items():
        if kind in present:
            continue
        cited = (s for s in told if pattern.search(s.words))
        first = next((s for s in cited if not s.piece.is_uploaded), None)
        if first is not None:
            yield incoherence(
                _SUBJECT,
                f"« {first.piece.title} » cite le {_TITLES[kind]}, qui n’est pas "
                "parmi les pièces techniques.",
                (first.as_place(), _list_of(uploaded)),
            )


def _kinds_in(piece: PieceText) -> Iterator[str]:
    yield piece.kind
    # One workbook often holds both the prices and the estimate, in two sheets.
    places = {fold(passage.heading) for passage in piece.passages}
    named = " ".join((fold(piece.title), *sorted(places)))
    for kind, pattern in _KINDS.items():
        if pattern.search(named) and kind != "CCTP":
            yield kind


def _missing_annexes(
    told: Sequence[Sentence], uploaded: Sequence[PieceText]
) -> Iterator[Incoherence]:
    present = _numbers_of(uploaded) | _numbers_inside(told)
    seen: set[tuple[str, str]] = set()
    for sentence in told:
        for number in _cited(sentence):
            key = (sentence.piece.id, number)
            if number in present or key in seen:
                continue
            seen.add(key)
            yield incoherence(
                _SUBJECT,
                f"« {sentence.piece.title} » cite l’annexe {number.upper()}, qui n’est "
                "pas parmi les pièces techniques.",
                (sentence.as_place(), _list_of(uploaded)),
            )


def _uncited_annexes(
    told: Sequence[Sentence], uploaded: Sequence[PieceText]
) -> Iterator[Incoherence]:
    for piece in uploaded:
        own = _numbers_of([piece])
        others = (s for s in told if s.piece.id != piece.id)
        if own and not any(own & set(_cited(s)) for s in others):
            readers = [s.piece for s in told if s.piece.id != piece.id]
            if not readers:
                continue
            yield incoherence(
                _SUBJECT,
                f"« {piece.title} » n’est citée par aucune autre pièce.",
                (_whole(piece), _whole(readers[0])),
            )


def _numbers_of(pieces: Sequence[PieceText]) -> set[str]:
    return {
        match["number"]
        for piece in pieces
        for match in _NUMBERED.finditer(fold(piece.title))
    }


def _numbers_inside(told: Sequence[Sentence]) -> set[str]:
    """Return the annexes that stand at the end of a piece, under their own title."""
    return {
        match["number"]
        for sentence in told
        if sentence.passage.is_heading
        if (match := _NUMBERED.match(sentence.words))
    }


def _cited(sentence: Sentence) -> Iterator[str]:
    if "annexe" not in sentence.words or sentence.passage.is_heading:
        return
    for match in _NUMBERED.finditer(sentence.words):
        # « une annexe a » : a letter counts only as a capital.
        is_letter = match["number"].isalpha()
        written = f"nnexe {match['number'].upper()}" in sentence.text
        if not _OF_LAW.match(match["after"]) and (written or not is_letter):
            yield match["number"]


def _whole(piece: PieceText) -> Place:
    first = piece.passages[0] if piece.passages else None
    return Place(
        piece.title,
        first.place if first else "",
        " ".join(first.text.split()) if first else "",
        piece_id=piece.id,
        anchor=first.anchor if first else "",
    )


def _list_of(uploaded: Sequence[PieceText]) -> Place:
    said = " ; ".join(piece.title for piece in uploaded)
    return Place("Pièces techniques", "liste des pièces jointes", said)
