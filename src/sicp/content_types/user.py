"""People, what they are assigned to, and the profiles that say what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime

from BTrees.LLBTree import LLTreeSet
from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from persistent import Persistent
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.user import IProfile
from sicp.interfaces.user import IProfiles
from sicp.interfaces.user import IUser
from sicp.interfaces.user import IUsers


@dataclass(frozen=True)
class Assignment:
    """A profile, held at an entity, from a day to another, both included."""

    id: str
    profile: str
    entity: int
    starts_on: date
    ends_on: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Tell whether the assignment holds on the day ``on``."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True)
class Substitution:
    """Somebody else acts for an absent user, from a day to another, both included."""

    id: str
    substitute: str
    starts_on: date
    ends_on: date

    def is_in_force(self, on: date) -> bool:
        """Tell whether the substitute acts on the day ``on``."""
        return self.starts_on <= on <= self.ends_on


class SavedSearch(Persistent):
    """A search that a person keeps under a name, to ask it again.

    ``asked`` are the words and values of its address. While ``is_alerted``, a mail
    tells what it finds that is not among ``told``, the numbers of what it found
    before, once it ``is_primed``; ``alerted_at`` is when it last did (aware UTC).
    """

    is_alerted = False
    is_primed = False
    alerted_at: datetime | None = None

    def __init__(
        self, name: str, asked: tuple[tuple[str, str], ...], at: datetime
    ) -> None:
        self.name = name
        self.asked = asked
        self.saved_at = at
        self.told = LLTreeSet()


@content("User")
@implementer(IUser)
class User(Content):
    """One person with an account.

    ``password_hash`` is bcrypt's, or empty when a directory checks passwords.
    A temporary password only opens the page where another one is chosen.
    ``home`` is the entity the account belongs to; it gives no right.
    ``reset_digest`` is that of a mailed link, good until ``reset_until``.
    ``replaces`` lists the logins of those who named this user as substitute.
    ``is_demonstration`` accounts have printed passwords: a real site refuses them.
    ``searches`` are those kept under a name, by their key; None before the first one.
    """

    password_hash = ""
    password_set_at: datetime | None = None
    has_temporary_password = False
    reset_digest = ""
    reset_until: datetime | None = None
    is_active = True
    is_demonstration = False
    email = ""
    home = 0
    assignments: tuple[Assignment, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    replaces: tuple[str, ...] = ()
    searches: OOBTree | None = None

    def __init__(self, login: str, title: str, email: str = "") -> None:
        self.login = login
        self.title = title
        self.email = email

    def assign(self, assignment: Assignment) -> None:
        """Give one more assignment."""
        self.assignments = (*self.assignments, assignment)

    def end_assignment(self, assignment_id: str, ends_on: date) -> None:
        """Set the last day of an assignment; it stays in the history."""
        self.assignments = tuple(
            replace(a, ends_on=ends_on) if a.id == assignment_id else a
            for a in self.assignments
        )

    def assignments_on(self, on: date) -> tuple[Assignment, ...]:
        """Return the assignments in force on the day ``on``."""
        return tuple(a for a in self.assignments if a.is_in_force(on))


@content("Users")
@implementer(IUsers)
class Users(Container):
    """All accounts, by login. Accounts are closed, never removed."""


@content("Profile")
@implementer(IProfile)
class Profile(Content):
    """A named set of functions; a change counts at the next request of each user."""

    def __init__(self, title: str, functions: Iterable[str] = ()) -> None:
        self.title = title
        self.functions = OOTreeSet(functions)

    def set_functions(self, functions: Iterable[str]) -> None:
        """Replace the set of functions."""
        self.functions.clear()
        self.functions.update(functions)


@content("Profiles")
@implementer(IProfiles)
class Profiles(Container):
    """All profiles, by name."""
