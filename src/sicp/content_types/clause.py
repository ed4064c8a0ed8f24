"""The clause library: clauses in all their versions, proposals, publications.

A version is written once and for all when the library is published: what the committee
discusses is a *proposal*, and a *release* turns the adopted ones into versions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from secrets import token_hex
from typing import Any

from persistent.mapping import PersistentMapping
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Comment
from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IClauseFolder
from sicp.interfaces.clause import IClauseLibrary
from sicp.interfaces.clause import IProposal
from sicp.interfaces.clause import IProposals
from sicp.interfaces.clause import IRelease
from sicp.interfaces.clause import IReleases


@dataclass(frozen=True)
class ClauseVersion:
    """One version of a clause, never changed once written.

    ``data`` is the clause in the plain form of the drafting language (id, title, text,
    condition, variables, legal basis…). ``in_force_from`` is a day in France.
    ``release`` names the publication that brought it.
    """

    number: int
    data: Mapping[str, Any]
    written_by: str
    written_at: datetime
    in_force_from: date | None = None
    release: str = ""


@content("Clause")
@implementer(IClause)
class Clause(Content):
    """One clause; its id never changes and is never used again.

    ``retired_from`` is the day, in France, from which no new document takes it.
    ``comments`` are what readers say of it, whatever the version.
    """

    versions: tuple[ClauseVersion, ...] = ()
    retired_from: date | None = None
    comments: tuple[Comment, ...] = ()

    def __init__(self, clause_id: str, title: str) -> None:
        self.clause_id = clause_id
        self.title = title

    @property
    def current(self) -> ClauseVersion:
        """Return the latest version."""
        return self.versions[-1]

    def add_version(
        self,
        data: Mapping[str, Any],
        actor: str,
        at: datetime,
        in_force_from: date | None = None,
        release: str = "",
    ) -> ClauseVersion:
        """Write a new version; those before stay readable."""
        version = ClauseVersion(
            len(self.versions) + 1, dict(data), actor, at, in_force_from, release
        )
        self.versions = (*self.versions, version)
        self.retired_from = None
        self.title = str(data["title"])
        self._note_change(actor, at)
        return version

    def retire(self, on: date, actor: str, at: datetime) -> None:
        """Take the clause out of the library from the day ``on``."""
        self.retired_from = on
        self._note_change(actor, at)

    def version(self, number: int) -> ClauseVersion | None:
        """Return the version of that number, None when there is none."""
        is_known = 0 < number <= len(self.versions)
        return self.versions[number - 1] if is_known else None

    def _note_change(self, actor: str, at: datetime) -> None:
        self.touch(actor, at)
        library = _library_of(self)
        if library is not None:
            library.renew_stamp()


@content("ClauseFolder")
@implementer(IClauseFolder)
class ClauseFolder(Container):
    """A family of clauses, or a theme within a family."""


@content("ClauseLibrary")
@implementer(IClauseLibrary)
class ClauseLibrary(Container):
    """The clausier.

    ``stamp`` is another one after each change of a clause, never used twice: what was
    read of the clauses under one stamp stays true as long as the stamp is the same.
    ``quorum_percent`` is the share of the committee that must vote, ``majority`` the
    rule by which a proposal is adopted (``sicp.rules.committee_vote``).
    """

    stamp = ""
    quorum_percent = 50
    majority = "simple"

    def renew_stamp(self) -> None:
        """Note that a clause changed."""
        self.stamp = token_hex(8)


def _library_of(clause: Clause) -> ClauseLibrary | None:
    place: Any = clause
    while place is not None and not IClauseLibrary.providedBy(place):
        place = place.__parent__
    return place


#: What a proposal asks: a clause that is new, one that changes, one that ends.
CREATION = "creation"
AMENDMENT = "amendment"
RETIREMENT = "retirement"


@dataclass(frozen=True)
class Vote:
    """What a member of the committee says: ``for``, ``against`` or ``abstain``."""

    value: str
    at: datetime
    reason: str = ""


@content("Proposal")
@implementer(IProposal)
class Proposal(Content):
    """A change of the clausier, from its first draft to its publication.

    ``data`` is the clause as it would become; ``base_version`` the version it was
    written on, 0 for a new clause. ``electors`` are the logins of the committee on the
    day the text was put to the vote, with the rules of that day. ``reason`` tells
    writers why the library changes. ``release`` names the publication, once there.
    """

    base_version = 0
    reason = ""
    electors: tuple[str, ...] = ()
    quorum_percent = 50
    majority = "simple"
    comments: tuple[Comment, ...] = ()
    submitted_at: datetime | None = None
    settled_at: datetime | None = None
    settled_reason = ""
    release = ""

    def __init__(self, kind: str, clause_id: str, data: Mapping[str, Any]) -> None:
        self.kind = kind
        self.clause_id = clause_id
        self.data: Mapping[str, Any] = dict(data)
        self.title = str(data["title"])
        self.votes = PersistentMapping()

    def write(self, data: Mapping[str, Any], actor: str, at: datetime) -> None:
        """Replace the text proposed."""
        self.data = dict(data)
        self.title = str(data["title"])
        self.touch(actor, at)


@content("Proposals")
@implementer(IProposals)
class Proposals(Container):
    """The proposals, by number; ``last_number`` is that of the latest."""

    last_number = 0

    def next_number(self) -> int:
        """Take the next number; none is ever used again."""
        self.last_number = self.last_number + 1
        return self.last_number


@dataclass(frozen=True)
class Change:
    """One line of a publication.

    ``kind`` is ``clause`` or ``template``; ``old`` is 0 for what is new, ``new`` is 0
    for what is retired. ``policy`` says what becomes of the pieces under way:
    ``forced``, ``proposed`` or ``never``. ``reason`` tells writers why.
    """

    kind: str
    id: str
    title: str
    old: int
    new: int
    policy: str
    reason: str = ""


@content("Release")
@implementer(IRelease)
class Release(Content):
    """One publication of the clausier, never changed once made.

    ``clauses`` and ``templates`` tell the version of each that it holds: a piece that
    was begun under it is assembled from them, whatever is published later.
    ``in_force_from`` is a day in France. ``rank`` orders publications.
    """

    note = ""

    def __init__(self, name: str, rank: int, in_force_from: date) -> None:
        self.name = name
        self.title = name
        self.rank = rank
        self.in_force_from = in_force_from
        self.changes: tuple[Change, ...] = ()
        self.clauses: Mapping[str, int] = {}
        self.templates: Mapping[str, int] = {}


@content("Releases")
@implementer(IReleases)
class Releases(Container):
    """The publications of the clausier, by name (« 2026.3 »)."""

    latest = ""
