"""What a file says of itself: kept when it makes sense, never a reason to fail."""

import unicodedata
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.text_extraction import Metadata
from sicp.engines.text_extraction import TextState
from sicp.engines.text_extraction import from_json
from sicp.engines.text_extraction import metadata_of
from sicp.engines.text_extraction import read_apart
from sicp.engines.text_extraction.kept import metadata_from_json
from sicp.engines.text_extraction.kept import metadata_to_json
from sicp.engines.text_extraction.kept import reading_from_json
from sicp.engines.text_extraction.metadata import LONGEST_WORDS
from tests.unit.engines.text_extraction import described
from tests.unit.engines.text_extraction import files
from tests.unit.engines.text_extraction import hostile

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MADE = datetime(2024, 1, 5, 10, tzinfo=UTC)
CHANGED = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
_DATED = (
    "<dcterms:created>2024-01-05T10:00:00Z</dcterms:created>"
    "<dcterms:modified>2025-03-04T10:30:00+01:00</dcterms:modified>"
)


def told(content: bytes) -> Metadata:
    return metadata_of(content, NOW)


def test_a_word_document_says_its_title_its_author_and_its_days() -> None:
    content = described.docx(
        title="Règlement de la consultation",
        author="Jeanne Martin",
        subject="Nettoyage",
        keywords="lots, délais",
        created=MADE.replace(tzinfo=None),
        modified=CHANGED.replace(tzinfo=None),
    )
    assert told(content) == Metadata(
        "Règlement de la consultation",
        "Jeanne Martin",
        "Nettoyage",
        "lots, délais",
        MADE,
        CHANGED,
        1,
    )


def test_a_workbook_says_no_pages() -> None:
    content = described.xlsx(title="Bordereau", creator="Paul Petit", created=MADE)
    said = told(content)
    assert (said.title, said.author, said.pages) == ("Bordereau", "Paul Petit", 0)
    assert said.created_at == MADE


def test_a_presentation_says_its_slides() -> None:
    core = f"<dc:title>Plan</dc:title><dc:creator>Ana</dc:creator>{_DATED}"
    content = described.pptx(core, "<Pages>9</Pages><Slides>3</Slides>")
    assert told(content) == Metadata("Plan", "Ana", "", "", MADE, CHANGED, 3)


def test_a_libreoffice_document_says_who_began_it_not_who_saved_it_last() -> None:
    content = described.odt(
        "<dc:title>Fiche</dc:title><dc:creator>Bruno</dc:creator>"
        "<meta:initial-creator>Ana</meta:initial-creator>"
        "<meta:keyword>lots</meta:keyword><meta:keyword>délais</meta:keyword>"
        "<meta:creation-date>2024-01-05T11:00:00</meta:creation-date>"
        "<dc:date>2025-03-04T10:30:00.123456789</dc:date>"
        '<meta:document-statistic meta:page-count="12"/>'
    )
    said = told(content)
    assert (said.title, said.author, said.keywords) == ("Fiche", "Ana", "lots, délais")
    # Without a zone, it is the time of Paris.
    assert (said.created_at, said.pages) == (MADE, 12)
    assert said.modified_at == CHANGED.replace(microsecond=123456)


@pytest.mark.parametrize(
    ("make", "source", "target", "pages"),
    [
        (described.docx, "docx", "odt", 1),
        (described.docx, "docx", "pdf", 1),
        (described.xlsx, "xlsx", "ods", 0),
    ],
)
def test_what_libreoffice_saves_says_the_same(tmp_path, make, source, target, pages):
    content = make(title="Règlement « type »", keywords="lots")
    said = told(files.converted(tmp_path, content, source, target))
    assert (said.title, said.keywords) == ("Règlement « type »", "lots")
    assert said.pages == pages


