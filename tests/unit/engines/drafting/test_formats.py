"""Values as a French contract writes them."""

from datetime import date
from datetime import datetime
from decimal import Decimal

import pytest

from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType as T
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.formats import FORMAT_WORDS
from sicp.engines.drafting.formats import FormatError
from sicp.engines.drafting.formats import format_value
from sicp.engines.drafting.formats import joined

CHOICES = (
    Choice("AOO", "Appel d’offres ouvert"),
    Choice("ccag", "CCAG Travaux"),
    Choice("none", "Sans avance"),
)
COLUMNS = (Field("number", "Numéro", T.INTEGER), Field("object", "Objet"))
ROWS = ({"number": 1, "object": "Fruits"}, {"number": 2, "object": "Pain"})

EXAMPLES = [
    (T.TEXT, "Lyon", "", "Lyon"),
    (T.TEXT, "Maison", "lower", "maison"),
    (T.TEXT, "éclusier de la régie", "capital", "Éclusier de la régie"),
    (T.CPV, "15300000", "", "15300000"),
    (T.AMOUNT, Decimal(216000), "", "216 000,00 € HT"),
    (T.AMOUNT, Decimal("1234567.895"), "", "1 234 567,90 € HT"),
    (T.AMOUNT, Decimal(0), "", "0,00 € HT"),
    (T.AMOUNT, Decimal("0.01"), "amount_letters",
     "zéro euro et un centime hors taxes"),
    (T.AMOUNT, Decimal(1), "amount_letters", "un euro hors taxes"),
    (T.AMOUNT, Decimal(200), "amount_letters", "deux cents euros hors taxes"),
    (T.AMOUNT, Decimal(80000), "amount_letters",
     "quatre-vingt mille euros hors taxes"),
    (T.AMOUNT, Decimal("1500.50"), "amount_letters",
     "mille cinq cents euros et cinquante centimes hors taxes"),
    (T.AMOUNT, Decimal(1000000), "amount_letters", "un million d’euros hors taxes"),
    (T.AMOUNT, Decimal(1200000), "amount_letters",
     "un million deux cent mille euros hors taxes"),
    (T.AMOUNT, Decimal(216000), "amount_full",
     "216 000,00 € HT (deux cent seize mille euros hors taxes)"),
    (T.AMOUNT, Decimal(-5), "amount_letters", "moins cinq euros hors taxes"),
    (T.INTEGER, 1234, "", "1 234"),
    (T.INTEGER, 21, "letters", "vingt et un"),
    (T.PERCENT, Decimal(5), "", "5 %"),
    (T.PERCENT, Decimal("2.50"), "", "2,5 %"),
    (T.PERCENT, Decimal("2.5"), "letters", "deux virgule cinq"),
    (T.MONTHS, 12, "", "12 mois"),
    (T.MONTHS, 12, "months_letters", "douze (12) mois"),
    (T.DAYS, 1, "", "1 jour"),
    (T.DAYS, 30, "", "30 jours"),
    (T.DATE, date(2027, 3, 15), "", "15 mars 2027"),
    (T.DATE, date(2027, 8, 1), "date", "1er août 2027"),
    (T.DATETIME, datetime(2027, 3, 15, 12), "", "15 mars 2027 à 12 h 00"),
    (T.DATETIME, datetime(2027, 3, 15, 9, 5), "date", "15 mars 2027"),
    (T.BOOLEAN, True, "", "oui"),
    (T.CHOICE, "AOO", "", "Appel d’offres ouvert"),
    (T.CHOICE, "AOO", "lower", "appel d’offres ouvert"),
    (T.CHOICE, "ccag", "lower", "CCAG Travaux"),
    (T.CHOICE, "autre", "", "autre"),
    (T.CHOICES, ("AOO", "none"), "lower", "appel d’offres ouvert et sans avance"),
    (T.CHOICES, ("AOO", "ccag", "none"), "",
     "Appel d’offres ouvert, CCAG Travaux et Sans avance"),
    (T.ROWS, ROWS, "", "Fruits et Pain"),
    (T.ROWS, ROWS, "number", "2"),
    (T.ROWS, ROWS, "letters", "deux"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "form", "expected"), EXAMPLES)
def test_a_value_is_written_as_in_a_contract(kind, value, form, expected):
    field = Field("champ", "Champ", kind, choices=CHOICES, columns=COLUMNS)
    written = format_value(field, value, form)
    assert written.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_figures_units_and_months_are_never_cut_at_the_end_of_a_line():
    field = Field("champ", "Champ", T.AMOUNT)
    assert " " not in format_value(field, Decimal(1216000))
    assert " " not in format_value(Field("d", "D", T.DATE), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Montant (€ HT)", "5,00 € HT"),
        ("Pénalité par jour (€)", "5,00 €"),
        ("Loyer (€ TTC)", "5,00 € TTC"),
    ],
)
def test_the_tax_mention_follows_the_title_of_the_field(title, written):
    field = Field("champ", title, T.AMOUNT)
    assert format_value(field, Decimal(5)).replace("\xa0", " ") == written


@pytest.mark.parametrize(
    ("kind", "form"), [(T.TEXT, "amount"), (T.DATE, "datetime"), (T.TEXT, "inconnu")]
)
def test_a_format_that_does_not_suit_the_type_is_refused(kind, form):
    with pytest.raises(FormatError, match="ne convient pas au champ"):
        format_value(Field("champ", "Champ", kind), "x", form)


def test_every_format_has_its_types():
    assert all(FORMAT_TYPES.values())


def test_items_are_joined_as_in_a_sentence():
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"], "ou") == "a, b ou c"


def test_every_format_but_that_of_all_is_told_in_french():
    assert set(FORMAT_WORDS) == set(FORMAT_TYPES) - {"text"}
