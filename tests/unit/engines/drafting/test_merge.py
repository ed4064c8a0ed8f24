"""Two writers, one clause: what joins by itself and what must be chosen."""

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.merge import KeyConflict
from sicp.engines.drafting.merge import Merge
from sicp.engines.drafting.merge import merge
from sicp.engines.drafting.merge import merge_clauses
from tests.unit.engines.sample import BLOCKS

#: Texts of few paragraphs out of few, so that they have some in common.
PARAGRAPHS = st.lists(st.sampled_from("ABCDEF"), max_size=6)


def _text(paragraphs):
    return "".join(f"{p}\n\n" for p in paragraphs).removesuffix("\n")


TEXTS = PARAGRAPHS.map(_text) | BLOCKS.map(write)

JOINED = [
    ("A B C", "A1 B C", "A B C1", "A1 B C1"),
    ("A B", "A1 B", "A B1", "A1 B1"),
    ("A B", "A B C", "A B1", "A B1 C"),
    ("A B", "C A B", "A1 B", "C A1 B"),
    ("A B C", "B C", "A B D C", "B D C"),
    ("A B", "B", "A B1", "B1"),
    ("A", "A B", "A B", "A B"),
    ("A B", "A1 B1", "A1 B2 C", None),
    ("A", "A B", "A C", None),
    ("A B", "A1 B", "A2 B", None),
    ("A B", "B", "A1 B", None),
    ("A B", "A", "A B C", None),
    ("", "A", "", "A"),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "joined"), JOINED)
def test_changes_of_different_paragraphs_join_and_others_are_to_be_chosen(
    base, mine, theirs, joined
):
    found = merge(*(_text(said.split()) for said in (base, mine, theirs)))
    if joined is None:
        assert not found.is_clean
    else:
        assert found.text() == _text(joined.split())


def test_a_conflict_tells_its_three_texts_and_takes_any_other():
    found = merge("A\n\nB\n\nC\n", "A\n\nB1\n\nC\n", "A\n\nB2\n\nC1\n")
    assert [conflict.texts for conflict in found.conflicts] == [("B\n", "B1\n", "B2\n")]
    assert found.text(["B3\n\n- b"]) == "A\n\nB3\n\n- b\n\nC1\n"
    assert found.text([""]) == "A\n\nC1\n"
    with pytest.raises(ValueError, match="1 choices"):
        found.text()


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_who_is_alone_to_change_a_text_has_it_as_he_wrote_it(base, mine):
    assert merge(base, mine, base).text() == mine
    assert merge(base, base, mine).text() == mine
    assert merge(base, mine, mine).text() == mine
    assert merge(base, base, base).text() == base


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None)
def test_the_order_of_two_writers_changes_nothing_but_their_names(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    swapped = Merge(
        tuple(
            part
            if isinstance(part, tuple)
            else type(part)(part.base, part.theirs, part.mine)
            for part in other.parts
        )
    )
    assert one == swapped


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None)
def test_no_paragraph_a_writer_added_is_lost(base, mine, theirs):
    found = merge(base, mine, theirs)
    kept = set()
    for part in found.parts:
        sides = [part] if isinstance(part, tuple) else [part.mine, part.theirs]
        kept.update(block for side in sides for block in side)
    added = (set(parse(mine)) | set(parse(theirs))) - set(parse(base))
    assert added <= kept


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None)
def test_a_merged_text_can_always_be_read(base, mine, theirs):
    found = merge(base, mine, theirs)
    for side in range(3):
        said = found.text([conflict.texts[side] for conflict in found.conflicts])
        assert write(parse(said)) is not None


BASE = {
    "id": "prix",
    "title": "Prix",
    "text": "A\n\nB\n",
    "kind": "optional",
    "legal_basis": ["R2112-13", "R2112-14"],
    "variables": [{"name": "rate", "title": "Taux"}, {"name": "month", "title": "M"}],
}


def test_properties_changed_by_one_writer_only_are_joined():
    mine = {**BASE, "title": "Le prix", "text": "A1\n\nB\n", "note": "Voir."}
    theirs = {**BASE, "kind": "compulsory", "text": "A\n\nB1\n"}
    del theirs["legal_basis"]
    merged, conflicts = merge_clauses(BASE, mine, theirs)
    assert conflicts == {}
    assert merged == {
        "id": "prix",
        "title": "Le prix",
        "text": "A1\n\nB1\n",
        "kind": "compulsory",
        "note": "Voir.",
        "variables": BASE["variables"],
    }


def test_articles_of_law_added_and_removed_by_both_are_so():
    mine = {**BASE, "legal_basis": ["R2112-13", "L2112-5"]}
    theirs = {**BASE, "legal_basis": ["L2112-6", "R2112-14", "R2112-13"]}
    merged, conflicts = merge_clauses(BASE, mine, theirs)
    assert conflicts == {}
    assert merged["legal_basis"] == ["R2112-13", "L2112-5", "L2112-6"]


def test_one_property_changed_by_both_is_a_conflict_and_mine_stands():
    mine = {**BASE, "title": "Le prix", "text": "A1\n\nB\n"}
    theirs = {**BASE, "title": "Les prix", "text": "A2\n\nB\n"}
    merged, conflicts = merge_clauses(BASE, mine, theirs)
    assert merged["title"] == "Le prix"
    assert conflicts["title"] == KeyConflict("Prix", "Le prix", "Les prix")
    assert conflicts["text"].merge.conflicts[0].texts == ("A\n", "A1\n", "A2\n")


def test_a_text_that_cannot_be_read_is_a_conflict_as_a_whole():
    mine, theirs = {**BASE, "text": "{"}, {**BASE, "text": "C\n"}
    merged, conflicts = merge_clauses(BASE, mine, theirs)
    assert merged["text"] == "{"
    assert conflicts["text"] == KeyConflict("A\n\nB\n", "{", "C\n")


def test_variables_are_merged_one_by_one():
    rate, month = BASE["variables"]
    mine = {**BASE, "variables": [{**rate, "title": "Taux (%)"}, month]}
    theirs = {**BASE, "variables": [rate, {"name": "day", "title": "Jour"}]}
    merged, conflicts = merge_clauses(BASE, mine, theirs)
    assert conflicts == {}
    assert [v["title"] for v in merged["variables"]] == ["Taux (%)", "Jour"]


def test_a_variable_changed_by_one_and_removed_by_the_other_is_a_conflict():
    rate, month = BASE["variables"]
    changed = {**BASE, "variables": [{**rate, "title": "Taux (%)"}, month]}
    removed = {**BASE, "variables": [month]}
    merged, conflicts = merge_clauses(BASE, removed, changed)
    assert list(conflicts) == ["variables.rate"]
    assert conflicts["variables.rate"].mine is None
    assert {"name": "rate", "title": "Taux (%)"} in merged["variables"]


@given(st.sampled_from([BASE, {}, {**BASE, "text": "C\n"}, {**BASE, "variables": []}]))
def test_a_clause_merged_with_itself_is_itself(data):
    assert merge_clauses(BASE, data, BASE) == (data, {})
    assert merge_clauses(BASE, BASE, data) == (data, {})
    assert merge_clauses(BASE, data, data) == (data, {})
