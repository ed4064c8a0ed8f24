"""Word files: true structure, the numbers of the draft, the same bytes each time."""

import re
import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import settings
from lxml import etree

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import check_docx
from sicp.engines.docx import write_docx
from sicp.engines.docx.elements import W
from sicp.engines.docx.pictures import PictureError
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.draft import inlines_text
from tests.unit.engines.sample import ANSWERS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import FULL
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of
from tests.unit.engines.sample import plans

STYLE = HouseStyle(organisation="Région d’essai")
ABOUT = Properties(
    "CCAP – Denrées", "2026-001", "Denrées", "Direction", datetime(2026, 3, 1, 8)
)
TEXT = """\
Voir l’{ref:prix|avenant} et l’{ref:detail}, **gras** et *penché*.

1. un
2. deux
   - trois

1. un encore

### Intertitre

| Lot | Montant |
|---|---|
| Fruits | 12,00 € |

Fin : {description}{duration_months}.
"""


def sample(answers=None, **others):
    plan = canevas(
        {"id": "p", "title": "Objet", "children": ["objet", "detail"]},
        "prix",
        cover={"title": "Cahier", "subtitle": "**{object}**"},
    )
    found = [clause("objet", TEXT), clause("detail"), clause("prix")]
    return draft_of(found, plan, answers, **others)


def part(data, name="document"):
    with zipfile.ZipFile(BytesIO(data)) as source:
        return etree.fromstring(source.read(f"word/{name}.xml"))


def find(data, path, name="document"):
    return part(data, name).xpath(path, namespaces={"w": W})


def said(element):
    """Return the words of a part, its no-break hyphens as people type them."""
    signs = {f"{{{W}}}noBreakHyphen": "-"}
    return "".join(signs.get(e.tag) or e.text or "" for e in element.iter())


def value(element, name="val"):
    return element.get(f"{{{W}}}{name}")


