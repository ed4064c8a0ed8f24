"""Contracts of the clause library (« clausier »)."""

from zope.interface import Interface


class IClauseLibrary(Interface):
    """All clauses, by family."""


class IClauseFolder(Interface):
    """A family, or a theme of a family."""


class IClause(Interface):
    """One clause, kept in all its versions."""
