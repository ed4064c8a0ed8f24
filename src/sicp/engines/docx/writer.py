"""Write a draft as a Word file."""

from collections.abc import Mapping

from sicp.engines.docx.body import Body
from sicp.engines.docx.body import reference_names
from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import R
from sicp.engines.docx.elements import W
from sicp.engines.docx.elements import root
from sicp.engines.docx.elements import twips
from sicp.engines.docx.elements import w
from sicp.engines.docx.front import contents
from sicp.engines.docx.front import cover
from sicp.engines.docx.front import empty_footer
from sicp.engines.docx.front import empty_header
from sicp.engines.docx.front import footer
from sicp.engines.docx.front import header
from sicp.engines.docx.letterhead import body_sections
from sicp.engines.docx.letterhead import letterhead
from sicp.engines.docx.lists import Lists
from sicp.engines.docx.package import PART_IDS
from sicp.engines.docx.package import archive
from sicp.engines.docx.package import settings
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.docx.styles import PAGE_WIDTH_MM
from sicp.engines.docx.styles import styles_part
from sicp.engines.docx.styles import text_width
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.layout import Layout

_PAGE_HEIGHT_MM = 297
_HEADER_MM = 11


def write_docx(
    draft: Draft,
    style: HouseStyle,
    properties: Properties,
    pages: Mapping[str, int] | None = None,
    *,
    is_static: bool = False,
) -> bytes:
    """Return the Word file of ``draft``; the same input gives the same bytes.

    Args:
        draft: the document.
        style: the look of the public body's documents.
        properties: what the file says of itself.
        pages: the page of each heading by anchor, for the table of contents.
        is_static: write references as links instead of fields, for a PDF.

    Raises:
        PictureError: the logo of ``style`` is neither a PNG nor a JPEG.
    """
    names = reference_names(draft)
    lists = Lists()
    body = Body(names, lists, text_width(style), is_static=is_static)
    is_document = draft.layout is Layout.DOCUMENT
    has_first_page = style.has_cover or not is_document
    content: list[Element] = []
    if not is_document:
        content.extend(letterhead(draft, style, properties, body))
    elif style.has_cover:
        content.extend(cover(draft, style, properties, body))
    if is_document:
        content.extend(contents(draft, style, names, pages or {}))
    start = len(content)
    content.extend(body.sections(body_sections(draft)))
    if start and is_document:
        _begin_page(content[start:])
    page = _page(style, has_first_page=has_first_page)
    document = root("document", w("body", *content, page))
    parts = {
        "document": document,
        "styles": styles_part(style),
        "numbering": lists.part(draft.layout),
        "settings": settings(),
        "header1": header(properties, style),
        "header2": empty_header(),
        "footer1": footer(style),
        "footer2": empty_footer() if is_document else footer(style),
    }
    return archive(parts, properties, style.logo if has_first_page else None)


def _begin_page(content: list[Element]) -> None:
    """Put the first paragraph of the text at the top of a page."""
    paragraphs = (p for element in content for p in element.iter(f"{{{W}}}p"))
    first = next(paragraphs, None)
    if first is not None:
        properties = first[0]
        kept = properties.find(f"{{{W}}}keepNext")
        # The order of properties is part of the format.
        (properties[0] if kept is None else kept).addnext(w("pageBreakBefore"))


def _page(style: HouseStyle, *, has_first_page: bool) -> Element:
    """Make the page: A4, and a first page without header when it is another one."""
    side = twips(style.margin_side)
    section = w(
        "sectPr",
        _called("headerReference", "default", "header1"),
        _called("footerReference", "default", "footer1"),
        _called("headerReference", "first", "header2"),
        _called("footerReference", "first", "footer2"),
        w("pgSz", w=twips(PAGE_WIDTH_MM), h=twips(_PAGE_HEIGHT_MM)),
        w(
            "pgMar",
            top=twips(style.margin_top),
            right=side,
            bottom=twips(style.margin_bottom),
            left=side,
            header=twips(_HEADER_MM),
            footer=twips(_HEADER_MM),
            gutter=0,
        ),
    )
    if has_first_page:
        section.append(w("titlePg"))
    return section


def _called(name: str, kind: str, part: str) -> Element:
    reference = w(name, type=kind)
    reference.set(f"{{{R}}}id", PART_IDS[part])
    return reference