class TestStructure:
    def test_a_draft_gives_a_sound_file_that_word_libraries_open(self):
        data = write_docx(sample(), STYLE, ABOUT)
        assert check_docx(data) == ()
        document = Document(BytesIO(data))
        assert document.core_properties.title == "CCAP – Denrées"
        assert document.core_properties.language == "fr-FR"
        assert document.core_properties.author == "Direction"

    def test_the_same_draft_gives_the_same_bytes(self):
        assert write_docx(sample(), STYLE, ABOUT) == write_docx(sample(), STYLE, ABOUT)

    def test_one_numbering_carries_all_headings(self):
        data = write_docx(sample(), STYLE, ABOUT)
        levels = find(data, "//w:abstractNum[@w:abstractNumId='0']/w:lvl", "numbering")
        assert [value(lvl.find(f"{{{W}}}pStyle")) for lvl in levels] == [
            f"Heading{i}" for i in range(1, 7)
        ]
        outlines = find(data, "//w:style[w:name/@w:val='heading 2']", "styles")
        assert value(outlines[0].find(f".//{{{W}}}outlineLvl")) == "1"

    def test_each_numbered_list_begins_again_at_one(self):
        data = write_docx(sample(), STYLE, ABOUT)
        used = find(data, "//w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId/@w:val")
        assert len(used) == 3
        assert used[0] == used[1] != used[2]
        for number in set(used):
            path = f"//w:num[@w:numId='{number}']//w:startOverride/@w:val"
            assert find(data, path, "numbering") == ["1"]

    def test_the_number_of_a_tenth_item_does_not_touch_its_text(self):
        data = write_docx(sample(), STYLE, ABOUT)
        path = "//w:lvl[w:numFmt/@w:val='decimal' and w:lvlText/@w:val='%1.']//w:ind"
        (indent,) = find(data, path, "numbering")
        # In Arial a digit is 0.56 and a full stop 0.28 of the size of the letters.
        width_of_ten = (2 * 0.56 + 0.28) * STYLE.size * 20
        room = int(value(indent, "hanging"))
        assert int(value(indent, "left")) >= room >= 1.3 * width_of_ten

    def test_the_number_of_an_article_of_law_is_never_cut_at_its_hyphen(self):
        law = "Vu les articles L. 2124-2 et R. 2161-2-1, sous-traitance comprise."
        data = write_docx(draft_of([clause("loi", law)], canevas("loi")), STYLE, ABOUT)
        (paragraph,) = find(data, "//w:p[contains(., 'Vu les')]")
        assert len(paragraph.findall(f".//{{{W}}}noBreakHyphen")) == 3
        assert said(paragraph).replace("\xa0", " ") == law

    def test_an_address_of_the_web_may_be_cut_at_its_hyphens(self):
        text = "Voir https://marches.example/2026-0042-1/avis et a@b-12-3.example."
        data = write_docx(draft_of([clause("loi", text)], canevas("loi")), STYLE, ABOUT)
        assert not find(data, "//w:sdt//w:noBreakHyphen")

    def test_a_line_to_write_on_is_not_justified(self):
        text = "Nom : …………… né le ……………\n\nAutre phrase…\n\n- agrément n° ……………\n- non"
        data = write_docx(draft_of([clause("loi", text)], canevas("loi")), STYLE, ABOUT)
        left = find(data, "//w:body//w:p[w:pPr/w:jc/@w:val='left']")
        assert [said(p)[:3] for p in left] == ["Nom", "agr"]

    def test_what_is_typed_in_a_bold_blank_is_bold(self):
        answers = {**FULL, "object": None}
        data = write_docx(sample(answers=answers), STYLE, ABOUT)
        path = "//w:sdtPr[w:showingPlcHdr]/w:rPr/w:rStyle/@w:val"
        assert set(find(data, path)) == {"Strong"}
        assert find(data, "//w:r[w:rPr/w:rStyle/@w:val='Blank']/w:rPr/w:b")

    def test_a_clause_is_in_a_content_control_that_bears_its_id(self):
        data = write_docx(sample(), STYLE, ABOUT)
        tags = find(data, "//w:body/w:sdt/w:sdtPr/w:tag/@w:val")
        assert tags == ["objet#1", "detail#1", "prix#1"]
        titles = find(data, "//w:body/w:sdt/w:sdtPr/w:alias/@w:val")
        assert titles == ["Objet", "Detail", "Prix"]

    def test_a_table_can_be_read_aloud(self):
        data = write_docx(sample(), STYLE, ABOUT)
        assert find(data, "//w:tblCaption/@w:val") == ["Objet"]
        assert find(data, "//w:tblDescription/@w:val") == ["Colonnes : Lot, Montant"]
        assert len(find(data, "//w:tr[w:trPr/w:tblHeader]")) == 1

    def test_a_column_of_numbers_leaves_its_room_to_the_others(self):
        text = "| Lot | Objet | Montant |\n|---|---|---|\n| 1 | Nord | 12,00 € |\n"
        data = write_docx(draft_of([clause("lots", text)]), STYLE, ABOUT)
        number, title, amount = map(int, find(data, "//w:gridCol/@w:w"))
        assert number < min(title, amount) / 2
        assert number + title + amount == sum(map(int, find(data, "//w:tr[1]//@w:w")))

    def test_there_is_room_to_sign(self):
        text = "| Nom et qualité du signataire | Signature |\n|---|---|\n| …… | |\n"
        data = write_docx(draft_of([clause("fin", text)]), STYLE, ABOUT)
        assert len(find(data, "//w:tr/w:trPr/w:trHeight")) == 1
        name, signature = map(int, find(data, "//w:gridCol/@w:w"))
        assert signature > name / 2

    def test_a_short_table_stays_on_one_page_and_a_long_one_goes_on(self):
        for count, kept in ((3, 2), (30, 0)):
            text = "| Lot |\n|---|\n" + "| Nord |\n" * count
            data = write_docx(draft_of([clause("lots", text)]), STYLE, ABOUT)
            assert len(find(data, "//w:tr//w:keepNext")) == kept

    def test_no_style_is_written_by_halves(self):
        """Two styles that share an element would leave the first one without it."""
        data = write_docx(sample(), STYLE, ABOUT)
        for name in ("ListBullet", "ListNumber"):
            path = f"//w:style[@w:styleId='{name}']/w:pPr/w:jc/@w:val"
            assert find(data, path, "styles") == ["both"]
        for name in ("Header", "Footer"):
            path = f"//w:style[@w:styleId='{name}']/w:rPr/w:sz/@w:val"
            assert find(data, path, "styles") == ["16"]

    def test_a_heading_stays_with_its_text_and_a_sentence_with_its_table(self):
        data = write_docx(sample(), STYLE, ABOUT)
        path = "//w:style[@w:styleId='Heading1']//w:keepNext"
        assert find(data, path, "styles")
        assert find(data, "//w:p[w:pPr/w:keepNext]")

    def test_a_blank_is_yellow_and_reported(self):
        data = write_docx(
            sample(answers={**FULL, "duration_months": None}), STYLE, ABOUT
        )
        assert find(data, "//w:r[w:rPr/w:highlight/@w:val='yellow']")
        (fault,) = check_docx(data)
        assert fault.code == "blank-left"
        assert fault.subject == "[à compléter\xa0: Durée (mois)]"

    def test_header_and_footer_tell_the_document_and_the_page(self):
        data = write_docx(sample(), STYLE, ABOUT)
        header = said(part(data, "header1"))
        assert "CCAP – Denrées" in header
        assert "2026-001" in header
        footer = "".join(part(data, "footer1").itertext())
        assert "PAGE" in footer
        assert "NUMPAGES" in footer

    def test_a_long_title_is_cut_between_words_in_the_header(self):
        about = Properties("Fourniture de denrées alimentaires " * 6, "2026-001")
        header = "".join(part(write_docx(sample(), STYLE, about), "header1").itertext())
        assert "…" in header
        assert len(header) < 110

    def test_language_is_french(self):
        data = write_docx(sample(), STYLE, ABOUT)
        assert find(data, "//w:rPrDefault//w:lang/@w:val", "styles") == ["fr-FR"]

    def test_signs_xml_forbids_are_dropped(self):
        data = write_docx(
            sample(answers={**FULL, "object": "a\x00\x0bb"}), STYLE, ABOUT
        )
        assert "ab" in "".join(part(data).itertext())


