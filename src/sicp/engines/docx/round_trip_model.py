"""What an edited Word file says that its draft did not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sicp.engines.docx.reading_model import Comment
from sicp.engines.docx.reading_model import TrackedChange


class ClauseStatus(StrEnum):
    """What became of a clause; a value that changed leaves its clause unchanged."""

    UNCHANGED = "unchanged"
    REWRITTEN = "rewritten"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause of the draft, and what the file makes of it.

    Attributes:
        tag: « id#occurrence », as in the file.
        clause_id: the clause.
        occurrence: which time it stands in the draft, from 1.
        title: its title in the library.
        kind: compulsory, optional, alternative or free, as the trace says.
        is_open: a local text may replace its own.
        status: what became of it.
        markup: the new text when it is rewritten, without the title.
        is_moved: it stands elsewhere among the clauses.
        after: the tag of the clause before it in the file, empty for the first one.
        notes: what the reading could not keep or be sure of, in French.
    """

    tag: str
    clause_id: str
    occurrence: int
    title: str
    kind: str
    is_open: bool
    status: ClauseStatus
    markup: str = ""
    is_moved: bool = False
    after: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_compulsory(self) -> bool:
        """Tell whether the clause may not be left out."""
        return self.kind == "compulsory"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that is no more what the form says.

    Attributes:
        name: the field (« duration_months », « lot.object »).
        title: what the person reads of the field.
        tag: the clause where it changed; empty on the cover or between clauses.
        place: for a column, the occurrence of its clause, then table and row.
        old: the words printed before; empty for a blank.
        new: the words now.
        value: the new value in the shape of its field; None when it is emptied or
            ``refusal`` says why it cannot be read.
        refusal: why the new words are no value of the field, in French.
        is_sure: its control is still there; else it was found by the words around.
    """

    name: str
    title: str
    tag: str
    place: str
    old: str
    new: str
    value: Any = None
    refusal: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class ValueConflict:
    """One value that became several: the person must say which one is right.

    ``unchanged`` are the clauses that still print the former value.
    """

    name: str
    title: str
    changes: tuple[ValueChange, ...]
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleChange:
    """A heading whose words changed; ``tag`` is empty for that of an article.

    ``new`` is inline markup, empty when the heading was removed.
    """

    tag: str
    anchor: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AddedText:
    """Text added outside any clause (« texte ajouté hors clause »), and its place.

    ``after`` and ``before`` are tags of clauses, empty at either end of the document;
    ``under`` is the heading it stands under. ``copy_of`` is the tag of the clause
    whose control it copies, if any.
    """

    markup: str
    after: str
    before: str
    under: str = ""
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """The differences between a draft and the file that comes back.

    Attributes:
        clauses: every clause of the draft, in its order.
        values: values that changed.
        conflicts: values that became several, or changed in some places only.
        titles: headings whose words changed.
        added: text outside any clause.
        removed: lines between clauses that are no more there.
        cover: lines of the first page that the draft does not hold.
        comments: remarks in the margin.
        tracked: changes that Word followed; insertions are taken, deletions are not.
        notes: what the reading did not take, in French.
    """

    clauses: tuple[ClauseChange, ...]
    values: tuple[ValueChange, ...] = ()
    conflicts: tuple[ValueConflict, ...] = ()
    titles: tuple[TitleChange, ...] = ()
    added: tuple[AddedText, ...] = ()
    removed: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    tracked: tuple[TrackedChange, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, status: ClauseStatus) -> tuple[ClauseChange, ...]:
        """Return the clauses of one status."""
        return tuple(c for c in self.clauses if c.status is status)

    @property
    def moved(self) -> tuple[ClauseChange, ...]:
        """Return the clauses that stand elsewhere."""
        return tuple(c for c in self.clauses if c.is_moved)

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the file says what the draft says."""
        rewritten = any(c.status is not ClauseStatus.UNCHANGED for c in self.clauses)
        others = (self.values, self.titles, self.added, self.removed, self.moved)
        return not rewritten and not any(others)
