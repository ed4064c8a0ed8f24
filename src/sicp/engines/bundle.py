"""The archive of a consultation: one ZIP, the same bytes for the same pieces."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from shutil import copyfileobj
from typing import BinaryIO

#: Nothing in the archive tells when it was made: the table of pieces does.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNFIT = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 80
_CHUNK = 1024 * 1024
#: Kinds that are compressed already.
_DENSE = (".pdf", ".docx", ".xlsx", ".odt", ".ods", ".png", ".jpeg", ".jpg", ".dwg")
_READABLE_BY_ALL = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive, under a name made by ``entry_name``."""

    name: str
    file: BinaryIO


def entry_name(number: int, name: str, kind: str) -> str:
    """Return the name of a file in the archive: numbered, plain, without any path.

    ``name`` may come from anybody; ``kind`` is what the content is, and ends the name.
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = re.sub(rf"\.(?:{re.escape(kind)}|jpg|tif)\Z", "", plain, flags=re.IGNORECASE)
    stem = _UNFIT.sub("-", stem).strip("-._")[:_LONGEST_STEM].rstrip("-._")
    return f"{number:02d}_{stem or 'piece'}.{kind}"


def write_zip(target: BinaryIO, entries: Iterable[Entry]) -> None:
    """Write an archive, file after file, none of them whole in memory."""
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for entry in entries:
            is_dense = entry.name.lower().endswith(_DENSE)
            info = zipfile.ZipInfo(entry.name, _NO_DATE)
            info.compress_type = (
                zipfile.ZIP_STORED if is_dense else zipfile.ZIP_DEFLATED
            )
            info.external_attr = _READABLE_BY_ALL
            with archive.open(info, "w", force_zip64=True) as inside:
                copyfileobj(entry.file, inside, _CHUNK)
