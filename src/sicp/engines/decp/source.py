"""Open a published file: compressed or not, JSON or table, always UTF-8."""

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from typing import TextIO
from typing import cast

from sicp.engines.decp.record import DecpUnreadable
from sicp.i18n import _

GZIP_MAGIC = b"\x1f\x8b"
PEEKED = 1024

Source = str | os.PathLike[str] | BinaryIO


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of a file, and the first byte that is neither a space nor its mark."""

    text: TextIO
    first: bytes


@contextmanager
def opened(source: Source) -> Iterator[Opened]:
    """Give the text of ``source``, a path or a binary stream left open afterwards.

    Raises:
        DecpUnreadable: the file is truncated, damaged or not UTF-8.
    """
    try:
        with binary(source) as stream:
            buffered = io.BufferedReader(cast("io.RawIOBase", stream))
            try:
                yield text_of(buffered)
            finally:
                # Else the wrapper would close a stream that is only lent.
                buffered.detach()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DecpUnreadable(
            _(
                "decp-file-truncated",
                default="Le fichier compressé est tronqué ou endommagé.",
            )
        ) from error
    except UnicodeError as error:
        raise DecpUnreadable(
            _(
                "decp-file-encoding",
                default="Le fichier n’est pas encodé en UTF-8.",
            )
        ) from error


@contextmanager
def binary(source: Source) -> Iterator[BinaryIO]:
    """Open a path; lend a stream, which its owner will close."""
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as stream:
            yield stream
    else:
        yield source


def text_of(stream: "io.BufferedReader[io.RawIOBase]") -> Opened:
    """Decompress where needed, and decode; a byte order mark is skipped."""
    is_packed = stream.peek(2)[:2] == GZIP_MAGIC
    content = gzip.GzipFile(fileobj=stream) if is_packed else stream
    start = content.peek(PEEKED).removeprefix(codecs.BOM_UTF8).lstrip()
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    return Opened(text, start[:1])
