"""Whom a publication concerns is asked of the catalogue; only they are told."""

import pytest

from sicp.clock import legal_day
from sicp.interfaces.user import Actor
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import waiting_changes
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.rebase import rebase
from sicp.operations.consultation.release import DONE
from sicp.operations.consultation.release import IMPOSED
from sicp.operations.consultation.release import WAITING
from sicp.operations.consultation.release import concerned_in_sight
from sicp.operations.consultation.release import count_touched
from sicp.operations.consultation.release import drafts_to_rebase
from sicp.operations.consultation.release import touched_drafts
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.right import actor_for
from tests.factories.release import adopt
from tests.factories.release import publish

OPEN = "execution-times"
CCAP = "ccap-common-services"
NOBODY = Actor("x", "", frozenset({"system.Everyone"}))


@pytest.fixture
def draft(consultation, doing):
    """A CCAP just begun."""
    return create_draft(consultation, CCAP, **doing.by)


@pytest.fixture
def letter(consultation, doing):
    """A letter that calls no clause of the CCAP."""
    return create_draft(consultation, "letter-rejection-offer", **doing.by)


@pytest.fixture
def person(site, region, doing):
    """Give a function that opens the account of a writer."""

    def open_account(login: str, email: str, place: str = "upkeep"):
        entity = region[place]
        user = create_user(site, login, login.title(), email, entity, **doing.by)
        today = legal_day(doing.now)
        assign(site, user, "administrative-writer", entity, today, **doing.by)
        return actor_for(site, login, doing.now)

    return open_account


def touched(site, release) -> list:
    return [item.draft for item in touched_drafts(site, release)]


def test_only_pieces_that_call_what_changes_are_concerned(
    site, draft, letter, doing
) -> None:
    release = publish(site, doing.by, OPEN)
    assert touched(site, release) == [draft]
    (concerned,) = concerned_in_sight(site, release, doing.actor).pieces
    assert (concerned.draft, concerned.state) == (draft, WAITING)
    assert [change.id for change in concerned.changes] == [OPEN]


def test_a_piece_brought_up_to_date_is_told_as_done(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    rebase(draft, {}, release=release.name, **doing.by)
    assert touched(site, release) == []
    (concerned,) = concerned_in_sight(site, release, doing.actor).pieces
    assert concerned.state == DONE


def test_a_forced_change_is_told_as_such(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN, policy=FORCED)
    (concerned,) = concerned_in_sight(site, release, doing.actor).pieces
    assert concerned.state == IMPOSED
    assert drafts_to_rebase(site, doing.actor, doing.now.date(), 5) == ()


def test_a_change_for_new_pieces_concerns_none(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN, policy=NEVER)
    assert touched(site, release) == []


def test_a_piece_begun_under_it_is_not_concerned(site, consultation, doing) -> None:
    release = publish(site, doing.by, "price-contents")
    create_draft(consultation, CCAP, **doing.by)
    assert touched(site, release) == []
    assert concerned_in_sight(site, release, doing.actor).pieces == ()


def test_an_abandoned_consultation_is_not_concerned(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    change_state(draft.__parent__.__parent__, "abandon", reason="Fini", **doing.by)
    assert touched(site, release) == []
    assert concerned_in_sight(site, release, doing.actor).pieces == ()
    assert drafts_to_rebase(site, doing.actor, doing.now.date(), 5) == ()


def test_nobody_sees_pieces_of_others(site, draft, person, doing) -> None:
    release = publish(site, doing.by, OPEN)
    other = person("autre", "autre@example.org", "lines")
    for stranger in (NOBODY, other):
        assert concerned_in_sight(site, release, stranger).pieces == ()
        assert drafts_to_rebase(site, stranger, doing.now.date(), 5) == ()
    mine = person("marie", "marie@example.org")
    assert drafts_to_rebase(site, mine, doing.now.date(), 5) == (draft,)


def test_the_pieces_of_each_waiting_change_are_counted(
    site, draft, letter, doing
) -> None:
    adopt(site, doing.by, OPEN, "Une phrase.")
    (waiting,) = waiting_changes(site)
    assert count_touched(site, [waiting]) == {waiting.key: 1}
    change_state(draft.__parent__.__parent__, "abandon", reason="Fini", **doing.by)
    assert count_touched(site, [waiting]) == {waiting.key: 0}
