"""The documents of every shipped canevas, as files: their XML walked, their pages made.

``check_docx`` tells dangling references, unbalanced bookmarks, undefined numberings;
here stands what it does not know: what a file says of itself, what Word wants in order.
"""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import check_docx
from sicp.engines.docx import write_docx
from sicp.engines.docx.elements import W
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.layout import Layout
from sicp.engines.pdf import export_filter
from tests.unit.seed.answers import Filled
from tests.unit.seed.shipped import concrete_canevas
from tests.unit.seed.shipped import draft_of
from tests.unit.seed.shipped import sets_of

STYLE = HouseStyle(organisation="Région Île-des-Alpes")
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
#: The order of ECMA-376 for the properties that the writer uses; Word is strict on it.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs"
    " spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs highlight lang",
    "sdtPr": "rPr alias tag id lock showingPlcHdr",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"
    " tblDescription",
}
#: The one CCAP that is an acte d’engagement too: it is signed after its derogations.
SIGNED = "ccap-as-commitment"
MOST_SECONDS = 240
ARCHIVED_AND_TAGGED = (
    b"<pdfaid:part>2</pdfaid:part>",
    b"<pdfaid:conformance>B</pdfaid:conformance>",
    b"<pdfuaid:part>1</pdfuaid:part>",
    b"/MarkInfo<</Marked true>>",
    b"/OutputIntents[",
    b"/Lang(fr-FR)",
)


def part(data: bytes, name: str) -> Any:  # noqa: ANN401
    with zipfile.ZipFile(BytesIO(data)) as source:
        return etree.fromstring(source.read(name))


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def fullest(canevas: Canevas) -> bytes:
    """Write the document of the fullest set of answers of a canevas."""
    filled = sets_of(canevas.id)[-1]
    about = Properties(canevas.title, "2026-0042", author=STYLE.organisation)
    return write_docx(draft_of(filled.name), STYLE, about)


def disordered(root: Any) -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401
    for name, told in ORDERS.items():
        order = told.split()
        for element in root.iter(q(name)):
            found = [etree.QName(child).localname for child in element]
            if found != sorted(found, key=order.index):
                yield name, found


def test_every_property_stands_where_the_format_wants_it(canevas: Canevas) -> None:
    data = fullest(canevas)
    for name in ("document", "styles", "numbering"):
        assert list(disordered(part(data, f"word/{name}.xml"))) == []


def test_a_document_says_its_title_its_author_and_its_language(
    canevas: Canevas,
) -> None:
    data = fullest(canevas)
    core = part(data, "docProps/core.xml")
    said = {e.tag.removeprefix(DUBLIN_CORE): e.text for e in core}
    assert said["title"] == canevas.title
    assert said["creator"] == STYLE.organisation
    assert said["language"] == "fr-FR"


def test_every_page_is_numbered_and_tells_how_many_there_are(canevas: Canevas) -> None:
    data = fullest(canevas)
    # The first page of a letter is numbered too; the cover of a document is not.
    parts = ["footer1"] if canevas.layout is Layout.DOCUMENT else ["footer1", "footer2"]
    for name in parts:
        said = "".join(part(data, f"word/{name}.xml").itertext())
        assert "PAGE" in said
        assert "NUMPAGES" in said


def test_every_table_repeats_its_header_and_is_described(canevas: Canevas) -> None:
    for table in part(fullest(canevas), "word/document.xml").iter(q("tbl")):
        assert len(list(table.iter(q("tblHeader")))) == 1
        assert table.find(f"{q('tblPr')}/{q('tblCaption')}").get(q("val"))
        assert table.find(f"{q('tblPr')}/{q('tblDescription')}").get(q("val"))
        columns = [int(e.get(q("w"))) for e in table.iter(q("gridCol"))]
        assert min(columns) > 0


def test_a_sentence_that_announces_a_table_or_a_list_stays_with_it(
    filled: Filled,
) -> None:
    body = part(
        write_docx(draft_of(filled.name), STYLE, Properties("T")), "word/document.xml"
    )
    for table in body.iter(q("tbl")):
        before = table.getprevious()
        if before is not None and before.tag == q("p"):
            style = before.find(f"{q('pPr')}/{q('pStyle')}").get(q("val"))
            is_kept = before.find(f"{q('pPr')}/{q('keepNext')}") is not None
            assert is_kept or style.startswith(("Heading", "PlainHeading", "TableEnd"))


def test_a_ccap_ends_with_its_derogations() -> None:
    for canevas in concrete_canevas().values():
        if canevas.document == "CCAP":
            draft = draft_of(sets_of(canevas.id)[-1].name)
            last = draft.sections[-2 if canevas.id == SIGNED else -1]
            assert last.kind == "derogations", canevas.id


def test_libreoffice_makes_the_pages_of_every_document(tmp_path: Path) -> None:
    written = {name: fullest(c) for name, c in concrete_canevas().items()}
    for name, data in written.items():
        assert check_docx(data) == ()
        (tmp_path / f"{name}.docx").write_bytes(data)
    _convert(tmp_path)
    for name, data in written.items():
        file = tmp_path / "out" / f"{name}.pdf"
        content = file.read_bytes()
        assert all(mark in content for mark in ARCHIVED_AND_TAGGED), name
        pages = list(_pages(file))
        assert [n for n, page in enumerate(pages, 1) if not own_words(page, name)] == []
        said = " ".join(pages)
        assert "Erreur" not in said, name
        assert "Error" not in said, name
        boxes = "".join(part(data, "word/document.xml").itertext()).count("☐")
        assert said.count("☐") == boxes, name


def own_words(page: str, name: str) -> str:
    """Return what a page says beside its header and its footer."""
    around = (concrete_canevas()[name].title, "2026-0042", STYLE.organisation)
    for words in around:
        page = page.replace(words, "", 1)
    return re.sub(r"Page\s*\d+\s*/\s*\d+", "", page).strip()


def _convert(folder: Path) -> None:
    """Make every PDF of a folder in one start of LibreOffice."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            export_filter(),
            "--outdir",
            str(folder / "out"),
            *map(str, sorted(folder.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=MOST_SECONDS,
    )


def _pages(file: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(file)
    try:
        for number in range(len(document)):
            yield document[number].get_textpage().get_text_range()
    finally:
        document.close()
