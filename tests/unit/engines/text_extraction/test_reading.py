"""What a file says, where it says it, and why it cannot be read."""

import contextlib
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from sicp.engines.text_extraction import ExtractionError
from sicp.engines.text_extraction import TextState
from sicp.engines.text_extraction import extract
from sicp.engines.text_extraction import extract_apart
from sicp.engines.text_extraction import kind_of
from sicp.engines.text_extraction import read
from sicp.engines.text_extraction import read_apart
from sicp.engines.text_extraction import sniff
from sicp.engines.text_extraction.pdf import paragraphs
from tests.unit.engines.text_extraction import files

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    "><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def places(text):
    return [(passage.place, passage.text) for passage in text.passages]


def test_a_word_document_is_read_under_its_headings() -> None:
    text = extract(
        files.docx("Avant-propos.", "# Délais", "Douze mois.", [["Lot", "Objet"]])
    )
    assert text.kind == "docx"
    assert places(text) == [
        ("paragraphe 1", "Avant-propos."),
        ("« Délais »", "Délais"),
        ("« Délais », paragraphe 1", "Douze mois."),
        ("« Délais », paragraphe 2", "Lot\tObjet"),
    ]


def test_a_title_typed_by_hand_is_a_heading() -> None:
    text = extract(files.docx("Article 3 – Délais", "Douze mois."))
    assert text.passages[1].heading == "Article 3 – Délais"


def test_a_libreoffice_document_is_read_under_its_headings() -> None:
    text = extract(files.odt("# 2. Durée", "Un<text:s text:c='2'/>an &amp; demi."))
    assert places(text) == [
        ("« 2. Durée »", "2. Durée"),
        ("« 2. Durée », paragraphe 1", "Un an & demi."),
    ]


def test_a_workbook_is_read_row_by_row() -> None:
    rows = [["Désignation", "Prix € HT"], [], ["Vitrerie", 12.5, None], [3.0, True]]
    text = extract(files.xlsx(BPU=rows))
    assert places(text) == [
        ("feuille « BPU », ligne 1", "Désignation\tPrix € HT"),
        ("feuille « BPU », ligne 3", "Vitrerie\t12,5"),
        ("feuille « BPU », ligne 4", "3\toui"),
    ]


def test_a_text_is_read_line_by_line_in_both_codes() -> None:
    for code in ("utf-8", "cp1252"):
        text = extract("Été\n\nŒuvre d’art".encode(code))
        assert places(text) == [("ligne 1", "Été"), ("ligne 3", "Œuvre d’art")]


def test_a_libreoffice_workbook_is_read_row_by_row(tmp_path) -> None:
    rows = [["Désignation", "Prix € HT"], [], ["Vitrerie", 12.5, None], [3.0, "ô"]]
    book = files.xlsx(BPU=rows, DQE=[["Autre feuille"]])
    text = extract(files.converted(tmp_path, book, "xlsx", "ods"))
    assert text.kind == "ods"
    assert places(text) == [
        ("feuille « BPU », ligne 1", "Désignation\tPrix € HT"),
        ("feuille « BPU », ligne 3", "Vitrerie\t12.5"),
        ("feuille « BPU », ligne 4", "3\tô"),
        ("feuille « DQE », ligne 1", "Autre feuille"),
    ]
    assert [passage.heading for passage in text.passages] == ["BPU"] * 3 + ["DQE"]


def test_a_word_document_saved_by_libreoffice_says_the_same(tmp_path) -> None:
    word = files.docx("Avant-propos.", "# Délais", "Douze mois.", [["Lot", "Objet"]])
    text = extract(files.converted(tmp_path, word, "docx", "odt"))
    assert text.kind == "odt"
    assert places(text) == places(extract(word))


def test_a_presentation_is_read_slide_by_slide() -> None:
    for kind, make in (("pptx", files.pptx), ("odp", files.odp)):
        text = extract(
            make(("Le calendrier", "Publier.", "Notifier."), ("Fin", "Oui."))
        )
        assert text.kind == kind
        assert places(text) == [
            ("diapositive 1", "Le calendrier"),
            ("diapositive 1", "Publier."),
            ("diapositive 1", "Notifier."),
            ("diapositive 2", "Fin"),
            ("diapositive 2", "Oui."),
        ]
        assert [q.heading for q in text.passages] == ["Le calendrier"] * 3 + ["Fin"] * 2


def test_what_the_speaker_says_is_read_with_its_slide() -> None:
    text = extract(files.pptx(("Le calendrier", "Publier."), notes="Insister."))
    assert places(text)[-1] == ("diapositive 1, commentaires", "Insister.")


