"""Vain searches are counted, without the person, whoever searches at the same time."""

from datetime import timedelta

import pytest
import transaction
import ZODB
from transaction import TransactionManager
from ZODB.DemoStorage import DemoStorage

from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.operations.search import unanswered
from sicp.operations.search.unanswered import dismiss_unanswered
from sicp.operations.search.unanswered import note_aside
from sicp.operations.search.unanswered import note_unanswered
from sicp.operations.search.unanswered import unanswered_searches
from sicp.operations.site import site_of
from tests.conftest import NOW
from tests.unit.operations.knowledge.test_synonym import NOBODY

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def found(site, doing):
    """Give a function that tells what the list says."""
    return lambda: [
        (item.text, item.count, item.last_at, item.is_partial)
        for item in unanswered_searches(site, doing.actor)
    ]


def test_the_same_words_are_counted_together(site, found) -> None:
    note_unanswered(site, "  Télé-relève   d’eau ", now=NOW)
    note_unanswered(site, "tele-releve d’EAU", now=LATER, is_partial=True)
    note_unanswered(site, "abc", now=NOW)
    note_unanswered(site, "  ", now=NOW)
    assert found() == [
        ("Télé-relève d’eau", 2, LATER, True),
        ("abc", 1, NOW, False),
    ]


def test_nothing_of_the_person_is_kept(site) -> None:
    note_unanswered(site, "abc", now=NOW)
    item = site["connaissances"].unanswered["abc"]
    assert set(vars(item)) == {"text", "count", "last_at", "is_partial"}


def test_who_types_at_random_does_not_fill_the_database(
    site, found, monkeypatch
) -> None:
    monkeypatch.setattr(unanswered, "MOST_TEXTS", 2)
    for text in ("a1", "a2", "a3", "a1", "x" * 10_000):
        note_unanswered(site, text, now=NOW)
    assert [(text, count) for text, count, *_ in found()] == [("a1", 2), ("a2", 1)]


def test_a_dismissed_search_comes_back_when_it_is_in_vain_again(
    site, doing, found
) -> None:
    note_unanswered(site, "Élagage", now=NOW)
    dismiss_unanswered(site, "elagage", **doing.by)
    assert found() == []
    with pytest.raises(StateError):
        dismiss_unanswered(site, "elagage", **doing.by)
    note_unanswered(site, "élagage", now=LATER)
    assert found() == [("élagage", 1, LATER, False)]


def test_only_those_who_manage_the_base_read_them(site, doing) -> None:
    with pytest.raises(NotAllowedError):
        unanswered_searches(site, NOBODY)
    with pytest.raises(NotAllowedError):
        dismiss_unanswered(site, "abc", **{**doing.by, "actor": NOBODY})


@pytest.fixture
def database(registry):
    """A site that several connections share."""
    database = ZODB.DB(DemoStorage())
    connection = database.open()
    site_of(connection, registry, NOW)
    transaction.commit()
    connection.close()
    yield database
    database.close()


def counted(database):
    """Return the counts that the database holds."""
    manager = TransactionManager()
    connection = database.open(transaction_manager=manager)
    base = connection.root()["app_root"]["connaissances"]
    told = {key: (v.count, v.last_at) for key, v in base.unanswered.items()}
    manager.abort()
    connection.close()
    return told


def site_in(connection):
    """Find the site of a connection."""
    return connection.root()["app_root"]


def test_counts_made_at_the_same_moment_are_added(database) -> None:
    note_aside(database, site_in, "neige", now=NOW)
    managers = [TransactionManager() for _ in range(3)]
    connections = [database.open(transaction_manager=m) for m in managers]
    for connection, at in zip(connections, (LATER, NOW, NOW), strict=True):
        note_unanswered(site_in(connection), "neige", now=at)
    for manager, connection in zip(managers, connections, strict=True):
        manager.commit()
        connection.close()
    assert counted(database) == {"neige": (4, LATER)}


def test_who_comes_second_with_new_words_begins_again(database) -> None:
    calls = []

    def overtaken(connection):
        # Somebody else notes the same new words before the first commit.
        calls.append(connection)
        site = site_in(connection)
        if len(calls) == 1:
            note_aside(database, site_in, "neige", now=LATER)
        return site

    note_aside(database, overtaken, "neige", now=NOW)
    assert len(calls) == 2
    assert counted(database)["neige"][0] == 2


def test_what_cannot_be_counted_stops_nobody(database) -> None:
    calls = []

    def always_overtaken(connection):
        # Both write the base itself, which adds nothing up.
        site = site_in(connection)
        site["connaissances"].title = "mine"
        calls.append(site)
        manager = TransactionManager()
        other = database.open(transaction_manager=manager)
        site_in(other)["connaissances"].title = f"theirs {len(calls)}"
        manager.commit()
        other.close()
        return site

    note_aside(database, always_overtaken, "verglas", now=NOW)
    assert len(calls) > 1
    assert counted(database) == {}


def test_a_database_that_fails_is_told_in_the_log(database, caplog) -> None:
    def broken(_connection):
        raise OSError("no disk")

    note_aside(database, broken, "verglas", now=NOW)
    assert "could not be counted" in caplog.text
    assert counted(database) == {}
