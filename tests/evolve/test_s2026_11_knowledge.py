"""A database written before the knowledge base becomes one that has it."""

from datetime import UTC
from datetime import datetime

import pytest

from sicp.evolve.s2026_11_knowledge import evolve
from sicp.operations.index import compare
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.listing import subfolders
from sicp.operations.site import service_acls
from tests.conftest import all_powerful

OLD = "2026_11_before_knowledge"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def site(old_site, registry):
    """The old database, brought to this version."""
    site = old_site(OLD)
    assert "connaissances" not in site
    evolve(site, registry)
    return site


def test_the_base_and_its_rights_are_those_of_a_new_site(site) -> None:
    base = site["connaissances"]
    assert set(base.__acl__) == set(service_acls(site)[base])
    assert base.title == "Base de connaissances"
    assert compare(site) == []


def test_one_can_write_in_it(site, registry) -> None:
    actor = all_powerful(site)
    folder = create_folder(
        site["connaissances"], "Marchés", actor=actor, now=NOW, registry=registry
    )
    assert subfolders(site["connaissances"], actor, site) == [folder]


def test_shipped_profiles_write_in_it(site) -> None:
    held = {name: set(profile.functions) for name, profile in site["profils"].items()}
    assert {"KN01", "KN02"} <= held["editor"]
    assert {"KN01", "KN02"} <= held["editorial-member"]
    assert {"KN01", "KN02", "KN03"} <= held["knowledge-manager"]


def test_a_profile_that_people_composed_is_left_alone(site) -> None:
    assert set(site["profils"]["reader"].functions) == {"CS01"}


def test_a_second_run_changes_nothing(site, registry) -> None:
    base = site["connaissances"]
    evolve(site, registry)
    assert site["connaissances"] is base
    assert compare(site) == []
