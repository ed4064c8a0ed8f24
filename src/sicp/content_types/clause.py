"""The clause library: families, themes, clauses, each clause in all its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from secrets import token_hex
from typing import Any

from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IClauseFolder
from sicp.interfaces.clause import IClauseLibrary


@dataclass(frozen=True)
class ClauseVersion:
    """One version of a clause, never changed once written.

    ``data`` is the clause in the plain form of the drafting language (id, title, text,
    condition, variables, legal basis…). ``in_force_from`` is a day in France.
    """

    number: int
    data: Mapping[str, Any]
    written_by: str
    written_at: datetime
    in_force_from: date | None = None


@content("Clause")
@implementer(IClause)
class Clause(Content):
    """One clause; its id never changes and is never used again."""

    versions: tuple[ClauseVersion, ...] = ()

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
    ) -> ClauseVersion:
        """Write a new version; those before stay readable."""
        version = ClauseVersion(
            len(self.versions) + 1, dict(data), actor, at, in_force_from
        )
        self.versions = (*self.versions, version)
        self.title = str(data["title"])
        self.touch(actor, at)
        library = _library_of(self)
        if library is not None:
            library.renew_stamp()
        return version


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
    """

    stamp = ""

    def renew_stamp(self) -> None:
        """Note that a clause changed."""
        self.stamp = token_hex(8)


def _library_of(clause: Clause) -> ClauseLibrary | None:
    place: Any = clause
    while place is not None and not IClauseLibrary.providedBy(place):
        place = place.__parent__
    return place
