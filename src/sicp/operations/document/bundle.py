"""Puts the pieces of a consultation together: order, table, one archive, one PDF.

It takes some seconds for each piece that is not yet a PDF. It is done while its person
waits: few at a time in one process, within a bounded time; what was made of technical
pieces is kept, so that the next time is quick.
"""

import hashlib
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import ExitStack
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any
from typing import BinaryIO

from substanced.util import find_objectmap
from ZODB.blob import Blob

from sicp import permissions as p
from sicp.content_types.consultation.bundle import Bundle
from sicp.content_types.consultation.bundle import BundledPiece
from sicp.content_types.consultation.bundle import BundleFile
from sicp.engines.bundle import Entry
from sicp.engines.bundle import entry_name
from sicp.engines.bundle import write_zip
from sicp.engines.drafting.draft import Draft
from sicp.engines.pdf import PdfFailed
from sicp.engines.pdf import PdfUnavailable
from sicp.engines.pdf_bundle import BundleError
from sicp.engines.pdf_bundle import Part
from sicp.engines.pdf_bundle import count_pages
from sicp.engines.pdf_bundle import join
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import UnavailableError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.consultation.attachment import attachments_of
from sicp.operations.document.bundle_source import Source
from sicp.operations.document.bundle_source import administrative_sources
from sicp.operations.document.bundle_source import technical_sources
from sicp.operations.document.bundle_table import TITLE
from sicp.operations.document.bundle_table import slip_draft
from sicp.operations.document.bundle_table import table_draft
from sicp.operations.document.production import convert
from sicp.operations.document.production import may_make_pdf
from sicp.operations.document.production import write_sheet
from sicp.operations.user.right import require

_CHUNK = 1024 * 1024
_SHORT = 12
#: A process puts few files of consultations together at a time.
_SEATS = BoundedSemaphore(2)
_PATIENCE_SECONDS = 5.0
#: The places of documents in the file when nobody gave them another order.
_USUAL = ("RC", "AE", "CCAP")


def drafts_in_order(consultation: Any) -> list[Any]:  # noqa: ANN401
    """Return the administrative pieces in the order people gave them."""
    pieces = consultation["pieces"]
    canevas = find_objectmap(consultation).root["canevas"]
    given = {name: rank for rank, name in enumerate(pieces.order)}

    def place(draft: Any) -> tuple[int, int, str]:  # noqa: ANN401
        template = canevas.get(draft.template_id)
        kind = template.document if template is not None else ""
        usual = _USUAL.index(kind) if kind in _USUAL else len(_USUAL)
        return given.get(draft.__name__, len(given)), usual, draft.title

    return sorted(pieces.values(), key=place)


