"""What comes before the text and around it: cover, contents, header and footer."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from sicp.engines.docx.body import Body
from sicp.engines.docx.body import contents_name
from sicp.engines.docx.body import headings
from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import complex_field
from sicp.engines.docx.elements import field_mark
from sicp.engines.docx.elements import field_opening
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import root
from sicp.engines.docx.elements import run
from sicp.engines.docx.elements import w
from sicp.engines.docx.package import LOGO_ID
from sicp.engines.docx.pictures import picture
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import inlines_text

CONTENTS_TITLE = "Sommaire"
_DEEPEST_CONTENTS = 3
#: How many signs the title and the reference may take together in a header.
_LONGEST_HEADER = 100
#: Below this many headings a reader finds his way without a table of contents.
_FEWEST_HEADINGS = 4

Entry = tuple[str, int, str, str]


def cover(
    draft: Draft, style: HouseStyle, properties: Properties, body: Body
) -> Iterator[Element]:
    """Yield the paragraphs of the first page.

    Raises:
        PictureError: the logo is neither a PNG nor a JPEG.
    """
    if style.logo:
        logo = picture(style.logo, style.logo_title, style.logo_height, LOGO_ID)
        yield paragraph("CoverOrganisation", [logo])
    if style.organisation:
        yield paragraph("CoverOrganisation", [run(style.organisation)])
    title = body.inlines(draft.cover.title) if draft.cover else iter(())
    words = list(title) or [run(properties.title or draft.title)]
    yield paragraph("Title", words)
    if draft.cover:
        yield from body.blocks(draft.cover.blocks, draft.title, "Subtitle")
    elif properties.reference:
        yield paragraph("Subtitle", [run(properties.reference)])


def contents(
    draft: Draft, style: HouseStyle, names: Mapping[str, str], pages: Mapping[str, int]
) -> Iterator[Element]:
    """Yield the table of contents, a field whose entries are already written.

    ``pages`` gives the page of each heading by anchor. Without it entries have no page
    number until the reader updates the field: better none than a wrong one.
    """
    depth = min(style.toc_depth, _DEEPEST_CONTENTS)
    entries: list[Entry] = [
        (anchor, level, label, inlines_text(title))
        for anchor, level, label, title in headings(draft)
        if level <= depth
    ]
    if len(entries) < _FEWEST_HEADINGS:
        return
    yield paragraph("TOCHeading", [run(CONTENTS_TITLE)])
    opening = field_opening(f'TOC \\o "1-{depth}" \\h \\z \\u')
    for entry in entries:
        name = contents_name(names[entry[0]])
        link = w("hyperlink", *_entry(entry, name, pages), anchor=name, history=1)
        # The field ends in its last line: in a line of its own, contents that fill
        # their page would be followed by an empty one.
        closing = [field_mark("end")] if entry is entries[-1] else []
        yield paragraph(f"TOC{entry[1]}", [*opening, link, *closing])
        opening = []


def header(properties: Properties, style: HouseStyle | None = None) -> Element:
    """Make the header: the body's words, title of the document and reference."""
    room = _LONGEST_HEADER - len(properties.reference)
    own = _shortened(style.header, room // 2) if style and style.header else ""
    opening = f"{own} – " if own else ""
    title = _shortened(properties.title, room - len(opening))
    said = f"{opening}{title}\t{properties.reference}"
    return root("hdr", paragraph("Header", [run(said)]))


def footer(style: HouseStyle) -> Element:
    """Make the footer: the public body, and « Page x / y »."""
    pieces = [
        run(f"{style.footer or style.organisation}\tPage\N{NO-BREAK SPACE}"),
        *complex_field("PAGE", [run("1")]),
        run("\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}"),
        *complex_field("NUMPAGES", [run("1")]),
    ]
    return root("ftr", paragraph("Footer", pieces))


def empty_header() -> Element:
    """Make the header of the cover, which bears nothing."""
    return root("hdr", paragraph("Normal"))


def empty_footer() -> Element:
    """Make the footer of the cover, which bears nothing."""
    return root("ftr", paragraph("Normal"))


def _entry(entry: Entry, name: str, pages: Mapping[str, int]) -> Iterable[Element]:
    anchor, _, label, title = entry
    yield run(f"{label}\t{title}" if label else title)
    if anchor in pages:
        yield run("\t")
        yield from complex_field(f"PAGEREF {name} \\h", [run(str(pages[anchor]))])


def _shortened(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[:room].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"
