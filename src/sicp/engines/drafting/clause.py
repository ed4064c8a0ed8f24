"""A clause of the clause library (« clausier »), and the library itself."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.inline_markup import parse_inlines
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.operators import Condition

#: A question asked only because a clause needs it; it has all the parts of a field.
ClauseVariable = Field


class ClauseKind(StrEnum):
    """How the writer may treat a clause."""

    COMPULSORY = "compulsory"  # kept as soon as its condition holds
    OPTIONAL = "optional"  # proposed when its condition holds; may be left out
    ALTERNATIVE = "alternative"  # exactly one of its group is kept
    FREE = "free"  # an empty place for the writer's own text


@dataclass(frozen=True, slots=True)
class Derogation:
    """An article of a CCAG from which a clause departs (R2112-3)."""

    ccag: str
    article: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page that explains a clause to those who keep it or use it.

    One of the application itself is noted by its number (« sicp:sheet/12 »).
    """

    title: str
    url: str

    @property
    def is_inside(self) -> bool:
        """Tell whether it leads to a page of the application."""
        return self.url.startswith("sicp:")


@dataclass(frozen=True)
class Clause:
    """One clause in one version, with its text in markup.

    ``is_open`` lets the writer replace the text by his own. ``valid_from`` and
    ``valid_until`` bound, both included, the days a draft may take this version.
    ``owner`` is the login of who answers for it.
    """

    id: str
    title: str
    text: str = ""
    version: int = 1
    family: str = ""
    theme: str = ""
    kind: ClauseKind = ClauseKind.COMPULSORY
    group: str = ""
    condition: Condition | None = None
    repeat: str = ""
    is_open: bool = False
    has_heading: bool = True
    legal_basis: tuple[str, ...] = ()
    derogates: tuple[Derogation, ...] = ()
    note: str = ""
    variables: tuple[ClauseVariable, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    owner: str = ""
    links: tuple[Link, ...] = ()

    @cached_property
    def blocks(self) -> Blocks:
        """Return the text as blocks, read once.

        Raises:
            MarkupError: the text cannot be read.
        """
        return parse(self.text)

    @cached_property
    def heading(self) -> Inlines:
        """Return the title as inlines: it may hold variables such as {lot.number}.

        Raises:
            MarkupError: the title cannot be read.
        """
        return parse_inlines(self.title)

    def is_in_force(self, on: date | None) -> bool:
        """Tell whether a draft of the day ``on`` may take this version."""
        if on is None:
            return True
        starts = self.valid_from is None or self.valid_from <= on
        return starts and (self.valid_until is None or on <= self.valid_until)


class Library:
    """The clauses a canevas may call, found by id in one step."""

    def __init__(self, clauses: Iterable[Clause] = ()) -> None:
        self._versions: dict[str, list[Clause]] = {}
        for clause in clauses:
            self._versions.setdefault(clause.id, []).append(clause)
        for versions in self._versions.values():
            versions.sort(key=lambda clause: clause.version, reverse=True)

    def clause(self, clause_id: str, on: date | None = None) -> Clause | None:
        """Return the latest version of a clause in force ``on``, None if there is none.

        A library made of pinned versions (a draft under way) holds one of each.
        """
        versions = self._versions.get(clause_id, ())
        return next((c for c in versions if c.is_in_force(on)), None)

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self._versions

    def __iter__(self) -> Iterator[Clause]:
        """Yield the latest version of each clause."""
        return (versions[0] for versions in self._versions.values())

    def __len__(self) -> int:
        return len(self._versions)
