"""A Word file from outside is read within bounds, whatever was done to it."""

import contextlib
import zipfile
from io import BytesIO

import pytest
from docx import Document

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import check_docx
from sicp.engines.docx import write_docx
from sicp.engines.docx.body import CONTROL_TEXT_LENGTH
from sicp.engines.docx.body import control_tag
from sicp.engines.docx.body import value_tag
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import run
from sicp.engines.docx.elements import w
from sicp.engines.docx.reading import ReadError
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.reading_model import block_text
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from tests.unit.engines.docx.word_edits import Edited
from tests.unit.engines.docx.word_edits import q
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of

TEXT = """\
Objet : **{object}**, voir l’{ref:b}.

1. un
   - deux

### Intertitre

| A | B |
|---|---|
| x | y |
"""


def sample():
    plan = canevas({"id": "p", "title": "Partie", "children": ["a", "b"]})
    draft = draft_of([clause("a", TEXT), clause("b", "Suite.")], plan)
    return Edited(write_docx(draft, HouseStyle(), Properties("Titre")))


def zipped(files):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return stream.getvalue()


class TestWhatIsRead:
    def test_a_clause_is_found_with_its_blocks(self):
        section = read_docx(sample().data).section("a#1")
        assert [type(block) for block in section.blocks] == [
            Paragraph,
            ListBlock,
            SubHeading,
            Table,
        ]
        assert "".join(r.text for r in section.title) == "A"
        assert section.text.splitlines() == [
            "A",
            "Objet\N{NO-BREAK SPACE}: Achat de denrées, voir l’article\u00a01.2.",
            "un",
            "deux",
            "Intertitre",
            *"ABxy",
        ]

    def test_values_references_and_styles_are_told(self):
        first = read_docx(sample().data).section("a#1").blocks[0]
        value = next(r for r in first.inlines if r.control)
        assert (value.control, value.text) == ("field:object", "Achat de denrées")
        assert value.is_bold
        assert next(r.text for r in first.inlines if r.reference) == "1.2"

    def test_the_table_of_contents_is_left_out(self):
        plan = canevas(*"abcdef")
        draft = draft_of([clause(name) for name in "abcdef"], plan)
        data = write_docx(draft, HouseStyle(), Properties("Titre"))
        document = read_docx(data)
        assert [block_text(p.block) for p in document.front] == ["Titre"]
        assert [s.tag for s in document.sections] == [f"{n}#1" for n in "abcdef"]

    def test_what_stands_between_clauses_has_no_tag(self):
        file = sample()
        file.add_after(file.clause("a#1"), "Ajout.")
        assert [s.tag for s in read_docx(file.data).sections] == ["", "a#1", "", "b#1"]

    def test_comments_say_their_clause_and_their_words(self):
        file = sample()
        words = file.clause("b#1").findall(f".//{q('r')}")[-1]
        words.addprevious(w("commentRangeStart", id=0))
        words.addnext(w("commentRangeEnd", id=0))
        remark = w(
            "comment", paragraph("Normal", [run("À revoir")]), id=0, author="Léa"
        )
        file.add_part("comments", w("comments", remark))
        (comment,) = read_docx(file.data).comments
        assert (comment.author, comment.text) == ("Léa", "À revoir")
        assert (comment.tag, comment.about) == ("b#1", "Suite.")

    def test_a_paragraph_joined_to_the_next_by_a_followed_change_is_one(self):
        file = sample()
        last = file.clause("b#1").findall(f".//{q('p')}")[-1]
        last[0].append(w("rPr", w("del", author="Léa", id=1)))
        last.addnext(paragraph("BodyText", [run(" Et fin.")]))
        assert read_docx(file.data).section("b#1").text == "B\nSuite. Et fin."

    def test_pictures_and_notes_are_told_as_left_out(self):
        file = sample()
        last = file.clause("b#1").findall(f".//{q('p')}")[-1]
        last.append(w("r", w("drawing")))
        last.append(w("r", w("footnoteReference", id=2)))
        assert len(read_docx(file.data).notes) == 2

    def test_merged_cells_and_nested_tables_become_a_plain_table(self):
        document = Document()
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Large"
        table.cell(0, 2).text = "Seul"
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "dedans"
        stream = BytesIO()
        document.save(stream)
        found = read_docx(stream.getvalue())
        (piece,) = found.front
        assert [len(row.cells) for row in (piece.block.header, *piece.block.rows)] == [
            3,
            3,
        ]
        assert "dedans" in block_text(piece.block)
        assert found.notes

    @pytest.mark.parametrize("place", ["inline", "cell"])
    def test_a_control_pushed_inside_a_block_is_still_a_clause(self, place):
        file = sample()
        control = file.clause("b#1")
        content = control.find(q("sdtContent"))
        kept = content.findall(q("p"))[-1]
        file.remove(content.findall(q("p"))[0])
        if place == "inline":
            control.addnext(kept)
            content.extend(kept.findall(q("r")))
            kept.append(control)
        else:
            cell = w("tc", control.__copy__())
            grid = w("tbl", w("tr", cell, w("tc", paragraph("Normal", [run("z")]))))
            control.addnext(grid)
            file.remove(control)
        assert "Suite." in read_docx(file.data).section("b#1").text


