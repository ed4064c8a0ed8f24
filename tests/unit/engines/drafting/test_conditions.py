"""Conditions: decided, refused in French, and read back as a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings

from sicp.engines.drafting.conditions import ConditionError
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.conditions import evaluate
from sicp.engines.drafting.conditions import fields_named
from sicp.engines.drafting.conditions import to_french
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from tests.unit.engines.sample import ANSWERS
from tests.unit.engines.sample import CONDITIONS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import compare as t

SOCIAL = t("criteria.kind", "contains", "social")
DECISIONS = [
    (None, {}, True),
    ({}, {}, True),
    (t("procedure", "is", "AOO"), {"procedure": "AOO"}, True),
    (t("procedure", "is", "AOO"), {"procedure": "MAPA"}, False),
    (t("procedure", "is", "AOO"), {}, False),
    (t("procedure", "is_not", "AOO"), {}, True),
    (t("procedure", "in", ["AOO", "DC"]), {"procedure": "DC"}, True),
    (t("procedure", "not_in", ["AOO", "DC"]), {"procedure": "DC"}, False),
    (t("is_allotted", "is", False), {"is_allotted": False}, True),
    (t("is_allotted", "is", False), {}, False),
    (t("is_allotted", "is", "true"), {"is_allotted": True}, True),
    (t("lots_count", "gt", 1), {"lots_count": 2}, True),
    (t("lots_count", "gt", "1"), {"lots_count": 1}, False),
    (t("lots_count", "ge", 1), {}, False),
    (t("lots_count", "is", 0), {"lots_count": 0}, True),
    (t("lots_count", "filled"), {"lots_count": 0}, True),
    (t("estimated_amount", "ge", 216), {"estimated_amount": Decimal(216)}, True),
    (t("estimated_amount", "lt", "0.5"), {"estimated_amount": "0.49"}, True),
    (t("launch_on", "lt", "2027-01-01"), {"launch_on": date(2026, 12, 31)}, True),
    (
        t("bids_due_at", "ge", "2027-01-01T12:00"),
        {"bids_due_at": "2027-01-01T11:00:00+00:00"},
        True,
    ),
    (SOCIAL, {"criteria": [{"kind": "social"}]}, True),
    (SOCIAL, {"criteria": [{"kind": "price"}]}, False),
    (t("criteria", "empty"), {"criteria": []}, True),
    ({"all": [t("lots_count", "gt", 1), t("procedure", "is", "AOO")]},
     {"lots_count": 2, "procedure": "AOO"}, True),
    ({"any": [t("lots_count", "gt", 1), t("procedure", "is", "AOO")]},
     {"lots_count": 1, "procedure": "AOO"}, True),
    ({"not": t("lots_count", "gt", 1)}, {}, True),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "answers", "expected"), DECISIONS)
def test_a_condition_is_decided_by_the_answers(condition, answers, expected):
    assert evaluate(condition, answers, FORM) is expected


class TestIrrelevance:
    """A field that does not apply is empty, and so is what rests on it."""

    def test_an_answer_given_before_a_change_of_mind_does_not_count(self):
        answers = {"advance": "none", "advance_rate": Decimal(5)}
        assert not evaluate(t("advance_rate", "filled"), answers, FORM)

    def test_emptiness_goes_from_field_to_field(self):
        fields = FieldSet(
            (
                Field("a", "A", FieldType.BOOLEAN),
                Field("b", "B", FieldType.BOOLEAN, applies_when=t("a", "is", True)),
                Field("c", "C", applies_when=t("b", "is", True)),
            )
        )
        answers = {"a": False, "b": True, "c": "mot"}
        assert evaluate(t("c", "empty"), answers, fields)
        assert evaluate(t("c", "filled"), {**answers, "a": True}, fields)

    def test_fields_that_apply_through_each_other_are_empty(self):
        fields = FieldSet(
            (
                Field("a", "A", applies_when=t("b", "filled")),
                Field("b", "B", applies_when=t("a", "filled")),
            )
        )
        assert evaluate(t("a", "empty"), {"a": "x", "b": "y"}, fields)


def oracle(condition, answers):
    """Decide as a person would on paper: no operator table, no cache."""
    if "all" in condition:
        return all(oracle(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(oracle(part, answers) for part in condition["any"])
    if "not" in condition:
        return not oracle(condition["not"], answers)
    name, operator, wanted = (
        condition["field"],
        condition["operator"],
        condition.get("value"),
    )
    value = counted(name, answers)
    empty = value is None or value in ("", ())
    if operator == "empty":
        return empty
    if operator == "filled":
        return not empty
    if operator in {"is_not", "not_in"} and empty:
        return True
    if empty:
        return False
    if name == "launch_on":
        wanted = date.fromisoformat(wanted)
    return {
        "is": lambda: value == wanted,
        "is_not": lambda: value != wanted,
        "in": lambda: value in wanted,
        "not_in": lambda: value not in wanted,
        "gt": lambda: value > wanted,
        "ge": lambda: value >= wanted,
        "lt": lambda: value < wanted,
        "le": lambda: value <= wanted,
        "contains": lambda: wanted in value,
    }[operator]()


def counted(name, answers):
    if name == "criteria.kind":
        return tuple(row["kind"] for row in answers.get("criteria", ()))
    if name == "lots" and answers.get("is_allotted") is not True:
        return None
    if name == "advance_rate" and answers.get("advance") != "granted":
        return None
    return answers.get(name)


@given(CONDITIONS, ANSWERS)
@settings(deadline=None)
def test_every_decision_is_that_of_a_naive_reading(condition, answers):
    assert evaluate(condition, answers, FORM) is oracle(condition, answers)


@given(CONDITIONS)
@settings(deadline=None)
def test_a_sound_condition_has_no_fault_and_reads_in_french(condition):
    assert check(condition, FORM) == ()
    sentence = to_french(condition, FORM)
    assert sentence
    assert "_" not in sentence


FAULTS = [
    (
        t("tranches", "filled"),
        "le champ « tranches » n’existe pas ou plus",
    ),
    (t("procedure", "equals", "AOO"), "l’opérateur « equals » du champ « Procédure »"),
    (t("procedure", "gt", "AOO"), "« gt » ne convient pas au champ « Procédure »"),
    (
        t("procedure", "is", "AOX"),
        "« AOX » n’est pas une valeur du champ « Procédure »",
    ),
    (t("procedure", "is", ["AOO"]), "se compare à une seule valeur"),
    (t("procedure", "is"), "ne dit pas à quelle valeur comparer"),
    (t("procedure", "filled", "AOO"), "n’attend pas de valeur"),
    (t("lots_count", "gt", "deux"), "la valeur « deux » n’est pas un nombre entier"),
    (t("estimated_amount", "gt", "beaucoup"), "n’est pas un montant"),
    (t("launch_on", "gt", "demain"), "n’est pas une date"),
    (t("is_allotted", "is", "peut-être"), "n’est pas oui ou non"),
    (t("lots", "contains", "x"), "« contains » ne convient pas au champ « Lots »"),
    (t("criteria.kind", "is", "social"), "« is » ne convient pas au champ « Type »"),
    (t("criteria.size", "contains", "x"), "« criteria.size » n’existe pas ou plus"),
    ({"all": []}, "« all » attend une liste de conditions"),
    ({"not": {}}, "« not » ne porte rien"),
    ({"all": [t("lots", "filled")], "any": []}, "une seule clé"),
    ({"field": "lots", "operator": "filled", "not": {}}, "une seule clé"),
    ({"oubli": 1}, "une seule clé"),
    ("lots_count > 1", "n’est pas écrite dans la forme attendue"),
    ({"any": [t("lots", "filled"), 3]}, "n’est pas écrite dans la forme attendue"),
]


@pytest.mark.parametrize(("condition", "reason"), FAULTS)
def test_a_fault_is_told_in_french_with_who_bears_it(condition, reason):
    (fault, *_) = check(condition, FORM, "clause « Pénalités »")
    assert fault.startswith("clause « Pénalités » : ")
    assert reason in fault


def test_a_condition_nobody_can_read_is_never_taken_for_false():
    with pytest.raises(ConditionError, match="qui n’existe pas"):
        evaluate(t("tranches", "filled"), {}, FORM)
    with pytest.raises(ConditionError, match="l’opérateur « sait » n’existe pas"):
        evaluate(t("lots_count", "sait", 1), {}, FORM)
    with pytest.raises(ConditionError, match="illisible"):
        evaluate(t("lots_count", "gt", "deux"), {"lots_count": 1}, FORM)


SENTENCES = [
    (None, "toujours"),
    (
        {"all": [t("procedure", "is", "AOO"), t("lots_count", "gt", 1)]},
        "la procédure est « Appel d’offres ouvert » et le nombre de lots est "
        "supérieur à 1",
    ),
    (
        t("procedure", "in", ["AOO", "MAPA"]),
        "la procédure est « Appel d’offres ouvert » ou « Procédure adaptée »",
    ),
    (
        t("procedure", "not_in", ["MAPA", "DC"]),
        "la procédure n’est ni « Procédure adaptée » ni « Dialogue compétitif »",
    ),
    ({"not": t("advance", "is", "none")}, "l’avance n’est pas « Sans avance »"),
    (t("duration_months", "le", 12), "la durée est d’au plus 12\xa0mois"),
    (t("lots", "filled"), "les lots sont renseignés"),
    (t("criteria", "empty"), "les critères d’attribution ne sont pas renseignés"),
    (
        t("is_allotted", "is", True),
        "la réponse à « Prestations alloties » est « oui »",
    ),
    (
        t("criteria.kind", "contains", "social"),
        "la liste « Critères d’attribution » comprend un élément dont « Type » est "
        "« Performance sociale »",
    ),
    (
        t("estimated_amount", "ge", 90000),
        "le montant estimé du besoin est d’au moins 90\xa0000,00\xa0€\xa0HT",
    ),
    (
        t("launch_on", "gt", "2026-08-21"),
        "l’envoi de l’avis prévu le est postérieur au 21\xa0août\xa02026",
    ),
    (
        {"any": [t("lots", "filled"), {"all": [t("lots_count", "gt", 1),
                                              t("advance", "is", "none")]}]},
        "les lots sont renseignés ou (le nombre de lots est supérieur à 1 et l’avance "
        "est « Sans avance »)",
    ),
    (
        {"not": {"all": [t("lots", "filled"), t("lots_count", "gt", 1)]}},
        "il n’est pas vrai que (les lots sont renseignés et le nombre de lots est "
        "supérieur à 1)",
    ),
    (t("oubli", "is", 3), "« oubli » is « 3 »"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "sentence"), SENTENCES)
def test_a_condition_reads_as_a_sentence(condition, sentence):
    assert to_french(condition, FORM) == sentence


def test_the_fields_of_a_condition_are_named_once_each_in_order():
    condition = {"any": [t("lots", "filled"), {"not": t("ccag", "empty")},
                         t("lots", "empty")]}  # fmt: skip
    assert fields_named(condition) == ("lots", "ccag")
