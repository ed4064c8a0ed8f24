"""The steps from one sequence to another: whole, ordered, and found in good time."""

from hypothesis import given
from hypothesis import strategies as st

from sicp.engines.drafting.sequence_diff import opcodes

ITEMS = st.lists(st.sampled_from("abc"), max_size=12)


@given(ITEMS, ITEMS)
def test_the_steps_make_the_new_sequence_of_the_old_one(old, new):
    made, read = [], []
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        assert (old[i1:i2] == new[j1:j2]) == (tag == "equal")
        read.extend(old[i1:i2])
        made.extend(new[j1:j2])
    assert (read, made) == (old, new)


def test_a_middle_that_repeats_itself_too_much_is_replaced_as_a_whole():
    old, new = ["x", *"ab" * 600, "y"], ["x", *"ba" * 600, "y"]
    assert [step[0] for step in opcodes(old, new)] == ["equal", "replace", "equal"]
