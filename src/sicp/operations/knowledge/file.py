"""The file of a sheet: put on its working copy, replaced, taken off.

What people read changes at the publication only, as the text does. The text of the file
is read beside the pages (``sicp.operations.reading``).
"""

from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import SheetFile
from sicp.content_types.knowledge import base_of
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.folder import LONGEST_TITLE
from sicp.operations.knowledge.folder import checked_title
from sicp.operations.knowledge.sheet import open_working
from sicp.operations.reading import ask_reading
from sicp.operations.reading import metadata_of
from sicp.operations.upload import Received
from sicp.operations.upload import Upload
from sicp.operations.upload import receive
from sicp.operations.user.right import may


def put_file(
    sheet: Any, upload: Upload | None, *, actor: Actor, now: datetime, registry: Any
) -> SheetFile:
    """Put a file on the working copy, in the place of the one it had if any.

    The revision of the text does not change: a file does not undo what is being typed.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen, or the text is being read again.
        InvalidInputError: no file, empty, too large, of a kind that is not taken, or
            the one that the sheet has already.
    """
    working = open_working(sheet, actor=actor, now=now, registry=registry)
    received = receive(upload, registry)
    if working.file is not None and working.file.sha256 == received.sha256:
        raise InvalidInputError(
            _("sheet-file-same", default="La fiche porte déjà ce fichier."), "file"
        )
    file = sheet_file(received)
    working.file, working.saved_at = file, now
    ask_reading(sheet, file, now)
    note_mark(sheet, f"file:{file.sha256}")
    _note(sheet, "sheet-file-put", file, actor, now, registry)
    return file


def remove_file(sheet: Any, *, actor: Actor, now: datetime, registry: Any) -> None:
    """Take the file off the working copy; published versions keep theirs.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen, the text is being read again, or there is
            no file.
    """
    working = open_working(sheet, actor=actor, now=now, registry=registry)
    file = working.file
    if file is None:
        raise StateError(
            _("sheet-file-none", default="La fiche ne porte pas de fichier."), "file"
        )
    working.file, working.saved_at = None, now
    _note(sheet, "sheet-file-removed", file, actor, now, registry)


def title_of(file: SheetFile | None) -> str:
    """Return the title a file gives itself, as a sheet may bear it; empty for none."""
    said = metadata_of(file).title if file is not None else ""
    if len(said) <= LONGEST_TITLE:
        return said
    return said[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def offered_title(sheet: Any, actor: Actor) -> str:
    """Return the title of the file that the actor may give to the working copy.

    Empty when there is none, when the sheet bears it already, or when the actor does
    not write it now.
    """
    working = sheet.working
    is_held = working is not None and (
        working.by != actor.login or working.is_submitted
    )
    said = working if working is not None else sheet.current
    if said is None or is_held or not may(actor, p.EDIT_KNOWLEDGE, sheet):
        return ""
    title = title_of(said.file)
    return "" if title.casefold() == said.title.casefold() else title


def take_file_title(sheet: Any, *, actor: Actor, now: datetime, registry: Any) -> str:
    """Give the working copy the title of its file; return it.

    It is a revision of the text: a page opened before is compared with it.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen, the text is being read again, or there is
            no file, or it tells no title.
    """
    working = open_working(sheet, actor=actor, now=now, registry=registry)
    title = title_of(working.file)
    if not title:
        raise StateError(
            _("sheet-file-untitled", default="Le fichier ne dit pas son titre."),
            "title",
        )
    before, working.title = working.title, checked_title(title)
    working.saved_at = now
    working.revision += 1
    if sheet.current is None:
        sheet.title = working.title
        sheet.touch(actor.login, now)
        index(find_objectmap(sheet).root, sheet)
    details = {"before": before, "title": working.title}
    registry.notify(
        Happened(sheet, "sheet-title-taken", actor.login, now, details=details)
    )
    return working.title


def sheet_file(received: Received) -> SheetFile:
    """Return what was received as the file of a sheet."""
    file = SheetFile(received.blob, received.name, received.kind)
    file.size, file.sha256 = received.size, received.sha256
    return file


def note_mark(sheet: Any, mark: str) -> None:
    """Note what a sheet may be known by when the same comes again.

    It is a hint: who finds a sheet by it looks whether it still says so.
    """
    base = base_of(sheet)
    if base.digests is None:
        base.digests = OOBTree()
    base.digests[mark] = sheet.__oid__


def _note(  # noqa: PLR0913
    sheet: Any, action: str, file: SheetFile, actor: Actor, now: datetime, registry: Any
) -> None:
    details = {"file": file.file_name, "sha256": file.sha256}
    registry.notify(Happened(sheet, action, actor.login, now, details=details))
