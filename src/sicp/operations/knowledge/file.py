"""The file of a sheet: put on its working copy, replaced, taken off.

What people read changes at the publication only, as the text does. The text of the file
is read beside the pages (``sicp.operations.reading``).
"""

from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree

from sicp.content_types.knowledge import SheetFile
from sicp.content_types.knowledge import base_of
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.sheet import open_working
from sicp.operations.reading import ask_reading
from sicp.operations.upload import Received
from sicp.operations.upload import Upload
from sicp.operations.upload import receive


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
