"""Ways to break the conditions, groups, references and variables of clauses."""

from tests.unit.engines.drafting.shipped import ERROR
from tests.unit.engines.drafting.shipped import REMARK
from tests.unit.engines.drafting.shipped import fault
from tests.unit.engines.sample import compare as t

LOTS = {"field": "is_allotted", "operator": "is", "value": True}
NO_LOTS = {"field": "is_allotted", "operator": "is", "value": False}
QUESTION = {"name": "fault_question", "title": "Question de trop"}


# --- Conditions -----------------------------------------------------------------------


def conditioned(said, condition, name):
    """Register a fault that is a wrong condition of a clause."""

    def breaks(s):
        s.victim()["condition"] = condition

    breaks.__name__ = name
    fault(ERROR, said)(breaks)


CONDITIONS = [
    ("le champ « colour » n’existe pas", t("colour", "is", "red"), "unknown_field"),
    ("le champ « lot.object » n’existe pas", t("lot.object", "filled"),
     "a_row_out_of_its_table"),
    ("le champ « criteria.colour » n’existe pas",
     t("criteria.colour", "contains", "red"), "unknown_column"),
    ("« gt » ne convient pas", t("procedure", "gt", 3), "operator_unfit_for_type"),
    ("« is » ne convient pas", t("lots", "is", "a"), "operator_unfit_for_rows"),
    ("« resembles » du champ", t("procedure", "resembles", "AOO"), "unknown_operator"),
    ("« violet » n’est pas une valeur", t("nature", "is", "violet"), "unknown_choice"),
    ("n’est pas un nombre entier", t("lots_count", "gt", "beaucoup"),
     "a_word_for_a_number"),
    ("à quelle valeur comparer", t("lots_count", "gt"), "nothing_to_compare_with"),
    ("se compare à une seule valeur", t("nature", "is", ["works", "services"]),
     "a_list_for_one_value"),
    ("n’attend pas de valeur", t("nature", "filled", "x"), "a_value_too_many"),
    ("une seule clé parmi", {"all": [LOTS], "any": [LOTS]}, "two_keys"),
    ("attend une liste de conditions", {"all": []}, "an_empty_list"),
    ("elle ne peut jamais figurer", {"all": [LOTS, NO_LOTS]}, "a_dead_clause"),
    ("elle ne peut jamais figurer", t("nature", "is", "works"),
     "against_the_canevas"),
]  # fmt: skip
for said_, condition_, name_ in CONDITIONS:
    conditioned(said_, condition_, name_)


@fault(ERROR, "elle ne peut jamais figurer")
def a_place_that_contradicts_its_clause(s):
    clause = s.victim()
    clause["condition"] = LOTS
    s.use_of(clause)["condition"] = NO_LOTS


@fault(ERROR, "le champ « colour » n’existe pas")
def an_article_under_an_unknown_field(s):
    s.article["condition"] = t("colour", "filled")
    s.named(s.article["title"])


@fault(ERROR, "il ne peut jamais figurer")
def an_article_under_an_impossible_condition(s):
    s.article["condition"] = {"all": [LOTS, NO_LOTS]}
    s.named(s.article["title"])


@fault(ERROR, "il ne peut être que vide")
def an_article_that_can_only_be_empty(s):
    clause = s.victim()
    clause["condition"] = {"all": [LOTS, NO_LOTS]}
    s.canevas["parts"].remove(s.canevas["parts"][-1])
    holder = {"id": "fault-part", "title": "Article vide", "children": []}
    s.canevas["parts"].append(holder)
    holder["children"].append({"clause": "fault-clause"})
    s.clauses["fault-clause"] = {**clause, "id": "fault-clause"}
    clause.pop("condition")
    s.named("Article vide")


@fault(ERROR, "il ne peut jamais être proposé")
def a_contradictory_proposal(s):
    s.canevas["applies"] = {"all": [LOTS, NO_LOTS]}
    s.named(s.canevas["title"])


@fault(ERROR, "condition de proposition : le champ « colour » n’existe pas")
def a_proposal_under_an_unknown_field(s):
    s.canevas["applies"] = t("colour", "filled")
    s.named(s.canevas["title"])


# --- Groups of alternatives -----------------------------------------------------------


@fault(ERROR, "ne convient quand")
def a_group_with_nobody(s):
    for clause in s.group():
        clause["condition"] = {"all": [clause["condition"], LOTS]}


@fault(REMARK, "plusieurs clauses conviennent")
def a_group_with_two(s):
    for clause in s.group():
        clause.pop("condition")


@fault(REMARK, "que ce canevas n’appelle pas")
def a_group_cut_by_the_canevas(s):
    _first, second = s.group()[:2]
    for part in (*s.canevas["parts"], s.canevas):
        for name in ("children", "parts"):
            if name in part:
                kept = [n for n in part[name] if n.get("clause") != second["id"]]
                part[name] = kept


@fault(REMARK, "elle est seule de son groupe")
def an_alternative_alone(s):
    s.victim().update(kind="alternative", group="fault-group")


@fault(ERROR, "une alternative doit nommer son groupe")
def an_alternative_without_group(s):
    s.victim()["kind"] = "alternative"


@fault(ERROR, "sans être une alternative")
def a_group_without_alternative(s):
    s.victim()["group"] = "fault-group"


@fault(ERROR, "ne convient quand")
def an_alternative_repeated_on_no_row(s):
    s.group()[0]["repeat"] = "tranches"


# --- References -----------------------------------------------------------------------


