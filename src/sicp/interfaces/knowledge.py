"""Contracts of the knowledge base: folders, sheets, and what was thrown away."""

from zope.interface import Attribute
from zope.interface import Interface


class IShelf(Interface):
    """A place that holds folders and sheets."""


class IKnowledgeBase(IShelf):
    """The knowledge base, top of its folders."""


class IKnowledgeFolder(IShelf):
    """A folder, open to all agents or kept for those of some entities."""

    readers = Attribute("Numbers of the entities that read; None: as the folder above.")


class ISheet(Interface):
    """A text of the knowledge base: official text, article, practice, case law."""

    kind = Attribute("Its row in the table of kinds.")


class IKnowledgeBin(IShelf):
    """What was thrown away and may come back."""


class IBinEntry(IShelf):
    """One thing thrown away, with all it holds, and where it came from."""
