"""Figures of sentences are read as a person reads them, and in a bounded time."""

import re
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.coherence import ConsultationFacts
from sicp.engines.coherence import PieceText
from sicp.engines.coherence import TextPassage
from sicp.engines.coherence import check
from sicp.engines.coherence.french import AMOUNT
from sicp.engines.coherence.french import DATE
from sicp.engines.coherence.french import MONTHS
from sicp.engines.coherence.french import fold
from sicp.engines.coherence.french import read_amount
from sicp.engines.coherence.french import read_date
from sicp.engines.coherence.french import read_months
from sicp.engines.coherence.french import split_sentences


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("douze (12) mois", 12),
        ("12 (douze) mois", 12),
        ("vingt-quatre mois", 24),
        ("un an", 12),
        ("trois années", 36),
        ("4 ans", 48),
    ],
)
def test_durations_are_read_in_signs_and_in_letters(said, months) -> None:
    assert read_months(re.search(MONTHS, fold(said))) == months


@given(st.integers(1, 999))
def test_every_number_in_letters_is_read(number) -> None:
    said = fold(f"{num2words(number, lang='fr')} mois")
    assert read_months(re.fullmatch(MONTHS, said)) == number


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("4 800 000,00 € HT", "4800000"),
        ("4.800.000 euros", "4800000"),
        ("3,5 millions d’euros", "3500000"),
        ("150 k€", "150000"),
        ("1 200 €", "1200"),
    ],
)
def test_amounts_are_read(said, amount) -> None:
    assert read_amount(re.search(AMOUNT, fold(said))) == Decimal(amount)


@pytest.mark.parametrize("said", ["1er mars 2027", "01/03/2027", "1.3.2027"])
def test_days_are_read(said) -> None:
    assert read_date(re.search(DATE, fold(said))) == date(2027, 3, 1)


def test_a_day_that_does_not_exist_is_none() -> None:
    assert read_date(re.search(DATE, "31/02/2027")) is None


def test_a_reference_to_the_law_does_not_end_a_sentence() -> None:
    text = "Selon l’article L. 2113-10, il est alloti. Trois lots ; voir l’art. 5."
    assert len(list(split_sentences(text))) == 3


@pytest.mark.parametrize(
    "word",
    [
        "un ",
        "duree du marche ",
        "1 000 ",
        "duree 1 000 000 ",
        "vingt-et-",
        "lot 1 ",
        "a",
    ],
)
def test_a_text_that_repeats_itself_for_ever_takes_a_bounded_time(word) -> None:
    facts = ConsultationFacts({}, DRAFTING_FIELDS)
    text = (word * 100_000)[:100_000]
    piece = PieceText("p", "P", "CCTP", (TextPassage("x", text),), is_uploaded=True)
    begun = time.process_time()
    check((piece,), facts)
    assert time.process_time() - begun < 5
