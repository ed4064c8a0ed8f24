"""What the catalogue knows of an account.

``allowed`` is not among it: an account is no consultation, and the lists that ask
``allowed`` must never meet one. Lists of accounts ask ``home`` instead.
"""

from typing import Any

from sicp.catalog.words import fold
from sicp.catalog.words import words_of

ACTIVE = "active"
CLOSED = "account_closed"


class UserIndexView:
    """Reads an account for the indexes; an absent attribute is not indexed."""

    content_type = "User"

    def __init__(self, user: Any, home: Any) -> None:
        self._user = user
        self.reference = user.login
        self.title_sort = fold(user.title)
        self.words = words_of(user.login, user.title)
        self.state = ACTIVE if user.is_active else CLOSED
        self.created_by = user.created_by
        self.assigned = sorted({item.entity for item in user.assignments})
        self.home = home.__oid__ if home is not None else 0
        body = home.body() if home is not None else None
        self.body = body.__oid__ if body is not None else 0

    @property
    def created_at(self) -> float:
        """Tell the instant the account was opened."""
        return self._user.created_at.timestamp()

    @property
    def modified_at(self) -> float:
        """Tell the instant of the last change."""
        return self._user.modified_at.timestamp()
