"""The perimeter rules PV1–PV8, as a table of cases over a tree of four levels."""

from typing import Any

import pytest

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.perimeter import entrust
from sicp.operations.organisation import move_entity
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.assignment import name_substitute
from sicp.operations.user.profile import set_functions
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may

NOTHING, CARD, ALL = "nothing", "card", "all"

#: responsible, beneficiary, where the user is assigned, what he sees.
CASES = (
    ("upkeep", None, "upkeep", ALL),
    ("upkeep", None, "schools", ALL),
    ("upkeep", None, "body", ALL),
    ("upkeep", None, "top", ALL),
    ("upkeep", None, "team", NOTHING),
    ("upkeep", None, "catering", NOTHING),
    ("upkeep", None, "transport", NOTHING),
    ("upkeep", None, "lines", NOTHING),
    ("upkeep", None, "other", NOTHING),
    ("upkeep", None, "other_service", NOTHING),
    ("schools", None, "schools", ALL),
    ("schools", None, "upkeep", NOTHING),
    ("schools", None, "body", ALL),
    ("body", None, "body", ALL),
    ("body", None, "schools", NOTHING),
    ("team", None, "upkeep", ALL),
    ("upkeep", "transport", "transport", CARD),
    ("upkeep", "transport", "lines", CARD),
    ("upkeep", "transport", "catering", NOTHING),
    ("upkeep", "transport", "body", ALL),
    ("upkeep", "lines", "transport", NOTHING),
    ("upkeep", "lines", "lines", CARD),
    ("upkeep", "body", "catering", CARD),
    ("upkeep", "body", "team", CARD),
    ("upkeep", "body", "other", NOTHING),
    ("upkeep", "upkeep", "team", CARD),
    ("upkeep", "upkeep", "upkeep", ALL),
    ("upkeep", "schools", "catering", CARD),
    ("catering", "upkeep", "upkeep", CARD),
    ("catering", "upkeep", "schools", ALL),
    ("catering", "team", "upkeep", NOTHING),
    ("lines", "catering", "schools", NOTHING),
)


def consult(site: Any, region: Any, doing: Any, responsible: str, beneficiary: Any):
    """Open a consultation entrusted as a case says."""
    others = [region[beneficiary].__oid__] if beneficiary else []
    return create_consultation(
        site, {"object": "Nettoyage"}, [region[responsible].__oid__], others, **doing.by
    )


def person(site: Any, region: Any, doing: Any, place: str, profile: str, login="lea"):
    """Open an account with one assignment."""
    user = create_user(site, login, login.title(), "", region["body"], **doing.by)
    assign(site, user, profile, region[place], legal_day(doing.now), **doing.by)
    return user


def sight(actor: Any, consultation: Any) -> str:
    """Say what an actor sees of a consultation."""
    if may(actor, p.VIEW_DETAIL, consultation):
        return ALL
    return CARD if may(actor, p.VIEW_CARD, consultation) else NOTHING


def test_the_table_has_thirty_cases_at_least() -> None:
    assert len(set(CASES)) == len(CASES) >= 30


@pytest.mark.parametrize(("responsible", "beneficiary", "place", "expected"), CASES)
def test_sight_follows_the_perimeter(
    site, region, doing, responsible, beneficiary, place, expected
) -> None:
    consultation = consult(site, region, doing, responsible, beneficiary)
    person(site, region, doing, place, "administrative-writer")
    assert sight(actor_for(site, "lea", doing.now), consultation) == expected


def test_a_right_is_function_and_perimeter(site, region, doing) -> None:
    consultation = consult(site, region, doing, "upkeep", None)
    person(site, region, doing, "transport", "procedure-manager")
    inside = person(site, region, doing, "schools", "procedure-manager", "noa")
    assert not may(actor_for(site, "lea", doing.now), p.PLAN_CALENDAR, consultation)
    actor = actor_for(site, inside.login, doing.now)
    assert may(actor, p.PLAN_CALENDAR, consultation)
    assert not may(actor, p.DRAFT_DOCUMENTS, consultation)


