"""Where the embedded database lives on the disk, read in its address."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from sicp.cli.settings import SiteFile

_SCHEME = "file://"


@dataclass(frozen=True, slots=True)
class StorageFiles:
    """The file of a FileStorage, and the folder of its blobs if it has one."""

    data: Path
    blobs: Path | None

    @property
    def lock(self) -> Path:
        """Return the file that holds the number of the process at work."""
        return self.data.with_name(f"{self.data.name}.lock")

    def remove(self) -> None:
        """Throw the database away; nobody may be at work in it."""
        for found in self.data.parent.glob(f"{self.data.name}*"):
            found.unlink()
        if self.blobs:
            shutil.rmtree(self.blobs, ignore_errors=True)


def storage_files(file: SiteFile) -> StorageFiles | None:
    """Return the files of a site; None when it does not live in a FileStorage."""
    uri = file.settings.get("zodbconn.uri", "")
    if not uri.startswith(_SCHEME):
        return None
    path, _mark, query = uri.removeprefix(_SCHEME).partition("?")
    blobs = parse_qs(query).get("blobstorage_dir", [""])[0]
    return StorageFiles(Path(path), Path(blobs) if blobs else None)
