"""Articles of the code are found however they are written, those of others are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.rules.legal_reference import normalize_article
from sicp.rules.legal_reference import references_in


def numbers(text: str) -> list[str]:
    return [found.number for found in references_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("art. L. 2123-1", ["L2123-1"]),
        ("Article L2123-1", ["L2123-1"]),
        ("l’article L.2123-1 du code", ["L2123-1"]),
        ("article L\u00a02123-1", ["L2123-1"]),
        ("article L.\u00a02123\u20111", ["L2123-1"]),
        ("article R.* 2123-4", ["R2123-4"]),
        ("article R*. 2123-4", ["R2123-4"]),
        ("(R. 2162-13-1)", ["R2162-13-1"]),
        ("l2123-1", ["L2123-1"]),
        ("articles R. 2123-1 à R. 2123-4", ["R2123-1", "R2123-4"]),
        (
            "articles L. 2123-1, R. 2123-4 (1°) et D. 2131-5-1",
            ["L2123-1", "R2123-4", "D2131-5-1"],
        ),
        ("L2123-1 du code de la commande publique", ["L2123-1"]),
        ("L. 2123-1, 2°, du CCP", ["L2123-1"]),
        ("aux articles L. 2141-1 ou L. 2141-2 du présent code", ["L2141-1", "L2141-2"]),
        ("l’article L. 3 du code de la commande publique", ["L3"]),
        ("l’article L. 6", ["L6"]),
        ("« L. 2123-1 »", ["L2123-1"]),
        ("L. 2123-1.", ["L2123-1"]),
        ("Voir L. 2123-1 ; R. 2123-1", ["L2123-1", "R2123-1"]),
    ],
)
def test_an_article_of_the_code_is_found(text, expected) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "L. 123-4 du code de commerce",
        "article L. 1414-2 du code général des collectivités territoriales",
        "articles L. 2123-1 et L. 1414-2 du code général des collectivités",
        "l’article L. 1414-2 du CGCT",
        "art. L. 2111-4 du code de la santé publique",
        "article L. 1111-1 du livre des procédures fiscales",
        "L. 3",
        "2123-1",
        "article 5 du décret n° 2016-360",
        "https://example.org/L2123-1",
        "réf. XL2123-1",
        "lot L. 12",
        "",
    ],
)
def test_anything_else_is_not(text) -> None:
    assert numbers(text) == []


def test_the_same_code_is_the_one_named_before() -> None:
    ours = "l’article L. 2124-1 du code de la commande publique ; l’article L. 2125-1"
    theirs = "l’article L. 100-1 du code de commerce et, puis l’article L. 2125-1"
    assert numbers(f"{ours} du même code") == ["L2124-1", "L2125-1"]
    assert numbers(f"{theirs} du même code") == []


def test_a_code_named_for_one_article_says_nothing_of_the_next_sentence() -> None:
    text = "L. 1414-2 du CGCT. Voir aussi L. 2123-1."
    assert numbers(text) == ["L2123-1"]


def test_positions_hold_the_words() -> None:
    text = "Selon l’article L. 2123-1, puis R. 2123-4."
    words = [text[found.start : found.end] for found in references_in(text)]
    assert words == ["L. 2123-1", "R. 2123-4"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("L. 2123-1", "L2123-1"), ("r2123\u20114", "R2123-4"), ("L. 3", "L3"), ("x", "")],
)
def test_a_number_is_noted_in_one_way(text, number) -> None:
    assert normalize_article(text) == number


@given(
    st.sampled_from("LRD"),
    st.integers(1000, 3999),
    st.integers(1, 199),
    st.sampled_from(["", ".", ". ", " ", ".\u00a0", "\u202f"]),
    st.sampled_from("-\u2011\u2013"),
    st.text("abc ,;()’«»", max_size=20),
)
def test_every_way_of_writing_gives_one_number(
    letter, article, rank, gap, dash, before
) -> None:
    text = f"{before} {letter}{gap}{article}{dash}{rank} fin"
    assert numbers(text) == [f"{letter}{article}-{rank}"]


@given(st.text(max_size=300))
def test_any_text_is_read_and_references_never_overlap(text) -> None:
    end = 0
    for found in references_in(text):
        assert end <= found.start < found.end
        assert re.fullmatch(r"[LRD]\d[\d-]*", found.number)
        end = found.end