def test_one_responsible_entity_at_least_is_required(site, region, doing) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        create_consultation(site, {"object": "Nettoyage"}, [], **doing.by)
    assert refusal.value.field == "responsible"


def test_entities_of_two_bodies_never_meet(site, region, doing) -> None:
    numbers = [region["upkeep"].__oid__, region["other_service"].__oid__]
    with pytest.raises(InvalidInputError):
        create_consultation(site, {"object": "Nettoyage"}, numbers, **doing.by)


def test_a_writer_creates_only_in_his_perimeter(site, region, doing) -> None:
    person(site, region, doing, "schools", "administrative-writer")
    actor = actor_for(site, "lea", doing.now)
    by = {**doing.by, "actor": actor}
    made = create_consultation(
        site, {"object": "Peinture"}, [region["team"].__oid__], **by
    )
    assert made.reference == "2026-0001"
    with pytest.raises(NotAllowedError):
        create_consultation(site, {"object": "Bus"}, [region["lines"].__oid__], **by)


def test_a_change_of_profile_counts_at_once(site, region, doing) -> None:
    consultation = consult(site, region, doing, "upkeep", None)
    person(site, region, doing, "upkeep", "administrative-writer")
    profile = site["profils"]["administrative-writer"]
    set_functions(profile, ["FS01"], **doing.by)
    assert sight(actor_for(site, "lea", doing.now), consultation) == NOTHING


def test_a_move_of_the_tree_counts_at_once(site, region, doing) -> None:
    consultation = consult(site, region, doing, "upkeep", "catering")
    person(site, region, doing, "transport", "administrative-writer")
    person(site, region, doing, "schools", "administrative-writer", "noa")
    assert move_entity(region["upkeep"], region["transport"], **doing.by) == 1
    assert sight(actor_for(site, "lea", doing.now), consultation) == ALL
    assert sight(actor_for(site, "noa", doing.now), consultation) == NOTHING


def test_a_new_responsible_entity_counts_at_once(site, region, doing) -> None:
    consultation = consult(site, region, doing, "upkeep", None)
    person(site, region, doing, "lines", "administrative-writer")
    entrust(consultation, [region["lines"].__oid__], [], **doing.by)
    assert sight(actor_for(site, "lea", doing.now), consultation) == ALL


def test_an_assignment_counts_from_its_first_to_its_last_day(
    site, region, doing
) -> None:
    consultation = consult(site, region, doing, "upkeep", None)
    user = create_user(site, "lea", "Léa", "", region["body"], **doing.by)
    today = legal_day(doing.now)
    assign(
        site,
        user,
        "administrative-writer",
        region["upkeep"],
        today.replace(day=24),
        today.replace(day=25),
        **doing.by,
    )
    seen = [
        sight(actor_for(site, "lea", doing.now.replace(day=day)), consultation)
        for day in (23, 24, 25, 26)
    ]
    assert seen == [NOTHING, ALL, ALL, NOTHING]


def test_a_closed_entity_gives_no_right(site, region, doing) -> None:
    consultation = consult(site, region, doing, "team", None)
    person(site, region, doing, "upkeep", "administrative-writer")
    region["upkeep"].closed_on = legal_day(doing.now)
    assert sight(actor_for(site, "lea", doing.now), consultation) == NOTHING


def test_a_substitute_acts_for_the_absent_one_only_meanwhile(
    site, region, doing
) -> None:
    consultation = consult(site, region, doing, "upkeep", None)
    absent = person(site, region, doing, "upkeep", "administrative-writer")
    create_user(site, "noa", "Noa", "", region["body"], **doing.by)
    today = legal_day(doing.now)
    name_substitute(site, absent, "noa", today, today, **doing.by)
    actor = actor_for(site, "noa", doing.now)
    assert sight(actor, consultation) == ALL
    assert actor.on_behalf_of == ("lea",)
    later = actor_for(site, "noa", doing.now.replace(day=25))
    assert sight(later, consultation) == NOTHING
