"""Where an export is written: a folder, or an archive."""

import shutil
import tempfile
import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO
from typing import BinaryIO
from typing import Self

_CHUNK = 1024 * 1024


class _Growing:
    """Texts that grow line by line, put in their place at the end."""

    def __init__(self) -> None:
        self._texts: dict[str, IO[bytes]] = {}

    def put(self, path: str, content: bytes | BinaryIO) -> None:
        """Write one file."""
        with self._place(path) as target:
            if isinstance(content, bytes):
                target.write(content)
            else:
                shutil.copyfileobj(content, target, _CHUNK)

    def add(self, path: str, text: str) -> None:
        """Write more of a text."""
        if path not in self._texts:
            self._texts[path] = tempfile.TemporaryFile()  # noqa: SIM115
        self._texts[path].write(text.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for path, text in self._texts.items():
            if error is None:
                text.seek(0)
                with self._place(path) as target:
                    shutil.copyfileobj(text, target, _CHUNK)
            text.close()
        self._end()

    def _place(self, path: str) -> IO[bytes]:
        raise NotImplementedError

    def _end(self) -> None:
        """Close what was opened."""


class FolderTarget(_Growing):
    """A folder, made if need be."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def _place(self, path: str) -> IO[bytes]:
        place = self._root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("wb")


class ArchiveTarget(_Growing):
    """A ZIP archive, written as it comes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)

    def _place(self, path: str) -> IO[bytes]:
        return self._archive.open(path, "w", force_zip64=True)

    def _end(self) -> None:
        self._archive.close()