class TestValueControls:
    def test_tags_stay_within_what_word_keeps(self):
        name = "a_very_long_name_of_a_field_" * 4
        for tag in (value_tag(name), value_tag(f"lot.{name}", "12.3.45")):
            assert len(tag) <= CONTROL_TEXT_LENGTH
        assert control_tag("x" * 90, 1) != control_tag("x" * 91, 1)
        assert len(control_tag("x" * 90, 12)) == CONTROL_TEXT_LENGTH

    def test_a_blank_is_a_placeholder_that_still_looks_like_one(self):
        draft = draft_of([clause("a", "Durée : {duration_months}.")], answers={})
        data = write_docx(draft, HouseStyle(), Properties("Titre"))
        file = Edited(data)
        (control,) = file.values("duration_months")
        assert control.find(f"{q('sdtPr')}/{q('showingPlcHdr')}") is not None
        assert control.find(f".//{q('highlight')}") is not None
        assert [fault.code for fault in check_docx(data)] == ["blank-left"]

    def test_a_file_made_for_a_pdf_has_no_control_of_value(self):
        draft = draft_of([clause("a", "Objet : {object}.")])
        data = write_docx(draft, HouseStyle(), Properties("T"), is_static=True)
        assert Edited(data).values("") == []

    def test_rows_of_a_table_have_a_tag_each(self):
        text = "| N | Objet |\n|---{lots}|---|\n| {lot.number} | {lot.object} |\n"
        data = write_docx(
            draft_of([clause("a", text)]), HouseStyle(), Properties("Titre")
        )
        tags = Edited(data).find("//w:tag/@w:val")
        assert "field:lot.object@1.1.1" in tags
        assert "field:lot.object@1.1.2" in tags
        assert check_docx(data) == ()


def bomb():
    file = sample()
    return {**file.files, "word/media/big.xml": b"0" * 80_000_000}


def liar():
    """A part whose header says it is small."""
    return {**sample().files, "word/document.xml": b" " * 70_000_000}


def entity():
    file = sample().files
    text = file["word/document.xml"].decode()
    start = text.index("<w:document")
    lol = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return {**file, "word/document.xml": f"{lol}{text[start:]}".encode()}


def macro():
    return {**sample().files, "word/vbaProject.bin": b"x"}


def template():
    file = sample().files
    types = file["[Content_Types].xml"].decode()
    changed = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "application/vnd.ms-word.document.macroEnabled.main",
    )
    return {**file, "[Content_Types].xml": changed.encode()}


def broken():
    return {**sample().files, "word/document.xml": b"<w:document"}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (bomb, "volumineux"),
        (liar, "volumineux"),
        (entity, "DOCTYPE"),
        (macro, "macros"),
        (template, "macros"),
        (broken, "abîmé"),
        (lambda: {"a": b""}, "pas un document Word"),
        (lambda: {f"f{i}": b"" for i in range(6000)}, "trop d’éléments"),
    ],
)
def test_what_may_harm_is_refused_in_french(files, reason):
    with pytest.raises(ReadError, match=reason):
        read_docx(zipped(files()))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "pas un document Word"),
        (b"Bonjour", "pas un document Word"),
        (b"PK\x03\x04 tronque", "pas un document Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mot de passe"),
        (b"0" * (51 * 1024 * 1024), "trop volumineux"),
    ],
)
def test_what_is_no_word_file_is_refused_in_french(data, reason):
    with pytest.raises(ReadError, match=reason):
        read_docx(data)


def test_an_encrypted_entry_is_refused():
    data = bytearray(sample().data)
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(ReadError, match="mot de passe"):
        read_docx(bytes(data))


def test_a_damaged_file_never_fails_but_in_french():
    data = sample().data
    for place in range(0, len(data), 97):
        damaged = bytearray(data)
        damaged[place] ^= 0xFF
        with contextlib.suppress(ReadError):
            assert read_docx(bytes(damaged)).sections


def test_elements_nested_too_deep_are_refused():
    file = sample()
    inner = paragraph("BodyText", [run("fond")])
    for _ in range(2000):
        inner = w("sdt", w("sdtPr"), w("sdtContent", inner))
    file.body.insert(0, inner)
    with pytest.raises(ReadError):
        read_docx(file.data)


def test_a_strict_file_is_read_too():
    file = sample()
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    files = {
        name: content.replace(transitional, strict)
        for name, content in file.files.items()
    }
    assert read_docx(zipped(files)).section("a#1") is not None
