"""What is read of a file: passages, and why it could not be read."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Beyond this nobody reads any more; a piece of 1,000 pages holds 3 million signs.
LONGEST_TEXT = 4_000_000
MOST_PASSAGES = 60_000


class ExtractionError(Exception):
    """The text of a file cannot be read; the message tells the person why."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, row or heading.

    ``place`` is where it stands, as a person looks for it (« page 3 », « feuille
    « BPU », ligne 4 »); ``heading`` is the title it stands under, empty when there is
    none. The cells of a row are parted by tabulations. ``is_heading`` tells a title.
    """

    place: str
    text: str
    heading: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What a file says. ``is_cut`` tells that it was too long to be read whole."""

    kind: str
    passages: tuple[Passage, ...]
    is_cut: bool = False


def gather(kind: str, passages: Iterable[Passage]) -> ExtractedText:
    """Keep the passages that hold words, up to the longest text."""
    kept: list[Passage] = []
    length = 0
    for passage in passages:
        if not passage.text.strip():
            continue
        length += len(passage.text)
        if length > LONGEST_TEXT or len(kept) >= MOST_PASSAGES:
            return ExtractedText(kind, tuple(kept), is_cut=True)
        kept.append(passage)
    return ExtractedText(kind, tuple(kept))