class TestReferences:
    def test_a_field_shows_the_number_of_its_target(self):
        data = write_docx(sample(), STYLE, ABOUT)
        text = "".join(find(data, "//w:sdt//w:t/text()"))
        assert "Voir l’article\xa02 et l’article\xa01.2, gras et penché." in text
        codes = find(data, "//w:instrText[contains(., ' REF ')]/text()")
        assert [code.split()[2:] for code in codes] == [
            ["\\r", "\\h", "\\*", "Lower"],
            ["\\r", "\\h"],
        ]

    def test_a_static_reference_is_a_link_without_field(self):
        data = write_docx(sample(), STYLE, ABOUT, is_static=True)
        assert find(data, "//w:instrText[contains(., ' REF ')]") == []
        assert check_docx(data) == ()

    def test_contents_have_their_entries_and_pages_when_they_are_known(self):
        style = HouseStyle(toc_depth=3)
        without = write_docx(sample(), style, ABOUT)
        assert find(without, "//w:instrText[contains(., 'PAGEREF')]") == []
        pages = {"p": 3, "objet": 3, "objet--1": 4, "detail": 4, "prix": 5}
        data = write_docx(sample(), style, ABOUT, pages)
        entries = [
            "".join(e.itertext(f"{{{W}}}t"))
            for e in find(data, "//w:hyperlink[@w:history]")
        ]
        assert entries == [
            "Article 1Objet3",
            "1.1Objet3",
            "1.1.1Intertitre4",
            "1.2Detail4",
            "Article 2Prix5",
        ]

    def test_no_line_stands_between_contents_and_the_page_of_the_text(self):
        """Contents that fill their page would be followed by an empty one."""
        paragraphs = find(write_docx(sample(), STYLE, ABOUT), "//w:body//w:p")
        styles = [value(p[0][0]) for p in paragraphs]
        last = max(i for i, name in enumerate(styles) if name.startswith("TOC"))
        following = paragraphs[last + 1]
        assert following.find(f"{{{W}}}pPr/{{{W}}}pageBreakBefore") is not None

    def test_a_short_document_has_no_contents(self):
        assert (
            find(write_docx(draft_of([clause("a")]), STYLE, ABOUT), "//w:hyperlink")
            == []
        )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Un.\n\nDeux.", [False, False]),
        ("Voici :\n\nUn.\n\nDeux.", [True, False, False]),
        ("Voici :\n\n- un", [True]),
        ("Choix :\n\n☐ un ;\n\n☐ deux.\n\nFin.", [True, True, False, False]),
        ("À ……… , le ………\n\nSignature : ………\n\nFin.", [True, False, False]),
        ("Salutations.\n\n{buyer_signatory}", [True, False, False]),
    ],
)
def test_what_belongs_together_stays_on_one_page(text, kept):
    data = write_docx(draft_of([clause("a", text, heading=False)]), STYLE, ABOUT)
    paragraphs = find(data, "//w:sdtContent/w:p[not(w:pPr/w:numPr)]")
    assert [
        p.find(f"{{{W}}}pPr/{{{W}}}keepNext") is not None for p in paragraphs
    ] == kept


