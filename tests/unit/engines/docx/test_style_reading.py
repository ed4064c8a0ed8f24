"""The look of a Word model is read as far as the file says it plainly."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm
from docx.shared import Pt

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.docx.style_reading import ReadError
from sicp.engines.docx.style_reading import read_style
from sicp.operations.document.style_sample import sample_draft


def png(columns: int = 4, lines: int = 2) -> bytes:
    """Make a small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", columns, lines, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x14\x50\x5c" * columns for _line in range(lines))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def test_what_we_write_is_what_we_read() -> None:
    style = HouseStyle(
        organisation="Région",
        font="Georgia",
        heading_font="Verdana",
        size=11.5,
        text_colour="222222",
        heading_colour="7A1F1F",
        margin_top=30,
        margin_bottom=20,
        margin_side=28,
        header="Commande publique",
        footer="1 place des Trois-Vallées",
        logo=png(),
    )
    found = read_style(write_docx(sample_draft(), style, Properties("Titre", "R-1")))
    assert found["header"].startswith("Commande publique – Titre")
    assert found["footer"] == "1 place des Trois-Vallées"
    assert found["logo"] == png()
    for name in ("font", "heading_font", "size", "text_colour", "heading_colour"):
        assert found[name] == getattr(style, name)
    for name in ("margin_top", "margin_bottom", "margin_side"):
        assert found[name] == pytest.approx(getattr(style, name), abs=0.2)


def test_a_model_made_by_another_program() -> None:
    model = Document()
    model.styles["Normal"].font.name = "Calibri"
    model.styles["Normal"].font.size = Pt(11)
    section = model.sections[0]
    section.left_margin = Mm(25)
    section.header.paragraphs[0].text = "Ville de Montclar"
    section.header.paragraphs[0].add_run().add_picture(BytesIO(png()))
    stream = BytesIO()
    model.save(stream)
    found = read_style(stream.getvalue())
    assert found["font"] == "Calibri"
    assert found["size"] == 11
    assert found["margin_side"] == pytest.approx(25, abs=0.2)
    assert found["header"] == "Ville de Montclar"
    assert found["logo"] == png()


def test_what_the_model_leaves_out_is_left_out() -> None:
    stream = BytesIO()
    Document().save(stream)
    found = read_style(stream.getvalue())
    assert "header" not in found
    assert "logo" not in found


@pytest.mark.parametrize("data", [b"", b"not a file", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_refused_in_french(data: bytes) -> None:
    with pytest.raises(ReadError, match="Word"):
        read_style(data)


def test_a_picture_that_is_none_is_no_logo() -> None:
    model = Document()
    model.add_picture(BytesIO(png()))
    stream, other = BytesIO(), BytesIO()
    model.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(other, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            is_picture = entry.filename.startswith("word/media")
            new.writestr(entry.filename, b"<svg/>" if is_picture else data)
    assert "logo" not in read_style(other.getvalue())
