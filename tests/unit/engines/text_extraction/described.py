"""Files that say something of themselves, made here."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter

from tests.unit.engines.text_extraction import files

_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties">{}</Properties>'
)
_META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
    'office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{}</office:meta>'
    "</office:document-meta>"
)


def docx(text: str = "Des mots.", **told: str | datetime) -> bytes:
    """Make a Word document; ``told`` are the core properties of python-docx."""
    document = Document()
    document.add_paragraph(text)
    for name, value in told.items():
        setattr(document.core_properties, name, value)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def xlsx(**told: str | datetime) -> bytes:
    """Make a workbook; ``told`` are the properties of openpyxl."""
    book = Workbook()
    book.active.append(["Désignation"])
    for name, value in told.items():
        setattr(book.properties, name, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def pptx(core: str, app: str = "") -> bytes:
    """Make a presentation whose properties are these elements."""
    parts = {
        "docProps/core.xml": _CORE.format(core),
        "docProps/app.xml": _APP.format(app),
    }
    return with_parts(files.pptx(("Le calendrier", "Publier.")), parts)


def odt(meta: str) -> bytes:
    """Make a LibreOffice document whose properties are these elements."""
    return with_parts(files.odt("Des mots."), {"meta.xml": _META.format(meta)})


def pdf(pages: int = 1, **told: str) -> bytes:
    """Make a PDF of blank pages; ``told`` is its dictionary: Title, Author…"""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    writer.metadata = None
    writer.add_metadata({f"/{name}": value for name, value in told.items()})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def core(xml: str) -> bytes:
    """Make a Word document whose core properties are this XML, whatever it is."""
    return with_parts(files.docx("Des mots."), {"docProps/core.xml": xml})


def with_parts(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Put parts in a package, in the place of those of the same name."""
    with ZipFile(BytesIO(content)) as package:
        kept = {name: package.read(name) for name in package.namelist()}
    return files.zipped_parts({**kept, **parts})
