"""The top of the first page of a letter or of a form."""

from collections.abc import Iterator

from sicp.engines.docx.body import Body
from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import W
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import run
from sicp.engines.docx.package import LOGO_ID
from sicp.engines.docx.pictures import picture
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.layout import Layout

_VALUE = f"{{{W}}}val"


def letterhead(
    draft: Draft, style: HouseStyle, properties: Properties, body: Body
) -> Iterator[Element]:
    """Yield who writes, then the address and the subject, or the title of a form.

    Raises:
        PictureError: the logo is neither a PNG nor a JPEG.
    """
    if style.logo:
        logo = picture(style.logo, style.logo_title, style.logo_height, LOGO_ID)
        yield paragraph("Letterhead", [logo])
    if style.organisation:
        yield paragraph("Letterhead", [run(style.organisation)])
    if draft.layout is Layout.LETTER:
        yield from _address(draft, body)
        yield from _title(draft, properties, body, "LetterSubject", "BodyText")
    else:
        yield from _title(draft, properties, body, "FormTitle", "FormSubtitle")


def body_sections(draft: Draft) -> tuple[Section, ...]:
    """Return the sections that follow: those of a letter begin after its address."""
    return draft.sections[1:] if draft.layout is Layout.LETTER else draft.sections


def _address(draft: Draft, body: Body) -> Iterator[Element]:
    for element in body.sections(draft.sections[:1]):
        for named in element.iter(f"{{{W}}}pStyle"):
            if named.get(_VALUE) == "BodyText":
                named.set(_VALUE, "LetterAddress")
        yield element


def _title(
    draft: Draft, properties: Properties, body: Body, title: str, below: str
) -> Iterator[Element]:
    said = body.inlines(draft.cover.title) if draft.cover else iter(())
    words = list(said) or [run(properties.title or draft.title)]
    yield paragraph(title, words)
    if draft.cover:
        yield from body.blocks(draft.cover.blocks, draft.title, below)
