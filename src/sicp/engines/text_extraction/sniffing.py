"""What a file is, told by its first bytes and its parts. Its name is never trusted."""

import re
import zipfile
from typing import BinaryIO

from sicp.engines.text_extraction.package import has_too_long_a_list

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: What a file may be.
KIND_TITLES = {
    "docx": "Document Word",
    "odt": "Document LibreOffice",
    "xlsx": "Classeur Excel",
    "ods": "Classeur LibreOffice",
    "pptx": "Présentation PowerPoint",
    "odp": "Présentation LibreOffice",
    "pdf": "PDF",
    "txt": "Texte",
    "doc": "Document Word 97-2003",
    "xls": "Classeur Excel 97-2003",
    "ppt": "Présentation PowerPoint 97-2003",
    "rtf": "Document RTF",
    "html": "Page web",
    "locked": "Document bureautique protégé",
    "dwg": "Plan DWG",
    "png": "Image PNG",
    "jpeg": "Image JPEG",
    "tiff": "Image TIFF",
}
#: A web page is a program for whoever opens it: it is read, but never handed on.
_NEVER_JOINED = {"html"}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"AC10", "dwg"),
    (b"{\\rtf", "rtf"),
)
#: Streams of the old container of Office, whose names stand in it in UTF-16.
_OLE_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_OLE_MACRO = "_VBA_PROJECT"
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_MAIN_PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
)
_PACKAGE = b"PK\x03\x04"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE
)
#: A macro is a program: no file that holds one is taken.
_MACRO_ENDINGS = ("vbaproject.bin", ".class", ".jar", ".exe", ".dll", ".js", ".vbs")
_MACRO_FOLDERS = ("basic/", "scripts/")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MOST_OLE = 64 * 1024 * 1024
_CHUNK = 1024 * 1024


def sniff(file: BinaryIO) -> str:
    """Return the kind of a file that may be kept and handed on to others.

    It is a key of ``KIND_TITLES``; empty for what is none, a program, or a web page.
    The file is left at its beginning.
    """
    kind = kind_of(file)
    return "" if kind in _NEVER_JOINED else kind


def is_package(file: BinaryIO) -> bool:
    """Tell a ZIP by its first bytes; the file is left at its beginning."""
    file.seek(0)
    head = file.read(len(_PACKAGE))
    file.seek(0)
    return head == _PACKAGE


def kind_of(file: BinaryIO) -> str:
    """Return what a file is, a key of ``KIND_TITLES``; empty when it is none.

    The file is left at its beginning; however large, little of it is held in memory.
    """
    file.seek(0)
    head = file.read(_HEAD)
    found = _sniffed(file, head)
    file.seek(0)
    return found


def _sniffed(file: BinaryIO, head: bytes) -> str:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_PACKAGE):
        return "" if has_too_long_a_list(file) else _office_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
    if _PAGE.match(head) and b"\x00" not in head:
        return "html"
    return "txt" if head and _is_text(head) else ""


def _office_kind(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as package:
            names = {name.lower() for name in package.namelist()}
            if any(map(_is_program, names)):
                return ""
            kind = next((k for part, k in _MAIN_PARTS if part in names), "")
            if kind or "mimetype" not in names:
                return kind
            with package.open("mimetype") as part:
                return _MIMETYPES.get(part.read(100).strip(), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, KeyError):
        return ""


def _is_program(name: str) -> bool:
    is_macro = name.startswith(_MACRO_FOLDERS) and not name.endswith("/")
    return is_macro or name.endswith(_MACRO_ENDINGS)


def _ole_kind(file: BinaryIO) -> str:
    names = [name for name, _kind in _OLE_STREAMS]
    found = _names_within(file, (*names, _OLE_MACRO))
    if _OLE_MACRO in found:
        return ""
    return next((kind for name, kind in _OLE_STREAMS if name in found), "")


def _names_within(file: BinaryIO, names: tuple[str, ...]) -> set[str]:
    """Return those of the names that stand in the file, which is read by pieces."""
    found: set[str] = set()
    before = b""
    file.seek(0)
    for _turn in range(_MOST_OLE // _CHUNK):
        chunk = file.read(_CHUNK)
        if not chunk:
            break
        seen = before + chunk
        found.update(name for name in names if name.encode("utf-16-le") in seen)
        before = seen[-2 * max(map(len, names)) :]
    return found


def _is_text(head: bytes) -> bool:
    # A script is a text too, but no piece of a consultation begins so.
    if head.startswith(b"#!") or head.lstrip()[:1] == b"<" or b"\x00" in head:
        return False
    if _CONTROLS.search(head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The last letter may be cut in two; what is not UTF-8 may be Windows-1252.
        return error.start > len(head) - 4 or _is_western(head)
    return True


def _is_western(head: bytes) -> bool:
    try:
        head.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
