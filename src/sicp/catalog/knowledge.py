"""What the catalogue knows of folders and sheets of the knowledge base.

``allowed`` is the token of their zone: who holds it is asked of the zones when a list
is made (``sicp.operations.knowledge.zone``).
"""

from datetime import date
from typing import Any

from sicp.catalog.words import fold
from sicp.catalog.words import words_of
from sicp.rules.sheet_kind import date_of
from sicp.rules.sheet_kind import reference_of

FOLDER = "KnowledgeFolder"
SHEET = "Sheet"
#: The kind of folders, before those of sheets.
FOLDER_KIND = "folder"
#: What waits: a question for an answer, a working copy to be read again.
QUESTION, SUBMITTED = "question", "submitted"


class _KnowledgeIndexView:
    """What folders and sheets have in common."""

    def __init__(self, content: Any) -> None:
        self.allowed = [content.token()]
        self.folder = content.__parent__.__oid__
        self.rank = float(content.rank)
        self.title_sort = fold(content.title)
        self.created_by = content.created_by
        self.created_at = content.created_at.timestamp()
        self.modified_at = content.modified_at.timestamp()
        self.waiting = [QUESTION] if _is_asked(content) else []


class FolderIndexView(_KnowledgeIndexView):
    """Reads a folder for the indexes."""

    content_type = FOLDER
    kind = FOLDER_KIND

    def __init__(self, content: Any) -> None:
        super().__init__(content)
        self.words = words_of(content.title)


class SheetIndexView(_KnowledgeIndexView):
    """Reads a sheet for the indexes: what people read of it, or its draft."""

    content_type = SHEET

    def __init__(self, content: Any) -> None:
        super().__init__(content)
        said = content.shown
        self.kind = content.kind
        self.state = content.state
        self.owner = content.owner
        self.cites = list(said.cites)
        self.helps = list(content.helps)
        self.themes = sorted({fold(theme) for theme in said.themes})
        self.reference = reference_of(content.kind, said.fields)
        self.words = words_of(content.title, self.reference)
        self.dated_on = _iso(date_of(content.kind, said.fields))
        self.review_on = _iso(content.review_on)
        if content.current is not None:
            self.published_at = content.current.at.timestamp()
        self.waiting += waiting_words(content.working)


def pen_of(login: str) -> str:
    """Return the word of what is under the pen of somebody."""
    return f"pen:{login}"


def waiting_words(working: Any) -> list[str]:
    """Say for whom a working copy waits; nothing without one."""
    if working is None:
        return []
    return [pen_of(working.by), *([SUBMITTED] if working.is_submitted else [])]


def _is_asked(content: Any) -> bool:
    return any(
        comment.about == QUESTION and not comment.resolved_by
        for comment in content.comments.values()
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


class TokenView:
    """Tells only who reads, when a folder goes from one zone to another."""

    def __init__(self, token: str) -> None:
        self.allowed = [token]
