"""One node of a plan moves step by step, and can be made again what its parent has."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.engines.drafting.inheritance import apply_change
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.plan_changes import changes_between
from sicp.engines.drafting.plan_moves import WAYS
from sicp.engines.drafting.plan_moves import fits
from sicp.engines.drafting.plan_moves import restore
from sicp.engines.drafting.plan_moves import step
from sicp.engines.drafting.plan_moves import ways_of
from sicp.engines.drafting.plan_tree import Tree

PARTS = [
    {
        "id": "first",
        "title": "Premier",
        "children": [{"clause": "a"}, {"clause": "b"}],
    },
    {"clause": "c"},
    {"id": "second", "title": "Deuxième", "children": [{"clause": "d"}]},
    {"id": "empty", "title": "Vide", "children": []},
]
KEYS = ["first", "a", "b", "c", "second", "d", "empty"]


def go(tree: Tree, key: str, way: str) -> None:
    """Make one step."""
    place = step(tree, key, way)
    assert place is not None
    apply_change(tree, {"move": key, place[0]: place[1]})


def order(tree: Tree) -> list[str]:
    """Return the keys in reading order, those held between parentheses."""
    return [node.key for node in tree.walk()]


def test_what_is_first_does_not_go_up_nor_what_is_last_down() -> None:
    tree = Tree(PARTS)
    assert ways_of(tree, "first") == ("down", "next")
    assert ways_of(tree, "empty") == ("up", "previous")
    assert ways_of(tree, "a") == ("down", "next", "out")


def test_the_article_before_is_the_nearest_one_and_takes_at_its_end() -> None:
    tree = Tree(PARTS)
    go(tree, "c", "previous")
    assert order(tree)[:4] == ["first", "a", "b", "c"]
    assert tree.holder("c").key == "first"
    go(tree, "d", "previous")
    assert tree.holder("d").key == "first"


def test_the_next_article_takes_at_its_beginning_even_empty() -> None:
    tree = Tree(PARTS)
    go(tree, "b", "next")
    assert [n.key for n in tree.holder("b").children] == ["b", "d"]
    go(tree, "b", "next")
    assert tree.holder("b").key == "empty"


def test_out_is_just_after_the_article_left() -> None:
    tree = Tree(PARTS)
    go(tree, "a", "out")
    assert [n.key for n in tree.root.children][:2] == ["first", "a"]


def test_headings_never_go_deeper_than_they_can_be_numbered() -> None:
    deep: dict[str, Any] = {"article": "h6", "title": "6", "children": []}
    for level in range(5, 0, -1):
        deep = {"article": f"h{level}", "title": str(level), "children": [deep]}
    tree = Tree([deep, {"id": "beside", "title": "À côté", "children": []}])
    assert not fits(tree, "beside", ("into", "h6"))
    assert fits(tree, "beside", ("into", "h5"))
    assert step(tree, "h1", "next") is None


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(WAYS)), max_size=25))
def test_whatever_the_steps_nothing_is_lost_nor_doubled(steps: Any) -> None:
    tree = Tree(PARTS)
    for key, way in steps:
        place = step(tree, key, way)
        if place is not None:
            apply_change(tree, {"move": key, place[0]: place[1]})
    assert sorted(order(tree)) == sorted(KEYS)


@given(
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(WAYS)), max_size=15),
    st.lists(st.sampled_from(KEYS), max_size=4),
)
def test_restoring_every_node_in_order_gives_the_parent_again(
    steps: Any, removed: Any
) -> None:
    parent, tree = Tree(PARTS), Tree(PARTS)
    for key, way in steps:
        place = step(tree, key, way)
        if place is not None:
            apply_change(tree, {"move": key, place[0]: place[1]})
    for key in removed:
        if tree.node(key) is not None:
            tree.take(key)
    for key in KEYS:
        restore(tree, parent, key)
    assert tree.to_data() == parent.to_data()
    assert changes_between(parent.to_data(), tree.to_data()) == []


def test_a_restored_node_gets_its_properties_again_and_keeps_what_was_put_in_it() -> (
    None
):
    parent, tree = Tree(PARTS), Tree(PARTS)
    apply_change(tree, {"change": "second", "set": {"title": "Autre"}})
    apply_change(tree, {"insert": {"clause": "new"}, "into": "second"})
    restore(tree, parent, "second")
    assert tree.node("second").properties == {"title": "Deuxième"}
    assert [n.key for n in tree.node("second").children] == ["d", "new"]


def test_what_the_parent_has_not_cannot_be_restored() -> None:
    with pytest.raises(LoadError):
        restore(Tree(PARTS), Tree(PARTS), "nobody")
