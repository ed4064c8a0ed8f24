"""Contracts of people and of what they may do."""

from dataclasses import dataclass

from zope.interface import Attribute
from zope.interface import Interface


class IUsers(Interface):
    """The people of the site, by login."""


class IUser(Interface):
    """One person with an account."""

    login = Attribute("What he types to log in; never changes.")
    home = Attribute("The number of the entity the account belongs to; no right.")


class IProfiles(Interface):
    """The profiles of the site."""


class IProfile(Interface):
    """A named set of functions."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, or the system itself, with the principals he holds now."""

    login: str
    name: str
    principals: frozenset[str]
    on_behalf_of: tuple[str, ...] = ()


class IDirectory(Interface):
    """Who checks passwords: the local accounts, or a directory of the organisation."""

    def authenticate(site: object, login: str, password: str) -> str | None:
        """Return the login of the account whose password this is, else None."""
