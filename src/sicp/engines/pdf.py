"""PDF made by LibreOffice, without window, in a process of its own.

Each conversion has its own temporary profile: two may run at once, none can leave
anything to the next, and a document cannot run a macro nor call the network by a link.
The result is PDF/A-2b, tagged for screen readers (PDF/UA).
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

DEFAULT_TIMEOUT_SECONDS = 90.0
_COMMANDS = ("soffice", "libreoffice")
_EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
}
#: The program of LibreOffice that opens each kind of file, by the end of its name.
_FILTERS = {
    **dict.fromkeys(("docx", "doc", "odt", "txt"), "writer_pdf_Export"),
    **dict.fromkeys(("xlsx", "xls", "ods"), "calc_pdf_Export"),
    **dict.fromkeys(("png", "jpeg", "tiff"), "draw_pdf_Export"),
}
#: The kinds of files that can be made a PDF.
CONVERTIBLE = frozenset(_FILTERS)
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)
_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")
#: In names of destinations LibreOffice writes « _ » by its code, 5F.
_DESTINATION = re.compile(rb"/5F([0-9A-Za-z]+)\s*\[\s*(\d+) 0 R\s*/XYZ")


class PdfUnavailable(RuntimeError):
    """LibreOffice is not installed on this machine."""


class PdfFailed(RuntimeError):
    """LibreOffice could not convert the document, or took too long."""


def is_available() -> bool:
    """Tell whether documents can be converted on this machine."""
    return _command() is not None


def to_pdf(
    document: bytes, timeout: float = DEFAULT_TIMEOUT_SECONDS, kind: str = "docx"
) -> bytes:
    """Return the PDF/A-2b of a document, by default a Word one.

    Args:
        document: the file.
        timeout: seconds after which the conversion is stopped.
        kind: what the file is, one of ``CONVERTIBLE``.

    Raises:
        KeyError: no such kind can be converted.
        PdfUnavailable: LibreOffice is not installed.
        PdfFailed: the conversion failed or took longer than ``timeout``.
    """
    command = _command()
    if command is None:
        message = "LibreOffice is not installed"
        raise PdfUnavailable(message)
    with tempfile.TemporaryDirectory(prefix="sicp-pdf-") as name:
        folder = Path(name)
        source = folder / f"document.{kind}"
        source.write_bytes(document)
        _write_profile(folder / "profile")
        said = _run(
            _arguments(command, folder, source, export_filter(kind)), folder, timeout
        )
        target = folder / "out" / "document.pdf"
        if not target.is_file() or not target.stat().st_size:
            message = f"LibreOffice gave no file: {said}"
            raise PdfFailed(message)
        return target.read_bytes()


def export_filter(kind: str = "docx") -> str:
    """Return what ``--convert-to`` is told: an archive, tagged, with its bookmarks.

    Raises:
        KeyError: no such kind can be converted.
    """
    return f"pdf:{_FILTERS[kind]}:{json.dumps(_EXPORT)}"


def bookmark_pages(pdf: bytes) -> dict[str, int]:
    """Return the page, from 1, of each hidden bookmark of a PDF ``to_pdf`` made.

    A hidden bookmark has a name that begins with « _ ». LibreOffice writes the objects
    of the file in clear; of a file made by another program nothing may be found.
    """
    objects = {int(m[1]): m[2] for m in _OBJECT.finditer(pdf)}
    order = {number: page for page, number in enumerate(_page_objects(objects), 1)}
    found: dict[str, int] = {}
    for content in objects.values():
        for name, page in _DESTINATION.findall(content):
            if int(page) in order:
                found[f"_{name.decode('ascii')}"] = order[int(page)]
    return found


def _command() -> str | None:
    return next((path for name in _COMMANDS if (path := shutil.which(name))), None)


def _arguments(command: str, folder: Path, source: Path, target: str) -> list[str]:
    return [
        command,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def _run(arguments: list[str], folder: Path, timeout: float) -> str:
    # LibreOffice starts a second process: both are in a group of their own, so that
    # a conversion that never ends is stopped whole.
    process = subprocess.Popen(  # noqa: S603
        arguments,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice took more than {timeout:g} seconds"
        raise PdfFailed(message) from error
    finally:
        _stop(process)
    return said.decode("utf-8", "replace").strip()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _page_objects(objects: dict[int, bytes]) -> list[int]:
    """Return the numbers of the page objects, in reading order."""
    for content in objects.values():
        kids = re.search(rb"/Type\s*/Pages\b.*?/Kids\s*\[(.*?)\]", content, re.DOTALL)
        if kids:
            return [int(number) for number in _REFERENCE.findall(kids[1])]
    return []
