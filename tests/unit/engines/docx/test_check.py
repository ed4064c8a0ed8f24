"""The walker finds what would break in the hands of a reader."""

import zipfile
from io import BytesIO

import pytest

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import check_docx
from sicp.engines.docx import write_docx
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of

TEXT = "Voir l’{ref:b}.\n\n1. un\n\n| A |\n|---|\n| x |\n"


def sound():
    plan = canevas({"id": "p", "title": "P", "children": ["a", "b"]})
    draft = draft_of([clause("a", TEXT), clause("b")], plan)
    return write_docx(draft, HouseStyle(), Properties("Titre"))


def damaged(old, new, name="document"):
    """Return the sound file after one replacement in one of its parts."""
    result = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(sound())) as source,
        zipfile.ZipFile(result, "w") as target,
    ):
        for entry in source.namelist():
            data = source.read(entry).decode()
            if entry == f"word/{name}.xml":
                assert old in data
                data = data.replace(old, new, 1)
            target.writestr(entry, data)
    return result.getvalue()


DAMAGES = [
    ('<w:bookmarkEnd w:id="1"/>', "", "document", "bookmark-unbalanced"),
    ('w:name="_Ref510000003"', 'w:name="_Ref9"', "document", "reference-unresolved"),
    ('w:id="3" w:name', 'w:id="1" w:name', "document", "bookmark-duplicate"),
    ('<w:fldChar w:fldCharType="end"/>', "", "document", "field-unbalanced"),
    ('<w:t xml:space="preserve">1.2</w:t>', "", "document", "reference-without-result"),
    ('<w:numId w:val="3"/>', '<w:numId w:val="9"/>', "document", "numbering-undefined"),
    (
        '<w:abstractNumId w:val="2"/>',
        '<w:abstractNumId w:val="8"/>',
        "numbering",
        "numbering-undefined",
    ),
    ('<w:id w:val="51000001"/>', "", "document", "control-without-id"),
    ('<w:tag w:val="a#1"/>', "", "document", "control-without-tag"),
    ('w:val="a#1"', 'w:val="b#1"', "document", "control-duplicate"),
    ('"BodyText"', '"Inconnu"', "document", "style-undefined"),
    ("<w:tblHeader/>", "", "document", "table-without-header"),
    ("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', "document", "table-merged"),
]


@pytest.mark.parametrize(("old", "new", "part", "code"), DAMAGES)
def test_each_damage_is_found(old, new, part, code):
    assert code in {fault.code for fault in check_docx(damaged(old, new, part))}


def test_a_sound_file_has_no_fault():
    assert check_docx(sound()) == ()


@pytest.mark.parametrize("data", [b"", b"mot", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_word_file_is_said_to_be_none(data):
    assert [fault.code for fault in check_docx(data)] == ["not-a-docx"]


def test_a_file_that_calls_the_outside_is_read_without_it():
    attack = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'
    data = damaged("<w:document", attack)
    assert all("root:" not in fault.subject for fault in check_docx(data))