def test_a_web_page_is_read_but_never_handed_on() -> None:
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Fiche</title>"
        "<style>p {}</style></head><body><h2>Délais</h2><p>Douze<br>mois.</p>"
        "<script>alert(1)</script><ul><li>Un <b>an</b></li></ul>"
        "<table><tr><td>Lot</td><td>Objet</td></tr></table></body></html>"
    ).encode()
    text = extract(page)
    assert (text.kind, sniff(BytesIO(page))) == ("html", "")
    assert places(text) == [
        ("paragraphe 1", "Fiche"),
        ("« Délais »", "Délais"),
        ("« Délais », paragraphe 1", "Douze mois."),
        ("« Délais », paragraphe 2", "Un an"),
        ("« Délais », paragraphe 3", "Lot\tObjet"),
    ]


def test_a_table_within_a_table_is_read_once() -> None:
    document = Document()
    outer = document.add_table(rows=1, cols=1).cell(0, 0)
    outer.text = "Dehors"
    outer.add_table(rows=1, cols=1).cell(0, 0).text = "Dedans"
    target = BytesIO()
    document.save(target)
    text = extract(target.getvalue())
    assert places(text) == [("paragraphe 1", "Dehors Dedans")]


def test_what_was_moved_away_or_drawn_twice_is_read_once() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:moveFrom>{run.format('parti')}</w:moveFrom>{run.format('resté')}"
        f"<mc:AlternateContent><mc:Choice>{run.format(' ici')}</mc:Choice>"
        f"<mc:Fallback>{run.format(' ici')}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    xml = f'<w:document xmlns:w="{w}" xmlns:mc="{mc}"><w:body>{body}</w:body>'
    content = files.zipped_parts({"word/document.xml": xml + "</w:document>"})
    assert places(extract(content)) == [("paragraphe 1", "resté ici")]


@pytest.mark.parametrize(
    ("content", "state", "message"),
    [
        (b"Un texte.", TextState.READ, ""),
        (b" \n \n", TextState.EMPTY, "aucun texte à lire"),
        (files.docx(), TextState.EMPTY, "aucun texte à lire"),
        (files.pdf_of_images(), TextState.EMPTY, "Document numérisé"),
        (b"x\n" * 60_001, TextState.CUT, "trop long"),
        (b"{\\rtf1 Bonjour}", TextState.UNREADABLE, "RTF"),
        (b"\x89PNG\r\n\x1a\n", TextState.UNREADABLE, "ne se lit pas"),
        (b"\x00\x01\x02", TextState.UNREADABLE, "ne se lit pas"),
        (b"", TextState.UNREADABLE, "ne se lit pas"),
        (files.zipped_parts({"a.txt": "x"}), TextState.UNREADABLE, "ne se lit pas"),
        (b"PK\x03\x04 broken", TextState.BROKEN, "endommagé"),
        (b"%PDF-1.7 broken", TextState.BROKEN, "endommagé"),
    ],
)
def test_each_reading_ends_in_a_state(tmp_path, content, state, message) -> None:
    path = tmp_path / "blob"
    path.write_bytes(content)
    reading = read(content)
    # What the file says of itself is read apart alone.
    assert read_apart(path)._replace(metadata=reading.metadata) == reading
    assert (reading.state, reading.text is not None) == (state, state.has_text)
    assert message in reading.message


@pytest.mark.parametrize(
    ("stream", "kind", "advice"),
    [
        ("WordDocument", "doc", ".docx"),
        ("Workbook", "xls", ".xlsx"),
        ("PowerPoint Document", "ppt", ".pptx"),
        ("_VBA_PROJECT", "", "ne se lit pas"),
    ],
)
def test_a_file_of_another_age_says_what_to_save_it_as(stream, kind, advice) -> None:
    # Far enough for the name to stand astride two of the pieces that are read.
    far = b"\x00" * (1024 * 1024 - 9)
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + far + stream.encode("utf-16-le")
    assert kind_of(BytesIO(content)) == kind
    reading = read(content)
    assert reading.state is TextState.UNREADABLE
    assert advice in reading.message


def test_every_state_has_a_title_and_only_some_are_failures() -> None:
    assert len({state.title for state in TextState}) == len(TextState)
    sound = {TextState.READ, TextState.CUT, TextState.UNREADABLE}
    assert {state for state in TextState if not state.is_failure} == sound


