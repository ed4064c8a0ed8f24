"""Contracts of the organisation: public bodies, directions, services."""

from zope.interface import Attribute
from zope.interface import Interface


class IEntity(Interface):
    """A place in the tree to which people are assigned and contracts entrusted."""

    title = Attribute("The full French name.")
    kind = Attribute("One of root, body, direction, service.")


class IOrganisation(IEntity):
    """The top of the tree, above all public bodies."""


class IBody(IEntity):
    """A public body: it buys in its own name and sees nothing of the others."""
