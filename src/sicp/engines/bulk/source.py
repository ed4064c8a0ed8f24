"""A folder, an archive or a file of lines, opened to be taken in.

The archive is never unpacked: each file is read once it is asked for, within its size.
"""

import shutil
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from pathlib import PurePosixPath
from typing import IO
from typing import Any
from typing import BinaryIO
from typing import cast

from sicp.engines.bulk.record import SHEET
from sicp.engines.bulk.record import Fault
from sicp.engines.bulk.record import Record
from sicp.engines.bulk.record import folded
from sicp.engines.bulk.table import read_lines
from sicp.engines.bulk.table import read_table
from sicp.engines.text_extraction import ExtractionError
from sicp.engines.text_extraction import kind_of
from sicp.engines.text_extraction.package import has_too_long_a_list

MOST_FILES = 50_000
#: In bytes, of all the files of an archive together, once opened.
LARGEST_WHOLE = 20 * 1024**3
#: Text shrinks twenty times at most; a file that shrinks more is a trap.
_STRONGEST_SHRINKING = 250
_SMALL = 1024 * 1024
_LONGEST_PATH = 1_000
#: In bytes: the list of fifty thousand files.
_LONGEST_LIST = 16 * 1024 * 1024
_ENCRYPTED = 0x1
_IS_UTF8 = 0x800
_CHUNK = 1024 * 1024
#: What systems leave behind, which nobody meant to send.
_LITTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_TABLES = ("metadonnees", "metadata")
LINES = "data.jsonl"


class SourceError(Exception):
    """The whole source cannot be taken; the message tells the person why."""


@dataclass
class Source:
    """What may be taken: files by their path, the faults of those that may not.

    ``root`` is the folder, ``archive`` the ZIP; a file of lines alone has neither.
    """

    files: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    root: Path | None = None
    archive: zipfile.ZipFile | None = None
    lines: Path | None = None
    table: str = ""
    has_lines: bool = False

    def records(self) -> Iterator[Record | Fault]:
        """Walk what is to be taken, in an order that never changes.

        Raises:
            SourceError: the metadata cannot be read.
        """
        yield from self.faults
        told: set[str] = set()
        try:
            for record in self._told():
                if isinstance(record, Record) and record.path:
                    path = self.path_of(record.path)
                    told.add(path)
                    yield self._completed(record, path)
                else:
                    yield record
        except ExtractionError as error:
            raise SourceError(str(error)) from error
        if not self.has_lines:
            for path in self.files:
                if path not in told and path != self.table:
                    yield _bare(path)

    def path_of(self, told: str) -> str:
        """Return a path as the source knows it; as it was told when it does not."""
        path = unicodedata.normalize("NFC", told.replace("\\", "/")).removeprefix("./")
        top = PurePosixPath(self.table).parent.as_posix()
        below = path if top == "." else f"{top}/{path}"
        return next((found for found in (below, path) if found in self.files), path)

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Open one of the files.

        Raises:
            SourceError: it is damaged.
        """
        inner = self.files[path]
        try:
            if self.archive is not None:
                with self.archive.open(inner) as file:
                    yield cast("BinaryIO", _Guarded(file))
            else:
                with Path(inner).open("rb") as file:
                    yield file
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
            raise SourceError(_DAMAGED) from error

    def _completed(self, record: Record, path: str) -> Record:
        """Take from its path what the metadata of a file do not tell."""
        bare = _bare(path)
        has_folder = bool(record.folder) or self.has_lines
        folder = record.folder if has_folder else bare.folder
        title = record.title or bare.title
        where = f"{path} ({record.where})"
        return replace(record, where=where, path=path, title=title, folder=folder)

    def _told(self) -> Iterator[Record | Fault]:
        if self.lines is not None:
            yield from read_lines(self.lines)
        elif self.table:
            kind = self.table.rpartition(".")[2].lower()
            with self._at_hand(self.table) as path:
                yield from (
                    read_lines(path) if kind == "jsonl" else read_table(path, kind)
                )

    @contextmanager
    def _at_hand(self, path: str) -> Iterator[Path]:
        with tempfile.NamedTemporaryFile() as copy, self.opened(path) as file:
            shutil.copyfileobj(file, copy, _CHUNK)
            copy.flush()
            yield Path(copy.name)


class _Guarded:
    """A file of an archive, whose faults of any sort become one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes.

        Raises:
            OSError: the archive is damaged there.
        """
        try:
            return self._file.read(size)
        # Each way of packing has errors of its own.
        except Exception as error:
            raise OSError(_DAMAGED) from error


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a folder, an archive or a file of lines, told by its content.

    Raises:
        SourceError: it is none of these, is damaged, or would fill the disk.
    """
    if path.is_dir():
        yield _noted(_folder(path))
        return
    try:
        if not zipfile.is_zipfile(path):
            _require_lines(path)
            yield Source(lines=path, has_lines=True)
            return
        _require_archive(path)
        with zipfile.ZipFile(path) as archive:
            yield _noted(_archive(archive))
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise SourceError(_DAMAGED) from error


