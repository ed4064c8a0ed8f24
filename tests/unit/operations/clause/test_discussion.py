"""A comment follows the words it quotes, wherever the page breaks its lines."""

from datetime import UTC
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.content_types.base import Comment
from sicp.content_types.clause import Clause
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.discussion import checked_quote
from sicp.operations.clause.discussion import chosen_passage
from sicp.operations.clause.discussion import passage_key
from sicp.operations.clause.discussion import place_of
from sicp.operations.clause.discussion import threads_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXT = ["Le délai est d’un mois.", "La visite a lieu\u00a0: chaque jour."]
_WORDS = st.lists(
    st.sampled_from(["un", "mois", "délai", "«\u00a0x\u00a0»"]), min_size=1
)


def comment(name: str, quote: str = "", answers_to: str = "") -> Comment:
    """Make a comment."""
    return Comment(name, "ana", NOW, "Oui.", "text", quote, answers_to)


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("un mois", 0),
        ("visite  a\nlieu : chaque", 1),
        ("mois. La visite", 0),
        ("deux mois", None),
        ("", None),
        (" \u00a0", None),
    ],
)
def test_a_quote_stands_where_it_begins(quote: str, place: int | None) -> None:
    assert place_of(quote, TEXT) == place


@given(st.lists(_WORDS, min_size=1), st.data())
def test_whatever_was_selected_is_found_again(paragraphs, data) -> None:
    texts = [" ".join(words) for words in paragraphs]
    rank = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(paragraphs[rank]) - 1))
    place = place_of("\n".join(paragraphs[rank][start:]), texts)
    assert place is not None
    assert place <= rank


def test_a_thread_holds_its_answers_and_tells_when_its_words_are_gone() -> None:
    said = (comment("a", "un mois"), comment("b", answers_to="a"), comment("c", "rien"))
    first, lost = threads_of(said, TEXT)
    assert [item.id for item in first.answers] == ["b"]
    assert (first.place, first.is_lost) == (0, False)
    assert (lost.place, lost.is_lost) == (None, True)
    assert not threads_of((comment("d"),), TEXT)[0].is_lost


def test_a_paragraph_is_chosen_as_long_as_its_words_stay() -> None:
    key = passage_key(TEXT[1])
    assert chosen_passage(key, [TEXT[0], "La visite a lieu : chaque jour."])
    with pytest.raises(InvalidInputError) as refused:
        chosen_passage(key, [TEXT[0]])
    assert refused.value.field == "about"


def test_words_that_are_not_in_the_text_are_refused() -> None:
    assert checked_quote(" un \n mois ", TEXT) == "un mois"
    with pytest.raises(InvalidInputError) as refused:
        checked_quote("deux mois", TEXT)
    assert refused.value.field == "quote"


def test_a_clause_stored_before_has_nothing_said_of_it() -> None:
    clause = Clause("late", "Retard")
    assert "comments" not in vars(clause)
    assert clause.comments == ()
