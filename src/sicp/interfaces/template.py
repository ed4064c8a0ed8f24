"""Contracts of the canevas."""

from zope.interface import Interface


class ITemplateLibrary(Interface):
    """All canevas."""


class ITemplate(Interface):
    """A canevas: the ordered tree of clauses of one kind of document."""
