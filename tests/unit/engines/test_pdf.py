"""PDF by the true LibreOffice: same words, right pages, bounded time."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from sicp.engines import pdf
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.docx.pagination import write_paginated
from sicp.engines.drafting.draft import inlines_text
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of
from tests.unit.engines.sample import said

ABOUT = Properties("CCAP – Denrées", "2026-001", created_at=datetime(2026, 3, 1))
STYLE = HouseStyle(organisation="Région d’essai")


def sample():
    long = "\n\n".join(
        f"Alinéa {i} sur l’{{ref:prix}} et {{object}}." for i in range(60)
    )
    plan = canevas(
        {"id": "p", "title": "Objet", "children": ["objet", "delais"]}, "prix"
    )
    found = [
        clause("objet", long),
        clause("delais", "Voir l’{ref:prix}."),
        clause("prix"),
    ]
    return draft_of(found, plan)


def text_of(data):
    """Return the words of a PDF, spaces apart."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    return re.sub(r"\s+", " ", done.stdout.decode())


class TestConversion:
    def test_the_words_and_the_numbers_are_those_of_the_draft(self):
        draft = sample()
        _, printed = write_paginated(draft, STYLE, ABOUT)
        words = text_of(printed)
        for section in draft.walk():
            assert f"{section.label} {inlines_text(section.title)}" in words.replace(
                "\xa0", " "
            )
            for sentence in said(section.blocks):
                assert re.sub(r"\s+", " ", sentence) in words

    def test_contents_lead_to_the_page_where_each_heading_is(self):
        draft = sample()
        document, printed = write_paginated(draft, STYLE, ABOUT)
        pages = pdf.bookmark_pages(printed)
        assert len(set(pages.values())) > 1
        words = text_of(printed)
        last = pages[max(n for n in pages if n.startswith("_Ref"))]
        assert re.search(rf"Article 2 Prix ?\.+ ?{last}\b", words)
        assert document != printed

    def test_it_is_an_archive_and_can_be_read_aloud(self):
        printed = pdf.to_pdf(write_docx(sample(), STYLE, ABOUT))
        assert b"<pdfaid:part>2</pdfaid:part>" in printed
        assert b"<pdfaid:conformance>B</pdfaid:conformance>" in printed
        assert b"/StructTreeRoot" in printed
        assert b"<pdfuaid:part>1</pdfuaid:part>" in printed
        assert b"/MarkInfo<</Marked true>>" in printed
        assert b"/OutputIntents[" in printed
        assert b"/Lang(fr-FR)" in printed

    def test_its_fonts_are_inside(self, tmp_path):
        file = tmp_path / "document.pdf"
        file.write_bytes(pdf.to_pdf(write_docx(sample(), STYLE, ABOUT)))
        told = subprocess.run(["pdffonts", file], capture_output=True, check=True)
        rows = told.stdout.decode().splitlines()[2:]
        assert rows
        # The last columns: embedded, subset, unicode, object, generation.
        assert {row.split()[-5] for row in rows} == {"yes"}

    def test_headings_lists_and_cells_are_told_to_who_listens(self, tmp_path):
        text = "Voici :\n\n- un\n- deux\n\n| Lot | Objet |\n|---|---|\n| 1 | Pain |"
        plan = canevas({"id": "p", "title": "Objet", "children": ["a", "b"]})
        draft = draft_of([clause("a", text), clause("b")], plan)
        file = tmp_path / "document.pdf"
        file.write_bytes(pdf.to_pdf(write_docx(draft, STYLE, ABOUT)))
        told = subprocess.run(
            ["pdfinfo", "-struct", file], capture_output=True, check=True
        )
        kinds = [
            line.split()[0].strip(":")
            for line in told.stdout.decode().split("\n")
            if line.strip()
        ]
        counts = {name: kinds.count(name) for name in ("H1", "H2", "LI", "TH", "TD")}
        assert counts == {"H1": 1, "H2": 2, "LI": 2, "TH": 2, "TD": 2}

    def test_two_conversions_at_once_do_not_meet(self):
        documents = [
            write_docx(draft_of([clause("a", f"Document {i}.")]), STYLE, ABOUT)
            for i in range(2)
        ]
        with ThreadPoolExecutor(2) as pool:
            printed = list(pool.map(pdf.to_pdf, documents))
        words = [text_of(data) for data in printed]
        assert ["Document 0." in w for w in words] == [True, False]
        assert ["Document 1." in w for w in words] == [False, True]

    def test_what_takes_too_long_is_stopped(self):
        with pytest.raises(pdf.PdfFailed, match=r"0\.05 seconds"):
            pdf.to_pdf(write_docx(sample(), STYLE, ABOUT), timeout=0.05)


class TestWithoutIt:
    def test_its_absence_is_told(self, monkeypatch):
        monkeypatch.setenv("PATH", "")
        assert not pdf.is_available()
        with pytest.raises(pdf.PdfUnavailable):
            pdf.to_pdf(b"")

    def test_a_program_that_gives_nothing_is_a_failure(self, monkeypatch, tmp_path):
        program = tmp_path / "soffice"
        program.write_text("#!/bin/sh\necho en panne\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
        with pytest.raises(pdf.PdfFailed, match="en panne"):
            pdf.to_pdf(b"mot")

    def test_no_page_is_invented_for_another_kind_of_file(self):
        assert pdf.bookmark_pages(b"%PDF-1.7 rien") == {}
