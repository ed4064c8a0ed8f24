"""A value printed in French is read back, or refused in French."""

from datetime import date
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.engines.docx.reading_letters import number_from_letters
from sicp.engines.docx.reading_values import format_of
from sicp.engines.docx.reading_values import read_value
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.formats import format_value
from sicp.engines.drafting.formats import letters
from sicp.engines.drafting.values import UnreadableValueError

AMOUNT = Field("amount", "Montant (€ HT)", FieldType.AMOUNT)
CHOICES = (
    Choice("a", "Eau et énergie"),
    Choice("b", "Eau"),
    Choice("c", "Denrées, fruits"),
)
SAMPLES = {
    FieldType.AMOUNT: st.decimals(0, 10**9, places=2),
    FieldType.INTEGER: st.integers(0, 10**7),
    FieldType.MONTHS: st.integers(0, 240),
    FieldType.DAYS: st.integers(0, 4000),
    FieldType.PERCENT: st.decimals(0, 100, places=2),
    FieldType.DATE: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    FieldType.DATETIME: st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.CHOICE: st.sampled_from("abc"),
    FieldType.CHOICES: st.lists(st.sampled_from("abc"), min_size=1, unique=True).map(
        tuple
    ),
}
WHOLE = {"text", "datetime"}


@given(st.integers(0, 10**12))
def test_a_number_in_letters_is_read_back(number):
    assert number_from_letters(letters(number)) == number


@given(st.decimals(0, 10**6, places=3))
def test_decimals_in_letters_are_read_back(number):
    assert number_from_letters(letters(number)) == number


@pytest.mark.parametrize("kind", SAMPLES)
@given(data=st.data())
def test_every_printed_value_is_read_back_in_every_format(kind, data):
    value = data.draw(SAMPLES[kind])
    field = Field("f", "Montant (€ HT)", kind, choices=CHOICES)
    forms = [f for f, kinds in FORMAT_TYPES.items() if kind in kinds]
    form = data.draw(st.sampled_from(["", *forms]))
    if kind is FieldType.DATETIME and form == "date":
        value = value.date()
        field = Field("f", "Jour", FieldType.DATE)
    text = format_value(field, value, form)
    assert read_value(field, text) == value
    found = format_of(field, value, text)
    assert found is not None
    assert format_value(field, value, found) == text


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (AMOUNT, "217 000 €", Decimal(217000)),
        (AMOUNT, "217 000,50 euros", Decimal("217000.5")),
        (AMOUNT, "217000.5 € HT", Decimal("217000.5")),
        (Field("d", "Jour", FieldType.DATE), "15/03/2027", date(2027, 3, 15)),
        (Field("d", "Jour", FieldType.DATE), "lundi 15 mars 2027", date(2027, 3, 15)),
        (
            Field("d", "Limite", FieldType.DATETIME),
            "15/03/2027 à 12h30",
            datetime(2027, 3, 15, 12, 30),
        ),
        (Field("m", "Durée", FieldType.MONTHS), "24", 24),
        (Field("t", "Texte"), " Ville de Brest ", "Ville de Brest"),
        (Field("t", "Texte"), "", None),
    ],
)
def test_what_a_person_types_is_read(field, text, value):
    assert read_value(field, text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (AMOUNT, "217 000 € TTC"),
        (AMOUNT, "217 000,00 € HT (deux cent seize mille euros hors taxes)"),
        (AMOUNT, "beaucoup"),
        (AMOUNT, "12.345.678"),
        (AMOUNT, "1 2 3"),
        (Field("m", "Durée", FieldType.MONTHS), "30 jours"),
        (Field("m", "Durée", FieldType.MONTHS), "douze (13) mois"),
        (Field("m", "Durée", FieldType.MONTHS), "2 ans"),
        (Field("d", "Jour", FieldType.DATE), "31 février 2027"),
        (Field("d", "Jour", FieldType.DATE), "mars 2027"),
        (Field("c", "Choix", FieldType.CHOICE, choices=CHOICES), "Gaz"),
        (Field("c", "Choix", FieldType.CHOICES, choices=CHOICES), "Eau, gaz"),
        (Field("c", "Choix", FieldType.CHOICES, choices=CHOICES), "Eau et Eau"),
        (Field("b", "Allotis", FieldType.BOOLEAN), "peut-être"),
        (Field("lots", "Lots", FieldType.ROWS), "Fruits et légumes"),
    ],
)
def test_what_means_nothing_sure_is_refused_in_french(field, text):
    with pytest.raises(UnreadableValueError, match=r"«|diffèrent"):
        read_value(field, text)
