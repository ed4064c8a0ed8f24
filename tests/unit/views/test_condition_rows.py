"""A condition as rows, and back: every shipped one, and those people make."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import sicp.seed
from sicp.operations.clause.condition import condition_vocabulary
from sicp.operations.clause.condition import say_condition
from sicp.views.shared.forms.condition_rows import ConditionRow
from sicp.views.shared.forms.condition_rows import changed
from sicp.views.shared.forms.condition_rows import condition_of
from sicp.views.shared.forms.condition_rows import rows_of
from sicp.views.shared.forms.conditions import ConditionField
from sicp.views.shared.forms.conditions import ConditionOperator
from sicp.views.shared.forms.conditions import _typed
from sicp.views.shared.forms.widgets import Option

SEED = Path(next(iter(sicp.seed.__path__)))
ON = date(2026, 11, 24)


def vocabulary(repeat: str = "") -> dict[str, ConditionField]:
    """Return what may be tested, as a form gives it to the control."""
    return {
        item.name: ConditionField(
            item.name,
            item.title,
            item.group,
            item.kind,
            tuple(ConditionOperator(*operator) for operator in item.operators),
            tuple(Option(value, title) for value, title in item.choices),
        )
        for item in condition_vocabulary(ON, (), repeat)
    }


def conditions_in(value):
    """Walk every condition of a shipped clause or canevas."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"condition", "applies"} and isinstance(inner, dict):
                yield inner
            else:
                yield from conditions_in(inner)
    elif isinstance(value, list):
        for item in value:
            yield from conditions_in(item)


def shipped():
    """Walk the conditions shipped, with the table their clause repeats on."""
    for path in sorted(SEED.glob("c*/*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for item in data if isinstance(data, list) else [data]:
            own = {variable["name"] for variable in item.get("variables", ())}
            for condition in conditions_in(item):
                yield item.get("repeat", ""), own, condition


def test_every_shipped_condition_is_the_same_after_its_rows() -> None:
    count = 0
    for repeat, own, condition in shipped():
        fields = vocabulary(repeat)
        built = condition_of(rows_of(condition))
        names = {row.field for row in rows_of(condition) if not row.is_group}
        if names & own:
            continue
        typed = _typed(built, fields)
        assert say_condition(typed, ON) == say_condition(condition, ON)
        assert condition_of(rows_of(typed)) == built
        count += 1
    assert count > 100


def elementary():
    """Make elementary tests."""
    return st.builds(
        lambda name, value: {"field": name, "operator": "is", "value": [value]},
        st.sampled_from("abc"),
        st.sampled_from("xyz"),
    )


def groups(inner):
    """Make groups of what is inside."""
    many = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        many.map(lambda parts: {"all": parts}),
        many.map(lambda parts: {"any": parts}),
        many.map(lambda parts: {"not": {"any": parts}}),
        many.map(lambda parts: {"not": {"all": parts}}),
        elementary().map(lambda part: {"not": part}),
    )


@given(st.recursive(elementary(), groups, max_leaves=8))
def test_rows_hold_any_tree(condition) -> None:
    assert condition_of(rows_of(condition)) == condition


@given(
    st.recursive(elementary(), groups, max_leaves=6),
    st.lists(
        st.tuples(
            st.integers(0, 12),
            st.sampled_from(["add-test", "add-group", "remove", "up", "down"]),
        ),
        max_size=8,
    ),
)
def test_whatever_buttons_are_pressed_the_rows_stay_a_tree(condition, presses) -> None:
    rows = rows_of(condition)
    for rank, action in presses:
        rows = changed(rows, rank, action)
        assert rows[0].is_group
        assert rows[0].depth == 0
        for before, after in pairwise(rows):
            limit = before.depth + 1 if before.is_group else before.depth
            assert 1 <= after.depth <= limit


def test_nothing_means_always() -> None:
    assert condition_of(rows_of(None)) is None


def test_a_row_moves_past_a_whole_group() -> None:
    a, b, c = (ConditionRow(1, field=name) for name in "abc")
    inner = ConditionRow(2, field="d")
    group = ConditionRow(1, "any")
    rows = (ConditionRow(0, "all"), a, group, inner, c)
    assert changed(rows, 1, "down") == (rows[0], group, inner, a, c)
    assert changed(rows, 4, "up") == (rows[0], a, c, group, inner)
    assert changed(rows, 4, "down") == rows
    assert b not in rows


@pytest.mark.parametrize("rank", [-1, 99])
def test_a_button_of_no_row_changes_nothing(rank) -> None:
    rows = rows_of({"field": "a", "operator": "is", "value": "x"})
    assert changed(rows, rank, "remove") == rows