@fault(ERROR, "« nowhere-at-all », introuvable")
def a_dangling_reference(s):
    s.victim()["text"] += " Voir {ref:nowhere-at-all|plus haut}."


@fault(ERROR, "absente de ce canevas, sans texte de remplacement")
def a_reference_out_of_the_canevas(s):
    called = {use["clause"] for use in s.uses}
    other = next(name for name in s.clauses if name not in called)
    s.victim()["text"] += f" Voir {{ref:{other}}}."


@fault(ERROR, "disparaît quand cette clause n’est pas gardée")
def a_reference_to_a_clause_kept_otherwise(s):
    target = s.victim(1)
    target["condition"] = NO_LOTS
    source = s.victim(0)
    source["condition"] = LOTS
    source["text"] += f" Voir {{ref:{target['id']}}}."


@fault(ERROR, "disparaît quand cette clause n’est pas gardée")
def a_reference_to_one_alternative(s):
    target = s.group()[0]
    s.victim()["text"] += f" Voir {{ref:{target['id']}}}."


@fault(REMARK, "si le rédacteur ne garde pas cette clause facultative")
def a_reference_to_what_may_be_left_out(s):
    target = s.victim(1)
    source = s.victim(0)
    target["kind"] = "optional"
    source["text"] += f" Voir {{ref:{target['id']}}}."


@fault(ERROR, "elle renvoie à elle-même")
def a_reference_to_itself(s):
    clause = s.victim()
    clause["text"] += f" Voir {{ref:{clause['id']}}}."


@fault(ERROR, "n’a pas d’articles numérotés")
def a_reference_in_a_letter(s):
    target = s.victim(1)
    s.victim(0)["text"] += f" Voir {{ref:{target['id']}}}."
    s.canevas["layout"] = "letter"


# --- Variables ------------------------------------------------------------------------


def asked(s, **others):
    """Add a question to a clause, and cite it."""
    clause = s.victim()
    clause["variables"] = [{**QUESTION, **others}]
    clause["text"] += " {if fault_question filled: {fault_question}}"
    return clause


@fault(ERROR, "n’est ni un champ ni une variable")
def a_variable_without_source(s):
    s.victim()["text"] += " {fault_question}"


@fault(ERROR, "n’a pas la même forme")
def a_homonym_of_another_type(s):
    s.victim(1).update(
        variables=[{**QUESTION, "type": "date"}], text="{fault_question}"
    )
    asked(s)


@fault(REMARK, "n’a pas le même intitulé")
def a_homonym_with_another_title(s):
    other = {**QUESTION, "title": "Autre question", "required": True}
    text = "{fault_question}"
    first, second = s.victim(0), s.victim(1)
    first.update(variables=[{**QUESTION, "required": True}], text=text)
    second.update(variables=[other], text=text)


@fault(ERROR, "porte le nom d’un champ du formulaire amont")
def a_variable_named_as_a_field(s):
    s.victim()["variables"] = [{"name": "object", "title": "Objet"}]


@fault(ERROR, "y figure 2 fois")
def a_variable_twice(s):
    asked(s)["variables"] *= 2


@fault(ERROR, "ne peut être cité par un texte")
def a_variable_that_cannot_be_cited(s):
    s.victim()["variables"] = [{"name": "Date d’effet", "title": "Date d’effet"}]


@fault(REMARK, "ne sert à rien")
def a_variable_of_no_use(s):
    s.victim()["variables"] = [QUESTION]


@fault(REMARK, "peut être vide et n’est pas sous condition")
def an_optional_value_without_guard(s):
    asked(s)["text"] += " {fault_question}"


@fault(ERROR, "n’est jamais posée")
def a_required_question_that_is_never_asked(s):
    clause = asked(s, required=True, condition=NO_LOTS)
    clause["condition"] = LOTS


@fault(ERROR, "le champ « colour » n’existe pas")
def a_question_under_an_unknown_field(s):
    asked(s, condition=t("colour", "filled"))


@fault(ERROR, "valeur proposée : la valeur « demain » n’est pas une date")
def a_default_unfit_for_its_type(s):
    asked(s, type="date", default="demain")


CHOICES = [{"value": "a", "title": "A"}, {"value": "b", "title": "B"}]


@fault(ERROR, "n’est pas l’un de ses choix")
def a_default_that_is_no_choice(s):
    asked(s, type="choice", choices=CHOICES, default="z")


@fault(ERROR, "est hors de ses limites")
def a_default_out_of_bounds(s):
    asked(s, type="integer", minimum=1, maximum=5, default=9)


@fault(ERROR, "2 choix ont la valeur « a »")
def choices_with_one_value(s):
    twice = [*CHOICES, {"value": "a", "title": "C"}]
    asked(s, type="choice", choices=twice)


@fault(ERROR, "2 choix ont l’intitulé « A »")
def choices_with_one_title(s):
    twice = [*CHOICES, {"value": "c", "title": "A"}]
    asked(s, type="choice", choices=twice)


@fault(ERROR, "elle ne propose aucun choix")
def a_choice_without_choices(s):
    asked(s, type="choice")


@fault(ERROR, "son type n’en propose pas")
def choices_of_a_text(s):
    asked(s, choices=CHOICES)


@fault(ERROR, "son minimum (9) dépasse son maximum (5)")
def bounds_the_wrong_way_round(s):
    asked(s, type="integer", minimum=9, maximum=5)


@fault(ERROR, "ne peut être une liste de lignes")
def a_question_that_is_a_table(s):
    asked(s, type="rows")
