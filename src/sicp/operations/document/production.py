"""Files made from a piece: the Word document and its PDF."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.consultation.draft import FrozenFile
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.docx.pagination import write_paginated
from sicp.engines.drafting.draft import Draft
from sicp.engines.pdf import PdfFailed
from sicp.engines.pdf import PdfUnavailable
from sicp.engines.pdf import is_available
from sicp.engines.pdf import to_pdf
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import UnavailableError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.document.piece import draft_document
from sicp.operations.template.style import style_of
from sicp.operations.user.right import require

Writer = Callable[[Draft, HouseStyle, Properties], bytes]

#: LibreOffice takes a core for seconds: a process makes few PDF files at a time, so
#: that those who only read are still answered.
_SEATS = BoundedSemaphore(2)
_PATIENCE_SECONDS = 15.0

_UNFIT = re.compile(r"[^\w.-]+")
#: Pieces everybody calls by these letters.
_KNOWN_PIECES = frozenset({"RC", "CCAP", "AE"})
_PHASES = {"candidature": "-candidatures", "offer": "-offres"}


def produce(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    template_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    extension: str,
) -> bytes:
    """Return the file of a piece, « docx » or « pdf », as it stands now.

    A piece that was not begun is made from the upstream form alone. Blanks stay
    visible: only freezing is refused to an incomplete piece. A frozen piece gives the
    very bytes that were kept.

    Raises:
        NotAllowedError: the actor does not see the details of the consultation.
        InvalidInputError: no such canevas, or no such kind of file.
        UnavailableError: LibreOffice, which makes the PDF, is missing or failed.
    """
    require(actor, p.VIEW_DETAIL, consultation)
    stored = consultation["pieces"].get(template_id)
    if stored is not None and stored.frozen_at is not None:
        return _kept_bytes(stored, extension)
    piece = draft_document(
        site, consultation, stored, legal_day(now), template_id=template_id
    )
    data = write_piece(site, consultation, piece.draft, now, extension)
    details = {"template": f"{piece.draft.title} ({extension.upper()})"}
    registry.notify(
        Happened(consultation, "document-produced", actor.login, now, details=details)
    )
    return data


def frozen_file(draft: Any, extension: str) -> FrozenFile | None:  # noqa: ANN401
    """Return the file of this kind that a frozen piece keeps, if any."""
    found = (file for file in draft.frozen_files if file.extension == extension)
    return next(found, None)


def write_both(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    draft: Draft,
    now: datetime,
) -> dict[str, bytes]:
    """Return the Word file and the PDF of a document, with the same page numbers.

    Without LibreOffice there is a Word file alone.

    Raises:
        UnavailableError: LibreOffice failed, or is busy.
    """
    style = house_style(site, consultation)
    properties = _properties(consultation, draft, style, now)
    if not is_available():
        return {"docx": write_docx(draft, style, properties)}
    word, pdf = _paginated(draft, style, properties)
    return {"docx": word, "pdf": pdf}


def write_piece(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    draft: Draft,
    now: datetime,
    extension: str,
) -> bytes:
    """Return an assembled document as a file, in the look of the buyer.

    Raises:
        InvalidInputError: no such kind of file.
        UnavailableError: LibreOffice, which makes the PDF, is missing or failed.
    """
    style = house_style(site, consultation)
    properties = _properties(consultation, draft, style, now)
    return write_file(draft, style, properties, extension)


def write_sheet(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    draft: Draft,
    now: datetime,
) -> bytes:
    """Return a short document as a Word file, without first page."""
    style = replace(house_style(site, consultation), has_cover=False)
    return write_docx(draft, style, _properties(consultation, draft, style, now))


def write_file(
    draft: Draft, style: HouseStyle, properties: Properties, extension: str
) -> bytes:
    """Return an assembled document as a file, in any look.

    Raises:
        InvalidInputError: no such kind of file.
        UnavailableError: LibreOffice, which makes the PDF, is missing or failed.
    """
    writer = _WRITERS.get(extension)
    if writer is None:
        raise InvalidInputError(
            _(
                "document-kind-unknown",
                default="Un document s’obtient en DOCX ou en PDF.",
            )
        )
    return writer(draft, style, properties)


def house_style(site: Any, consultation: Any) -> HouseStyle:  # noqa: ANN401
    """Return the look of the documents of the buyer."""
    body = find_objectmap(site).object_for(consultation.body_entity)
    return style_of(body)


def file_name(consultation: Any, template: Any, extension: str) -> str:  # noqa: ANN401
    """Name the file of a piece, such as « RC_2026-0001.docx ».

    A regulation of the candidatures and one of the offers, or two letters, are told
    apart.
    """
    said = template.document if template.document in _KNOWN_PIECES else template.title
    phase = _PHASES.get(str(template.data.get("phase")), "")
    words = (f"{said or template.template_id}{phase}", consultation.reference)
    stem = "_".join(_UNFIT.sub("-", word).strip("-") for word in words)
    return f"{stem}.{extension}"


def convert(document: bytes, kind: str) -> bytes:
    """Return the PDF of a file that somebody joined, of one of the kinds converted.

    Raises:
        KeyError: no such kind can be converted.
        PdfUnavailable: LibreOffice is not installed.
        PdfFailed: LibreOffice could not, or took too long.
        UnavailableError: too many files are being converted.
    """
    with _seat():
        return to_pdf(document, kind=kind)


def may_make_pdf() -> bool:
    """Tell whether this installation makes PDF files."""
    return is_available()


def _kept_bytes(stored: Any, extension: str) -> bytes:  # noqa: ANN401
    file = frozen_file(stored, extension)
    if file is None:
        raise UnavailableError(
            _(
                "frozen-without-file",
                default="Cette pièce a été figée sans fichier de cette sorte.",
            )
        )
    with file.blob.open("r") as source:
        return bytes(source.read())


def _properties(
    consultation: Any,  # noqa: ANN401
    draft: Draft,
    style: HouseStyle,
    now: datetime,
) -> Properties:
    return Properties(
        title=draft.title,
        reference=consultation.reference,
        subject=consultation.object,
        author=style.organisation,
        created_at=now,
    )


def _write_pdf(draft: Draft, style: HouseStyle, properties: Properties) -> bytes:
    _word, pdf = _paginated(draft, style, properties)
    return pdf


def _paginated(
    draft: Draft, style: HouseStyle, properties: Properties
) -> tuple[bytes, bytes]:
    try:
        with _seat():
            return write_paginated(draft, style, properties)
    except PdfUnavailable as error:
        raise UnavailableError(
            _(
                "pdf-unavailable",
                default="LibreOffice n’est pas installé sur ce serveur : le PDF ne "
                "peut pas être produit. Le document Word reste disponible.",
            )
        ) from error
    except PdfFailed as error:
        raise UnavailableError(
            _(
                "pdf-failed",
                default="LibreOffice n’a pas pu produire le PDF. Réessayez dans "
                "quelques minutes ; le document Word reste disponible.",
            )
        ) from error


@contextmanager
def _seat() -> Iterator[None]:
    if not _SEATS.acquire(timeout=_PATIENCE_SECONDS):
        raise UnavailableError(
            _(
                "pdf-busy",
                default="Plusieurs PDF sont déjà en préparation. Réessayez dans une "
                "minute ; le document Word reste disponible.",
            )
        )
    try:
        yield
    finally:
        _SEATS.release()


_WRITERS: Mapping[str, Writer] = {"docx": write_docx, "pdf": _write_pdf}
