"""French typography of resolved inlines: elision, spaces, no-break spaces."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import replace

from sicp.engines.drafting.draft import Inline
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import Run

NBSP = "\N{NO-BREAK SPACE}"
NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"

_SPACED_BEFORE = re.compile(r" (?=[:;?!»%€])")
_SPACED_AFTER = re.compile(
    r"(?<=[«☐]) |(?<=[Nn]°) |(?<=\b[Aa]rticle) (?=\d)|(?<=\b[LRD]\.) (?=\d)"
)
#: The number of an article; a reference such as « 2026-0001 » may break.
_HYPHENATED = re.compile(r"(?<![\w/@-])\d+(?:-\d{1,3})+(?![\w/@-])")
_ARTICLE = re.compile(r"\b(?P<word>article)(?P<plural>s?)\s$", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_SPACES = re.compile(r"[ \t]{2,}")
_TRAILING_SPACE = re.compile(r" +(?=[,.)]|$)")
_ELIDED = re.compile(
    r"(?:^|(?<=[\s(«’]))(?P<word>de|du|au|le|la|que|lorsque|puisque|jusque)\s$",
    re.IGNORECASE,
)
#: A contracted article opens before a vowel: « du » becomes « de l’ ».
_OPENED = {"du": "de l’", "au": "à l’"}
_VOWELS = tuple("aeiouàâäéèêëîïôöùûüœæ")
#: Words that begin with a vowel and still refuse the elision.
_REFUSING = ("onz", "oui", "uhlan", "un ", "unième")
#: An h is silent in these words only; any other one keeps the article whole.
_SILENT_H = (
    "habit", "héberg", "herb", "heur", "hippo", "histo", "hiver", "homm", "homo",
    "honn", "honor", "hôpi", "horaire", "horiz", "horlog", "hosp", "hôte", "hum",
    "hydr", "hygi",
)  # fmt: skip


def polish(inlines: Iterable[Inline]) -> Inlines:
    """Join resolved inlines as French prints them, without space at either end."""
    pieces = _merged(_elided(_with_articles(list(inlines))))
    pieces = _without_stray_spaces(pieces)
    return tuple(_typeset(piece) for piece in pieces if piece.text)


def spaced(text: str) -> str:
    """Set the no-break spaces and the apostrophes of French in ``text``."""
    text = _SPACED_BEFORE.sub(NBSP, text)
    text = _SPACED_AFTER.sub(NBSP, text)
    return _APOSTROPHE.sub("’", text)


def unbroken(text: str) -> str:
    """Set the no-break hyphens of numbers: « L. 2124-4 » stays on one line.

    For paper alone: what is searched and compared keeps the hyphen that people type.
    """
    return _HYPHENATED.sub(lambda m: m[0].replace("-", NO_BREAK_HYPHEN), text)


def takes_elision(word: str) -> bool:
    """Tell whether « le » or « de » is elided before ``word``."""
    lowered = word.lower()
    if lowered.startswith(_REFUSING):
        return False
    return lowered.startswith(_VOWELS) or lowered.startswith(_SILENT_H)


def _with_articles(pieces: list[Inline]) -> list[Inline]:
    """Let a reference print « article » once, even if the author wrote it before."""
    for index in range(1, len(pieces)):
        before, piece = pieces[index - 1], pieces[index]
        if not (isinstance(before, Run) and isinstance(piece, Link)):
            continue
        said = _ARTICLE.search(before.text)
        if said is not None and said["plural"]:
            pieces[index] = replace(piece, word="")
        elif said is not None:
            pieces[index - 1] = replace(before, text=before.text[: said.start()])
            pieces[index] = replace(piece, word=said["word"])
    return pieces


def _elided(pieces: list[Inline]) -> list[Inline]:
    for index in range(1, len(pieces)):
        before, piece = pieces[index - 1], pieces[index]
        if isinstance(before, Run) and isinstance(piece, Run) and piece.source:
            pieces[index - 1] = _before_value(before, piece.text)
    return pieces


def _before_value(before: Run, value: str) -> Run:
    found = _ELIDED.search(before.text)
    if found is None or not takes_elision(value):
        return before
    word = found["word"]
    short = _OPENED.get(word.lower(), f"{word[:-1].lower()}’")
    if word[0].isupper():
        short = short[0].upper() + short[1:]
    return replace(before, text=before.text[: found.start()] + short)


def _merged(pieces: list[Inline]) -> list[Inline]:
    """Join neighbours of the same style and source: fewer runs in Word."""
    merged: list[Inline] = []
    for piece in pieces:
        before = merged[-1] if merged else None
        if (
            isinstance(piece, Run)
            and isinstance(before, Run)
            and replace(before, text="") == replace(piece, text="")
        ):
            merged[-1] = replace(before, text=before.text + piece.text)
        else:
            merged.append(piece)
    return merged


def _without_stray_spaces(pieces: list[Inline]) -> list[Inline]:
    """Drop the spaces that an empty variable or a dropped fragment leaves."""
    cleaned = list(_single_spaced(pieces))
    for index, piece in enumerate(cleaned):
        following = next((p.text for p in cleaned[index + 1 :] if p.text), "")
        if isinstance(piece, Run) and (not following or following[0] in ",.)"):
            cleaned[index] = replace(piece, text=piece.text.rstrip(" "))
    return cleaned


def _single_spaced(pieces: list[Inline]) -> Iterator[Inline]:
    ends_with_space = True
    for piece in pieces:
        if not isinstance(piece, Run):
            ends_with_space = False
            yield piece
            continue
        text = _TRAILING_SPACE.sub(_kept_at_end, _SPACES.sub(" ", piece.text))
        text = text.lstrip(" ") if ends_with_space else text
        ends_with_space = text.endswith(" ") if text else ends_with_space
        yield replace(piece, text=text)


def _kept_at_end(found: re.Match[str]) -> str:
    return " " if found.end() == len(found.string) else ""


def _typeset(piece: Inline) -> Inline:
    return replace(piece, text=spaced(piece.text)) if isinstance(piece, Run) else piece
