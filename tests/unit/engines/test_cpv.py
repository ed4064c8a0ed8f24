"""The CPV: codes, tree and search."""

import time

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.cpv import nomenclature


def codes_found(text: str, limit: int = 20) -> list[str]:
    return [entry.code for entry in nomenclature().search(text, limit)]


def test_the_whole_nomenclature_is_there_with_its_45_divisions() -> None:
    assert len(nomenclature()) == 9454
    assert len(nomenclature().children()) == 45


@pytest.mark.parametrize("written", ["45214210", "45214210-5", " 45214210 "])
def test_a_code_is_found_with_or_without_its_check_digit(written: str) -> None:
    entry = nomenclature().get(written)
    assert entry is not None
    assert entry.code == "45214210"
    assert entry.label == "Travaux de construction d’écoles primaires"


@pytest.mark.parametrize("written", ["", "4521421", "99999999", "45214210-55", "école"])
def test_what_is_no_code_of_the_nomenclature_is_not_valid(written: str) -> None:
    assert not nomenclature().is_valid(written)


def test_the_path_goes_from_the_division_to_the_code() -> None:
    path = [entry.code for entry in nomenclature().path("45214210")]
    assert path == [
        "45000000",
        "45200000",
        "45210000",
        "45214000",
        "45214200",
        "45214210",
    ]


def test_an_unknown_code_has_neither_path_nor_children() -> None:
    assert nomenclature().path("99999999") == ()
    assert nomenclature().children("99999999") == ()


def test_the_children_of_a_division_are_its_groups() -> None:
    groups = nomenclature().children("45000000")
    assert {entry.level for entry in groups} == {"group"}
    assert "45200000" in {entry.code for entry in groups}


def test_every_parent_is_an_entry_and_knows_its_child() -> None:
    cpv = nomenclature()
    for division in cpv.children():
        for group in cpv.children(division.code):
            assert cpv.get(group.parent or "") == division


@pytest.mark.parametrize("text", ["ECOLES primaires", "école primaire", "ecol prim"])
def test_accents_case_plural_and_last_letters_do_not_matter(text: str) -> None:
    assert "45214210" in codes_found(text)


def test_a_label_that_begins_with_the_word_comes_before_those_that_only_hold_it() -> (
    None
):
    assert codes_found("mobilier scolaire")[0] == "39160000"
    assert codes_found("peinture")[0] == "44800000"


def test_figures_are_the_beginning_of_a_code() -> None:
    assert codes_found("45214", 3) == ["45214000", "45214100", "45214200"]
    assert codes_found("45214210-5") == ["45214210"]


def test_words_that_no_label_joins_still_find_the_nearest_labels() -> None:
    found = nomenclature().search("nettoyage des locaux", 50)
    assert any("nettoyage" in entry.label for entry in found)


@pytest.mark.parametrize("text", ["", "   ", "de la", "xyzzy", "999", "?"])
def test_a_question_without_answer_finds_nothing(text: str) -> None:
    assert codes_found(text) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.integers(min_value=1, max_value=30))
def test_any_text_is_a_question_and_never_gives_more_than_asked(
    text: str, limit: int
) -> None:
    assert len(codes_found(text, limit)) <= limit


def test_a_search_is_quick_enough_for_each_key_pressed() -> None:
    cpv = nomenclature()
    questions = ("travaux", "services de", "t", "construction école", "45", "matériel")
    start = time.perf_counter()
    for text in questions:
        cpv.search(text)
    # 5 ms each on the machine of reference; the margin is for a busy one.
    assert (time.perf_counter() - start) / len(questions) < 0.02
