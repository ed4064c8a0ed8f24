"""When a Word file says it was first made: its copies and later saves still say it."""

from datetime import UTC
from datetime import datetime

from sicp.engines.docx.elements import Element
from sicp.engines.docx.reading_package import Package

_CREATED = "{http://purl.org/dc/terms/}created"
_CORE = "docProps/core.xml"
_LONGEST = 40


def made_at(data: bytes) -> datetime | None:
    """Return the instant at which a Word file was first made, aware UTC, if it says so.

    Raises:
        ReadError: the file is no Word file, is encrypted, damaged or too big.
    """
    root = Package(data).named_part(_CORE)
    return None if root is None else _instant(root)


def _instant(root: Element) -> datetime | None:
    found = root.find(_CREATED)
    text = (found.text or "").strip() if found is not None else ""
    if not text or len(text) > _LONGEST:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
