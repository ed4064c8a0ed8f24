"""What a file is, told by its first bytes and its parts. Its name is never trusted."""

import re
import zipfile
from typing import BinaryIO

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: What may be joined to a consultation, by kind; all else is refused.
KIND_TITLES = {
    "docx": "Document Word",
    "odt": "Document LibreOffice",
    "xlsx": "Classeur Excel",
    "ods": "Classeur LibreOffice",
    "pdf": "PDF",
    "txt": "Texte",
    "doc": "Document Word 97-2003",
    "xls": "Classeur Excel 97-2003",
    "locked": "Document bureautique protégé",
    "dwg": "Plan DWG",
    "png": "Image PNG",
    "jpeg": "Image JPEG",
    "tiff": "Image TIFF",
}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"AC10", "dwg"),
)
#: Streams of the old container of Office, whose names stand in it in UTF-16.
_OLE_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MAIN_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
#: A macro is a program: no file that holds one is taken.
_MACRO_ENDINGS = ("vbaproject.bin", ".class", ".jar", ".exe", ".dll", ".js", ".vbs")
_MACRO_FOLDERS = ("basic/", "scripts/")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MOST_OLE = 64 * 1024 * 1024


def sniff(file: BinaryIO) -> str:
    """Return the kind of a file, a key of ``KIND_TITLES``; empty when it is none.

    The file is left at its beginning.
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
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
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
    file.seek(0)
    content = file.read(_MOST_OLE)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return ""
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            return kind
    return ""


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
