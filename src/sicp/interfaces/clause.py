"""Contracts of the clause library (« clausier »)."""

from zope.interface import Interface


class IClauseLibrary(Interface):
    """All clauses, by family."""


class IClauseFolder(Interface):
    """A family, or a theme of a family."""


class IClause(Interface):
    """One clause, kept in all its versions."""


class IProposals(Interface):
    """The proposals of the editorial committee, open and settled."""


class IProposal(Interface):
    """A change of the library under discussion: a clause to make, amend or retire."""


class IReleases(Interface):
    """The published versions of the clausier."""


class IRelease(Interface):
    """One published version of the clausier: what changed, and what it then holds."""
