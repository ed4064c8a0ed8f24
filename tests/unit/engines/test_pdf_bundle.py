"""Many PDF files in one: outline, numbers, and no trap that stops the whole."""

import re
import subprocess
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject
from pypdf.generic import DictionaryObject
from pypdf.generic import NameObject
from pypdf.generic import NumberObject
from pypdf.generic import TextStringObject

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


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_each_page_bears_its_number_in_the_whole(tmp_path, rotation) -> None:
    parts = [Part(pdf(tmp_path / "a.pdf", 2, rotation), "A")]
    target = tmp_path / "whole.pdf"
    join(parts, target)
    for number in (1, 2):
        command = ["pdftotext", "-f", str(number), "-l", str(number), str(target), "-"]
        told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert re.sub(r"\s+", "", told) == f"{number}/2"


def tagged(path, title: str, language: str = "fr-FR"):
    """Write a PDF of one page whose heading and link are tagged."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://exemple.fr"))
    page = writer.pages[0]
    (link,) = page["/Annots"]
    page[NameObject("/StructParents")] = NumberObject(0)
    link.get_object()[NameObject("/StructParent")] = NumberObject(1)
    heading, anchor, document, root = (
        writer._add_object(DictionaryObject()) for _turn in range(4)
    )
    for item, role, above, kids in (
        (heading, "/Titre 1", document, [NumberObject(0)]),
        (anchor, "/Link", document, []),
        (document, "/Document", root, [heading, anchor]),
    ):
        held = item.get_object()
        held[NameObject("/Type")] = NameObject("/StructElem")
        held[NameObject("/S")] = NameObject(role)
        held[NameObject("/P")] = above
        held[NameObject("/K")] = ArrayObject(kids)
        held[NameObject("/Pg")] = page.indirect_reference
    heading.get_object()[NameObject("/T")] = TextStringObject(title)
    parents = ArrayObject(
        [NumberObject(0), ArrayObject([heading]), NumberObject(1), anchor]
    )
    root.get_object().update(
        {
            NameObject("/Type"): NameObject("/StructTreeRoot"),
            NameObject("/K"): document,
            NameObject("/RoleMap"): DictionaryObject(
                {NameObject("/Titre 1"): NameObject("/H1")}
            ),
            NameObject("/ParentTree"): DictionaryObject({NameObject("/Nums"): parents}),
        }
    )
    writer.root_object[NameObject("/StructTreeRoot")] = root
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.write(path)
    return path


def whole_of(tmp_path, *paths) -> PdfReader:
    """Join files and read the whole."""
    target = tmp_path / "whole.pdf"
    join([Part(path, f"Pièce {n}") for n, path in enumerate(paths, 1)], target)
    return PdfReader(target)


def test_the_tags_of_each_piece_are_a_section_of_the_whole(tmp_path) -> None:
    names = ("Règlement", "Clauses")
    paths = [tagged(tmp_path / f"{n}.pdf", n) for n in names]
    reader = whole_of(tmp_path, *paths)
    root = reader.root_object
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"].value is True
    tree = root["/StructTreeRoot"]
    (document,) = tree["/K"]
    sections = [item.get_object() for item in document.get_object()["/K"]]
    assert [item["/T"] for item in sections] == ["Pièce 1", "Pièce 2"]
    parents = tree["/ParentTree"]["/Nums"]
    held = dict(zip(parents[::2], parents[1::2], strict=True))
    assert list(held) == [0, 1, 2, 3]
    for page, title, section in zip(reader.pages, names, sections, strict=True):
        heading = held[page["/StructParents"]][0].get_object()
        assert (heading["/S"], heading["/T"]) == ("/H1", title)
        assert heading["/Pg"] == page
        link = held[page["/Annots"][0].get_object()["/StructParent"]].get_object()
        assert link["/S"] == "/Link"
        (part,) = section["/K"]
        assert part.get_object()["/S"] == "/Part"
        assert link["/P"] == part.get_object()
        assert section["/Lang"] == "fr-FR"


def test_a_piece_without_tags_leaves_those_of_the_others(tmp_path) -> None:
    reader = whole_of(
        tmp_path,
        pdf(tmp_path / "plan.pdf"),
        tagged(tmp_path / "a.pdf", "Règlement", "fr-CA"),
    )
    root = reader.root_object
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"].value is False
    (document,) = root["/StructTreeRoot"]["/K"]
    assert len(document.get_object()["/K"]) == 1
    assert "/StructParents" not in reader.pages[0]
    assert reader.pages[2]["/StructParents"] == 0


def test_pieces_without_any_tag_make_a_whole_without_them(tmp_path) -> None:
    root = whole_of(tmp_path, pdf(tmp_path / "plan.pdf")).root_object
    assert "/StructTreeRoot" not in root
    assert "/Lang" not in root


def test_broken_tags_do_not_stop_a_piece(tmp_path) -> None:
    writer = PdfWriter(clone_from=tagged(tmp_path / "a.pdf", "Règlement"))
    writer.root_object["/StructTreeRoot"][NameObject("/ParentTree")] = NumberObject(3)
    writer.write(tmp_path / "broken.pdf")
    whole = whole_of(tmp_path, tmp_path / "broken.pdf", tagged(tmp_path / "b.pdf", "B"))
    assert len(whole.pages) == 2
    assert whole.root_object["/MarkInfo"]["/Marked"].value is False
    assert whole.pages[1]["/StructParents"] == 0


def test_the_numbers_of_pages_are_printed_in_a_font_that_is_in_the_file(
    tmp_path,
) -> None:
    reader = whole_of(tmp_path, pdf(tmp_path / "a.pdf", 12))
    fonts = [page["/Resources"]["/Font"] for page in reader.pages]
    assert len({held.raw_get("/SicpNumber").idnum for held in fonts}) == 1
    font = fonts[0]["/SicpNumber"]
    assert font["/Subtype"] == "/Type3"
    assert len(font["/CharProcs"]) == 12
    assert "/Artifact" in reader.pages[11].get_contents().get_data().decode()
    assert reader.pages[11].extract_text().replace(" ", "") == "12/12"


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
