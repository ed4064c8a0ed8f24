"""What an edited plan changes of its parent, found so that it gives the same plan."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.drafting.inheritance import changes_between
from sicp.engines.drafting.inheritance import resolve
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.plan_changes import normal_parts
from sicp.engines.drafting.plan_tree import Tree
from sicp.engines.drafting.plan_tree import read_node

SOCIAL = {"field": "nature", "operator": "is", "value": "services"}
PARENT = [
    {"id": "p", "title": "P", "children": [{"clause": c} for c in "abcd"]},
    {"clause": "e"},
    {"derogations": True},
]


def applied(parent, changes):
    base = {"id": "base", "title": "Socle", "parts": parent}
    child = {"id": "c", "title": "C", "extends": "base", "changes": changes}
    return resolve(child, {"base": base})["parts"]


CASES = [
    ([], lambda tree: None),
    ([{"remove": "b"}], lambda tree: tree.take("b")),
    ([{"move": "d", "before": "a"}],
     lambda tree: tree.put(tree.take("d"), "before", "a")),
    ([{"move": "a", "after": "d"}],
     lambda tree: tree.put(tree.take("a"), "into", "p")),
    ([{"move": "p", "after": "derogations"}],
     lambda tree: tree.put(tree.take("p"), "into", "")),
    ([{"change": "e", "set": {"condition": SOCIAL}}],
     lambda tree: tree.node("e").properties.update(condition=SOCIAL)),
    ([{"change": "p", "set": {"title": None}}],
     lambda tree: tree.node("p").properties.clear()),
    ([{"insert": {"article": "q", "children": [{"clause": "x"}]}, "after": "b"}],
     lambda tree: tree.put(
         read_node({"id": "q", "children": [{"clause": "x"}]}), "after", "b")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "edit"), CASES)
def test_one_edit_gives_one_change(changes, edit):
    tree = Tree(deepcopy(PARENT))
    edit(tree)
    assert changes_between(PARENT, tree.to_data()) == changes
    assert applied(PARENT, changes) == tree.to_data()


def test_an_article_that_becomes_a_clause_is_replaced():
    edited = [{"clause": "p"}, *PARENT[1:]]
    changes = changes_between(PARENT, edited)
    assert {"replace": "p", "with": {"clause": "p"}} in changes
    assert applied(PARENT, changes) == normal_parts(edited)


def test_an_article_put_into_what_it_held_is_no_circle():
    parent = [{"id": "p", "children": [{"article": "q", "children": []}]}]
    edited = [{"id": "q", "children": [{"article": "p", "children": []}]}]
    assert applied(parent, changes_between(parent, edited)) == edited


@pytest.mark.parametrize("parts", [[{"title": "A"}], [{"clause": "a"}] * 2])
def test_nodes_that_cannot_be_told_apart_are_refused(parts):
    with pytest.raises(LoadError):
        changes_between(PARENT, parts)


# --- Random edits ---------------------------------------------------------------------

KEYS = [f"k{i}" for i in range(12)]
NEW_KEYS = [f"n{i}" for i in range(6)]
TITLES = st.sampled_from(["", "Prix", "Délais"])
CONDITIONS = st.sampled_from([None, SOCIAL, {"not": SOCIAL}])


@st.composite
def nodes(draw, keys, depth=0):
    """Draw nodes that bear ``keys``, some of them headings that hold others."""
    found = []
    while keys:
        key = keys.pop(0)
        common = {"condition": draw(CONDITIONS)}
        kind = draw(st.sampled_from(["clause", "clause", "heading"]))
        if kind == "clause":
            level = draw(st.sampled_from([None, 1, 2]))
            found.append({"clause": key, "level": level, **common})
            continue
        count = draw(st.integers(0, 4)) if depth < 3 else 0
        inside, keys[:] = keys[:count], keys[count:]
        heading = {
            "article" if depth else "id": key,
            "title": draw(TITLES),
            "numbered": draw(st.booleans()),
            "children": draw(nodes(inside, depth + 1)),
            **common,
        }
        found.append(heading)
    return found


def plans(keys):
    some = st.lists(st.sampled_from(keys), unique=True, max_size=len(keys))
    return some.flatmap(lambda found: nodes(list(found)))


@given(plans(KEYS), plans(KEYS + NEW_KEYS))
@settings(max_examples=200, deadline=None)
def test_the_changes_between_any_two_plans_lead_from_one_to_the_other(parent, edited):
    changes = changes_between(parent, edited)
    assert applied(parent, changes) == normal_parts(edited)


@st.composite
def edited_plans(draw):
    """Draw a plan and the same after some edits, as a person makes them."""
    parent = draw(plans(KEYS))
    tree = Tree(deepcopy(parent))
    for new in draw(st.lists(st.sampled_from(NEW_KEYS), unique=True, max_size=4)):
        known = [node.key for node in tree.walk()]
        holders = ["", *(n.key for n in tree.walk() if n.kind == "heading")]
        if known and draw(st.booleans()):
            tree.take(draw(st.sampled_from(known)))
            continue
        node = read_node({"clause": new})
        if known and draw(st.booleans()):
            node = tree.take(draw(st.sampled_from(known)))
            holders = ["", *(n.key for n in tree.walk() if n.kind == "heading")]
        tree.put(node, "into", draw(st.sampled_from(holders)))
        node.properties = {"condition": draw(CONDITIONS)}
        if node.properties["condition"] is None:
            node.properties = {}
    return parent, tree.to_data()


@given(edited_plans())
@settings(max_examples=200, deadline=None)
def test_the_changes_of_an_editor_give_his_plan_and_what_the_parent_gains(plans):
    parent, edited = plans
    changes = changes_between(parent, edited)
    assert applied(parent, changes) == normal_parts(edited)
    base = {"id": "base", "title": "Socle", "parts": [*parent, {"clause": "z"}]}
    child = {"id": "c", "title": "C", "extends": "base", "changes": changes}
    gained = canevas_from_data(child, {"base": base})
    assert [u.clause for u, _ in gained.clause_uses()].count("z") == 1
