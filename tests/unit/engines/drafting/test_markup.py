"""The markup of clauses: read, written back, refused in French."""

import pytest
from hypothesis import given
from hypothesis import settings

from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.blocks import from_data
from sicp.engines.drafting.blocks import to_data
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from tests.unit.engines.sample import BLOCKS

INLINE_EXAMPLES = [
    ("mot", (Text("mot"),)),
    ("deux\nlignes", (Text("deux\nlignes"),)),
    ("**gras**", (Styled("bold", (Text("gras"),)),)),
    ("*penché*", (Styled("italic", (Text("penché"),)),)),
    (
        "***les deux***",
        (Styled("bold", (Styled("italic", (Text("les deux"),)),)),),
    ),
    ("3 * 4", (Text("3 * 4"),)),
    (r"a\*b", (Text("a*b"),)),
    ("{object}", (Variable("object"),)),
    ("{lot.number|number}", (Variable("lot.number", "number"),)),
    ("{{x}}", (Text("{x}"),)),
    ("{plural:lots|le lot|les lots}", (Plural("lots", "le lot", "les lots"),)),
    ("{ref:price-revision|l’avenant}", (Reference("price-revision", "l’avenant"),)),
    ("{ref:price}", (Reference("price"),)),
    (
        "{if procedure is AOO: ouvert}",
        (Conditional("procedure", "is", "AOO", (Text("ouvert"),)),),
    ),
    (
        '{if object is "deux mots":  avec {object}}',
        (
            Conditional(
                "object", "is", "deux mots", (Text(" avec "), Variable("object"))
            ),
        ),
    ),
    (
        "{if procedure in AOO|MAPA: x}",
        (Conditional("procedure", "in", ("AOO", "MAPA"), (Text("x"),)),),
    ),
    (
        "{if object filled: a{if lots_count gt 1: b}}",
        (
            Conditional(
                "object",
                "filled",
                "",
                (Text("a"), Conditional("lots_count", "gt", "1", (Text("b"),))),
            ),
        ),
    ),
]


@pytest.mark.parametrize(("source", "inlines"), INLINE_EXAMPLES)
def test_each_mark_inside_a_paragraph_is_read_and_written_back(source, inlines):
    assert parse(source) == (Paragraph(inlines),)
    assert write(parse(source)) == f"{source}\n"


BLOCK_EXAMPLES = [
    ("### Titre\n", (SubHeading((Text("Titre"),)),)),
    (
        "- un\n- deux\n  suite\n  1. dedans\n",
        (
            ListBlock(
                False,
                (
                    ListItem((Text("un"),)),
                    ListItem(
                        (Text("deux\nsuite"),),
                        (ListBlock(True, (ListItem((Text("dedans"),)),)),),
                    ),
                ),
            ),
        ),
    ),
    (
        "| Lot | Objet |\n|---{lots}|---|\n| {lot.number} |  |\n",
        (
            Table(
                Row((Cell((Text("Lot"),)), Cell((Text("Objet"),)))),
                (Row((Cell((Variable("lot.number"),)), Cell(()))),),
                "lots",
            ),
        ),
    ),
]


@pytest.mark.parametrize(("source", "blocks"), BLOCK_EXAMPLES)
def test_each_kind_of_block_is_read(source, blocks):
    assert parse(source) == blocks
    assert parse(write(blocks)) == blocks


def test_a_list_may_follow_its_sentence_without_empty_line():
    blocks = parse("Il remet :\n- un\n- deux\nPuis il signe.")
    assert [block.kind for block in blocks] == ["paragraph", "list", "paragraph"]


def test_numbered_items_parted_by_empty_lines_are_one_list():
    blocks = parse("1. un\n\n2. deux\n\n3. trois\n")
    assert [len(block.items) for block in blocks] == [3]


def test_items_parted_by_empty_lines_keep_their_numbers_from_one_list_to_another():
    blocks = parse("1. un\n\n1. un encore\n")
    assert [len(block.items) for block in blocks] == [1, 1]


def test_words_that_look_like_marks_at_the_beginning_of_a_line_stay_words():
    for words in ("- tiret", "1. un", "### dièse", "| barre"):
        blocks = (Paragraph((Text(words),)),)
        assert parse(write(blocks)) == blocks


def test_a_bar_in_a_cell_stays_in_its_cell():
    blocks = parse("| A |\n|---|\n| un \\| deux **a \\| b** {object|text} |\n")
    assert len(blocks[0].rows[0].cells) == 1
    assert parse(write(blocks)) == blocks


@given(BLOCKS)
@settings(deadline=None)
def test_what_is_written_is_read_back_as_it_was(blocks):
    source = write(blocks)
    assert parse(source) == blocks
    assert write(parse(source)) == source


@given(BLOCKS)
@settings(deadline=None)
def test_blocks_go_through_plain_data(blocks):
    assert from_data(to_data(blocks)) == blocks


MISTAKES = [
    ("a\n\nb **c", 3, "le gras « ** » n’est pas fermé"),
    ("*a", 1, "l’italique « * » n’est pas fermé"),
    ("{if procedure is AOO: x", 1, "l’accolade de la condition n’est pas fermée"),
    ("{if procedure: x}", 1, "condition illisible"),
    ("{if procedure sait AOO: x}", 1, "l’opérateur « sait » n’existe pas"),
    ("{if procedure is: x}", 1, "l’opérateur « is » attend une valeur"),
    ("{if object filled yes: x}", 1, "l’opérateur « filled » n’attend pas de valeur"),
    (
        "{if a is 1: {if b is 1: {if c is 1: x}}}",
        1,
        "trop de conditions l’une dans l’autre",
    ),
    ("a }", 1, "accolade isolée"),
    ("a { b", 1, "accolade isolée"),
    ("{Objet du marché}", 1, "« {Objet du marché} » n’est pas compris"),
    ("{plural:lots|le lot}", 1, "un pluriel s’écrit"),
    ("{ref:Prix|x}", 1, "un renvoi s’écrit"),
    ("****", 1, "n’entoure rien"),
    ("###", 1, "un intertitre s’écrit"),
    ("texte\n\n| a | b |\n| c | d |", 3, "la deuxième ligne d’un tableau"),
    ("| a | b |\n|---|---|\n| c |", 3, "cette ligne du tableau a 1 cellules, pas 2"),
    ("| a |\n|---|\n| c | d", 3, "une ligne de tableau se termine par"),
    ("| a |\n|---{lots}|\n| b |\n| c |", 1, "une seule ligne sous son en-tête"),
    ("- a\n1. b", 1, "une ligne vide sépare deux listes"),
]


@pytest.mark.parametrize(("source", "line", "reason"), MISTAKES)
def test_a_mistake_is_told_in_french_with_its_line(source, line, reason):
    with pytest.raises(MarkupError) as caught:
        parse(source)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"ligne {line} : ")
