"""Contracts of the companies that bid and hold contracts."""

from zope.interface import Interface


class ICompanies(Interface):
    """All companies, by identifier."""


class ICompany(Interface):
    """An economic operator."""