def move_draft(  # noqa: PLR0913
    consultation: Any,  # noqa: ANN401
    name: str,
    step: int,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Exchange an administrative piece with its neighbour; at an end, nothing.

    Raises:
        NotAllowedError: the actor does not put the administrative pieces together.
        InvalidInputError: there is no such piece.
    """
    require(actor, p.BUNDLE_ADMINISTRATIVE, consultation)
    names = [draft.__name__ for draft in drafts_in_order(consultation)]
    if name not in names:
        raise InvalidInputError(
            _("bundle-piece-unknown", default="Cette pièce n’existe pas.")
        )
    here = names.index(name)
    there = min(max(here + step, 0), len(names) - 1)
    names.insert(there, names.pop(here))
    pieces = consultation["pieces"]
    if pieces.order != tuple(names):
        pieces.order = tuple(names)
        _note(consultation, "bundle-ordered", actor, now, registry)


def state_of_pieces(consultation: Any) -> str:  # noqa: ANN401
    """Return a digest of the order and the contents of all pieces."""
    told = [str(consultation.revision)]
    for draft in drafts_in_order(consultation):
        frozen = ",".join(file.sha256 for file in draft.frozen_files)
        told.append(f"{draft.__name__}:{frozen or draft.revision}")
    told += [
        f"{piece.__name__}:{piece.title}:{piece.current.sha256}"
        for piece in attachments_of(consultation)
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def is_current(consultation: Any) -> bool:  # noqa: ANN401
    """Tell whether the file last put together holds the pieces as they stand."""
    bundle = consultation["pieces"].bundle
    return bundle is not None and bundle.state == state_of_pieces(consultation)


def prepare_bundle(
    consultation: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Bundle:
    """Put all pieces together: the table of pieces, one archive and one PDF.

    Without LibreOffice there is no PDF: the table is a Word file, and the archive
    holds the pieces all the same.

    Raises:
        NotAllowedError: the actor does not put the administrative pieces together.
        InvalidInputError: there is no piece.
        UnavailableError: too many files are under way, or one takes too long.
    """
    require(actor, p.BUNDLE_ADMINISTRATIVE, consultation)
    with _seat(), TemporaryDirectory(prefix="sicp-bundle-") as name:
        bundle = _Preparing(consultation, Path(name), actor, now).bundle()
    consultation["pieces"].bundle = bundle
    _note(consultation, "bundle-prepared", actor, now, registry)
    return bundle


class _Preparing:
    """One file of a consultation under way, in a folder that goes away."""

    def __init__(
        self,
        consultation: Any,  # noqa: ANN401
        folder: Path,
        actor: Actor,
        now: datetime,
    ) -> None:
        self._consultation, self._folder = consultation, folder
        self._actor, self._now = actor, now
        self._site = find_objectmap(consultation).root
        drafts = drafts_in_order(consultation)
        self._sources = [
            *administrative_sources(self._site, consultation, drafts, now),
            *technical_sources(consultation),
        ]

    def bundle(self) -> Bundle:
        """Make all the files.

        Raises:
            InvalidInputError: there is no piece.
        """
        if not self._sources:
            raise InvalidInputError(
                _(
                    "bundle-empty",
                    default="Il n’y a encore aucune pièce à rassembler.",
                )
            )
        paths = self._pdf_paths()
        counts = self._counts(paths)
        pieces = [
            _piece(number, source, count)
            for number, (source, count) in enumerate(
                zip(self._sources, counts, strict=True), start=1
            )
        ]
        table = self._written(table_draft(pieces))
        files = [_file(f"table-{kind}", data) for kind, data in table.items()]
        if may_make_pdf():
            files.append(self._whole(table["pdf"], paths, counts))
        return Bundle(
            tuple(pieces),
            (self._archive(table), *files),
            state_of_pieces(self._consultation),
            self._now,
            self._actor.login,
        )

    def _pdf_paths(self) -> list[Path | None]:
        """Write the PDF of each piece; None for one that has none."""
        paths: list[Path | None] = []
        for number, source in enumerate(self._sources):
            data = source.pdf()
            path = self._folder / f"{number}.pdf" if data is not None else None
            if path is not None and data is not None:
                path.write_bytes(data)
            paths.append(path)
        return paths

    def _counts(self, paths: Sequence[Path | None]) -> list[int | None]:
        here = [path for path in paths if path is not None]
        with _told_in_french():
            found = iter(count_pages(here)) if here else iter(())
        return [None if path is None else next(found) for path in paths]

    def _whole(
        self, table: bytes, paths: Sequence[Path | None], counts: Sequence[int | None]
    ) -> BundleFile:
        first = self._folder / "table.pdf"
        first.write_bytes(table)
        parts = [Part(first, TITLE)]
        for number, source in enumerate(self._sources):
            path = paths[number]
            if path is None or counts[number] is None:
                path = self._slip(number, source)
            parts.append(Part(path, f"{number + 1}. {source.title}"))
        target = self._folder / "whole.pdf"
        with _told_in_french():
            join(parts, target)
        return _file_at("pdf", target)

    def _slip(self, number: int, source: Source) -> Path:
        draft = slip_draft(source.title, source.reason)
        path = self._folder / f"slip-{number}.pdf"
        path.write_bytes(self._written(draft)["pdf"])
        return path

    def _written(self, draft: Draft) -> dict[str, bytes]:
        """Write a short document, without table of contents: one turn is enough."""
        word = write_sheet(self._site, self._consultation, draft, self._now)
        if not may_make_pdf():
            return {"docx": word}
        with _told_in_french():
            return {"docx": word, "pdf": convert(word, "docx")}

    def _archive(self, table: dict[str, bytes]) -> BundleFile:
        target = self._folder / "whole.zip"
        with ExitStack() as stack, target.open("wb") as file:
            write_zip(file, self._entries(table, stack))
        return _file_at("zip", target)

    def _entries(self, table: dict[str, bytes], stack: ExitStack) -> Iterator[Entry]:
        for kind, data in table.items():
            path = self._folder / f"table.{kind}"
            path.write_bytes(data)
            opened: BinaryIO = stack.enter_context(path.open("rb"))
            yield Entry(entry_name(0, TITLE, kind), opened)
        for number, source in enumerate(self._sources, start=1):
            for held in source.files:
                file = stack.enter_context(held.open())
                yield Entry(entry_name(number, held.name, held.kind), file)


def _piece(number: int, source: Source, count: int | None) -> BundledPiece:
    return BundledPiece(
        source.title,
        source.version,
        count,
        tuple(
            held.told(entry_name(number, held.name, held.kind)) for held in source.files
        ),
        source.note,
    )


def _file(kind: str, data: bytes) -> BundleFile:
    return BundleFile(kind, Blob(data), len(data), hashlib.sha256(data).hexdigest())


def _file_at(kind: str, path: Path) -> BundleFile:
    blob, digest, size = Blob(), hashlib.sha256(), 0
    with path.open("rb") as source, blob.open("w") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return BundleFile(kind, blob, size, digest.hexdigest())


@contextmanager
def _told_in_french() -> Iterator[None]:
    try:
        yield
    except (BundleError, PdfFailed, PdfUnavailable) as error:
        raise UnavailableError(
            _(
                "bundle-failed",
                default="Le dossier n’a pas pu être rassemblé : une pièce demande trop "
                "de temps ou de mémoire. Les fichiers de chaque pièce restent "
                "disponibles.",
            )
        ) from error


@contextmanager
def _seat() -> Iterator[None]:
    if not _SEATS.acquire(timeout=_PATIENCE_SECONDS):
        raise UnavailableError(
            _(
                "bundle-busy",
                default="Plusieurs dossiers sont déjà en préparation. Réessayez dans "
                "une minute.",
            )
        )
    try:
        yield
    finally:
        _SEATS.release()


def _note(
    consultation: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    bundle = consultation["pieces"].bundle
    files = bundle.files if action == "bundle-prepared" else ()
    short = ", ".join(f"{f.kind.upper()} {f.sha256[:_SHORT]}…" for f in files)
    told = {"files": short, **{f.kind: f.sha256 for f in files}}
    registry.notify(Happened(consultation, action, actor.login, now, details=told))
