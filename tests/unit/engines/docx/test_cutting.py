"""The Word model of a public body becomes clauses, and variables to make."""

from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.docx.cutting import cut_by_headings
from sicp.engines.docx.cutting import stripped_title
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of


def data_of(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def model():
    document = Document()
    document.add_paragraph("Préambule du modèle.")
    document.add_heading("Article 1 – Objet du marché", 1)
    document.add_heading("1.1. Prestations", 2)
    text = document.add_paragraph("Le marché concerne ")
    text.add_run("[objet du marché]").italic = True
    text.add_run(", pour un montant de ………… € HT")
    text.add_run(" au plus").bold = True
    text.add_run(".")
    document.add_paragraph("les plans ;", style="List Bullet")
    document.add_paragraph("les notices.", style="List Bullet")
    document.add_paragraph("Étape", style="List Number")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells),
        ("Lot", "Montant", "1", "À définir"),
        strict=True,
    ):
        cell.text = words
    marked = table.rows[1].cells[1].paragraphs[0].runs[0]
    marked.font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.add_heading("1.2 Durée", 2)
    document.add_paragraph("Durée : " + "X" * 4 + " mois.")
    document.add_paragraph().add_run("ARTICLE 2 : PRIX").bold = True
    document.add_paragraph("– ferme ;")
    document.add_paragraph("– définitif.")
    return document


def test_a_model_is_cut_at_its_headings():
    found = cut_by_headings(data_of(model()))
    assert [(c.title, c.level, c.path) for c in found] == [
        ("", 0, ()),
        ("Objet du marché", 1, ()),
        ("Prestations", 2, ("Objet du marché",)),
        ("Durée", 2, ("Objet du marché",)),
        ("PRIX", 1, ()),
    ]
    assert [bool(c.markup) for c in found] == [True, False, True, True, True]


def test_words_styles_lists_and_tables_become_markup():
    clause = cut_by_headings(data_of(model()))[2]
    assert clause.markup == (
        "Le marché concerne *{to_fill_1}*, pour un montant de {to_fill_2} € HT"
        " **au plus**.\n\n"
        "- les plans ;\n- les notices.\n\n"
        "1. Étape\n\n"
        "| Lot | Montant |\n|---|---|\n| 1 | {to_fill_3} |\n"
    )
    assert write(parse(clause.markup)) == clause.markup


def test_what_is_left_to_fill_is_told_with_a_hint():
    found = cut_by_headings(data_of(model()))
    assert [(v.text, v.hint) for v in found[2].to_fill] == [
        ("[objet du marché]", "objet du marché"),
        ("…………", "du marché], pour un montant de"),
        ("À définir", "À définir"),
    ]
    (months,) = found[3].to_fill
    assert months.hint == "Durée"


def test_dashes_typed_by_hand_make_a_list():
    assert cut_by_headings(data_of(model()))[4].markup == "- ferme ;\n- définitif.\n"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Article 3 – Prix", "Prix"),
        ("ARTICLE 12 : PÉNALITÉS", "PÉNALITÉS"),
        ("Article 1er - Objet", "Objet"),
        ("Art. 4.2 Délais", "Délais"),
        ("3.1.2\tVariation des prix", "Variation des prix"),
        ("3) Avance", "Avance"),
        ("IV. Résiliation", "Résiliation"),
        ("A - Généralités", "Généralités"),
        ("Chapitre II – Exécution", "Exécution"),
        ("Délais", "Délais"),
        ("Avance", "Avance"),
        ("Titre de propriété", "Titre de propriété"),
        ("Cession du contrat", "Cession du contrat"),
        ("Article 5", "Article 5"),
    ],
)
def test_the_number_of_a_title_is_dropped(typed, title):
    assert stripped_title(typed) == title


@pytest.mark.parametrize(
    "text",
    ["Fruits, légumes, etc…", "Il faut x < 3 et y > 2.", "Voir le point 3.4 du CCAG."],
)
def test_ordinary_words_are_no_blank(text):
    document = Document()
    document.add_paragraph(text)
    (found,) = cut_by_headings(data_of(document))
    assert found.to_fill == ()


def test_a_piece_of_our_own_keeps_its_values():
    draft = draft_of([clause("a", "Objet : **{object}**.")])
    data = write_docx(draft, HouseStyle(has_cover=False), Properties("Titre"))
    found = cut_by_headings(data)[0]
    assert (found.title, found.markup) == ("A", "Objet : **{object}**.\n")
