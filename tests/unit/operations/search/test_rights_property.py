"""For random sites, people and changes: nothing is told of what one may not see.

What is found, counted, suggested and corrected is compared with a walk of the whole
site that asks each ACL: by a process whose index is late, then once it is not.
"""

import contextlib
from collections import Counter
from types import SimpleNamespace
from typing import Any

import transaction
import ZODB
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp import permissions as p
from sicp.interfaces.consultation import IConsultation
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.perimeter import entrust
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.organisation import move_entity
from sicp.operations.search import SearchService
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.search import suggest
from sicp.operations.search import walk
from sicp.operations.search.comparing import compare
from sicp.operations.search.document import document_of
from sicp.operations.search.document import is_found
from sicp.operations.search.document import items_of
from sicp.operations.search.kind import may_find
from sicp.operations.site import site_of
from sicp.operations.user.right import may
from tests.conftest import NOW
from tests.unit.operations.knowledge import test_zone_property as zones

numbers = st.integers(0, 1000)
several = st.lists(numbers, min_size=1, max_size=2)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("folder"), numbers, st.none() | several),
        st.tuples(st.just("sheet"), numbers, st.integers(0, 1)),
        st.tuples(st.just("purchase"), several, several),
        st.tuples(st.just("entrust"), numbers, several),
        st.tuples(st.just("readers"), numbers, st.none() | several),
        st.tuples(st.just("move"), numbers, numbers),
        st.tuples(st.just("rename"), numbers, st.sampled_from("abc")),
        st.tuples(st.just("entity"), numbers, numbers),
        st.tuples(st.just("bin"), numbers, st.none()),
        st.tuples(st.just("restore"), numbers, numbers),
    ),
    min_size=3,
    max_size=10,
)
#: What the site holds, in the index, before anything happens at random.
FIRST = (
    ("folder", 0, None),
    ("folder", 1, None),
    ("sheet", 1, 1),
    ("sheet", 2, 1),
    ("sheet", 0, 0),
    ("purchase", [0], [2]),
    ("purchase", [2], [0]),
)
PEOPLE = st.lists(
    st.lists(st.tuples(numbers, numbers), max_size=2), min_size=1, max_size=3
)


class Searched(zones.Base):
    """A site under random acts, each word of which stands in one place alone."""

    def __init__(self, site: Any, registry: Any) -> None:
        super().__init__(site, registry)
        self.registry = registry
        self.purchases: list[Any] = []
        self.count = 0
        #: The words that only those who see the detail find, with their purchase.
        self.secrets: dict[str, Any] = {}

    def word(self) -> str:
        """Return a word of its own: « motbcdbc »."""
        self.count += 1
        return "mot" + "".join("bcdfghjkmp"[int(sign)] for sign in f"{self.count:04}")

    def do_sheet(self, number: int, state: int) -> None:
        wanted = SheetInput(f"Fiche {self.word()}", f"<p>{self.word()}</p>")
        sheet = create_sheet(self.shelf(number), "practice", wanted, **self.by)
        if state:
            publish_sheet(sheet, **self.by)

    def do_purchase(self, responsible: Any, beneficiaries: Any) -> None:
        body = {self.entities[0].__oid__, self.entities[2].__oid__}
        wanted = [e for e in self.readers(responsible) if e in body]
        made = create_consultation(
            self.site,
            {"object": f"Achat {self.word()}"},
            wanted or [self.entities[2].__oid__],
            [e for e in self.readers(beneficiaries) if e in body],
            **self.by,
        )
        secret = self.word()
        save_step(made, "need", {"description": secret}, **self.by)
        self.secrets[secret] = made
        self.purchases.append(made)

    def do_entrust(self, number: int, responsible: Any) -> None:
        if self.purchases:
            made = self.purchases[number % len(self.purchases)]
            entrust(made, self.readers(responsible), [], **self.by)

    def do_entity(self, number: int, target: int) -> None:
        entities = self.entities
        move_entity(entities[number % 3], entities[target % 3], **self.by)

    def visible(self, actor: Any) -> dict[int, Any]:
        """Ask the ACL of everything."""
        items = (item for item in items_of(self.site) if is_found(item))
        return {item.__oid__: item for item in items if may_find(actor, item)}


