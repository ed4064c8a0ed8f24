"""The file of a consultation: its order, its table, one archive, one PDF."""

import hashlib
import re
import subprocess
import zipfile
from io import BytesIO
from threading import BoundedSemaphore

import pytest
from pypdf import PdfReader
from pypdf import PdfWriter

from sicp.engines.docx import check_docx
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import UnavailableError
from sicp.interfaces.user import Actor
from sicp.operations.consultation.attachment import add_attachment
from sicp.operations.consultation.attachment import move_attachment
from sicp.operations.consultation.draft import create_draft
from sicp.operations.document import bundle as operation
from sicp.operations.document import bundle_source
from sicp.operations.document import production
from sicp.operations.document.bundle import drafts_in_order
from sicp.operations.document.bundle import is_current
from sicp.operations.document.bundle import move_draft
from sicp.operations.document.bundle import prepare_bundle
from sicp.operations.document.freeze import freeze
from sicp.operations.document.production import frozen_file
from sicp.operations.journal import journal_of
from sicp.operations.upload import Upload
from tests.unit.engines.text_extraction import files

CCTP = files.docx("# Objet", "Le présent cahier décrit les prestations.")
BPU = files.xlsx(BPU=[["Désignation", "Prix unitaire € HT"], ["Vitrerie", 12]])
DWG = b"AC1032" + b"\x00" * 500


@pytest.fixture
def quick(monkeypatch):
    """Make Word files alone, as where LibreOffice is not installed."""
    for module in (production, bundle_source, operation):
        name = "is_available" if module is production else "may_make_pdf"
        monkeypatch.setattr(module, name, lambda: False)


@pytest.fixture
def pieces(consultation, doing):
    """Two administrative pieces and four technical ones."""
    for name in ("ccap-common-services", "rc-open-call"):
        create_draft(consultation, name, **doing.by)
    blank = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(842, 595)
    writer.write(blank)
    for name, content, kind in (
        ("../../etc/CCTP.docx", CCTP, "cctp"),
        ("BPU.xlsx", BPU, "bpu"),
        ("plan masse.dwg", DWG, "plan"),
        ("plan.pdf", blank.getvalue(), "plan"),
    ):
        upload = Upload(BytesIO(content), name)
        add_attachment(consultation, upload, "", kind, **doing.by)
    return consultation


def read(file) -> bytes:
    """Return the bytes of a file that was made, checked against its digest."""
    with file.blob.open("r") as source:
        data = source.read()
    assert hashlib.sha256(data).hexdigest() == file.sha256
    assert len(data) == file.size
    return data


def titles(outline) -> list:
    """Return the titles of an outline at its first level."""
    return [item.title for item in outline if not isinstance(item, list)]


def sections_of(whole) -> list[str]:
    """Return the titles of the pieces that are tagged."""
    (document,) = whole.root_object["/StructTreeRoot"]["/K"]
    return [item.get_object()["/T"] for item in document.get_object()["/K"]]


def test_all_pieces_are_in_the_archive_and_in_the_whole(
    site, pieces, doing, tmp_path
) -> None:
    bundle = prepare_bundle(pieces, **doing.by)
    archive = zipfile.ZipFile(BytesIO(read(bundle.file("zip"))))
    names = archive.namelist()
    assert names[:2] == ["00_Bordereau-des-pièces.docx", "00_Bordereau-des-pièces.pdf"]
    assert names[2].startswith("01_RC_")
    assert "03_CCTP.docx" in names
    assert all("/" not in name and ".." not in name for name in names)
    told = {file.name: file for piece in bundle.pieces for file in piece.files}
    for name, file in told.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == file.sha256
    assert set(names) == {*told, *names[:2]}
    whole = PdfReader(BytesIO(read(bundle.file("pdf"))))
    found = titles(whole.outline)
    assert found[0] == "Bordereau des pièces"
    assert found[-1] == "6. plan"
    assert len(found) == 7
    assert any(isinstance(item, list) and len(item) > 5 for item in whole.outline)
    table = read(bundle.file("table-docx"))
    assert [f for f in check_docx(table) if f.code != "blank-left"] == []
    path = tmp_path / "whole.pdf"
    path.write_bytes(read(bundle.file("pdf")))
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "ne se convertit pas en PDF" in re.sub(r"\s+", " ", text)
    assert f"{len(whole.pages)} / {len(whole.pages)}" in text
    command = ["pdffonts", str(path)]
    fonts = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    # Each font of the whole is in the file: « emb » is the fifth column from the end.
    held = [line.split()[-5] for line in fonts.splitlines()[2:]]
    assert held
    assert set(held) == {"yes"}
    assert whole.root_object["/Lang"] == "fr-FR"
    # LibreOffice tags no sheet, and the plan that was joined has no tag.
    tagged = [title.partition(".")[0] for title in sections_of(whole)]
    assert tagged == ["Bordereau des pièces", "1", "2", "3", "5"]
    assert [piece.pages is None for piece in bundle.pieces] == [False] * 4 + [
        True,
        False,
    ]


