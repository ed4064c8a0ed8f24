"""Writes the sheets of an import, each at one go: its text, its state, its file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ZODB.blob import Blob

from sicp.content_types.knowledge import SheetFile
from sicp.content_types.knowledge import SheetText
from sicp.content_types.knowledge import WorkingCopy
from sicp.events import Happened
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.bulk.wanted import Wanted
from sicp.operations.knowledge.bulk.wanted import WantedFile
from sicp.operations.knowledge.bulk.wanted import digest
from sicp.operations.knowledge.bulk.wanted import mark_of
from sicp.operations.knowledge.bulk.wanted import review_day
from sicp.operations.knowledge.bulk.wanted import take_over_file
from sicp.operations.knowledge.file import note_mark
from sicp.operations.knowledge.folder import place_new
from sicp.operations.knowledge.link import cites_of
from sicp.operations.knowledge.publishing import add_version
from sicp.operations.knowledge.publishing import show_latest
from sicp.operations.reading import ask_reading
from sicp.workflows.base import initialize
from sicp.workflows.knowledge import DRAFT
from sicp.workflows.knowledge import OBSOLETE
from sicp.workflows.knowledge import TABLE

_LINK = re.compile(r"sicp:sheet/(-?\d{1,20})")


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, when, and at what rank among the neighbours."""

    site: Any
    actor: Actor
    now: datetime
    registry: Any
    rank: float


def write_new_sheet(folder: Any, wanted: Wanted, by: Writing) -> Any:
    """Write a sheet in a folder: published where it is wanted so, else a draft."""
    sheet = by.registry.content.create("Sheet", wanted.kind, wanted.title)
    owner = str(wanted.more.get("owner", ""))
    sheet.owner = owner if owner in by.site["utilisateurs"] else by.actor.login
    sheet.review_on = review_day(wanted.more)
    said = _text(sheet, wanted)
    if wanted.state == DRAFT:
        _draft(sheet, said, by)
    else:
        add_version(sheet, said, by.actor.login, by.actor.login, by.now, french(_NOTE))
    if wanted.state == OBSOLETE:
        sheet.state_reason = str(wanted.more.get("reason", ""))
    initialize(by.registry, TABLE, sheet, wanted.state)
    name = str(wanted.more.get("name", ""))
    place_new(folder, sheet, name, by.rank, by.actor, by.now)
    _read_file(sheet, said, by)
    note_mark(sheet, mark_of(said))
    by.registry.notify(Happened(sheet, "sheet-imported", by.actor.login, by.now))
    return sheet


def update_sheet(sheet: Any, wanted: Wanted, by: Writing) -> None:
    """Have a sheet that nobody changed since say what its source says now."""
    said = _text(sheet, wanted)
    if sheet.current is None:
        _draft(sheet, said, by)
        sheet.title = said.title
    else:
        add_version(sheet, said, by.actor.login, by.actor.login, by.now, french(_NOTE))
    show_latest(sheet, by.actor, by.now)
    _read_file(sheet, said, by)
    note_mark(sheet, mark_of(said))
    by.registry.notify(Happened(sheet, "sheet-reimported", by.actor.login, by.now))


def digest_of(sheet: Any) -> str:
    """Return the digest of what a sheet says now."""
    said = sheet.shown
    sha256 = said.file.sha256 if said.file is not None else ""
    return digest(sheet.kind, said.title, said.text, said.fields, said.themes, sha256)


def relink_sheet(sheet: Any, numbers: Mapping[str, int]) -> bool:
    """Have the links of a sheet lead where its source's led; tell whether any changed.

    It is the end of the import itself, not a new version: a text is not whole before.
    """
    said = sheet.shown

    def here(found: re.Match[str]) -> str:
        return f"sicp:sheet/{numbers.get(found[1], found[1])}"

    text = _LINK.sub(here, said.text)
    if text == said.text:
        return False
    said.text = text
    said.cites = _cites(sheet, said)
    return True


def _text(sheet: Any, wanted: Wanted) -> SheetText:
    said = SheetText(wanted.title)
    said.text, said.fields = wanted.text, dict(wanted.fields)
    said.themes = wanted.themes
    said.cites = _cites(sheet, said)
    if wanted.file is not None:
        current = sheet.shown.file if sheet.shown is not None else None
        is_same = current is not None and current.sha256 == wanted.file.sha256
        said.file = current if is_same else _file(wanted.file)
    return said


def _cites(sheet: Any, said: SheetText) -> tuple[str, ...]:
    own = f"article:{said.fields.get('number')}" if sheet.kind == "article" else ""
    return tuple(name for name in cites_of(said.text) if name != own)


def _draft(sheet: Any, said: SheetText, by: Writing) -> None:
    sheet.working = WorkingCopy(said.title)
    sheet.working.say(said)
    sheet.working.by, sheet.working.since = by.actor.login, by.now
    sheet.working.saved_at = by.now


def _file(wanted: WantedFile) -> SheetFile:
    blob = Blob()
    take_over_file(wanted, blob)
    file = SheetFile(blob, wanted.name, wanted.kind)
    file.size, file.sha256 = wanted.size, wanted.sha256
    return file


def _read_file(sheet: Any, said: SheetText, by: Writing) -> None:
    is_new = said.file is not None and said.file._p_jar is None  # noqa: SLF001
    if is_new:
        ask_reading(sheet, said.file, by.now)


_NOTE = _("import-note", default="Import")
