"""Contracts of consultations and of what they hold."""

from zope.interface import Attribute
from zope.interface import Interface


class IConsultations(Interface):
    """The module « Procédures »: one folder for each public body."""


class IConsultationFolder(Interface):
    """A folder of the hierarchy body, then year."""


class IConsultation(Interface):
    """One purchase, from the definition of the need to the end of the contract."""

    reference = Attribute("Unique in the site, such as 2026-0123.")


class ILots(Interface):
    """The lots of one consultation."""


class ILot(Interface):
    """A part of the purchase that is awarded on its own (article L2113-10)."""


class IDrafts(Interface):
    """The pieces being written for one consultation."""


class IDraft(Interface):
    """One piece: a canevas, and the writer's own answers, choices and texts."""


class IAttachments(Interface):
    """The technical pieces joined to one consultation."""


class IAttachment(Interface):
    """A file the buyer joins: technical clauses, price schedule, plan."""
