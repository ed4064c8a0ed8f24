"""The folder of an index on disk: who writes it, and what to do when it is damaged.

The index is derived from the database: one that is damaged, or of another schema, is
set aside and an empty one takes its place, to be filled again.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path

import tantivy
from zc.lockfile import LockError  # type: ignore[import-untyped]
from zc.lockfile import SimpleLockFile

from sicp.engines.search import analysis
from sicp.engines.search.schema import build_schema

_END_OF_SEGMENT = b"\x39\x05\x00\x00"  # 1337, at the end of each file of a segment
_SEGMENT_SUFFIXES = frozenset(
    (".term", ".idx", ".pos", ".fast", ".fieldnorm", ".store")
)


class IndexDamaged(Exception):
    """The files of the index are not what they should be: it is to be built again."""


class IndexAbsent(Exception):
    """There is no index to read yet: the process that writes it has not begun."""


class NotTheWriter(Exception):
    """Another process writes this index; this one reads."""


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn what the library raises on damaged files, panics included, into one error.

    Raises:
        IndexDamaged: a file is missing, cut or altered.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexDamaged(str(error)) from error
    except BaseException as error:
        # A panic of the library derives from BaseException, and its class has no home.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamaged(str(error)) from error


class IndexFolder:
    """A folder with an index, the lock of its writer, and what was set aside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = path / "index"
        self.aside = path / "set-aside"
        self._lock: SimpleLockFile | None = None
        path.mkdir(parents=True, exist_ok=True)

    @property
    def is_locked(self) -> bool:
        """Tell whether this process writes the index."""
        return self._lock is not None

    def lock(self) -> bool:
        """Become the writer, unless another process is; killed, it no longer is."""
        if self._lock is None:
            try:
                self._lock = SimpleLockFile(str(self.path / "writer.lock"))
            except LockError:
                return False
        return True

    def unlock(self) -> None:
        """Let another process write."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def stamp(self) -> tuple[int, int]:
        """Return what changes when the index is made anew, then with each commit."""
        try:
            made = self.files.stat()
            committed = (self.files / "meta.json").stat()
        except OSError:
            return (0, 0)
        return (made.st_ino, committed.st_mtime_ns)

    def open(self) -> tantivy.Index:
        """Open the index.

        Raises:
            IndexAbsent: nothing was ever committed there.
            IndexDamaged: it cannot be read, or has another schema.
        """
        if not (self.files / "meta.json").exists():
            raise IndexAbsent(str(self.path))
        with damage_told():
            self._check_ends()
            index = tantivy.Index(build_schema(), str(self.files), reuse=True)
            return _prepared(index)

    def open_or_make(self) -> tuple[tantivy.Index, bool]:
        """Open the index, or an empty one; tell whether a damaged one was set aside."""
        is_set_aside = False
        try:
            return self.open(), False
        except IndexDamaged:
            self.set_aside()
            is_set_aside = True
        except IndexAbsent:
            # What a process killed at its first commit may have left.
            shutil.rmtree(self.files, ignore_errors=True)
        self.files.mkdir()
        with damage_told():
            return _prepared(
                tantivy.Index(build_schema(), str(self.files))
            ), is_set_aside

    def set_aside(self) -> None:
        """Keep the damaged files, the last ones only, to understand what happened."""
        shutil.rmtree(self.aside, ignore_errors=True)
        self.files.rename(self.aside)

    def _check_ends(self) -> None:
        """Look at the end of each file, where the library looks only when it needs it.

        Raises:
            ValueError: a file is cut.
        """
        committed = json.loads((self.files / "meta.json").read_bytes())["segments"]
        names = {segment["segment_id"].replace("-", "") for segment in committed}
        for file in self.files.iterdir():
            # The other files are being written, or were when their process was killed.
            if file.stem in names and file.suffix in _SEGMENT_SUFFIXES:
                _check_end(file)


def in_memory() -> tantivy.Index:
    """Make an index that lives as long as the process."""
    return _prepared(tantivy.Index(build_schema()))


def _prepared(index: tantivy.Index) -> tantivy.Index:
    analysis.register(index)
    # Who reads decides when: a thread of the library per index would watch the files.
    index.config_reader("manual")
    index.reload()
    return index


def _check_end(file: Path) -> None:
    """Read the last signs of a file; one that a merge has just removed is no loss.

    Raises:
        ValueError: the file is cut.
    """
    with suppress(FileNotFoundError), file.open("rb") as opened:
        length = opened.seek(0, os.SEEK_END)
        opened.seek(max(0, length - len(_END_OF_SEGMENT)))
        if opened.read() != _END_OF_SEGMENT:
            raise ValueError(f"{file.name} is cut")