def test_a_letter_has_neither_cover_nor_contents():
    style = HouseStyle(has_cover=False, toc_depth=0)
    data = write_docx(sample(), style, ABOUT)
    assert check_docx(data) == ()
    assert find(data, "//w:titlePg") == []
    assert find(data, "//w:pageBreakBefore") == []


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000108020000007b40e8dd"
    "0000000f49444154789c63f8cfc000440c0c0c00000d0003ff8e6b8f0f0000000049454e44ae426082"
)


@pytest.mark.parametrize("logo", [PNG, b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x01\x00\x02"])
def test_a_logo_is_printed_on_the_cover_with_its_title(logo):
    data = write_docx(sample(), HouseStyle(logo=logo, logo_title="Logo d’essai"), ABOUT)
    assert check_docx(data) == ()
    document = Document(BytesIO(data))
    (picture,) = document.inline_shapes
    assert picture.width == 2 * picture.height
    assert "Logo d’essai" in etree.tostring(part(data), encoding="unicode")


@pytest.mark.parametrize(
    "logo",
    [
        b"GIF89a",
        PNG[:18],
        b"\xff\xd8\x00\x00\x00\x00",
        b"\xff\xd8",
        PNG[:16] + bytes(8),
    ],
)
def test_a_logo_that_is_no_picture_is_refused(logo):
    with pytest.raises(PictureError):
        write_docx(sample(), HouseStyle(logo=logo), ABOUT)


@given(plans(), ANSWERS)
@settings(max_examples=25, deadline=None)
def test_any_draft_gives_a_sound_file_with_the_numbers_word_will_show(plan, answers):
    library, cahier = plan
    draft = assemble(cahier, library, answers, FORM)
    data = write_docx(draft, STYLE, ABOUT)
    assert {fault.code for fault in check_docx(data)} <= {"blank-left"}
    assert word_numbers(data) == expected_numbers(draft)


def word_numbers(data):
    """Count headings as Word does, from the styles of paragraphs alone."""
    counters = [0] * 6
    found = []
    for style in find(data, "//w:body//w:pPr/w:pStyle/@w:val"):
        heading = re.fullmatch(r"Heading(\d)", style)
        if heading:
            level = int(heading[1])
            counters[level - 1] += 1
            counters[level:] = [0] * (6 - level)
            number = ".".join(str(n) for n in counters[:level])
            found.append(f"Article {number}" if level == 1 else number)
    return found


def expected_numbers(draft):
    found = []
    for section in draft.walk():
        if section.label:
            found.append(section.label)
        found.extend(b.label for b in section.blocks if isinstance(b, Heading))
    return found


def test_the_words_of_the_file_are_those_of_the_draft():
    draft = sample()
    data = write_docx(draft, STYLE, ABOUT)
    words = "".join(find(data, "//w:sdt//w:t/text()"))
    for section in draft.walk():
        assert section.trace is None or section.title_text in words
        for block in section.blocks:
            if block.kind == "paragraph":
                assert inlines_text(block.inlines) in words
