"""What is given to be found: a document, its passages, and who may find them."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Literal

#: The facets that may be counted and filtered on. ``kind`` is the kind of the document.
FACETS = (
    "kind",
    "folder",
    "state",
    "year",
    "body",
    "direction",
    "procedure",
    "cpv",
)
#: Signs of the longest passage kept in one piece: what one reads of a page at a glance.
PIECE_LENGTH = 800
#: Where a long passage is cut by preference: after a paragraph, a sentence, a word.
_ENDS = (re.compile(r"\n"), re.compile(r"[.;:!?]\s"), re.compile(r"\s"))
#: Signs that are seen by no one and would cut a word in two; halves of signs.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\ufeff\u0000\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document: its text, the heading above it, its place (« page 3 »)."""

    text: str
    heading: str = ""
    place: str = ""


#: What the documents below one are still being told: its place, its readers too.
Moving = Literal["", "place", "readers"]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One object as the search knows it.

    Whoever bears a token of ``allowed`` finds its title and ``passages``; whoever bears
    one of ``allowed_detail`` also finds its ``hidden_passages``. ``ancestors`` are the
    numbers of all containers above; ``references`` the identifiers of its own
    (2026-0123, L2123-1, a SIRET); ``modified_at`` is in seconds, UTC. ``sources`` are
    the numbers of the records it was made from, whatever numbers the source has.
    ``also`` are words by which it is found though it does not say them, what it is
    called among them. ``moving`` tells that those below do not know yet where it
    stands or who finds it.
    """

    id: int
    kind: str
    title: str
    passages: tuple[Passage, ...] = ()
    allowed: tuple[str, ...] = ()
    hidden_passages: tuple[Passage, ...] = ()
    allowed_detail: tuple[str, ...] = ()
    ancestors: tuple[int, ...] = ()
    references: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    modified_at: int = 0
    sources: tuple[int, ...] = ()
    also: tuple[str, ...] = ()
    moving: Moving = ""


def all_facets(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    """Return the values of each facet of a document, its kind among them, each once.

    Raises:
        ValueError: a facet that the index does not have.
    """
    unknown = set(document.facets) - set(FACETS)
    if unknown:
        raise ValueError(f"unknown facets: {', '.join(sorted(unknown))}")
    values = {**document.facets, "kind": (document.kind,)}
    return {name: tuple(dict.fromkeys(given)) for name, given in values.items()}


def digest_of(document: SearchDocument) -> int:
    """Sum up all that the index keeps of a document: equal digests, nothing to redo."""
    told = json.dumps(
        [
            [document.id, document.kind, document.title, document.modified_at],
            [(part.text, part.heading, part.place) for part in document.passages],
            [
                (part.text, part.heading, part.place)
                for part in document.hidden_passages
            ],
            [sorted(document.allowed), sorted(document.allowed_detail)],
            [sorted(document.ancestors), document.references],
            sorted((name, sorted(given)) for name, given in document.facets.items()),
            [*sorted(document.sources), *filter(None, (document.moving,))],
            document.also,
        ],
    )
    return _summed(told)


def standing_of(document: SearchDocument) -> int:
    """Sum up where a document stands and who finds it, which all below it share.

    0 as long as they do not: equal standings, nothing to redo below.
    """
    if document.moving:
        return 0
    return _summed(
        json.dumps(
            [
                sorted(document.ancestors),
                sorted(document.allowed),
                sorted(document.allowed_detail),
            ]
        )
    )


def readers_of(document: SearchDocument) -> int:
    """Sum up who finds a document; 0 as long as those below it may have others."""
    if document.moving == "readers":
        return 0
    told = [sorted(document.allowed), sorted(document.allowed_detail)]
    return _summed(json.dumps(told))


def _summed(told: str) -> int:
    # A lone surrogate is no text, and must not stop the index for the others.
    octets = told.encode("utf-8", "replace")
    summed = hashlib.blake2b(octets, digest_size=8).digest()
    return int.from_bytes(summed, "big") >> 1


def clean(text: str) -> str:
    """Compose the accents of a text and drop what is seen by no one."""
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def pieces_of(passage: Passage) -> Iterator[Passage]:
    """Cut a long passage where a reader would, each piece under its heading."""
    text = clean(passage.text).strip()
    heading, place = clean(passage.heading), clean(passage.place)
    while text:
        end = _end_of_piece(text)
        yield Passage(text[:end].strip(), heading, place)
        text = text[end:].strip()


def _end_of_piece(text: str) -> int:
    if len(text) <= PIECE_LENGTH:
        return len(text)
    for pattern in _ENDS:
        ends = [found.end() for found in pattern.finditer(text, 0, PIECE_LENGTH)]
        if ends and ends[-1] > PIECE_LENGTH // 3:
            return ends[-1]
    return PIECE_LENGTH