def _require_lines(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        raise SourceError(_NOT_A_SOURCE)


def _require_archive(path: Path) -> None:
    with path.open("rb") as file:
        if has_too_long_a_list(file, _LONGEST_LIST):
            raise SourceError(_TOO_MANY)
        if kind_of(file):
            raise SourceError(_NOT_A_SOURCE)


def _folder(root: Path) -> Source:
    source = Source(root=root)
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        for found in sorted(folder.iterdir(), reverse=True):
            path = found.relative_to(root).as_posix()
            if _is_litter(path):
                continue
            if found.is_symlink():
                source.faults.append(Fault(path, _LINK))
            elif found.is_dir():
                waiting.append(found)
            elif found.is_file():
                _add(source, path, str(found))
    source.files = dict(sorted(source.files.items()))
    return source


def _archive(archive: zipfile.ZipFile) -> Source:
    source = Source(archive=archive)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_FILES:
        raise SourceError(_TOO_MANY)
    if sum(info.file_size for info in infos) > LARGEST_WHOLE:
        raise SourceError(_TOO_LARGE)
    for info in infos:
        path = _name(info)
        if _is_litter(path):
            continue
        reason = _unfit(info, path)
        if reason:
            source.faults.append(Fault(path[:_LONGEST_PATH], reason))
        else:
            _add(source, path, info)
    source.files = dict(sorted(source.files.items()))
    return source


def _unfit(info: zipfile.ZipInfo, path: str) -> str:
    """Say why a file of an archive is not taken; empty when it is."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINK
    if info.flag_bits & _ENCRYPTED:
        return _LOCKED
    parts = path.split("/")
    is_out = path.startswith("/") or ".." in parts or ":" in parts[0]
    if is_out or "\x00" in path or "" in parts or len(path) > _LONGEST_PATH:
        return _OUT
    if info.file_size > max(_SMALL, info.compress_size * _STRONGEST_SHRINKING):
        return _TRAP
    return ""


def _add(source: Source, path: str, inner: Any) -> None:  # noqa: ANN401
    if path in source.files:
        source.faults.append(Fault(path, _TWICE))
        return
    source.files[path] = inner
    if len(source.files) > MOST_FILES:
        raise SourceError(_TOO_MANY)


def _noted(source: Source) -> Source:
    """Find the metadata: beside the files, or in the only folder that holds all."""
    tops = {path.partition("/")[0] for path in source.files if "/" in path}
    alone = len(tops) == 1 and all("/" in path for path in source.files)
    prefix = f"{tops.pop()}/" if alone else ""
    if f"{prefix}{LINES}" in source.files:
        source.table, source.has_lines = f"{prefix}{LINES}", True
        return source
    for path in source.files:
        stem, _dot, ending = path.removeprefix(prefix).rpartition(".")
        is_table = ending.lower() in {"xlsx", "ods", "csv"}
        if is_table and folded(stem) in _TABLES:
            source.table = path
            return source
    return source


def _bare(path: str) -> Record:
    """Make the record of a file that no metadata tells of."""
    pure = PurePosixPath(path)
    title = " ".join(pure.stem.replace("_", " ").split()) or pure.name
    return Record(path, title, SHEET, path=path, folder=pure.parent.parts)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the path of a file of an archive as its maker saw it."""
    name = info.filename
    if not info.flag_bits & _IS_UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        name = _decoded(raw) if raw else name
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # What the archives of Windows bear in France.
        return raw.decode("cp850")


def _is_litter(path: str) -> bool:
    parts = path.lower().split("/")
    hidden = any(
        part.startswith((".", "~$")) and part not in {".", ".."} for part in parts
    )
    return hidden or any(part in _LITTER for part in parts)


_LINK = "C’est un lien vers un autre fichier : il n’est pas suivi."
_LOCKED = "Ce fichier est protégé par un mot de passe."
_OUT = "Le nom de ce fichier conduit hors de l’archive : il n’est pas pris."
_TRAP = "Ce fichier grossit démesurément une fois ouvert : il n’est pas pris."
_TWICE = "Deux fichiers portent le même nom : seul le premier est pris."
_DAMAGED = "L’archive ou le fichier est endommagé."
_TOO_MANY = "Il y a trop de fichiers : 50 000 au plus."
_TOO_LARGE = "L’archive est trop volumineuse une fois ouverte : 20 Go au plus."
_NOT_A_SOURCE = "Ce n’est ni une archive ZIP, ni un fichier de lignes JSON."
