"""The parts of a ZIP package, opened with care: its sizes are those it must have."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from typing import BinaryIO

from lxml import etree

from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.state import TextState

_LARGEST_PART = 150 * 1024 * 1024
_LARGEST_WHOLE = 400 * 1024 * 1024
_MOST_PARTS = 20_000
#: The list of the parts stands at the end of the file; it is read at one go.
_LARGEST_LIST = 2 * 1024 * 1024
#: Text shrinks twenty times at most; a part that shrinks more is a trap.
_STRONGEST_SHRINKING = 250
_SMALL = 1024 * 1024
_ENCRYPTED = 0x1
_CHUNK = 1024 * 1024
_DOCTYPE = b"<!DOCTYPE"
#: ZIP: the record that ends a file, and the two that stand before it in large ones.
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 65_535
_LOCATOR = b"PK\x06\x07"
_LOCATOR_LENGTH = 20
_LARGE_END_LENGTH = 56
#: libxml2: no memory is left.
_NO_MEMORY = 2

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
    if has_too_long_a_list(file):
        raise ExtractionError(TOO_LARGE, TextState.TOO_LARGE)
    try:
        with zipfile.ZipFile(file) as package:
            _check(package)
            yield package
    except etree.XMLSyntaxError as error:
        if error.code == _NO_MEMORY:
            raise ExtractionError(TOO_LARGE, TextState.TOO_LARGE) from error
        raise ExtractionError(DAMAGED) from error
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        KeyError,
        ValueError,
    ) as error:
        raise ExtractionError(DAMAGED) from error
    except RuntimeError as error:
        raise ExtractionError(LOCKED, TextState.LOCKED) from error


def has_too_long_a_list(file: BinaryIO, longest: int = _LARGEST_LIST) -> bool:
    """Tell whether to list the parts of a package would already fill the memory.

    ``longest`` is in bytes. The file is left at its beginning.
    """
    end = file.seek(0, 2)
    start = max(0, end - _LONGEST_COMMENT - _END_LENGTH - _LARGE_END_LENGTH - 20)
    file.seek(start)
    tail = file.read(end - start)
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        return False
    (length,) = struct.unpack_from("<L", tail, at + 12)
    locator = at - _LOCATOR_LENGTH
    large = locator - _LARGE_END_LENGTH
    if large >= 0 and tail.startswith(_LOCATOR, locator):
        (length,) = struct.unpack_from("<Q", tail, large + 40)
    return bool(length > longest)


def parsed(package: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401
    """Parse one XML part; it may name no entity.

    Raises:
        ExtractionError: it declares a document type.
    """
    refuse_entities(package, name)
    with package.open(name) as part:
        return etree.parse(part, _parser()).getroot()


def walked(
    package: zipfile.ZipFile, name: str, *tags: str
) -> Iterator[tuple[str, Any]]:
    """Parse one XML part as it comes: the start and the end of elements of these tags.

    What was ended is forgotten, so that a part of any size takes little memory.

    Raises:
        ExtractionError: it declares a document type.
    """
    refuse_entities(package, name)
    with package.open(name) as part:
        yield from etree.iterparse(
            part,
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )


def refuse_entities(package: zipfile.ZipFile, name: str) -> None:
    """Stop at a document type: office files never have one.

    Raises:
        ExtractionError: there is one.
    """
    with package.open(name) as part:
        before = b""
        while chunk := part.read(_CHUNK):
            # In UTF-16 each letter has a zero beside it.
            seen = before + chunk.replace(b"\x00", b"")
            if _DOCTYPE in seen:
                raise ExtractionError(UNSAFE)
            before = seen[-len(_DOCTYPE) :]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check(package: zipfile.ZipFile) -> None:
    infos = package.infolist()
    whole = sum(info.file_size for info in infos)
    if len(infos) > _MOST_PARTS or whole > _LARGEST_WHOLE:
        raise ExtractionError(TOO_LARGE, TextState.TOO_LARGE)
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise ExtractionError(LOCKED, TextState.LOCKED)
        shrunk = max(info.compress_size, 1)
        is_trap = info.file_size > max(_SMALL, shrunk * _STRONGEST_SHRINKING)
        if info.file_size > _LARGEST_PART or is_trap:
            raise ExtractionError(TOO_LARGE, TextState.TOO_LARGE)
