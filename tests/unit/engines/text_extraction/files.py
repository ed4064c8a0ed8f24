"""Files as people send them, made here."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import Workbook

ODT = "application/vnd.oasis.opendocument.text"
_ODT_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 office:version="1.3"><office:body><office:text>{content}</office:text></office:body>
</office:document-content>"""


def zipped_parts(parts) -> bytes:
    """Make a ZIP of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def docx(*blocks) -> bytes:
    """Make a Word document: a string is a paragraph, « # » a heading, a list a row."""
    document = Document()
    for block in blocks:
        if isinstance(block, list):
            table = document.add_table(rows=0, cols=len(block[0]))
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.startswith("# "):
            document.add_heading(block[2:], 1)
        else:
            document.add_paragraph(block)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def odt(*blocks: str) -> bytes:
    """Make a LibreOffice document: « # » begins a heading."""
    content = "".join(
        f'<text:h text:outline-level="1">{block[2:]}</text:h>'
        if block.startswith("# ")
        else f"<text:p>{block}</text:p>"
        for block in blocks
    )
    return zipped_parts(
        {"mimetype": ODT, "content.xml": _ODT_CONTENT.format(content=content)}
    )


def xlsx(**sheets) -> bytes:
    """Make a workbook: rows by name of sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def pdf(folder: Path, *blocks, options: str = "pdf") -> bytes:
    """Make a PDF with LibreOffice."""
    source = folder / "piece.docx"
    source.write_bytes(docx(*blocks))
    _convert(folder, source, options)
    return (folder / "piece.pdf").read_bytes()


def _convert(folder: Path, source: Path, options: str) -> None:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            options,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def locked_pdf(folder: Path) -> bytes:
    """Make a PDF that asks for a password."""
    told = (
        'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"secret"}}'
    )
    return pdf(folder, "Une phrase.", options=told)


def pdf_of_images() -> bytes:
    """Make a PDF whose only page holds no word."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def converted(folder: Path, content: bytes, kind: str, options: str) -> bytes:
    """Make another kind of file of an office file, with LibreOffice."""
    source = folder / f"source.{kind}"
    source.write_bytes(content)
    _convert(folder, source, options)
    return (folder / f"source.{options.partition(':')[0]}").read_bytes()


def pptx(*slides: tuple[str, ...], notes: str = "") -> bytes:
    """Make a presentation: each slide is its title, then its paragraphs.

    The parts are named in the reverse of their order: only the list of slides tells it.
    """
    parts = {"[Content_Types].xml": "<Types/>"}
    count = len(slides)
    listed = "".join(
        f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, count + 1)
    )
    parts["ppt/presentation.xml"] = (
        f"<p:presentation {_PPTX}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
    )
    parts["ppt/_rels/presentation.xml.rels"] = _relations(
        (f"rId{n}", "slide", f"slides/slide{count + 1 - n}.xml")
        for n in range(1, count + 1)
    )
    for number, (title, *texts) in enumerate(slides, 1):
        name = f"slide{count + 1 - number}.xml"
        body = _shape("body", *texts) + _shape("title", title) + _shape("sldNum", "7")
        parts[f"ppt/slides/{name}"] = _slide("sld", body)
        if notes:
            parts[f"ppt/slides/_rels/{name}.rels"] = _relations(
                [("rId1", "notesSlide", "../notesSlides/notes.xml")]
            )
            parts["ppt/notesSlides/notes.xml"] = _slide("notes", _shape("body", notes))
    return zipped_parts(parts)


def odp(*slides: tuple[str, ...]) -> bytes:
    """Make a LibreOffice presentation: each slide is its title, then paragraphs."""
    pages = "".join(
        "<draw:page>"
        '<draw:frame presentation:class="title"><draw:text-box>'
        f"<text:p>{title}</text:p></draw:text-box></draw:frame>"
        + "".join(
            f"<draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box>"
            "</draw:frame>"
            for text in texts
        )
        + "</draw:page>"
        for title, *texts in slides
    )
    return zipped_parts({"mimetype": ODP, "content.xml": _ODP_CONTENT.format(pages)})


_PPTX = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ODP = "application/vnd.oasis.opendocument.presentation"
_ODP_CONTENT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0">
<office:body><office:presentation>{}</office:presentation></office:body>
</office:document-content>"""


def _relations(told) -> str:
    body = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for key, kind, target in told
    )
    return f"<Relationships>{body}</Relationships>"


def _shape(role: str, *texts: str) -> str:
    paragraphs = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr>'
        f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
    )


def _slide(tag: str, body: str) -> str:
    return f"<p:{tag} {_PPTX}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:{tag}>"


def ods(tables: str) -> bytes:
    """Make a LibreOffice workbook of these tables."""
    content = _ODT_CONTENT.replace("office:text>", "office:spreadsheet>")
    return zipped_parts(
        {"mimetype": ODS, "content.xml": content.format(content=tables)}
    )


ODS = "application/vnd.oasis.opendocument.spreadsheet"
