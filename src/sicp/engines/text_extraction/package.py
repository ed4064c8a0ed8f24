"""The parts of a ZIP package, opened with care: its sizes are those it must have."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from typing import BinaryIO

from lxml import etree

from sicp.engines.text_extraction.passage import ExtractionError

_LARGEST_PART = 150 * 1024 * 1024
_LARGEST_WHOLE = 400 * 1024 * 1024
_MOST_PARTS = 20_000
#: Text shrinks twenty times at most; a part that shrinks more is a trap.
_STRONGEST_SHRINKING = 250
_SMALL = 1024 * 1024
_ENCRYPTED = 0x1

DAMAGED = "Le fichier est endommagé : il ne peut pas être lu."
TOO_LARGE = "Le fichier est trop volumineux une fois ouvert : il n’est pas lu."
UNSAFE = "Le fichier contient des entités XML : il n’est pas lu, par prudence."
LOCKED = "Le fichier est protégé par un mot de passe."


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a package whose parts are of a reasonable size.

    Raises:
        ExtractionError: it is damaged, locked, or would fill the memory.
    """
    try:
        with zipfile.ZipFile(file) as package:
            _check(package)
            yield package
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
    ) as error:
        raise ExtractionError(DAMAGED) from error
    except RuntimeError as error:
        raise ExtractionError(LOCKED) from error


def parsed(package: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401
    """Parse one XML part; it may name no entity.

    Raises:
        ExtractionError: it declares a document type.
    """
    content = package.read(name)
    refuse_entities(content)
    return etree.fromstring(content, _parser())


def refuse_entities(content: bytes) -> None:
    """Stop at a document type: office files never have one.

    Raises:
        ExtractionError: there is one.
    """
    if b"<!DOCTYPE" in content.replace(b"\x00", b""):
        raise ExtractionError(UNSAFE)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _check(package: zipfile.ZipFile) -> None:
    infos = package.infolist()
    whole = sum(info.file_size for info in infos)
    if len(infos) > _MOST_PARTS or whole > _LARGEST_WHOLE:
        raise ExtractionError(TOO_LARGE)
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise ExtractionError(LOCKED)
        shrunk = max(info.compress_size, 1)
        is_trap = info.file_size > max(_SMALL, shrunk * _STRONGEST_SHRINKING)
        if info.file_size > _LARGEST_PART or is_trap:
            raise ExtractionError(TOO_LARGE)
