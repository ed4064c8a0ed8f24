"""A picture in the text, with the words a screen reader says in its place."""

import struct
from xml.sax.saxutils import quoteattr

from lxml import etree

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import clean
from sicp.engines.docx.elements import w

_EMU_PER_MM = 36000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
#: Markers of a JPEG that hold its size; C4, C8 and CC are of another kind.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

_DRAWING = (
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="1" name="Logo" descr={title}/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="1" name="Logo" descr={title}/><pic:cNvPicPr/>'
    "</pic:nvPicPr><pic:blipFill>"
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline>"
)


class PictureError(ValueError):
    """A picture that is neither a PNG nor a JPEG, or that is cut short."""


def picture(data: bytes, title: str, height: float, relation: str) -> Element:
    """Make a run that shows a picture ``height`` millimetres high.

    Raises:
        PictureError: the picture cannot be read.
    """
    columns, lines = size(data)
    rise = round(height * _EMU_PER_MM)
    drawing = _DRAWING.format(
        width=rise * columns // lines,
        height=rise,
        title=quoteattr(clean(title)),
        relation=relation,
    )
    return w("r", w("drawing", etree.fromstring(drawing)))


def size(data: bytes) -> tuple[int, int]:
    """Return the width and the height of a PNG or a JPEG, in pixels.

    Raises:
        PictureError: the picture cannot be read.
    """
    try:
        columns, lines = _png_size(data) if kind(data) == "png" else _jpeg_size(data)
    except struct.error as error:
        message = "the picture is cut short"
        raise PictureError(message) from error
    if not columns or not lines:
        message = "the picture has no size"
        raise PictureError(message)
    return columns, lines


def kind(data: bytes) -> str:
    """Return ``png`` or ``jpeg``.

    Raises:
        PictureError: it is neither.
    """
    if data.startswith(_PNG):
        return "png"
    if data.startswith(_JPEG):
        return "jpeg"
    message = "the picture is neither a PNG nor a JPEG"
    raise PictureError(message)


def _png_size(data: bytes) -> tuple[int, int]:
    columns, lines = struct.unpack_from(">II", data, 16)
    return columns, lines


def _jpeg_size(data: bytes) -> tuple[int, int]:
    position = len(_JPEG)
    while True:
        mark, number, length = struct.unpack_from(">BBH", data, position)
        if mark != 0xFF:  # noqa: PLR2004
            message = "the picture is damaged"
            raise PictureError(message)
        if number in _JPEG_FRAMES:
            lines, columns = struct.unpack_from(">HH", data, position + 5)
            return columns, lines
        position += 2 + length
