"""Many PDF files in one: outline, numbers, and no trap that stops the whole."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf import PdfWriter

from sicp.engines.bundle import Entry
from sicp.engines.bundle import entry_name
from sicp.engines.bundle import write_zip
from sicp.engines.pdf_bundle import BundleError
from sicp.engines.pdf_bundle import Part
from sicp.engines.pdf_bundle import count_pages
from sicp.engines.pdf_bundle import join


def pdf(path, pages: int = 2, rotation: int = 0, **options):
    """Write a PDF of blank pages."""
    writer = PdfWriter()
    for number in range(pages):
        writer.add_blank_page(595, 842).rotate(rotation)
        if options.get("headings"):
            writer.add_outline_item(title=f"Titre {number + 1}", page_number=number)
    if options.get("password"):
        writer.encrypt(options["password"])
    writer.write(path)
    return path


def titles(outline):
    """Return the titles of an outline, nested as it is."""
    return [titles(i) if isinstance(i, list) else i.title for i in outline]


def test_pieces_are_joined_with_their_outline(tmp_path) -> None:
    parts = [
        Part(pdf(tmp_path / "a.pdf", 2, headings=True), "1. Règlement"),
        Part(pdf(tmp_path / "b.pdf", 1), "2. Plan"),
    ]
    target = tmp_path / "whole.pdf"
    assert join(parts, target) == 3
    reader = PdfReader(target)
    found = titles(reader.outline)
    assert found == ["1. Règlement", ["Titre 1", "Titre 2"], "2. Plan"]
    assert reader.page_mode == "/UseOutlines"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no poppler-utils here")
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_each_page_bears_its_number_in_the_whole(tmp_path, rotation) -> None:
    parts = [Part(pdf(tmp_path / "a.pdf", 2, rotation), "A")]
    target = tmp_path / "whole.pdf"
    join(parts, target)
    for number in (1, 2):
        command = ["pdftotext", "-f", str(number), "-l", str(number), str(target), "-"]
        told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert re.sub(r"\s+", "", told) == f"{number}/2"


def test_what_cannot_be_joined_is_told_without_stopping(tmp_path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    locked = pdf(tmp_path / "locked.pdf", password="x")
    good = pdf(tmp_path / "good.pdf", 4)
    assert count_pages([broken, good, locked, tmp_path / "none"]) == [
        None,
        4,
        None,
        None,
    ]


def test_a_piece_that_takes_too_long_is_given_up(tmp_path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(BundleError):
        join([Part(broken, "A")], tmp_path / "whole.pdf", seconds=5)


def test_the_archive_is_the_same_for_the_same_pieces() -> None:
    made = []
    for _turn in range(2):
        target = BytesIO()
        write_zip(
            target,
            [Entry("01_a.pdf", BytesIO(b"a" * 99)), Entry("02_b.txt", BytesIO(b"b"))],
        )
        made.append(target.getvalue())
    assert made[0] == made[1]
    with zipfile.ZipFile(BytesIO(made[0])) as archive:
        assert archive.namelist() == ["01_a.pdf", "02_b.txt"]
        assert archive.read("02_b.txt") == b"b"


@given(name=st.text(max_size=200), number=st.integers(0, 400))
def test_no_name_leaves_its_folder(name, number) -> None:
    made = entry_name(number, name, "pdf")
    assert made.endswith(".pdf")
    assert not re.search(r"[/\\\x00-\x1f:*?\"<>|]", made)
    assert made.startswith(f"{number:02d}_")
    assert len(made) < 100


def test_a_name_is_kept_as_far_as_it_may() -> None:
    assert entry_name(3, "Plan été (v2).PDF", "pdf") == "03_Plan-été-v2.pdf"
    assert entry_name(4, "../../etc/passwd", "pdf") == "04_passwd.pdf"
    assert entry_name(5, "..", "docx") == "05_piece.docx"
