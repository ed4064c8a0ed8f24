"""How an index follows its database: writer, readers, what is not in it yet."""

import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
import transaction

from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.lot import add_lot
from sicp.operations.consultation.lot import remove_lot
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.sheet import open_working
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.search import SearchService
from sicp.operations.search import applying
from sicp.operations.search.comparing import compare
from sicp.operations.search.comparing import rebuild
from sicp.operations.search.comparing import repair
from sicp.operations.search.comparing import state_of_index
from sicp.operations.search.service import feed_of
from sicp.operations.search.tail import moment_of
from tests.unit.operations.search.conftest import Searching


@pytest.fixture
def process(site, doing, tmp_path) -> Any:
    """Make a process: each has a search of its own in the same folder."""
    services = []

    def make(*, is_follower: bool = False) -> Searching:
        service = SearchService(str(tmp_path / "search"), patience=0.0)
        services.append(service)
        registry = SimpleNamespace(search_service=service)
        if not is_follower:
            service.feed_of(site._p_jar.db()).catch_up()
        return Searching(site, registry, doing.actor)

    yield make
    transaction.abort()
    for service in services:
        service.close()


def feed(searching: Searching) -> Any:
    """Return the feed of a process."""
    return feed_of(searching.site, searching.registry)


class TestWhatIsNotInTheIndexYet:
    """A process that reads an index whose writer does nothing for a while."""

    @pytest.fixture
    def both(self, world, process):
        self.folder, self.other = world.folder("Ici"), world.folder("Ailleurs")
        self.sheet = world.sheet("Barème des primes", folder=self.folder)
        transaction.commit()
        writer = process()
        reader = process(is_follower=True)
        assert not feed(reader).index.is_writer
        assert reader.titles("barème") == {"Barème des primes"}
        return writer, reader

    def test_a_thing_thrown_away_is_seen_by_nobody(self, world, both):
        writer, reader = both
        remove_item(self.sheet, **world.by)
        transaction.commit()
        page = reader.page("barème")
        assert (page.total, page.is_late) == (0, True)
        feed(writer).catch_up()
        page = reader.page("barème")
        assert (page.total, page.is_late) == (0, False)

    @pytest.mark.parametrize("act", ["move", "remove", "keep"])
    def test_nor_what_a_folder_holds(self, world, both, region, act):
        writer, reader = both
        if act == "move":
            set_readers(self.other, [region["lines"].__oid__], **world.by)
            transaction.commit()
            feed(writer).catch_up()
            move_item(self.folder, self.other, **world.by)
        elif act == "remove":
            remove_item(self.folder, **world.by)
        else:
            set_readers(self.folder, [region["lines"].__oid__], **world.by)
        transaction.commit()
        assert reader.page("barème").total == 0
        assert reader.page("barème").facets == ()
        # What did not change is found as before.
        assert reader.titles("ailleurs") == {"Ailleurs"}
        feed(writer).catch_up()
        assert reader.page("barème").total == (0 if act == "remove" else 1)

    def test_what_moves_among_the_same_readers_is_found_meanwhile(self, world, both):
        writer, reader = both
        move_item(self.folder, self.other, **world.by)
        transaction.commit()
        page = reader.page("barème")
        assert (page.total, page.is_late) == (1, True)
        assert [one.item.__oid__ for one in page.found] == [self.sheet.__oid__]
        # The folder itself is not: its place is told by what it was.
        assert reader.titles("ici") == set()
        feed(writer).catch_up()
        assert reader.titles("ici") == {"Ici"}
        assert reader.page("barème", under=self.other.__oid__).total == 1

    def test_how_late_it_is_is_told(self, world, both):
        writer, reader = both
        assert state_of_index(world.site, reader.registry).late_seconds == 0.0
        world.sheet("Nouvelle")
        transaction.commit()
        time.sleep(0.01)
        late = state_of_index(world.site, reader.registry)
        assert late.late_seconds > 0.0
        feed(writer).catch_up()
        now = state_of_index(world.site, reader.registry)
        assert now.late_seconds == 0.0
        assert now.documents == late.documents + 1


def test_a_reader_writes_in_the_place_of_a_writer_that_is_no_more(world, process):
    world.sheet("Première")
    transaction.commit()
    writer = process()
    reader = process(is_follower=True)
    feed(writer).close()
    world.sheet("Seconde")
    transaction.commit()
    assert feed(reader).wait_for(moment_of(world.site._p_jar), 5.0)
    assert reader.titles() == {"Première", "Seconde"}
    assert feed(reader).index.is_writer


def test_a_thread_follows_the_commits(world, process, site):
    service = process().registry.search_service
    service.follow(site._p_jar.db())
    for number in range(3):
        world.sheet(f"Fiche {number}")
        transaction.commit()
        assert feed_of(site, SimpleNamespace(search_service=service)).wait_for(
            moment_of(site._p_jar), 5.0
        )


