"""Copies a site away, and brings it back: a FileStorage and its blobs."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

import click
from ZODB.FileStorage import FileStorage
from ZODB.scripts import repozo

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.settings import SiteFile
from sicp.cli.settings import site_file
from sicp.cli.site import explained
from sicp.cli.site import open_site
from sicp.cli.storage import StorageFiles
from sicp.cli.storage import storage_files

_DATA = "data"
_BLOBS = "blobs"
_MANIFEST = "manifest.json"
#: How repozo names its copies, in UTC.
_STAMP = "%Y-%m-%d-%H-%M-%S"
_STAMP_LENGTH = 19


@click.command()
@config_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--full", is_flag=True, help="Copy everything anew.")
def backup(config: str | None, folder: Path, full: bool) -> None:  # noqa: FBT001
    """Copy the site into FOLDER: all of it the first time, then what changed.

    May be run while the site is served. Every file copied is listed with its SHA-256
    in manifest.json, which "sicp restore" verifies. The settings and the secret are
    not copied: keep them apart.
    """
    file = site_file(config)
    files = _file_storage(file)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _DATA).mkdir(exist_ok=True)
    # Blobs first: one that is written meanwhile is named only by a later transaction.
    # Then again after the data: no blob the data names may be missing.
    _copy_blobs(files, folder / _BLOBS)
    with _told():
        _save("-f", str(files.data), "-r", str(folder / _DATA), *_full(full))
    copied = _copy_blobs(files, folder / _BLOBS)
    manifest = _write_manifest(folder)
    click.echo(f"{len(manifest)} file(s) in {folder}, {copied} blob(s) kept.")


@click.command()
@config_option
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a site that has content.")
def restore(config: str | None, folder: Path, force: bool) -> None:  # noqa: FBT001
    """Bring back the site that "sicp backup" copied into FOLDER.

    Verifies every file first. Refuses to replace a site that has content, unless
    --force; the site must not be served meanwhile.
    """
    file = site_file(config)
    files = _file_storage(file)
    _verify(folder)
    if not force:
        _check_empty(file, files)
    _check_not_served(file, files)
    files.remove()
    files.data.parent.mkdir(parents=True, exist_ok=True)
    with _told():
        _recover("-r", str(folder / _DATA), "-o", str(files.data))
    if files.blobs and (folder / _BLOBS).is_dir():
        shutil.copytree(folder / _BLOBS, files.blobs, symlinks=True)
    click.echo(f"The site of {file.path} is that of {folder}.")


def _file_storage(file: SiteFile) -> StorageFiles:
    files = storage_files(file)
    if files is None:
        message = (
            "This site does not live in a FileStorage. On RelStorage, use the tools of "
            "the database (pg_dump, pg_restore): blobs are in it too. On ZEO, back up "
            "on the machine of the ZEO server."
        )
        raise click.ClickException(message)
    return files


def _full(full: bool) -> tuple[str, ...]:  # noqa: FBT001
    return ("-F", "-k") if full else ()


def _save(*arguments: str) -> None:
    options = repozo.parseargs(["-B", *arguments])
    _wait_for_a_new_second(Path(options.repository))
    repozo.do_backup(options)


def _wait_for_a_new_second(folder: Path) -> None:
    """Wait until a new copy is named after all those of ``folder``.

    Copies are named after the second. An increment of the same second as the whole
    copy before it would be sorted before that copy, and left out of a recovery.
    """
    newest = max((path.name[:_STAMP_LENGTH] for path in folder.glob("*fs")), default="")
    while time.strftime(_STAMP, time.gmtime()) <= newest:
        time.sleep(0.05)


def _recover(*arguments: str) -> None:
    repozo.do_recover(repozo.parseargs(["-R", *arguments]))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (repozo.RepozoError, OSError) as error:
        message = f"The copy failed: {error}"
        raise click.ClickException(message) from error


def _copy_blobs(files: StorageFiles, target: Path) -> int:
    """Bring the blobs under ``target``; a blob never changes once written.

    Linked when both are on one disk, copied otherwise; those packed away are removed.
    """
    if files.blobs is None or not files.blobs.is_dir():
        return 0
    kept = {path.relative_to(files.blobs) for path in _blob_files(files.blobs)}
    for name in kept:
        _link_or_copy(files.blobs / name, target / name)
    if target.is_dir():
        for path in list(_blob_files(target)):
            if path.relative_to(target) not in kept:
                path.unlink()
    return len(kept)


def _blob_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_temporary = "tmp" in path.relative_to(folder).parts[:-1]
        if path.is_file() and path.suffix != ".lock" and not is_temporary:
            yield path


def _link_or_copy(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write_manifest(folder: Path) -> dict[str, str]:
    known = _read_manifest(folder).get("files", {})
    files = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and name != _MANIFEST:
            # A blob never changes: its digest is computed once.
            is_known_blob = name.startswith(f"{_BLOBS}/") and name in known
            files[name] = known[name] if is_known_blob else _sha256(path)
    text = json.dumps(
        {"written_at": clock.now().astimezone(UTC).isoformat(), "files": files},
        indent=1,
    )
    partial = folder / f"{_MANIFEST}.part"
    partial.write_text(text, encoding="utf-8")
    partial.replace(folder / _MANIFEST)
    return files


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    if not path.is_file():
        return {}
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _verify(folder: Path) -> None:
    files = _read_manifest(folder).get("files")
    if not files:
        message = f"{folder} holds no backup (no {_MANIFEST})."
        raise click.ClickException(message)
    wrong = [
        name
        for name, digest in files.items()
        if not (folder / name).is_file() or _sha256(folder / name) != digest
    ]
    if wrong:
        message = f"The backup is damaged, nothing was done: {', '.join(wrong)}"
        raise click.ClickException(message)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_empty(file: SiteFile, files: StorageFiles) -> None:
    if not files.data.exists():
        return
    with open_site(str(file.path), refuse_old=False) as opened:
        site = opened.root
        has_content = any(
            len(site[name])
            for name in ("organisation", "utilisateurs", "consultations")
        )
    if has_content:
        message = f"The site of {file.path} has content; --force replaces it."
        raise click.ClickException(message)


def _check_not_served(file: SiteFile, files: StorageFiles) -> None:
    if files.data.exists():
        with explained(file):
            FileStorage(str(files.data)).close()
