"""Contract of the journals: append-only records of what people did."""

from zope.interface import Interface


class IJournal(Interface):
    """Entries in the order of time; nothing is ever changed or removed."""