def check(world: Searched, registry: Any, actor: Any, *, is_late: bool) -> None:
    """Compare all answers with what a walk of the site finds."""
    visible = world.visible(actor)
    by = {"actor": actor, "registry": registry}
    rows = {row.number for row in walk(world.site, SearchWanted(), **by)}
    page = ask(world.site, SearchWanted(), **by)
    counted = _counts(visible.values())
    assert rows <= visible.keys()
    assert page.total == len(rows)
    for facet in page.facets:
        for one in facet.values:
            known = counted[facet.name, one.value]
            if facet.name == "folder":
                assert int(one.value) in visible
            # What moves among its readers is counted where it was for a while.
            if is_late and facet.name == "folder":
                known = len(visible)
            assert one.count <= known
            assert is_late or one.count == known
    assert is_late or rows == visible.keys()
    _check_words(world, by, visible, is_late=is_late)


def _check_words(
    world: Searched, by: Any, visible: dict[int, Any], *, is_late: bool
) -> None:
    words = set()
    for item in visible.values():
        has_detail = may(by["actor"], p.VIEW_DETAIL, item)
        words |= _words(item, has_detail=has_detail)
    for one in suggest(world.site, "mot", **by):
        assert (one.item is None) or one.item.__oid__ in visible
        assert one.item is not None or one.text in words
    for secret, purchase in world.secrets.items():
        is_seen = may(by["actor"], p.VIEW_DETAIL, purchase)
        page = ask(world.site, SearchWanted(secret, as_typed=True), **by)
        assert page.total <= is_seen
        assert is_late or page.total == is_seen
        for typed in (secret, secret[:-1] + "z"):
            page = ask(world.site, SearchWanted(typed), **by)
            corrected = page.mended or page.correction
            assert not corrected or corrected in words
            assert {one.number for one in page.found} <= visible.keys()
            assert is_late or page.total <= len(visible)


def _counts(items: Any) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for item in items:
        document = document_of(item)
        facets = {**document.facets, "kind": (document.kind,)}
        counted.update((n, v) for n, values in facets.items() for v in set(values))
    return counted


def _words(item: Any, *, has_detail: bool) -> set[str]:
    document = document_of(item)
    parts = document.passages
    if has_detail or not IConsultation.providedBy(item):
        parts += document.hidden_passages
    texts = [document.title, *document.references, *(part.text for part in parts)]
    return set(" ".join(texts).lower().split())


@contextlib.contextmanager
def processes(database: Any, folder: Any) -> Any:
    """Make a process that writes, and one that reads, of the same index."""
    services = [SearchService(str(folder), patience=0.0) for _ in range(2)]
    services[0].feed_of(database).catch_up()
    try:
        yield [SimpleNamespace(search_service=service) for service in services]
    finally:
        for service in services:
            service.close()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS, people=PEOPLE)
def test_nothing_is_told_of_what_one_may_not_see(
    registry, tmp_path_factory, acts, people
) -> None:
    folder = tmp_path_factory.mktemp("search")
    database = ZODB.DB(None)
    connection = database.open()
    try:
        site = site_of(connection, registry, NOW)
        transaction.commit()
        world = Searched(site, registry)
        actors = world.people(people)
        for act in FIRST:
            world.do(act)
        transaction.commit()
        with processes(database, folder) as (writer, reader):
            for rank, act in enumerate(acts):
                world.do(act)
                transaction.commit()
                for actor in actors:
                    check(world, reader, actor, is_late=True)
                if rank % 2:
                    writer.search_service.feed_of(database).catch_up()
                    for actor in actors:
                        check(world, reader, actor, is_late=False)
            assert compare(site, writer).numbers == frozenset()
    finally:
        transaction.abort()
        connection.close()
        database.close()
