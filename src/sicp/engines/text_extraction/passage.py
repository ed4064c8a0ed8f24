"""What is read of a file: passages, and why it could not be read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sicp.engines.text_extraction.state import TextState

#: Beyond this nobody reads any more; a piece of 1,000 pages holds 3 million signs.
LONGEST_TEXT = 4_000_000
MOST_PASSAGES = 60_000
_LONGEST_HEADING = 120
_LONGEST_PLACE = 170
#: What is no sign of a text, and what JSON and UTF-8 do not carry.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class ExtractionError(Exception):
    """The text of a file cannot be read; the message tells the person why."""

    def __init__(self, message: str, state: TextState = TextState.BROKEN) -> None:
        super().__init__(message)
        self.state = state


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, row or heading.

    ``place`` is where it stands, as a person looks for it (« page 3 », « feuille
    « BPU », ligne 4 », « diapositive 3 »); ``heading`` is the title it stands under,
    empty when there is none. The cells of a row are parted by tabulations.
    ``is_heading`` tells a title.
    """

    place: str
    text: str
    heading: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What a file says. ``is_cut`` tells that a part of it is not there."""

    kind: str
    passages: tuple[Passage, ...]
    is_cut: bool = False


def gather(kind: str, passages: Iterable[Passage | None]) -> ExtractedText:
    """Keep the passages that hold words, up to the longest text.

    A reader gives None for what it had to leave out.
    """
    kept: list[Passage] = []
    room, is_cut = LONGEST_TEXT, False
    for passage in passages:
        if passage is None:
            is_cut = True
            continue
        fit = _fit(passage, room)
        if not fit.text.strip():
            continue
        kept.append(fit)
        room -= len(fit.text)
        if len(passage.text) > len(fit.text) or len(kept) >= MOST_PASSAGES or not room:
            return ExtractedText(kind, tuple(kept), is_cut=True)
    return ExtractedText(kind, tuple(kept), is_cut=is_cut)


def shortened(heading: str) -> str:
    """Return a title short enough to be repeated beside each passage."""
    if len(heading) <= _LONGEST_HEADING:
        return heading
    return heading[: _LONGEST_HEADING - 1].rstrip() + "…"


def _fit(passage: Passage, room: int) -> Passage:
    return Passage(
        _clean(passage.place[:_LONGEST_PLACE]),
        _clean(passage.text[:room]),
        _clean(shortened(passage.heading)),
        is_heading=passage.is_heading,
    )


def _clean(text: str) -> str:
    return _UNFIT.sub(" ", text)
