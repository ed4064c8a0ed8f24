"""Reads the text of files beside the pages: what waits, what was read, what failed.

A file waits in the database, in the transaction that brings it; whoever reads it next
does so in a process whose time and memory are bounded.
"""

from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from substanced.util import find_objectmap
from ZODB.blob import Blob
from ZODB.POSException import POSKeyError

from sicp import permissions as p
from sicp.content_types.background import Background
from sicp.content_types.knowledge import is_in_bin
from sicp.engines.text_extraction import DEFAULT_SECONDS
from sicp.engines.text_extraction import READABLE
from sicp.engines.text_extraction import ExtractedText
from sicp.engines.text_extraction import Metadata
from sicp.engines.text_extraction import Reading
from sicp.engines.text_extraction import TextState
from sicp.engines.text_extraction import from_json
from sicp.engines.text_extraction import read
from sicp.engines.text_extraction import read_apart
from sicp.engines.text_extraction import to_json
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import Actor
from sicp.operations.user.right import may

PENDING = "pending"
#: In bytes, and in seconds of a processor: what a request itself may read.
READ_AT_ONCE = 4 * 1024 * 1024
SECONDS_AT_ONCE = 8.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file whose text could not be read, and the sheet it belongs to."""

    key: str
    file: Any
    sheet: Any


def background_of(site: Any) -> Background:
    """Return what waits on a site, made when something is asked first."""
    if site.background is None:
        site.background = Background()
    found: Background = site.background
    return found


def new_key(now: datetime) -> str:
    """Return a key that nothing has, after those of before."""
    return f"{now.isoformat()}-{token_hex(6)}"


def ask_reading(place: Any, file: Any, now: datetime) -> None:
    """Have the text of a file read soon; ``place`` is what it belongs to.

    A file of a kind that holds no text is told so at once.
    """
    if file.kind not in READABLE:
        with file.file.open("r") as source:
            note(file, read(source, file.kind))
        return
    file.note_text(PENDING, None, "")
    waiting = background_of(find_objectmap(place).root).waiting
    waiting[new_key(now)] = (file, place)


def note(file: Any, reading: Reading) -> None:
    """Note beside a file how its reading ended."""
    text = Blob(to_json(reading.text)) if reading.text is not None else None
    file.note_text(reading.state.value, text, reading.message)


def waiting_keys(site: Any) -> list[str]:
    """Return the keys of the files that wait, the oldest first."""
    return list(site.background.waiting) if site.background is not None else []


def read_waiting(
    site: Any, key: str, seconds: float = DEFAULT_SECONDS
) -> Reading | None:
    """Read a file that waits, in a process apart; None when it waits no more."""
    found = site.background.waiting.get(key)
    if found is None:
        return None
    file, _place = found
    try:
        with file.file.open("r") as source:
            return read_apart(Path(source.name), file.kind, seconds)
    except (OSError, POSKeyError):
        return Reading(TextState.BROKEN, None, _LOST)


def note_reading(site: Any, key: str, reading: Reading) -> bool:
    """Note how the reading of a file that waits ended; False when another did."""
    background = site.background
    found = background.waiting.pop(key, None)
    if found is None:
        return False
    file, place = found
    note(file, reading)
    # Who follows the records of the site hears of a text by what it belongs to.
    place._p_changed = True  # noqa: SLF001
    if ISheet.providedBy(place):
        file.note_metadata(asdict(reading.metadata))
        if reading.state.is_failure:
            background.failed[key] = found
    return True


def text_of(file: Any) -> ExtractedText | None:
    """Return the text read of a file; None when there is none."""
    if file.text is None:
        return None
    with file.text.open("r") as source:
        return from_json(source.read())


def metadata_of(file: Any) -> Metadata:
    """Return what the file of a sheet says of itself, empty before it was read."""
    return Metadata(**file.metadata)


def state_title(file: Any) -> str:
    """Say in French what is known of the text of a file of a sheet."""
    if file.text_state == PENDING:
        return _("text-pending", default="Lecture du texte en attente")
    return TextState(file.text_state).title


def is_failed(file: Any) -> bool:
    """Tell whether the text of a file of a sheet could not be read."""
    return file.text_state != PENDING and TextState(file.text_state).is_failure


def failures(site: Any, actor: Actor) -> Iterator[Failure]:
    """Walk the files that could not be read and that a sheet still has, latest first.

    Only those of sheets that the actor may see.
    """
    background = site.background
    for key in reversed(list(background.failed)) if background is not None else ():
        file, sheet = background.failed[key]
        if _is_used(file, sheet) and may(actor, p.VIEW_KNOWLEDGE, sheet):
            yield Failure(key, file, sheet)


def retry_reading(site: Any, key: str, *, now: datetime) -> bool:
    """Have a file that could not be read, read again; False when it is gone."""
    failed = site.background.failed if site.background is not None else {}
    found = failed.get(key)
    if found is None:
        return False
    del failed[key]
    file, sheet = found
    ask_reading(sheet, file, now)
    return True


def _is_used(file: Any, sheet: Any) -> bool:
    if sheet.__parent__ is None or is_in_bin(sheet):
        return False
    said = (sheet.current, sheet.working)
    return any(text is not None and text.file is file for text in said)


_LOST = "Le fichier n’est plus là : son texte n’est pas lu."
