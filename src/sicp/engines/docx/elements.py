"""The few XML elements of WordprocessingML from which every part is built."""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from sicp.engines.drafting.typography import NO_BREAK_HYPHEN
from sicp.engines.drafting.typography import unbroken

#: lxml has no types of its own; an element is what ``etree`` gives.
Element = Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_POINT = 20

#: Signs that Word writes as elements; no font has to know the hyphen.
_SIGNS = {"\n": "br", "\t": "tab", NO_BREAK_HYPHEN: "noBreakHyphen"}
_SIGN = re.compile(f"([{''.join(_SIGNS)}])")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def w(tag: str, /, *children: Element, **attributes: object) -> Element:
    """Make the element ``w:tag``; attributes are of the same namespace."""
    element = etree.Element(f"{{{W}}}{tag}")
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", clean(str(value)))
    element.extend(children)
    return element


def root(name: str, *children: Element) -> Element:
    """Make the root element of a part, with the prefixes Word expects."""
    element = etree.Element(f"{{{W}}}{name}", nsmap={"w": W, "r": R})
    element.extend(children)
    return element


def clean(text: str) -> str:
    """Drop the signs that no XML file may hold."""
    return _ILLEGAL.sub("", text)


def twips(millimetres: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def run(text: str, *properties: Element) -> Element:
    """Make a run; a newline is a line break, a tab is a tab.

    The hyphen within a number (« L. 2124-4 ») never ends a line.
    """
    element = w("r", w("rPr", *properties)) if properties else w("r")
    for piece in _SIGN.split(unbroken(clean(text))):
        if piece in _SIGNS:
            element.append(w(_SIGNS[piece]))
        elif piece:
            element.append(_text("t", piece))
    return element


def paragraph(style: str, content: Iterable[Element] = ()) -> Element:
    """Make a paragraph in a named style."""
    return w("p", w("pPr", w("pStyle", val=style)), *content)


def complex_field(
    instruction: str, result: Iterable[Element], *properties: Element
) -> list[Element]:
    """Make a field: its instruction, and its result as it stands today."""
    return [
        *field_opening(instruction, *properties),
        *result,
        field_mark("end"),
    ]


def field_opening(instruction: str, *properties: Element) -> list[Element]:
    """Make the beginning of a field, up to its result."""
    code = w("r", w("rPr", *properties)) if properties else w("r")
    code.append(_text("instrText", f" {instruction} "))
    return [field_mark("begin"), code, field_mark("separate")]


def field_mark(kind: str) -> Element:
    """Make one of the three marks of a field: begin, separate, end."""
    return w("r", w("fldChar", fldCharType=kind))


def to_bytes(element: Element) -> bytes:
    """Write a part as a file."""
    data: bytes = etree.tostring(
        element, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return data


def _text(name: str, text: str) -> Element:
    element = w(name)
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element
