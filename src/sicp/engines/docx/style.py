"""The look of a public body's documents, and what a document says of itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The look of every document of one public body.

    Sizes are points, margins millimetres, colours six hexadecimal digits. A page is A4
    in portrait. ``toc_depth`` is how many levels of headings the table of contents
    shows; 0 leaves it out. ``logo`` is a PNG or JPEG picture printed on the cover.
    ``header`` and ``footer`` are words of the body's own: in the header they come
    before the title of the document, in the footer instead of the body's name.
    """

    organisation: str = ""
    font: str = "Arial"
    heading_font: str = "Arial"
    size: float = 10
    text_colour: str = "1A1A1A"
    heading_colour: str = "1B3A5C"
    line_colour: str = "9AA7B5"
    shade_colour: str = "E9EEF4"
    margin_top: float = 25
    margin_bottom: float = 22
    margin_side: float = 22
    toc_depth: int = 2
    has_cover: bool = True
    header: str = ""
    footer: str = ""
    logo: bytes | None = None
    logo_title: str = "Logo"
    logo_height: float = 22


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself: shown in headers and in the file's properties."""

    title: str
    reference: str = ""
    subject: str = ""
    author: str = ""
    created_at: datetime | None = None
