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
    return (folder / "piece.pdf").read_bytes()


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
