"""Each person keeps searches under names of his own."""

from datetime import timedelta

import pytest

from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.operations.search import saved
from sicp.operations.search.saved import find_saved
from sicp.operations.search.saved import remove_search
from sicp.operations.search.saved import rename_search
from sicp.operations.search.saved import save_search
from sicp.operations.search.saved import saved_searches
from sicp.operations.user.account import create_user
from sicp.operations.user.right import actor_for
from tests.conftest import NOW

ASKED = (("q", "élagage"), ("etat", "published"))


@pytest.fixture
def people(site, region, doing):
    """Two people of the same service."""
    logins = ("ana", "bob")
    for login in logins:
        create_user(site, login, login.title(), "", region["upkeep"], **doing.by)
    return [actor_for(site, login, NOW) for login in logins]


def names(site, actor):
    """Return the names that a person gave."""
    return [kept.search.name for kept in saved_searches(site, actor)]


def test_each_has_his_own(site, people) -> None:
    ana, bob = people
    kept = save_search(site, "  Ma   veille ", ASKED, actor=ana, now=NOW)
    save_search(site, "Autre", ASKED, actor=ana, now=NOW)
    assert names(site, ana) == ["Autre", "Ma veille"]
    assert kept.search.asked == ASKED
    assert names(site, bob) == []
    assert find_saved(site, kept.key, bob) is None
    for change in (
        lambda: rename_search(site, kept.key, "À moi", actor=bob),
        lambda: remove_search(site, kept.key, actor=bob),
    ):
        with pytest.raises(StateError):
            change()


def test_a_name_is_given_once(site, people) -> None:
    ana, bob = people
    kept = save_search(site, "Veille", ASKED, actor=ana, now=NOW)
    save_search(site, "Veille", ASKED, actor=bob, now=NOW)
    for name in ("VEILLE", "", "   ", "x" * 101):
        with pytest.raises(InvalidInputError) as refusal:
            save_search(site, name, ASKED, actor=ana, now=NOW)
        assert refusal.value.field == "name"
    rename_search(site, kept.key, "Véille", actor=ana)
    assert names(site, ana) == ["Véille"]


def test_nothing_asked_is_not_kept(site, people) -> None:
    with pytest.raises(InvalidInputError):
        save_search(site, "Rien", (), actor=people[0], now=NOW)
    assert names(site, people[0]) == []


def test_a_key_is_never_given_to_another_search(site, people) -> None:
    ana, _bob = people
    first = save_search(site, "A", ASKED, actor=ana, now=NOW)
    second = save_search(site, "B", ASKED, actor=ana, now=NOW)
    remove_search(site, first.key, actor=ana)
    third = save_search(site, "C", ASKED, actor=ana, now=NOW)
    remove_search(site, third.key, actor=ana)
    last = save_search(site, "D", ASKED, actor=ana, now=NOW + timedelta(seconds=1))
    assert len({first.key, second.key, third.key, last.key}) == 4
    assert names(site, ana) == ["B", "D"]
    with pytest.raises(StateError):
        remove_search(site, first.key, actor=ana)


def test_one_keeps_so_many_and_no_more(site, people, monkeypatch) -> None:
    monkeypatch.setattr(saved, "MOST_SAVED", 2)
    for name in "AB":
        save_search(site, name, ASKED, actor=people[0], now=NOW)
    with pytest.raises(StateError):
        save_search(site, "C", ASKED, actor=people[0], now=NOW)


def test_the_system_keeps_none(site, doing) -> None:
    with pytest.raises(NotAllowedError):
        save_search(site, "A", ASKED, actor=doing.actor, now=NOW)
    assert names(site, doing.actor) == []
