"""Files: a Word document without fault, and a PDF with the same words."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from threading import BoundedSemaphore

import pytest

from sicp.engines.docx import check_docx
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import UnavailableError
from sicp.interfaces.user import Actor
from sicp.operations.document import file_name
from sicp.operations.document import may_make_pdf
from sicp.operations.document import produce
from sicp.operations.document import production
from sicp.operations.journal import journal_of

CANEVAS = ("rc-open-call", "ccap-common-services", "ae-services")
FORMS = ("cleaning_three_lots", "school_catering", "travel_agency")


def paragraphs(docx: bytes) -> list[str]:
    """Return the paragraphs of a Word file; its fields by what they show."""
    with zipfile.ZipFile(BytesIO(docx)) as source:
        text = source.read("word/document.xml").decode()
    text = text.replace("<w:noBreakHyphen/>", "<w:t>-</w:t>")
    found = re.findall(r"<w:p[ >].*?</w:p>", text, re.DOTALL)
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)", item)) for item in found]


def without_spaces(text: str) -> str:
    """Return the words run together: a PDF cuts lines where it wants.

    Boxes to tick are drawn with a font of symbols, which tells no letter.
    """
    return re.sub(r"[^\w.,;:()/%€-]+", "", text)


def pdf_words(data: bytes, tmp_path) -> str:
    """Return the words of a PDF, those of headers and footers excepted."""
    path = tmp_path / "piece.pdf"
    path.write_bytes(data)
    command = [shutil.which("pdftotext"), "-raw", str(path), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return "\n".join(
        line for line in told.splitlines() if not re.search(r"Page\W\d+\W/\W\d+", line)
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("canevas", CANEVAS)
def test_a_complete_consultation_gives_faultless_word_files(
    site, open_consultation, doing, form, canevas
) -> None:
    consultation = open_consultation(form)
    data = produce(site, consultation, canevas, extension="docx", **doing.by)
    faults = [f for f in check_docx(data) if f.code != "blank-left"]
    assert faults == []
    assert not [p for p in paragraphs(data) if "{" in p]
    whole = " ".join(paragraphs(data))
    assert consultation.reference in whole
    assert consultation.object in whole


@pytest.mark.parametrize("canevas", ["rc-open-call", "ae-services"])
def test_the_pdf_says_what_the_word_file_says(
    site, consultation, doing, canevas, tmp_path
) -> None:
    word = produce(site, consultation, canevas, extension="docx", **doing.by)
    pdf = produce(site, consultation, canevas, extension="pdf", **doing.by)
    assert pdf.startswith(b"%PDF-")
    printed = without_spaces(pdf_words(pdf, tmp_path))
    lost = [
        text for text in paragraphs(word) if without_spaces(text)[:60] not in printed
    ]
    assert lost == []


def test_without_libreoffice_the_refusal_is_said_in_french(
    site, consultation, doing, monkeypatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert not may_make_pdf()
    with pytest.raises(UnavailableError) as told:
        produce(site, consultation, "rc-open-call", extension="pdf", **doing.by)
    assert "LibreOffice n’est pas installé" in told.value.message.interpolate()


def test_when_too_many_are_asked_at_once_one_is_told_to_wait(
    site, consultation, doing, monkeypatch
) -> None:
    monkeypatch.setattr(production, "_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(production, "_SEATS", BoundedSemaphore(1))
    production._SEATS.acquire()
    with pytest.raises(UnavailableError) as told:
        produce(site, consultation, "rc-open-call", extension="pdf", **doing.by)
    assert "déjà en préparation" in told.value.message.interpolate()


def test_an_unknown_kind_or_canevas_is_refused(site, consultation, doing) -> None:
    with pytest.raises(InvalidInputError):
        produce(site, consultation, "rc-open-call", extension="exe", **doing.by)
    with pytest.raises(InvalidInputError):
        produce(site, consultation, "../../etc", extension="docx", **doing.by)


def test_who_sees_no_detail_gets_no_document(site, consultation, doing) -> None:
    nobody = {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}
    with pytest.raises(NotAllowedError):
        produce(site, consultation, "rc-open-call", extension="docx", **nobody)


def test_the_journal_tells_who_made_which_file(site, consultation, doing) -> None:
    produce(site, consultation, "rc-open-call", extension="docx", **doing.by)
    entries = journal_of(site, consultation).newest(50)
    made = [e for e in entries if e["action"] == "document-produced"]
    assert [e["details"]["template"][-6:] for e in made] == ["(DOCX)"]


def test_a_file_is_named_after_its_piece_and_consultation(site, consultation) -> None:
    name = file_name(consultation, site["canevas"]["rc-open-call"], "pdf")
    assert name == f"RC_{consultation.reference}.pdf"


def test_files_of_one_consultation_never_bear_one_name(site, consultation) -> None:
    templates = site["canevas"].values()
    names = [file_name(consultation, t, "pdf") for t in templates if t.document != "RC"]
    letters = [name for name in names if name.startswith("Courrier")]
    assert len(letters) == len(set(letters))
    asked = file_name(consultation, site["canevas"]["rc-restricted-candidature"], "pdf")
    offered = file_name(consultation, site["canevas"]["rc-restricted-offer"], "pdf")
    assert asked == f"RC-candidatures_{consultation.reference}.pdf"
    assert offered == f"RC-offres_{consultation.reference}.pdf"