def test_a_long_title_is_shortened_where_it_is_repeated() -> None:
    text = extract(files.docx("# " + "Titre " * 100, "Suite."))
    assert text.passages[0].text == ("Titre " * 100).strip()
    assert text.passages[1].heading.endswith("…")
    assert len(text.passages[1].heading) <= 120


def test_signs_that_are_none_do_not_stay_in_a_text() -> None:
    text = extract("Été".encode() * 5000 + b"\x00\x01 fin")
    assert text.passages[0].text.endswith("Été   fin")


def test_a_pdf_is_read_page_by_page_its_paragraphs_whole(tmp_path) -> None:
    long = "La durée du marché est de douze (12) mois à compter de sa notification. "
    text = extract(files.pdf(tmp_path, "1.1 Durée", long * 4, "Fin."))
    said = [passage.text for passage in text.passages]
    assert said == ["1.1 Durée", (long * 4).strip(), "Fin."]
    assert {passage.place for passage in text.passages} == {"page 1"}


def test_a_locked_pdf_says_so(tmp_path) -> None:
    with pytest.raises(ExtractionError, match="mot de passe"):
        extract(files.locked_pdf(tmp_path))


def test_a_pdf_of_images_says_so() -> None:
    with pytest.raises(ExtractionError, match="que des images"):
        extract(files.pdf_of_images())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ""),
        (b"MZ\x90\x00\x03", ""),
        (b"\x7fELF\x02\x01", ""),
        (b"#!/bin/sh\nrm -rf /", ""),
        (b"<script>alert(1)</script>", ""),
        (b"PK\x03\x04 broken", ""),
        (files.zipped_parts({"a.txt": "x"}), ""),
        (files.zipped_parts({"word/document.xml": "", "word/vbaProject.bin": ""}), ""),
        (files.zipped_parts({"word/document.xml": ""}), "docx"),
        (files.zipped_parts({"mimetype": files.ODT, "content.xml": ""}), "odt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "xls"),
        ("Été".encode(), "txt"),
        (b"AC1032 plan", "dwg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
    ],
)
def test_the_kind_is_told_by_the_content(content, kind) -> None:
    assert sniff(BytesIO(content)) == kind


def test_a_locked_office_file_says_so() -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ExtractionError, match="mot de passe"):
        extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + name)


def test_a_file_of_another_kind_than_told_is_refused() -> None:
    with pytest.raises(ExtractionError, match="type annoncé"):
        extract(b"du texte", "pdf")


def test_a_bomb_is_refused() -> None:
    bomb = files.zipped_parts({"word/document.xml": b" " * 30_000_000})
    with pytest.raises(ExtractionError, match="trop volumineux"):
        extract(bomb)


def test_entities_are_refused() -> None:
    trap = files.zipped_parts({"word/document.xml": ENTITIES})
    with pytest.raises(ExtractionError, match="entités XML"):
        extract(trap)
    sheet = files.zipped_parts(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": ENTITIES.encode("utf-16"),
        }
    )
    with pytest.raises(ExtractionError, match="entités XML"):
        extract(sheet)


def test_deep_nesting_is_refused() -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    trap = files.zipped_parts({"word/document.xml": deep})
    with pytest.raises(ExtractionError):
        extract(trap)


@given(st.binary(max_size=300), st.sampled_from(["", "docx", "xlsx", "odt", "pdf"]))
def test_nothing_but_an_extraction_error_is_raised(noise, kind) -> None:
    content = {
        "docx": files.zipped_parts({"word/document.xml": noise}),
        "xlsx": files.zipped_parts({"xl/workbook.xml": noise}),
        "odt": files.zipped_parts({"mimetype": files.ODT, "content.xml": noise}),
        "pdf": b"%PDF-1.4\n" + noise,
    }.get(kind, noise)
    with contextlib.suppress(ExtractionError):
        extract(content)


def test_a_file_is_read_apart(tmp_path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(files.docx("# Été", "Œuvre d’art."))
    with path.open("rb") as file:
        assert extract_apart(path, "docx") == extract(file)


def test_a_refusal_comes_from_apart_in_french(tmp_path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(ExtractionError, match="type annoncé"):
        extract_apart(path, "docx")


def test_lines_of_a_page_are_joined_when_they_are_full() -> None:
    page = "Une ligne pleine qui continue à la ligne\r\nsuivante.\r\nUn titre\r\nAutre"
    assert list(paragraphs(page)) == [
        "Une ligne pleine qui continue à la ligne suivante.",
        "Un titre",
        "Autre",
    ]
