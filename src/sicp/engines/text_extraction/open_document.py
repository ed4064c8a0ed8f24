"""What the three kinds of files of LibreOffice have in common."""

import zipfile
from typing import Any

from lxml import etree

from sicp.engines.text_extraction.package import LOCKED
from sicp.engines.text_extraction.package import parsed
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.state import TextState

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = (b"encryption-data", b"encrypted-package")
_MANIFEST_LENGTH = 4 * 1024 * 1024
_MOST_SPACES = 20
_LONGEST_NUMBER = 9


def refuse_locked(package: zipfile.ZipFile) -> None:
    """Stop at a file that a password protects: its parts are there, but unreadable.

    Raises:
        ExtractionError: it is protected.
    """
    if _MANIFEST not in package.NameToInfo:
        return
    with package.open(_MANIFEST) as part:
        manifest = part.read(_MANIFEST_LENGTH)
    if any(mark in manifest for mark in _ENCRYPTED):
        raise ExtractionError(LOCKED, TextState.LOCKED)


def content_of(package: zipfile.ZipFile) -> Any:  # noqa: ANN401
    """Parse the content, without comments nor what was struck out.

    Raises:
        ExtractionError: it is protected, or declares a document type.
    """
    refuse_locked(package)
    root = parsed(package, CONTENT)
    etree.strip_elements(
        root, f"{TEXT}tracked-changes", f"{OFFICE}annotation", with_tail=False
    )
    write_blanks(root)
    return root.find(f"{OFFICE}body")


def write_blanks(node: Any) -> None:  # noqa: ANN401
    """Write the blanks that elements stand for, so that words stay parted."""
    tags = (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}p", f"{TEXT}h")
    for blank in node.iter(*tags):
        if blank.tag == f"{TEXT}s":
            blank.text = " " * repeated(blank, f"{TEXT}c", _MOST_SPACES)
        elif blank.tag in {f"{TEXT}p", f"{TEXT}h"}:
            blank.tail = " " + (blank.tail or "")
        else:
            blank.text = " "


def said_in(node: Any) -> str:  # noqa: ANN401
    """Return all the words of an element; tabulations are kept for cells."""
    return "".join(node.itertext()).replace("\t", " ")


def cells_of(row: Any) -> str:  # noqa: ANN401
    """Return the cells of a row, parted by tabulations; inner tables are in theirs."""
    tag = f"{TABLE}table-row"
    cells = (
        cell
        for cell in row.iter(f"{TABLE}table-cell")
        if next(cell.iterancestors(tag), None) is row
    )
    return "\t".join(map(said_in, cells))


def repeated(node: Any, name: str, most: int) -> int:  # noqa: ANN401
    """Return how many times an element stands for itself, at most ``most``."""
    told = node.get(name, "1")
    is_number = told.isdecimal() and told.isascii() and len(told) <= _LONGEST_NUMBER
    return min(int(told), most) if is_number else 1
