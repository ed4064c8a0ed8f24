"""For random bases and people: lists say what the ACL says; addresses lead for ever."""

import contextlib
from typing import Any

import transaction
import ZODB
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.knowledge import is_in_bin
from sicp.exceptions import DomainError
from sicp.operations.index import compare
from sicp.operations.knowledge.bin import bin_entries
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.bin import restore_item
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.listing import WantedSheets
from sicp.operations.knowledge.listing import list_sheets
from sicp.operations.knowledge.place import copy_item
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.place import rename_item
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import retire_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.knowledge.redirect import address_of
from sicp.operations.knowledge.redirect import resolve
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.knowledge.zone import token_of
from sicp.operations.knowledge.zone import zone_tokens
from sicp.operations.organisation import create_entity
from sicp.operations.site import site_of
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from tests.conftest import NOW
from tests.conftest import all_powerful

PROFILES = ("reader", "editor", "editorial-member", "knowledge-manager")
numbers = st.integers(0, 1000)
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("folder"),
            numbers,
            st.none() | st.lists(numbers, max_size=2),
        ),
        st.tuples(st.just("sheet"), numbers, st.integers(0, 3)),
        st.tuples(
            st.just("readers"), numbers, st.none() | st.lists(numbers, max_size=2)
        ),
        st.tuples(st.just("move"), numbers, numbers),
        st.tuples(st.just("rename"), numbers, st.sampled_from("abc")),
        st.tuples(st.just("copy"), numbers, numbers),
        st.tuples(st.just("bin"), numbers, st.none()),
        st.tuples(st.just("restore"), numbers, numbers),
    ),
    min_size=4,
    max_size=24,
)
PEOPLE = st.lists(
    st.lists(st.tuples(numbers, numbers), max_size=2), min_size=1, max_size=4
)


class Base:
    """A base under random acts, with every address its things ever had."""

    def __init__(self, site: Any, registry: Any) -> None:
        self.site = site
        self.base = site["connaissances"]
        self.by = {"actor": all_powerful(site), "now": NOW, "registry": registry}
        self.known: list[tuple[tuple[str, ...], Any]] = []
        top = site["organisation"]
        body = create_entity(top, "body", "B", **self.by)
        other = create_entity(top, "body", "C", **self.by)
        inner = create_entity(body, "service", "S", **self.by)
        self.entities = [body, other, inner]

    def items(self) -> list[Any]:
        found = [i for i in self.base.numbers.values() if hasattr(i, "token")]
        return sorted((item for item in found if not is_in_bin(item)), key=address_of)

    def pick(self, number: int) -> Any:
        items = self.items()
        return items[number % len(items)] if items else self.base

    def shelf(self, number: int) -> Any:
        shelves = [self.base, *(i for i in self.items() if hasattr(i, "readers"))]
        return shelves[number % len(shelves)]

    def readers(self, wanted: Any) -> Any:
        if wanted is None:
            return None
        return [self.entities[n % len(self.entities)].__oid__ for n in wanted]

    def do(self, act: tuple[str, int, Any]) -> None:
        with contextlib.suppress(DomainError):
            getattr(self, f"do_{act[0]}")(*act[1:])
        self.known += [(tuple(address_of(i).split("/")), i) for i in self.items()]

    def do_folder(self, number: int, wanted: Any) -> None:
        readers = self.readers(wanted)
        create_folder(self.shelf(number), "a", readers=readers, **self.by)

    def do_sheet(self, number: int, state: int) -> None:
        wanted = SheetInput("b", "<p>b</p>")
        sheet = create_sheet(self.shelf(number), "practice", wanted, **self.by)
        if state == 1:
            submit_sheet(sheet, **self.by)
        if state > 1:
            publish_sheet(sheet, **self.by)
        if state > 2:
            retire_sheet(sheet, "Fin", **self.by)

    def do_readers(self, number: int, wanted: Any) -> None:
        set_readers(self.shelf(number), self.readers(wanted), **self.by)

    def do_move(self, number: int, target: int) -> None:
        move_item(self.pick(number), self.shelf(target), **self.by)

    def do_rename(self, number: int, title: str) -> None:
        rename_item(self.pick(number), title, **self.by)

    def do_copy(self, number: int, target: int) -> None:
        if len(self.items()) < 40:
            copy_item(self.pick(number), self.shelf(target), **self.by)

    def do_bin(self, number: int, _nothing: None) -> None:
        remove_item(self.pick(number), **self.by)

    def do_restore(self, number: int, target: int) -> None:
        entries = list(bin_entries(self.site, self.by["actor"]))
        if entries:
            where = self.shelf(target) if target % 2 else None
            restore_item(entries[number % len(entries)], target=where, **self.by)

    def people(self, held: Any) -> list[Any]:
        actors = []
        for rank, assignments in enumerate(held):
            home = self.entities[0]
            user = create_user(self.site, f"user{rank}", "U", "", home, **self.by)
            for profile, entity in assignments:
                where = self.entities[entity % len(self.entities)]
                name = PROFILES[profile % len(PROFILES)]
                with contextlib.suppress(DomainError):
                    assign(self.site, user, name, where, legal_day(NOW), **self.by)
            actors.append(actor_for(self.site, f"user{rank}", NOW))
        return actors


@contextlib.contextmanager
def played(registry: Any, acts: Any) -> Any:
    database = ZODB.DB(None)
    connection = database.open()
    try:
        site = site_of(connection, registry, NOW)
        transaction.commit()
        world = Base(site, registry)
        for act in acts:
            world.do(act)
        yield world
    finally:
        transaction.abort()
        connection.close()
        database.close()


_SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)


@_SLOW
@given(ACTS, PEOPLE)
def test_the_lists_say_what_the_acl_says(registry, acts, people) -> None:
    with played(registry, acts) as world:
        assert compare(world.site) == []
        for actor in world.people(people):
            tokens = zone_tokens(world.site, actor)
            seen = {i for i in world.items() if may(actor, p.VIEW_KNOWLEDGE, i)}
            assert {i for i in world.items() if token_of(i) in tokens} == seen
            page = list_sheets(None, WantedSheets(size=500), actor, world.site)
            assert set(page.sheets) == {i for i in seen if hasattr(i, "votes")}
            assert page.total == len(page.sheets)


@_SLOW
@given(ACTS)
def test_every_address_that_ever_was_still_leads_there(registry, acts) -> None:
    with played(registry, acts) as world:
        for address, item in world.known:
            assert resolve(world.base, address) is item


@_SLOW
@given(ACTS, numbers)
def test_what_comes_back_from_the_bin_is_as_it_was(registry, acts, number) -> None:
    with played(registry, acts) as world:
        item = world.pick(number)
        if item is world.base:
            return
        before = _drawn(item)
        restore_item(remove_item(item, **world.by), **world.by)
        assert _drawn(item) == before
        assert compare(world.site) == []


def _drawn(item: Any) -> Any:
    inner = item.items() if hasattr(item, "items") else ()
    children = sorted((name, _drawn(child)) for name, child in inner)
    readers = str(getattr(item, "readers", ""))
    return (address_of(item), item.__oid__, item.rank, readers, item.token(), children)
