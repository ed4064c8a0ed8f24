"""Answers that are files: named in French, never run by the browser, never kept by it.

The name comes from titles people typed: it is made safe here, once, for all pages.
"""

import re
import unicodedata
from typing import Any
from typing import BinaryIO
from urllib.parse import quote

from pyramid.response import FileIter
from pyramid.response import Response

#: What a file is, by the end of its name; anything else is only bytes.
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain; charset=utf-8",
    "dwg": "image/vnd.dwg",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
}
#: Other ends of name that a kind may bear.
_OTHER_ENDS = {"jpeg": ("jpg",), "tiff": ("tif",), "txt": ("csv", "text")}
_ANYTHING = "application/octet-stream"

#: Signs no file system of our users takes, controls, and marks that reverse reading.
_UNFIT = re.compile(
    '[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+'
)
_SPACES = re.compile(r"\s+")
_LONGEST_NAME = 150
_FALLBACK = "document"
#: Signs that RFC 5987 lets stand in an extended value.
_UNRESERVED = "!#$&+-.^_`|~"


def file_answer(data: bytes, name: str) -> Any:
    """Answer with a file to keep, whose kind is told by the end of its ``name``."""
    safe = safe_name(name)
    response = Response(body=data)
    extension = safe.rpartition(".")[2].lower()
    response.headers["Content-Type"] = CONTENT_TYPES.get(extension, _ANYTHING)
    response.headers["Content-Disposition"] = disposition(safe)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def stream_answer(file: BinaryIO, size: int, name: str, kind: str) -> Any:
    """Answer with a file that somebody sent, piece by piece, as what it truly is.

    ``kind`` was told by the content; where the name claims another one, the true end
    is added to it. An unknown kind (a locked file) keeps its name and is only bytes.
    """
    known = kind in CONTENT_TYPES
    ends = (kind, *_OTHER_ENDS.get(kind, ())) if known else ("",)
    is_true = name.lower().endswith(tuple(f".{end}" for end in ends)) or not known
    answer = file_answer(b"", name if is_true else f"{name}.{kind}")
    answer.headers["Content-Type"] = CONTENT_TYPES.get(kind, _ANYTHING)
    answer.app_iter = FileIter(file)
    answer.content_length = size
    return answer


def disposition(name: str) -> str:
    """Write the header that names a download (RFC 6266, with RFC 5987 for accents)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = plain.replace(";", "_").replace("%", "_").strip() or _FALLBACK
    extended = quote(name, safe=_UNRESERVED)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{extended}"


def safe_name(name: str) -> str:
    """Return a file name without path, control or trap; its end is kept when cut."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", name))
    text = _UNFIT.sub("_", text).strip(" .")
    if len(text) <= _LONGEST_NAME:
        return text or _FALLBACK
    stem, dot, extension = text.rpartition(".")
    kept = _LONGEST_NAME - len(dot) - len(extension)
    if kept <= 0:
        return text[:_LONGEST_NAME]
    return f"{stem[:kept].rstrip()}{dot}{extension}"
