"""Two canevas side by side, as a person reads what changed."""

from hypothesis import given
from hypothesis import settings

from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.comparison import Detail
from sicp.engines.drafting.comparison import LineKind
from sicp.engines.drafting.comparison import compare
from tests.unit.engines.drafting.test_plan_changes import KEYS
from tests.unit.engines.drafting.test_plan_changes import plans
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import compare as t

CLAUSES = Library([clause(name) for name in "abcdef"])
AOO = t("procedure", "is", "AOO")


def compared(old, new):
    return compare(old, new, FORM, CLAUSES)


def signs(comparison):
    """Write each line as its sign, its depth and its key."""
    marks = {"same": "=", "added": "+", "removed": "-", "moved": ">", "changed": "~"}
    return [f"{marks[n.kind]}{n.depth}{n.key}" for n in comparison.lines]


def part(*children, key="p", **others):
    return {"id": key, "title": key.upper(), "children": list(children), **others}


def test_a_plan_and_itself_differ_in_nothing():
    plan = canevas(part("a", "b"), "c")
    found = compared(plan, plan)
    assert found.is_same
    assert signs(found) == ["=0p", "=1a", "=1b", "=0c"]


def test_what_is_gone_stands_where_it_was():
    found = compared(canevas(part("a", "b", "c"), "d"), canevas(part("a", "c", "e")))
    assert signs(found) == ["=0p", "=1a", "-1b", "=1c", "+1e", "-0d"]
    assert [line.title for line in found.lines] == ["P", "A", "B", "C", "E", "D"]
    assert found.count() == 3
    assert found.count(LineKind.REMOVED) == 2


def test_the_least_is_said_to_have_moved():
    found = compared(canevas("a", "b", "c", "d"), canevas("d", "a", "b", "c"))
    assert signs(found) == [">0d", "=0a", "=0b", "=0c"]
    assert found.lines[0].details == (
        Detail("Place", "au premier niveau, rang 4", "au premier niveau, rang 1"),
    )


def test_what_goes_into_another_article_is_told_once_at_its_new_place():
    old = canevas(part("a", "b"), part("c", key="q"))
    found = compared(old, canevas(part("b"), part("c", "a", key="q")))
    assert signs(found) == ["=0p", "=1b", "=0q", "=1c", ">1a"]
    assert found.lines[-1].details == (
        Detail("Place", "dans « P », rang 1", "dans « Q », rang 2"),
    )


def test_what_an_article_that_is_gone_held_may_live_on():
    found = compared(canevas(part("a", "b")), canevas("b"))
    assert signs(found) == [">0b", "-0p", "-1a"]


def test_a_change_is_told_in_french():
    old = canevas(part("a"), {"clause": "b"})
    use = {"clause": "b", "condition": AOO, "level": 2}
    found = compared(old, canevas(part("a", title="Prix", numbered=False), use))
    assert signs(found) == ["~0p", "=1a", "~0b"]
    assert found.lines[0].details == (
        Detail("Titre", "P", "Prix"),
        Detail("Numérotation", "oui", "non"),
    )
    condition, level = found.lines[2].details
    assert condition.label == "Condition"
    assert condition.old == "toujours"
    assert condition.new.replace("\N{NO-BREAK SPACE}", " ") == (
        "la procédure est « Appel d’offres ouvert »"
    )
    assert level == Detail("Niveau", "celui de sa place", "2")


def test_the_properties_of_the_whole_are_compared_too():
    old = canevas("a", phase="single")
    new = canevas("a", phase="offer", applies=AOO, cover={"title": "T"}, document="RC")
    labels = [detail.label for detail in compared(old, new).properties]
    assert labels == [
        "Document",
        "Phase",
        "Proposé quand",
        "Titre de la couverture",
    ]
    assert not compared(old, new).is_same


def test_the_words_of_a_cover_are_told_as_they_are_read():
    cover = {"title": "Règlement", "subtitle": "**{object}**\n\nLots : {lots|number}"}
    (title, text) = compared(canevas("a"), canevas("a", cover=cover)).properties
    assert (title.old, title.new) == ("", "Règlement")
    told = text.new.replace("\N{NO-BREAK SPACE}", " ")
    assert told == "[Objet du contrat]\nLots : [Lots, en chiffres]"


def test_another_look_is_told():
    (look,) = compared(canevas("a"), canevas("a", layout="letter")).properties
    assert look == Detail("Présentation", "document", "lettre")


@given(plans(KEYS), plans(KEYS))
@settings(max_examples=100, deadline=None)
def test_every_node_of_both_plans_is_told_exactly_once(old, new):
    plans_read = [canevas(*parts) for parts in (old or ["a"], new or ["b"])]
    found = compared(*plans_read)
    keys = [line.key for line in found.lines]
    known = {node for plan in plans_read for node in _keys(plan)}
    assert sorted(keys) == sorted(known)
    in_new = [line.key for line in found.lines if line.kind is not LineKind.REMOVED]
    assert in_new == list(_keys(plans_read[1]))
    assert compared(plans_read[0], plans_read[0]).is_same


def _keys(plan):
    return [getattr(node, "clause", "") or node.id for node, _ in plan.walk()]