def test_without_libreoffice_there_is_an_archive_and_a_word_table(
    site, pieces, doing, quick
) -> None:
    bundle = prepare_bundle(pieces, **doing.by)
    assert [file.kind for file in bundle.files] == ["zip", "table-docx"]
    assert bundle.pieces[0].note == "non figée"
    entries = journal_of(site, pieces).newest(50)
    (entry,) = [e for e in entries if e["action"] == "bundle-prepared"]
    assert entry["details"]["zip"] == bundle.file("zip").sha256


def test_frozen_pieces_give_the_bytes_they_keep(pieces, doing, quick) -> None:
    draft = pieces["pieces"]["rc-open-call"]
    freeze(draft, **doing.by)
    bundle = prepare_bundle(pieces, **doing.by)
    kept = frozen_file(draft, "docx")
    assert bundle.pieces[0].files[0].sha256 == kept.sha256
    assert bundle.pieces[0].version.startswith("figée le")
    assert bundle.pieces[0].note == ""


def test_a_change_of_piece_or_order_makes_the_file_out_of_date(
    pieces, doing, quick
) -> None:
    assert not is_current(pieces)
    prepare_bundle(pieces, **doing.by)
    assert is_current(pieces)
    names = [draft.__name__ for draft in drafts_in_order(pieces)]
    assert names == ["rc-open-call", "ccap-common-services"]
    move_draft(pieces, "rc-open-call", 1, **doing.by)
    assert [draft.__name__ for draft in drafts_in_order(pieces)] == names[::-1]
    assert not is_current(pieces)
    prepare_bundle(pieces, **doing.by)
    move_attachment(pieces["annexes"]["1"], 1, actor=doing.actor, now=doing.now)
    assert not is_current(pieces)


def test_the_same_pieces_give_the_same_archive(pieces, doing, quick) -> None:
    for name in ("rc-open-call", "ccap-common-services"):
        freeze(pieces["pieces"][name], **doing.by)
    made = [prepare_bundle(pieces, **doing.by).file("zip").sha256 for _turn in "ab"]
    assert made[0] == made[1]


def test_nothing_is_put_together_from_nothing(consultation, doing, quick) -> None:
    with pytest.raises(InvalidInputError):
        prepare_bundle(consultation, **doing.by)
    with pytest.raises(InvalidInputError):
        move_draft(consultation, "nobody", 1, **doing.by)


def test_when_too_many_are_under_way_one_is_told_to_wait(
    pieces, doing, monkeypatch
) -> None:
    monkeypatch.setattr(operation, "_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(operation, "_SEATS", BoundedSemaphore(1))
    operation._SEATS.acquire()
    with pytest.raises(UnavailableError):
        prepare_bundle(pieces, **doing.by)


def test_who_puts_no_piece_together_makes_nothing(pieces, doing, quick) -> None:
    nobody = {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}
    with pytest.raises(NotAllowedError):
        prepare_bundle(pieces, **nobody)
    with pytest.raises(NotAllowedError):
        move_draft(pieces, "rc-open-call", 1, **nobody)
