"""The look of a Word model: what a house style can take of it.

Only what the file says plainly is returned; what it leaves to Word is left out, so that
the person sees what was found and what he has to choose himself.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

from sicp.engines.docx.elements import Element
from sicp.engines.docx.pictures import PictureError
from sicp.engines.docx.pictures import size as picture_size
from sicp.engines.docx.reading_package import Package
from sicp.engines.docx.reading_package import ReadError
from sicp.engines.docx.reading_styles import q
from sicp.engines.docx.reading_styles import val

__all__ = ["ReadError", "read_style"]

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}\Z")
_FONT = re.compile(r"[\w .'-]{1,60}\Z")
_TWIPS_PER_MM = 1440 / 25.4
_LONGEST_WORDS = 120
_SPACES = re.compile(r"\s+")
_HALF_POINTS = re.compile(r"[0-9]{1,3}\Z")
_TWIPS = re.compile(r"[0-9]{1,5}\Z")
_PAGE_NUMBER = re.compile(r"\bPage\b[\s\d/]*(sur)?[\s\d]*\Z")

#: Names of the styles in which the text stands, from near to far.
_TEXT_STYLES = ("body text", "corps de texte", "normal")
_HEADING_STYLES = ("heading 1", "titre 1")


def read_style(data: bytes) -> dict[str, Any]:
    """Return the fields of ``HouseStyle`` that a .docx says, ``logo`` among them.

    Sizes are points, margins millimetres, colours six hexadecimal digits. The first
    picture of the header, else of the text, is the logo.

    Raises:
        ReadError: the file is no readable Word file; the message says why, in French.
    """
    package = Package(data)
    found: dict[str, Any] = {}
    styles = package.part("styles")
    if styles is not None:
        found |= _of_styles(styles)
    found |= _margins(package.document)
    for kind in ("header", "footer"):
        words = _words(package.part(kind))
        if words:
            found[kind] = words
    logo = package.called_by("header", "image") or package.bytes_of("image")
    if logo and _is_picture(logo):
        found["logo"] = logo
    return found


def _of_styles(styles: Element) -> dict[str, Any]:
    by_id = {e.get(q("styleId")): e for e in styles.iter(q("style"))}
    named = {val(e.find(q("name"))).lower(): e for e in by_id.values()}
    defaults = list(styles.iter(q("rPrDefault")))
    text = [*_chain(named, by_id, _TEXT_STYLES), *defaults]
    heading = [*_chain(named, by_id, _HEADING_STYLES), *defaults]
    return {
        **_said("font", text, _font),
        **_said("size", text, _size),
        **_said("text_colour", text, _colour),
        **_said("heading_font", heading, _font),
        **_said("heading_colour", heading, _colour),
    }


def _chain(
    named: dict[str, Element], by_id: dict[str | None, Element], names: tuple[str, ...]
) -> Iterator[Element]:
    """Yield the first style known by one of ``names``, and those it rests on."""
    style = next((named[name] for name in names if name in named), None)
    seen: list[Element] = []
    while style is not None and style not in seen:
        seen.append(style)
        yield style
        style = by_id.get(val(style.find(q("basedOn"))) or None)


def _said(
    name: str, places: list[Element], read: Callable[[Element], Any]
) -> dict[str, Any]:
    found = (read(look) for place in places for look in place.iter(q("rPr")))
    value = next((item for item in found if item is not None), None)
    return {} if value is None else {name: value}


def _font(look: Element) -> str | None:
    fonts = look.find(q("rFonts"))
    name = "" if fonts is None else fonts.get(q("ascii")) or ""
    return name if _FONT.match(name) else None


def _size(look: Element) -> float | None:
    half = val(look.find(q("sz")))
    return int(half) / 2 if _HALF_POINTS.match(half) else None


def _colour(look: Element) -> str | None:
    colour = val(look.find(q("color")))
    return colour.upper() if _COLOUR.match(colour) else None


def _margins(body: Element) -> dict[str, float]:
    sections = list(body.iter(q("pgMar")))
    if not sections:
        return {}
    told = {
        "margin_top": sections[-1].get(q("top")),
        "margin_bottom": sections[-1].get(q("bottom")),
        "margin_side": sections[-1].get(q("left")),
    }
    return {
        name: round(int(twips or 0) / _TWIPS_PER_MM, 1)
        for name, twips in told.items()
        if _TWIPS.match(twips or "")
    }


def _words(part: Element | None) -> str:
    """Return the words of a header or a footer, without fields nor page numbers."""
    if part is None:
        return ""
    said = " ".join(text.text or "" for text in part.iter(q("t")))
    words = _SPACES.sub(" ", said).strip()
    words = _PAGE_NUMBER.sub("", words).strip(" –-|·/")
    return words[:_LONGEST_WORDS].strip()


def _is_picture(data: bytes) -> bool:
    try:
        picture_size(data)
    except PictureError:
        return False
    return True
