"""The file around the parts: an Open Packaging archive, the same for the same input."""

import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from lxml import etree

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import clean
from sicp.engines.docx.elements import root
from sicp.engines.docx.elements import to_bytes
from sicp.engines.docx.elements import w
from sicp.engines.docx.pictures import kind
from sicp.engines.docx.style import Properties

#: Zip files bear dates; a fixed one makes two writings of one draft identical.
_DATE = (2000, 1, 1, 0, 0, 0)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"

_CONTENT_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/numbering.xml": f"{_WORD}.numbering+xml",
    "/word/settings.xml": f"{_WORD}.settings+xml",
    "/word/header1.xml": f"{_WORD}.header+xml",
    "/word/header2.xml": f"{_WORD}.header+xml",
    "/word/footer1.xml": f"{_WORD}.footer+xml",
    "/word/footer2.xml": f"{_WORD}.footer+xml",
    "/docProps/core.xml": f"{_PACKAGE}.core-properties+xml",
    "/docProps/app.xml": (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    ),
}
_DEFAULT_TYPES = {
    "rels": f"{_PACKAGE}.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
_PACKAGE_PARTS = (
    (f"{_OFFICE}/officeDocument", "word/document.xml"),
    (f"{_RELATIONS}/metadata/core-properties", "docProps/core.xml"),
    (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
)

#: Parts of the document, by the id under which ``document.xml`` calls them.
PART_IDS = {
    "styles": "rId1",
    "numbering": "rId2",
    "settings": "rId3",
    "header1": "rId4",
    "header2": "rId5",
    "footer1": "rId6",
    "footer2": "rId7",
}
LOGO_ID = "rId8"


def archive(
    parts: Mapping[str, Element], properties: Properties, logo: bytes | None
) -> bytes:
    """Pack the parts of a document, by name without folder nor extension.

    Raises:
        PictureError: the logo is neither a PNG nor a JPEG.
    """
    picture = f"word/media/logo.{kind(logo)}" if logo else ""
    files = {
        "[Content_Types].xml": to_bytes(_types()),
        "_rels/.rels": to_bytes(_relations(_PACKAGE_PARTS)),
        "docProps/core.xml": to_bytes(_core(properties)),
        "docProps/app.xml": to_bytes(_app()),
        "word/_rels/document.xml.rels": to_bytes(_document_relations(picture)),
        **{f"word/{name}.xml": to_bytes(part) for name, part in parts.items()},
    }
    if logo:
        files[picture] = logo
    return _zipped(files)


def settings() -> Element:
    """Make ``settings.xml``: current Word layout, French separators."""
    compatibility = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return root(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("characterSpacingControl", val="doNotCompress"),
        # A line cut by hand (an address) is not stretched to the margin.
        w("compat", w("doNotExpandShiftReturn"), compatibility),
        w("themeFontLang", val="fr-FR"),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Unix by default here, MS-DOS on Windows: fixed, to be the same anywhere.
            entry.create_system = 0
            target.writestr(entry, data)
    return stream.getvalue()


def _types() -> Element:
    element = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    for extension, sort in _DEFAULT_TYPES.items():
        etree.SubElement(
            element, f"{{{_TYPES}}}Default", Extension=extension, ContentType=sort
        )
    for name, sort in _CONTENT_TYPES.items():
        etree.SubElement(
            element, f"{{{_TYPES}}}Override", PartName=name, ContentType=sort
        )
    return element


def _document_relations(picture: str) -> Element:
    parts = [(f"{_OFFICE}/{name.rstrip('12')}", f"{name}.xml") for name in PART_IDS]
    if picture:
        parts.append((f"{_OFFICE}/image", picture.removeprefix("word/")))
    return _relations(tuple(parts))


def _relations(parts: tuple[tuple[str, str], ...]) -> Element:
    element = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for index, (sort, target) in enumerate(parts, start=1):
        etree.SubElement(
            element,
            f"{{{_RELATIONS}}}Relationship",
            Id=f"rId{index}",
            Type=sort,
            Target=target,
        )
    return element


def _core(properties: Properties) -> Element:
    spaces = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    element = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=spaces)
    said = (
        (f"{{{_DC}}}title", properties.title),
        (f"{{{_DC}}}subject", properties.subject),
        (f"{{{_DC}}}creator", properties.author),
        (f"{{{_CORE}}}keywords", properties.reference),
        (f"{{{_DC}}}language", "fr-FR"),
    )
    for tag, text in said:
        if text:
            etree.SubElement(element, tag).text = clean(text)
    if properties.created_at is not None:
        for name in ("created", "modified"):
            _dated(element, name, properties.created_at)
    return element


def _dated(element: Element, name: str, at: datetime) -> None:
    child = etree.SubElement(element, f"{{{_TERMS}}}{name}")
    child.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    child.text = at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _app() -> Element:
    element = etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})
    etree.SubElement(element, f"{{{_APP}}}Application").text = "SICP"
    return element
