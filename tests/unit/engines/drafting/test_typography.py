"""French typography of what a text becomes once its values are written."""

import pytest

from sicp.engines.drafting.draft import Blank
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.draft import inlines_text
from sicp.engines.drafting.typography import polish
from sicp.engines.drafting.typography import spaced
from sicp.engines.drafting.typography import unbroken

ELISIONS = [
    ("la fourniture de ", "oranges", "la fourniture d’oranges"),
    ("la fourniture de ", "pommes", "la fourniture de pommes"),
    ("le ", "appel d’offres", "l’appel d’offres"),
    ("De ", "Auvergne", "D’Auvergne"),
    ("du ", "acheteur", "de l’acheteur"),
    ("Au ", "hôpital", "À l’hôpital"),
    ("le ", "hangar", "le hangar"),
    ("le ", "onze mars", "le onze mars"),
    ("le ", "11 mars", "le 11 mars"),
    ("sable ", "orange", "sable orange"),
    ("selle ", "orange", "selle orange"),
]


@pytest.mark.parametrize(("before", "value", "expected"), ELISIONS)
def test_an_article_is_elided_before_a_value_that_begins_with_a_vowel(
    before, value, expected
):
    assert inlines_text(polish([Run(before), Run(value, source="x")])) == expected


def test_words_of_the_text_itself_are_never_elided():
    assert (
        inlines_text(polish([Run("le "), Run("onagre", is_bold=True)])) == "le onagre"
    )


STRAY = [
    (["a ", "", " b"], "a b"),
    (["a ", "."], "a."),
    (["a ", "", ", b"], "a, b"),
    (["  a  b  "], "a b"),
    (["", " b"], "b"),
    (["a (b ", ")"], "a (b)"),
]


@pytest.mark.parametrize(("pieces", "expected"), STRAY)
def test_what_is_left_out_leaves_no_stray_space(pieces, expected):
    runs = [Run(piece, is_bold=i % 2 == 0) for i, piece in enumerate(pieces)]
    assert inlines_text(polish(runs)) == expected


SPACES = [
    ("Objet : « mot » ; fin !", "Objet\xa0: «\xa0mot\xa0»\xa0; fin\xa0!"),
    ("☐ oui ☐ non", "☐\xa0oui ☐\xa0non"),
    ("lot n° 3 à 5 %", "lot n°\xa03 à 5\xa0%"),
    ("le 1° de l’article L. 2124-2", "le 1° de l’article L.\xa02124-2"),
    ("l'article 7 de l'acte", "l’article\xa07 de l’acte"),
    ("https://exemple.fr à 12:30", "https://exemple.fr à 12:30"),
]


@pytest.mark.parametrize(("text", "expected"), SPACES)
def test_no_break_spaces_and_apostrophes_are_those_of_french(text, expected):
    assert spaced(text) == expected


def test_a_reference_prints_the_word_article_once():
    pieces = polish([Run("à l’article "), Link("a", "7.2"), Run(".")])
    assert inlines_text(pieces) == "à l’article\xa07.2."
    assert pieces[1] == Link("a", "7.2", "article")


def test_a_reference_after_articles_prints_its_number_only():
    pieces = polish([Run("aux articles "), Link("a", "7.2"), Run(" et suivants")])
    assert inlines_text(pieces) == "aux articles 7.2 et suivants"


def test_neighbours_of_one_style_are_one_run():
    assert polish([Run("a "), Run("b"), Run("c", is_bold=True)]) == (
        Run("a b"),
        Run("c", is_bold=True),
    )


def test_a_space_beside_a_blank_is_kept():
    pieces = polish([Run("avance de "), Blank("rate", "Taux"), Run(" ;")])
    assert inlines_text(pieces) == "avance de [à compléter\xa0: Taux]\xa0;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("articles L. 2124-2 et R. 2161-2-1", "articles L. 2124‑2 et R. 2161‑2‑1"),
        ("décret n° 2016-360 du 25 mars", "décret n° 2016‑360 du 25 mars"),
        ("sous-traitance, BT-01, 4-mains", "sous-traitance, BT-01, 4-mains"),
        ("https://x.example/2026-01/", "https://x.example/2026-01/"),
        ("a-1-2@x.example", "a-1-2@x.example"),
    ],
)
def test_numbers_alone_are_kept_whole_at_their_hyphens(text, expected):
    assert unbroken(text) == expected
