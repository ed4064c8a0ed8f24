"""A Word file whose table of contents has its page numbers, and its PDF."""

from sicp.engines.docx.body import reference_names
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.docx.writer import write_docx
from sicp.engines.drafting.draft import Draft
from sicp.engines.pdf import DEFAULT_TIMEOUT_SECONDS
from sicp.engines.pdf import bookmark_pages
from sicp.engines.pdf import to_pdf


def write_paginated(
    draft: Draft,
    style: HouseStyle,
    properties: Properties,
    timeout: float = DEFAULT_TIMEOUT_SECONDS,
) -> tuple[bytes, bytes]:
    """Return the Word file and the PDF of ``draft``, both with page numbers.

    The document is laid out twice: once to learn the page of each heading, once with
    them. It takes some seconds: call it from a job, not from a page.

    Raises:
        PdfUnavailable: LibreOffice is not installed.
        PictureError: the logo of ``style`` is neither a PNG nor a JPEG.
        PdfFailed: a conversion failed or took longer than ``timeout`` seconds.
    """
    names = reference_names(draft)
    # Entries without number could be shorter by a line: zeros take the same room.
    zeros = dict.fromkeys(names, 0)
    first = to_pdf(write_docx(draft, style, properties, zeros, is_static=True), timeout)
    found = bookmark_pages(first)
    pages = {a: found[name] for a, name in names.items() if name in found}
    final = to_pdf(write_docx(draft, style, properties, pages, is_static=True), timeout)
    return write_docx(draft, style, properties, pages), final
