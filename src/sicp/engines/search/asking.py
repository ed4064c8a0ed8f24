"""What is asked of the index, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Literal

from sicp.engines.search.document import FACETS
from sicp.engines.search.synonym import Synonyms

#: Pieces of a text in order, each with whether it is what was looked for.
Parts = tuple[tuple[str, bool], ...]
Order = Literal["relevance", "recent", "title"]
#: Values shown at most for one facet; those filtered on are always among them.
FACET_LENGTH = 50
NO_SYNONYMS = Synonyms()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question: its text, who asks, and what is filtered.

    ``tokens`` are all by which the asker sees. ``facets`` are alternatives inside a
    facet, all required between facets; ``counted`` names the facets whose values are
    counted. Nothing of the subtrees of ``excluded_under``, their heads among them, is
    seen by anyone: who reads them is changing; nor is what ``excluded`` names, and that
    alone. What is of ``lesser_kinds`` comes after what answers as well.
    """

    text: str = ""
    tokens: frozenset[str] = frozenset()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    under: int = 0
    excluded_under: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    order: Order = "relevance"
    start: int = 0
    size: int = 20
    synonyms: Synonyms = NO_SYNONYMS
    counted: tuple[str, ...] = FACETS
    lesser_kinds: frozenset[str] = frozenset()
    #: A long list without its passages (a spreadsheet) is quicker.
    has_passages: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: its title and its best passage, what was looked for marked.

    ``in_detail`` tells that the asker sees its hidden passages too.
    """

    id: int
    score: float
    title: Parts
    passage: Parts = ()
    heading: str = ""
    place: str = ""
    in_detail: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How many were found, the page that was asked, and the counts of the facets.

    The counts of a facet ignore the filter on that facet itself. ``is_partial``: no
    document has all words, these have the most of them. ``is_void``: only stop words or
    signs were typed, there is nothing to look for. ``words`` are those looked for.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    is_partial: bool = False
    is_void: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may complete the typing: the title of a document, or (id 0) a question."""

    parts: Parts
    id: int = 0

    @property
    def text(self) -> str:
        """Return the suggestion without its marks."""
        return "".join(text for text, _ in self.parts)
