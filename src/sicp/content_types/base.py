"""What all content of the site has in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from persistent import Persistent
from substanced.folder import Folder
from substanced.util import get_oid


@dataclass(frozen=True)
class Comment:
    """What a colleague says of a passage, never changed once written.

    ``about`` names the part of the text (a clause, or a property of it), ``quote`` the
    words meant, empty for the whole part: a comment follows its words, not a place on
    a page. ``answers_to`` is the id of another comment. Instants are aware UTC.
    """

    id: str
    author: str
    at: datetime
    text: str
    about: str = ""
    quote: str = ""
    answers_to: str = ""
    resolved_by: str = ""
    resolved_at: datetime | None = None


class Content(Persistent):
    """An object of the site without children.

    ``created_at`` and ``modified_at`` are aware UTC. ``revision`` grows by one at each
    save: a form that was opened on an older revision must be merged, not written.
    """

    __name__ = None
    __parent__ = None

    title = ""
    created_at: datetime | None = None
    created_by = ""
    modified_at: datetime | None = None
    modified_by = ""
    revision = 0

    def touch(self, actor: str, at: datetime) -> None:
        """Note who saved the object, and when."""
        if self.created_at is None:
            self.created_at = at
            self.created_by = actor
        self.modified_at = at
        self.modified_by = actor
        self.revision = self.revision + 1


class Container(Folder):
    """An object of the site that holds others."""

    title = ""
    created_at: datetime | None = None
    created_by = ""
    modified_at: datetime | None = None
    modified_by = ""
    revision = 0

    touch = Content.touch

    def __init__(self, title: str = "", **kw: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.title = title
        for name, value in kw.items():
            setattr(self, name, value)


def oid(content: object) -> int:
    """Return the number under which the site knows ``content``, for ever."""
    return get_oid(content)
