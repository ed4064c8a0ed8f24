"""A canevas is checked for all answers before anybody uses it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.combinations import pairwise
from sicp.engines.drafting.combinations import trial
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.proof import Severity
from sicp.engines.drafting.proof import prove
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import compare as t
from tests.unit.engines.sample import plans


def messages(clauses, plan=None, **others):
    plan = plan or canevas(*[item.id for item in clauses])
    proof = prove(plan, Library(clauses), FORM, **others)
    return [reason(finding) for finding in proof.findings]


def reason(finding):
    """Return a message without what it advises, which always follows."""
    said, semicolon, advice = finding.message.partition(" ; ")
    assert semicolon, said
    assert len(advice) > len("écrivez-en"), said
    return said


def test_a_sound_canevas_gives_nothing_and_says_how_far_it_was_tried():
    found = [
        clause("a", "{object}, voir l’{ref:b}."),
        clause("b", "{if description filled: {description}}"),
        clause("c", condition=t("procedure", "is", "AOO")),
    ]
    plan = canevas("a", "b", "c")
    proof = prove(plan, Library(found), FORM)
    assert proof.findings == ()
    assert proof.is_exhaustive
    assert proof.method == "toutes les combinaisons de réponses utiles (2)"


VARIABLE = {"name": "month", "title": "Mois", "required": True}
MISTAKES = [
    (clause("a", condition=t("oubli", "filled")),
     "clause « A », condition : le champ « oubli » n’existe pas ou plus"),
    (clause("a", condition=t("procedure", "gt", 1)),
     "clause « A », condition : l’opérateur « gt » ne convient pas au champ "
     "« Procédure »"),
    (clause("a", "{oubli}"),
     "clause « A » : le texte cite « oubli », qui n’est ni un champ ni une variable"),
    (clause("a", title="{oubli}"),
     "clause « {oubli} » : le texte cite « oubli », qui n’est ni un champ ni une "
     "variable"),
    (clause("a", "{object|amount}"),
     "clause « A » : le format « amount » ne convient pas à « Objet du contrat »"),
    (clause("a", "{plural:object|un|des}"),
     "clause « A » : « Objet du contrat » ne se compte pas : pas de pluriel"),
    (clause("a", "{plural:oubli|un|des}"),
     "clause « A » : le texte cite « oubli », qui n’est ni un champ ni une variable"),
    (clause("a", "{if lots_count gt beaucoup: x}"),
     "clause « A » : champ « Nombre de lots » : la valeur « beaucoup » n’est pas un "
     "nombre entier"),
    (clause("a", "{ref:nulle-part|x}"),
     "clause « A » : renvoi à la clause « nulle-part », introuvable ou hors de sa "
     "validité"),
    (clause("a", "mot\n\n**gras"),
     "clause « A » : ligne 3 : le gras « ** » n’est pas fermé"),
    (clause("a", "| A |\n|---{object}|\n| x |"),
     "clause « A » : un tableau ne se répète pas sur « Objet du contrat »"),
    (clause("a", "| A |\n|---{oubli}|\n| x |"),
     "clause « A » : le texte cite « oubli », qui n’est ni un champ ni une variable"),
    (clause("a", repeat="object"),
     "clause « A » : elle se répète sur « Objet du contrat », qui n’est pas une "
     "liste"),
    (clause("a", kind="alternative"),
     "clause « A » : une alternative doit nommer son groupe"),
    (clause("a", "{object}", variables=[{"name": "object", "title": "Objet"}]),
     "clause « A » : la variable « object » porte le nom d’un champ du formulaire "
     "amont"),
    (clause("a", "{month}",
            variables=[{**VARIABLE, "condition": t("oubli", "filled")}]),
     "clause « A », variable « Mois » : le champ « oubli » n’existe pas ou plus"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "message"), MISTAKES)
def test_each_mistake_is_told_by_the_title_of_its_clause(item, message):
    assert message in messages([item])


REMARKS = [
    (clause("a", "x", variables=[VARIABLE]),
     "clause « A » : la variable « Mois » ne sert à rien"),
    (clause("a", "Lieu : {description}."),
     "clause « A » : « Description du besoin » peut être vide et n’est pas sous "
     "condition"),
    (clause("a", kind="alternative", group="g"),
     "clause « A » : elle est seule de son groupe"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "message"), REMARKS)
def test_each_remark_is_only_a_remark(item, message):
    proof = prove(canevas("a"), Library([item]), FORM)
    assert [(f.severity, reason(f)) for f in proof.findings] == [
        (Severity.REMARK, message)
    ]
    assert proof.errors == ()


def test_a_clause_that_can_never_appear_is_told():
    never = {"all": [t("lots_count", "gt", 5), t("lots_count", "lt", 3)]}
    assert messages([clause("a", condition=never)]) == [
        "clause « A » : elle ne peut jamais figurer dans le document, car il n’arrive "
        "jamais que le nombre de lots est supérieur à 5 et le nombre de lots est "
        "inférieur à 3"
    ]


def test_the_condition_of_a_field_itself_may_make_a_clause_impossible():
    never = {"all": [t("advance", "is", "none"), t("advance_rate", "filled")]}
    assert "ne peut jamais figurer" in messages([clause("a", condition=never)])[0]


def test_what_the_canevas_is_for_bounds_what_is_tried():
    item = clause("a", condition=t("procedure", "is", "MAPA"))
    plan = canevas("a", applies=t("procedure", "is", "AOO"))
    assert "ne peut jamais figurer" in messages([item], plan)[0]


def test_answers_said_impossible_are_not_tried():
    found = [
        clause("x", kind="alternative", group="g", condition=t("lots_count", "le", 1)),
        clause("y", kind="alternative", group="g",
               condition={"all": [t("lots_count", "gt", 1),
                                  t("is_allotted", "is", True)]}),
    ]  # fmt: skip
    assert any("aucune des clauses" in m for m in messages(found))
    strange = [
        {"all": [t("is_allotted", "is", False), t("lots_count", "gt", 1)]},
        t("lots_count", "empty"),
    ]
    assert messages(found, impossible=strange) == []


def test_a_hole_between_alternatives_is_told_with_an_example():
    found = [
        clause(
            "x", kind="alternative", group="g", condition=t("procedure", "is", "AOO")
        ),
        clause(
            "y", kind="alternative", group="g", condition=t("procedure", "is", "DC")
        ),
    ]
    assert messages(found) == [
        "aucune des clauses « X » / « Y » ne convient quand la procédure est "
        "« Procédure adaptée »"
    ]


def test_two_alternatives_at_once_are_a_remark_since_the_writer_may_choose():
    found = [
        clause("x", kind="alternative", group="g"),
        clause(
            "y", kind="alternative", group="g", condition=t("procedure", "is", "AOO")
        ),
    ]
    (message,) = messages(found)
    assert message.startswith("plusieurs clauses conviennent (« X », « Y »)")
    assert message.endswith(
        "par exemple quand la procédure est « Appel d’offres ouvert »"
    )


def test_a_reference_that_may_vanish_is_told():
    found = [
        clause("a", "Voir {ref:b}."),
        clause("b", condition=t("is_allotted", "is", True)),
    ]
    assert messages(found) == [
        "clause « A » : le renvoi à « B » disparaît quand cette clause n’est pas "
        "gardée : il n’a pas de texte de remplacement"
    ]


def test_a_reference_out_of_the_canevas_needs_other_words():
    found = [clause("a", "{ref:b}"), clause("b")]
    assert messages(found, canevas("a")) == [
        "clause « A » : renvoi à « B », absente de ce canevas, sans texte de "
        "remplacement"
    ]


def test_one_name_is_one_question_in_the_whole_document():
    other = {**VARIABLE, "type": "integer"}
    found = [
        clause("a", "{month}", variables=[VARIABLE]),
        clause("b", "{month}", variables=[other]),
    ]
    assert messages(found) == [
        "clause « B » : la variable « month » n’a pas la même forme dans la clause "
        "« A »"
    ]


def test_the_conditions_of_the_canevas_are_checked_too():
    part = {"id": "p", "title": "P", "condition": t("oubli", "filled"), "children": []}
    plan = canevas(part, {"clause": "z"}, applies=t("oubli", "filled"))
    found = messages([], plan)
    assert "article « P », condition : le champ « oubli » n’existe pas ou plus" in found
    assert any(m.startswith("canevas « Cahier », condition de prop") for m in found)
    assert "le canevas appelle la clause « z », introuvable" in found


def test_with_too_many_combinations_pairs_are_tried_and_it_is_said():
    names = [f"f{i}" for i in range(20)]
    fields = FieldSet(tuple(Field(n, n, FieldType.BOOLEAN) for n in names))
    condition = {"any": [t(n, "is", True) for n in names]}
    proof = prove(canevas("a"), Library([clause("a", condition=condition)]), fields)
    assert proof.findings == ()
    assert not proof.is_exhaustive
    assert proof.method.endswith("deux à deux seulement pour A")


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
@settings(deadline=None)
def test_every_pair_of_values_is_met(sizes):
    domains = {f"f{i}": list(range(size)) for i, size in enumerate(sizes)}
    rows = list(pairwise(domains))
    for a, b in itertools.combinations(domains, 2):
        met = {(row[a], row[b]) for row in rows}
        assert met == set(itertools.product(domains[a], domains[b]))


@given(plans())
@settings(max_examples=15, deadline=None)
def test_a_canevas_proved_whole_assembles_without_problem(plan):
    """What the proof promises: no error, then no problem for the answers tried."""
    library, cahier = plan
    proof = prove(cahier, library, FORM)
    findings = [f for f in proof.findings if "plusieurs" not in f.message]
    if any(f.severity is Severity.ERROR for f in findings) or len(findings) < len(
        proof.findings
    ):
        return
    conditions = [c for _, found in cahier.clause_uses() for c in found]
    conditions += [c.condition for c in library]
    for answers in trial(conditions, FORM).answers[:50]:
        draft = assemble(cahier, library, answers, FORM)
        assert [p.message for p in draft.problems if "lisible" not in p.message] == []
