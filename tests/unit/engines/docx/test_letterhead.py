"""Letters and forms: a letterhead in the place of cover, contents and articles."""

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import check_docx
from sicp.engines.docx import write_docx
from tests.unit.engines.docx.test_writer import ABOUT
from tests.unit.engines.docx.test_writer import PNG
from tests.unit.engines.docx.test_writer import STYLE
from tests.unit.engines.docx.test_writer import find
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of

COVER = {"title": "Objet : {object}", "subtitle": "Référence : 2026-001"}


def paper(layout):
    plan = canevas(
        "address",
        {"id": "p", "title": "Motifs", "children": ["motive", "ending"]},
        {"id": "q", "title": "Suites", "children": ["greeting"]},
        layout=layout,
        cover=COVER,
    )
    library = [
        clause("address", "Société d’essai", heading=False),
        clause("motive", "### Intertitre\n\nVoir l’{ref:ending|autre point}."),
        clause("ending"),
        clause("greeting", heading=False),
    ]
    return draft_of(library, plan)


def written(layout, style=STYLE):
    data = write_docx(paper(layout), style, ABOUT)
    assert check_docx(data) == ()
    return data


def styles(data):
    return find(data, "//w:body//w:pPr/w:pStyle/@w:val")


def words(data, style):
    path = f"//w:body//w:p[w:pPr/w:pStyle/@w:val='{style}']"
    return ["".join(p.itertext()) for p in find(data, path)]


def test_a_letter_opens_on_its_sender_its_address_and_its_subject():
    data = written("letter")
    assert styles(data)[:4] == [
        "Letterhead",
        "LetterAddress",
        "LetterSubject",
        "BodyText",
    ]
    assert words(data, "Letterhead") == ["Région d’essai"]
    assert words(data, "LetterAddress") == ["Société d’essai"]
    assert words(data, "LetterSubject") == ["Objet\xa0: Achat de denrées"]


def test_who_signs_has_room_below_to_sign():
    closing = clause("closing", "Salutations.\n\n{buyer_signatory}", heading=False)
    library = [clause("address", "Société d’essai", heading=False), closing]
    plan = canevas("address", "closing", layout="letter", cover=COVER)
    data = write_docx(draft_of(library, plan), STYLE, ABOUT)
    assert styles(data)[-3:] == ["BodyText", "Signature", "SignatureRoom"]
    (height,) = find(
        data, "//w:style[@w:styleId='SignatureRoom']/w:pPr/w:spacing/@w:line", "styles"
    )
    assert int(height) >= 1200


def test_a_letter_has_no_numbered_title():
    data = written("letter")
    assert not [name for name in styles(data) if name.startswith("Heading")]
    assert words(data, "PlainHeading1") == ["Motifs", "Suites"]
    assert "Voir l’autre point." in words(data, "BodyText")


def test_a_form_has_a_title_and_numbers_without_the_word_article():
    draft = paper("form")
    data = written("form")
    assert styles(data)[:3] == ["Letterhead", "FormTitle", "FormSubtitle"]
    labels = [section.label for section in draft.walk() if section.label]
    assert labels == ["1.", "1.1", "1.2", "2."]
    texts = find(data, "//w:abstractNum[1]/w:lvl/w:lvlText/@w:val", "numbering")
    assert texts[:2] == ["%1.", "%1.%2"]
    assert "Voir l’autre point." in words(data, "BodyText")


def test_the_first_page_of_a_letter_has_a_footer_and_no_header():
    data = written("letter")
    assert find(data, "//w:titlePg")
    assert not find(data, "//w:t", "header2")
    assert "Page" in "".join(find(data, "//w:t/text()", "footer2"))


def test_no_page_is_left_for_a_cover_or_for_contents():
    for layout in ("letter", "form"):
        data = written(layout, HouseStyle(logo=PNG, organisation="Région"))
        assert find(data, "//w:pageBreakBefore") == []
        assert "TOCHeading" not in styles(data)
        assert len(find(data, "//w:drawing")) == 1


def test_a_letter_without_subject_bears_the_title_of_the_file():
    plan = canevas("address", layout="letter")
    draft = draft_of([clause("address", heading=False)], plan)
    data = write_docx(draft, STYLE, ABOUT)
    assert words(data, "LetterSubject") == ["CCAP – Denrées"]


def test_a_line_of_dots_is_given_the_room_to_be_written_on():
    text = "| Renseignement | Valeur |\n|---|---|\n| Adresse | …………………… |"
    data = write_docx(draft_of([clause("a", text)]), STYLE, ABOUT)
    said, dots = (int(value) for value in find(data, "//w:gridCol/@w:w"))
    assert dots > said