def test_a_move_of_many_blocks_nobody(world, process, site):
    folder, other = world.folder("Ici"), world.folder("Ailleurs")
    for number in range(150):
        world.sheet(f"Barème {number}", folder=folder)
    transaction.commit()
    here = process()
    here.registry.search_service.follow(site._p_jar.db())
    move_item(folder, other, **world.by)
    transaction.commit()
    moment = moment_of(site._p_jar)
    while not feed(here).wait_for(moment, 0.0):
        # What moves is not seen, what stays is found without a wait.
        assert here.page("barème", under=folder.__oid__).total in {0, 150}
        page = here.page("ailleurs")
        assert page.total == 1
        assert page.milliseconds < 2_000
    assert here.page("barème", under=other.__oid__).total == 150
    assert compare(site, here.registry).numbers == frozenset()


def test_an_index_of_another_database_is_made_again(
    world, process, site, registry, doing, tmp_path
):
    world.sheet("D’ici")
    transaction.commit()
    here = process()
    assert here.titles() == {"D’ici"}
    feed(here).index.commit(1, {"site": 12345, "format": 1, "witnesses": []})
    feed(here).close()
    again = process()
    assert again.titles() == {"D’ici"}
    assert feed(again).index.checkpoint() == moment_of(site._p_jar)


def test_what_differs_is_told_and_mended(world, process, site):
    kept = world.sheet("Gardée")
    transaction.commit()
    here = process()
    index = feed(here).index
    checkpoint, note = index.checkpoint_and_note()
    index.remove([kept.__oid__])
    index.commit(checkpoint, note)
    differences = compare(site, here.registry)
    assert differences.missing == (kept.__oid__,)
    assert repair(site, here.registry, differences)
    assert compare(site, here.registry).numbers == frozenset()
    assert here.titles() == {"Gardée"}


def test_who_does_not_write_asks_the_writer_to_make_it_again(world, process, site):
    world.sheet("Gardée")
    transaction.commit()
    writer = process()
    reader = process(is_follower=True)
    reader.titles()
    assert rebuild(site, reader.registry) is None
    index = feed(writer).index
    index.clear()
    index.commit(*index.checkpoint_and_note())
    feed(writer).start()
    end = time.monotonic() + 10
    while reader.titles() != {"Gardée"} and time.monotonic() < end:
        time.sleep(0.05)
    assert reader.titles() == {"Gardée"}


@dataclass
class Dying:
    """A process that is killed after so many documents."""

    after: int

    def __call__(self) -> None:
        """Count a document."""
        self.after -= 1
        if self.after < 0:
            raise KeyboardInterrupt


def test_what_came_back_before_the_end_is_written_again(
    world, process, site, region, monkeypatch
):
    """A writer dies half-way through a move; the folder is back before the next."""
    base = site["connaissances"]
    folder, kept = world.folder("Ici"), world.folder("Gardé")
    set_readers(kept, [region["lines"].__oid__], **world.by)
    sheets = [world.sheet(f"Barème {number}", folder=folder) for number in range(3)]
    transaction.commit()
    writer = process()
    before = writer.index.digests()
    move_item(folder, kept, **world.by)
    transaction.commit()
    monkeypatch.setattr(applying, "_CHUNK", 1)
    monkeypatch.setattr(applying, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr(feed(writer), "_pause", Dying(after=2))
    with pytest.raises(KeyboardInterrupt):
        feed(writer).catch_up()
    changed = {n for n, told in writer.index.digests().items() if told != before[n]}
    assert len(changed & {sheet.__oid__ for sheet in sheets}) == 2
    feed(writer).close()
    monkeypatch.undo()
    move_item(folder, base, **world.by)
    transaction.commit()
    following = process()
    assert following.page("barème").total == 3
    assert following.differences() == set()


class TestSmallRecords:
    """What a document is made of beside its own record."""

    @pytest.fixture
    def purchase(self, site, region, doing):
        made = create_consultation(
            site, {"object": "Nettoyage"}, [region["upkeep"].__oid__], **doing.by
        )
        transaction.commit()
        return made

    def test_an_answer_and_a_lot(self, purchase, search, doing):
        assert search.titles("façades") == set()
        save_step(purchase, "need", {"place": "Façades de Montclar"}, **doing.by)
        transaction.commit()
        assert search.titles("façades") == {"Nettoyage"}
        save_step(purchase, "lots", {"is_allotted": True}, **doing.by)
        lot = add_lot(purchase, {"object": "Vitrerie"}, **doing.by)
        transaction.commit()
        assert search.page("vitrerie").found[0].place == "Lot 1"
        lot.title = "Boiseries"
        transaction.commit()
        assert search.page("vitrerie").total == 0
        assert search.titles("boiseries") == {"Nettoyage"}
        remove_lot(lot, **doing.by)
        transaction.commit()
        assert search.page("boiseries").total == 0
        assert search.differences() == set()

    def test_the_text_under_the_pen(self, world, search):
        draft = world.draft("Brouillon", "<p>Avant</p>")
        transaction.commit()
        assert search.titles("avant") == {"Brouillon"}
        open_working(draft, **world.by).text = "<p>Après</p>"
        transaction.commit()
        assert search.titles("avant") == set()
        assert search.titles("après") == {"Brouillon"}

    def test_an_account_follows_its_home(self, world, search, region, site):
        world.person("lectrice", "beneficiary", region["lines"])
        transaction.commit()
        assert search.titles("lectrice") == {"Lectrice"}
        site["utilisateurs"]["lectrice"].email = "nouvelle@example.org"
        transaction.commit()
        assert search.titles("nouvelle") == {"Lectrice"}
        assert search.differences() == set()
