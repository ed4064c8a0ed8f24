"""Every workflow table says everything, explicitly, and every state can be reached."""

import pytest

from sicp.roles import FUNCTIONS
from sicp.workflows.base import BENEFICIARY
from sicp.workflows.base import NOBODY
from sicp.workflows.base import RESPONSIBLE
from sicp.workflows.consultation.consultation import TABLE

TABLES = (TABLE,)
#: States an object is put in by an import, not by a transition.
ENTRIES = {"consultation": {"definition", "imported"}}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_function_says_what_it_does_in_every_state(table) -> None:
    codes = {f.code for f in FUNCTIONS if f.module == "consultation"}
    assert set(table.functions) == codes
    for row in table.functions.values():
        assert len(row) == len(table.states)
        assert set(row) <= {RESPONSIBLE, BENEFICIARY, NOBODY}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_state_is_reached(table) -> None:
    reached = set(ENTRIES[table.name])
    for _round in table.states:
        reached |= {t.to_state for t in table.transitions if t.from_state in reached}
    assert reached == {state.name for state in table.states}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_transition_has_a_title_and_a_permission(table) -> None:
    for transition in table.transitions:
        assert transition.title.interpolate()
        assert transition.permission in table.permissions()


def test_the_acl_refuses_what_the_table_does_not_give() -> None:
    acl = TABLE.acl("closed", [1, 2], [3])
    assert acl[-1] == ("Deny", "system.Everyone", TABLE.permissions())
    granted = {p for action, _who, names in acl if action == "Allow" for p in names}
    assert "sicp.consultation.edit_form" not in granted


def test_an_unknown_state_or_transition_is_an_error() -> None:
    with pytest.raises(KeyError):
        TABLE.index_of("lost")
    with pytest.raises(KeyError):
        TABLE.transition("lost")


def test_transitions_leave_the_state_they_name() -> None:
    names = {t.name for t in TABLE.transitions_from("definition")}
    assert names == {"abandon"}