def test_a_pdf_says_its_pages_even_when_it_is_made_of_images(tmp_path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(
        described.pdf(
            3,
            Title="Arrêté n° 12",
            Author="Région",
            CreationDate="D:20240105110000+01'00'",
            ModDate="D:20250304093000Z",
        )
    )
    reading = read_apart(path)
    assert reading.state is TextState.EMPTY
    expected = Metadata("Arrêté n° 12", "Région", "", "", MADE, CHANGED, 3)
    assert reading.metadata == expected


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("D:20240105110000+01'00'", MADE),
        ("D:20240105110000+01'00", MADE),
        ("D:20240105110000+0100", MADE),
        ("D:20240105050000-05'00'", MADE),
        ("20240105100000Z", MADE),
        ("D:20240105100000Z00'00'", MADE),
        ("D:20240105", datetime(2024, 1, 4, 23, tzinfo=UTC)),
        ("2024-01-05T10:00:00Z", MADE),
        ("D:16010101000000Z", None),
        ("D:19700101000000Z", None),
        ("D:20240105110000+99'99'", None),
        ("D:20249905", None),
        ("D:2024", None),
        ("D:99991231235959-12'00'", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("20260603000000Z", None),
        ("hier", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_only_days_that_make_sense_are_kept(said, kept) -> None:
    assert told(described.pdf(ModDate=said)).modified_at == kept


def test_a_day_that_is_to_come_is_not_kept() -> None:
    for ahead, is_kept in ((timedelta(hours=20), True), (timedelta(days=3), False)):
        said = told(described.xlsx(created=NOW + ahead))
        assert said.created_at == (NOW + ahead if is_kept else None)


def test_the_instants_of_the_model_of_a_library_are_no_days() -> None:
    said = told(files.docx("Un texte."))
    assert (said.created_at, said.modified_at, said.author) == (None, None, "")


@pytest.mark.parametrize(
    "name",
    [
        "python-docx",
        "Microsoft Office User",
        "Utilisateur Windows",
        "user",
        "ADMIN",
        " Administrateur ",
        "openpyxl",
        "123",
        "…",
    ],
)
def test_an_author_that_is_nobody_is_not_kept(name) -> None:
    assert told(described.docx(author=name)).author == ""


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Document1", ""),
        ("Présentation PowerPoint", ""),
        ("PowerPoint Presentation", ""),
        ("Sans titre 2", ""),
        ("untitled", ""),
        ("- - -", ""),
        ("Microsoft Word - CCAP nettoyage.docx", "CCAP nettoyage"),
        ("Microsoft Word - Document1", ""),
        ("Document de consultation", "Document de consultation"),
        ("Titre  sur\n deux\tlignes", "Titre sur deux lignes"),
        ("Sens \u202eésrevni\u200b\x07", "Sens ésrevni"),
        ("<b>Gras</b>", "<b>Gras</b>"),
    ],
)
def test_a_title_is_plain_words_that_somebody_chose(said, kept) -> None:
    assert told(described.pdf(Title=said)).title == kept


def test_words_are_short() -> None:
    said = told(described.pdf(Title="mot " * 10_000, Keywords="x" * 1_000_000))
    assert len(said.title) <= LONGEST_WORDS
    assert len(said.keywords) == LONGEST_WORDS


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<cp",
        "\x00\x01",
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
        "<d>" * 100_000,
        "<d>" + " " * 300_000 + "</d>",
        "<title>&undefined;</title>",
    ],
)
def test_broken_metadata_is_nothing_and_the_text_is_read(xml, tmp_path) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(described.core(xml))
    reading = read_apart(path, "docx")
    assert reading.state is TextState.READ
    # The other part still tells the pages.
    assert reading.metadata == Metadata(pages=1)


@pytest.mark.parametrize(
    ("info", "title"),
    [
        (b"<</Title (Sain)>>", "Sain"),
        (b"<</Title 7>>", ""),
        (b"<</Title 8 0 R>>", ""),
        (b"<</Title <FEFFD800D800>>>", ""),
        (b"[1 2]", ""),
        (b"9 0 R", ""),
    ],
)
def test_a_broken_dictionary_loses_nothing_of_a_pdf(info, title, tmp_path) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(_with_info(info))
    reading = read_apart(path)
    assert reading.state in {TextState.READ, TextState.CUT}
    assert (reading.text.passages[0].text, reading.metadata.title) == (
        "Une page",
        title,
    )


def test_a_title_that_fills_the_memory_loses_no_text(tmp_path) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(_with_info(b"<</Title (" + b"x" * 60_000_000 + b")>>"))
    reading = read_apart(path, seconds=10)
    assert reading.state is TextState.READ
    assert len(reading.metadata.title) <= LONGEST_WORDS


def _with_info(info: bytes) -> bytes:
    """Give a PDF of one page this dictionary."""
    content = hostile.simple_pdf().replace(b"/Root", b"/Info 9 0 R/Root")
    return content.replace(b"xref\n1", b"9 0 obj" + info + b"endobj\nxref\n1", 1)


def test_what_is_no_file_of_an_office_says_nothing() -> None:
    for content in (b"", b"Un texte.", b"PK\x03\x04", b"%PDF-1.4", bytes(4096)):
        assert told(content) == Metadata()
    # A title that cannot be read is not guessed from the text.
    assert told(files.pptx(("Le calendrier",))) == Metadata()


_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)


@settings(deadline=None, max_examples=60)
@given(_WORDS, _WORDS, st.text(max_size=30), st.binary(max_size=200))
def test_whatever_is_said_is_bounded_plain_and_comes_back(title, who, day, noise):
    contents = (
        described.pdf(Title=title, Author=who, ModDate=day),
        described.core(noise),
        described.odt(noise.decode("latin-1")),
        described.pptx(noise.decode("latin-1")),
    )
    for content in contents:
        said = told(content)
        for words in (said.title, said.author, said.subject, said.keywords):
            assert len(words) <= LONGEST_WORDS
            assert words == " ".join(words.split())
            kinds = {unicodedata.category(sign) for sign in words}
            assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
        for at in (said.created_at, said.modified_at):
            assert at is None or datetime(1984, 12, 31, tzinfo=UTC) < at
            assert at is None or at <= NOW + timedelta(days=1)
        assert metadata_from_json(metadata_to_json(said)) == said


def test_what_was_kept_before_is_still_read() -> None:
    passage = '{"place": "page 1", "text": "É", "heading": "", "is_heading": false}'
    text = f'{{"kind": "pdf", "passages": [{passage}], "is_cut": false}}'
    assert from_json(text.encode()).passages[0].text == "É"
    reading = reading_from_json(
        f'{{"state": "read", "message": "", "text": {text}}}'.encode()
    )
    assert (reading.state, reading.metadata) == (TextState.READ, Metadata())
