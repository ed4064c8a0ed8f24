"""Ways to break texts, derogations, dates, plans and what canevas inherit."""

from datetime import date

from tests.unit.engines.drafting.shipped import CANEVAS
from tests.unit.engines.drafting.shipped import ERROR
from tests.unit.engines.drafting.shipped import REMARK
from tests.unit.engines.drafting.shipped import fault

TODAY = date(2027, 1, 1)
LOTS = {"field": "is_allotted", "operator": "is", "value": True}
NO_LOTS = {"field": "is_allotted", "operator": "is", "value": False}


# --- Texts ----------------------------------------------------------------------------


def written(said, text, name, severity=ERROR):
    """Register a fault that is a wrong text of a clause."""

    def breaks(s):
        s.victim()["text"] += f"\n\n{text}"

    breaks.__name__ = name
    fault(severity, said)(breaks)


TEXTS = [
    ("le gras « ** » n’est pas fermé", "**gras", "unclosed_bold"),
    ("accolade", "voir {object", "unclosed_brace"),
    ("ne se compte pas", "{plural:object|un|des}", "a_plural_of_text"),
    ("« amount » ne convient pas", "{object|amount}", "a_format_unfit_for_type"),
    ("« gothic » ne convient pas", "{object|gothic}", "an_unknown_format"),
    ("le texte cite « palettes »", "| A |\n|---{palettes}|\n| x |",
     "a_table_over_unknown_rows"),
    ("un tableau ne se répète pas sur", "| A |\n|---{object}|\n| x |",
     "a_table_over_no_rows"),
    ("le texte cite « lot.object »", "{lot.object}", "a_column_out_of_its_table"),
    ("n’est pas un nombre entier", "{if lots_count gt beaucoup: x}",
     "a_fragment_that_compares_with_a_word"),
]  # fmt: skip
for said_, text_, name_ in TEXTS:
    written(said_, text_, name_)


@fault(REMARK, "n’apparaît jamais")
def a_dead_fragment(s):
    clause = s.victim()
    clause["condition"] = LOTS
    clause["text"] += " {if is_allotted is false: jamais}"


@fault(REMARK, "n’apparaît jamais")
def a_fragment_against_the_one_around_it(s):
    s.victim()["text"] += " {if is_allotted is true: x {if is_allotted is false: y}}"


@fault(REMARK, "son texte est vide")
def an_empty_text(s):
    s.victim()["text"] = ""


@fault(ERROR, "n’est ni un champ ni une variable")
def a_title_that_cites_nothing_known(s):
    clause = s.victim()
    clause["title"] += " {colour}"
    s.named(clause["title"])


@fault(ERROR, "n’est ni un champ ni une variable")
def a_cover_that_cites_nothing_known(s):
    s.canevas["cover"] = {"title": "CCAP", "subtitle": "{colour}"}
    s.subject = "couverture"


@fault(ERROR, "n’est pas fermé")
def a_cover_that_cannot_be_read(s):
    s.canevas["cover"] = {"title": "**CCAP", "subtitle": ""}
    s.subject = "couverture"


@fault(ERROR, "n’est ni un champ ni une variable")
def a_heading_that_cites_nothing_known(s):
    s.article["title"] = "Prix {colour}"
    s.named(s.article["title"])


@fault(ERROR, "elle se répète sur « Objet")
def a_clause_repeated_on_a_text(s):
    s.victim()["repeat"] = "object"


@fault(ERROR, "elle se répète sur « palettes », introuvable")
def a_clause_repeated_on_nothing(s):
    s.victim()["repeat"] = "palettes"


# --- Derogations, versions, plan ------------------------------------------------------


@fault(ERROR, "qui n’est pas celui de ce canevas")
def a_derogation_to_another_ccag(s):
    s.victim()["derogates"] = [{"ccag": "travaux", "article": "19"}]


@fault(ERROR, "qui n’existe pas")
def a_derogation_to_no_ccag(s):
    s.victim()["derogates"] = [{"ccag": "marine", "article": "19"}]


@fault(REMARK, "pas de liste des dérogations")
def derogations_listed_nowhere(s):
    s.victim()["derogates"] = [{"ccag": "fcs", "article": "19"}]
    s.canevas["parts"] = [n for n in s.canevas["parts"] if "derogations" not in n]


@fault(ERROR, "elle n’est pas en vigueur le 01/01/2027")
def a_clause_withdrawn(s):
    s.on = TODAY
    s.victim()["valid_until"] = "2026-12-31"


@fault(ERROR, "elle n’est pas en vigueur le 01/01/2027")
def a_clause_to_come(s):
    s.on = TODAY
    s.victim()["valid_from"] = "2027-01-02"


@fault(ERROR, "avant de commencer")
def dates_the_wrong_way_round(s):
    s.victim().update(valid_from="2027-01-02", valid_until="2026-01-01")


@fault(ERROR, "introuvable")
def a_call_of_no_clause(s):
    s.article["children"].append({"clause": "nowhere-at-all"})
    s.named("nowhere-at-all")


@fault(ERROR, "il y en a 2")
def a_clause_called_twice(s):
    clause = s.victim()
    s.canevas["parts"].append({"clause": clause["id"]})


@fault(ERROR, "ont l’identifiant")
def two_articles_of_one_id(s):
    article = s.article
    s.canevas["parts"].append({**article, "children": [{"clause": s.victim()["id"]}]})
    s.named(article["title"])


@fault(REMARK, "il ne contient rien")
def an_article_with_nothing(s):
    s.canevas["parts"].append({"id": "fault-part", "title": "Rien", "children": []})
    s.named("Rien")


@fault(ERROR, "son numéro aurait un zéro")
def a_level_jumped(s):
    s.use_of(s.victim())["level"] = 5


@fault(ERROR, "le niveau 9 n’existe pas")
def a_level_too_deep(s):
    s.use_of(s.victim())["level"] = 9


@fault(ERROR, "la phase « tender » n’existe pas")
def an_unknown_phase(s):
    s.canevas["phase"] = "tender"
    s.named(s.canevas["title"])


# --- Inheritance ----------------------------------------------------------------------


def child(s, *changes, extends=CANEVAS):
    s.canevas = {
        "id": "fault-child",
        "title": "Enfant",
        "extends": extends,
        "changes": list(changes),
    }
    s.parents["fault-child"] = s.canevas
    s.named("Enfant")


@fault(ERROR, "il finit par se prolonger lui-même")
def a_circle_of_canevas(s):
    child(s, extends="fault-other")
    s.parents["fault-other"] = {**s.canevas, "extends": "fault-child"}


@fault(ERROR, "qui n’existe pas")
def a_parent_that_is_not_there(s):
    child(s, extends="nowhere-at-all")


@fault(ERROR, "il retire « nowhere-at-all »")
def a_change_of_what_vanished(s):
    child(s, {"remove": "nowhere-at-all"})


@fault(ERROR, "il se place par rapport à « nowhere-at-all »")
def a_place_that_vanished(s):
    name = s.victim()["id"]
    child(s, {"move": name, "after": "nowhere-at-all"})


@fault(ERROR, "figure deux fois")
def an_insertion_of_what_is_there(s):
    name = s.victim()["id"]
    child(s, {"insert": {"clause": name}, "into": ""})


@fault(ERROR, "clé inconnue « niveau »")
def an_unknown_key(s):
    s.use_of(s.victim())["niveau"] = 2
    s.named(s.canevas["title"])
