"""For random trees, assignments and consultations: the lists say what the ACL says."""

import contextlib
from datetime import timedelta
from typing import Any

import transaction
import ZODB
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.exceptions import DomainError
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.listing import Wanted
from sicp.operations.consultation.listing import list_consultations
from sicp.operations.index import compare
from sicp.operations.organisation import create_entity
from sicp.operations.organisation import move_entity
from sicp.operations.site import site_of
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.assignment import name_substitute
from sicp.operations.user.profile import set_functions
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import PROFILES
from tests.conftest import NOW
from tests.conftest import Doing
from tests.conftest import all_powerful

numbers = st.integers(0, 10_000)
WORLDS = st.fixed_dictionaries(
    {
        "parents": st.lists(numbers, min_size=2, max_size=12),
        "people": st.lists(
            st.lists(st.tuples(numbers, numbers, st.integers(-3, 3)), max_size=3),
            min_size=1,
            max_size=5,
        ),
        "consultations": st.lists(
            st.tuples(
                st.lists(numbers, min_size=1, max_size=2), st.lists(numbers, max_size=2)
            ),
            min_size=1,
            max_size=6,
        ),
        "moves": st.lists(st.tuples(numbers, numbers), max_size=2),
        "substitutes": st.lists(st.tuples(numbers, numbers), max_size=2),
        "profile": st.none()
        | st.tuples(
            numbers, st.sets(st.sampled_from(sorted(FUNCTION_BY_CODE)), max_size=8)
        ),
        "abandoned": st.lists(numbers, max_size=2),
    }
)


def build(site: Any, world: dict[str, Any], by: dict[str, Any]) -> list[Any]:
    """Make the world; what the rules refuse is left out of it."""
    entities = [
        create_entity(site["organisation"], "body", f"B{n}", **by) for n in range(2)
    ]
    for rank, pick in enumerate(world["parents"]):
        parent = entities[pick % len(entities)]
        entities.append(create_entity(parent, "service", f"S{rank}", **by))
    today = legal_day(NOW)
    people = []
    for rank, held in enumerate(world["people"]):
        user = create_user(site, f"user{rank}", "U", "", entities[0], **by)
        people.append(user)
        for entity, profile, start in held:
            attempt(
                assign,
                site,
                user,
                PROFILES[profile % len(PROFILES)].name,
                entities[entity % len(entities)],
                today + timedelta(start),
                **by,
            )
    for absent, other in world["substitutes"]:
        attempt(
            name_substitute,
            site,
            people[absent % len(people)],
            people[other % len(people)].login,
            today,
            today,
            **by,
        )
    for responsible, beneficiaries in world["consultations"]:
        attempt(
            create_consultation,
            site,
            {"object": "Achat"},
            [entities[n % len(entities)].__oid__ for n in responsible],
            [entities[n % len(entities)].__oid__ for n in beneficiaries],
            **by,
        )
    return entities


def attempt(operation: Any, *args: Any, **by: Any) -> None:
    """Do what may be refused."""
    with contextlib.suppress(DomainError):
        operation(*args, **by)


def disturb(site: Any, world: dict[str, Any], entities: list[Any], by: Any) -> None:
    """Change profiles, tree and states after the fact."""
    for moved, target in world["moves"]:
        attempt(
            move_entity,
            entities[2 + moved % (len(entities) - 2)],
            entities[target % len(entities)],
            **by,
        )
    if world["profile"]:
        rank, functions = world["profile"]
        profile = site["profils"][PROFILES[rank % len(PROFILES)].name]
        set_functions(profile, functions, **by)
    every = all_consultations(site)
    for rank in world["abandoned"]:
        if every:
            attempt(
                change_state,
                every[rank % len(every)],
                "abandon",
                reason="Abandon",
                **by,
            )


def all_consultations(site: Any) -> list[Any]:
    """Walk the tree itself."""
    return [
        consultation
        for body in site["consultations"].values()
        for year in body.values()
        for consultation in year.values()
    ]


def expected_by_the_rule(site: Any, user: Any, consultation: Any) -> bool:
    """Say again, naively, who sees the detailed view: function and perimeter."""
    today = legal_day(NOW)
    objectmap = site.__objectmap__
    responsible = [objectmap.object_for(n).ancestry() for n in consultation.responsible]
    people = [user] + [
        other
        for other in site["utilisateurs"].values()
        if any(
            s.substitute == user.login and s.starts_on <= today <= s.ends_on
            for s in other.substitutions
        )
    ]
    return any(
        {"RA14", "GP01", "CS01"} & set(site["profils"][held.profile].functions)
        and any(held.entity in line for line in responsible)
        for person in people
        for held in person.assignments
        if held.starts_on <= today
    )


@settings(
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(WORLDS)
def test_lists_acl_and_rule_agree(registry, world) -> None:
    database = ZODB.DB(None)
    connection = database.open()
    try:
        site = site_of(connection, registry, NOW)
        transaction.commit()
        by = Doing(all_powerful(site), NOW, registry).by
        entities = build(site, world, by)
        disturb(site, world, entities, by)
        assert compare(site) == []
        every = all_consultations(site)
        for user in site["utilisateurs"].values():
            actor = actor_for(site, user.login, NOW)
            listing = list_consultations(site, actor, Wanted())
            cards = {c.reference for c in every if may(actor, p.VIEW_CARD, c)}
            assert {c.reference for c in listing.consultations} == cards
            assert listing.total == len(cards)
            detailed = {c.__oid__ for c in every if may(actor, p.VIEW_DETAIL, c)}
            assert listing.detailed == detailed & {
                c.__oid__ for c in listing.consultations
            }
            assert detailed == {
                c.__oid__ for c in every if expected_by_the_rule(site, user, c)
            }
    finally:
        transaction.abort()
        connection.close()
        database.close()
