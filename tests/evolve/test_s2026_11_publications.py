"""A database written before publications becomes one that has them."""

from datetime import date

import pytest

from sicp.evolve import s2026_11_knowledge
from sicp.evolve.s2026_11_publications import evolve
from sicp.operations.clause.release import releases_of
from sicp.operations.clause.release import waiting_changes
from sicp.operations.consultation.basis import basis_of
from sicp.operations.document.piece import piece_of
from sicp.operations.index import compare
from sicp.operations.site import service_acls

ON = date(2026, 11, 24)


@pytest.fixture
def site(old_site, registry):
    """The old database, brought to this version."""
    site = old_site("2026_11_before_publications")
    evolve(site, registry)
    s2026_11_knowledge.evolve(site, registry)
    return site


def drafts_of(site):
    """Walk the pieces begun."""
    for body in site["consultations"].values():
        for year in body.values():
            for consultation in year.values():
                yield from consultation["pieces"].values()


def test_what_the_site_held_is_its_first_publication(site) -> None:
    (release,) = releases_of(site)
    assert len(release.clauses) == 155
    assert set(release.templates) == {
        "ae-services",
        "ccap-common-services",
        "rc-open-call",
    }
    assert all(len(t.versions) == 1 for t in site["canevas"].values())
    assert waiting_changes(site) == ()


def test_pieces_begun_are_written_from_it_with_the_words_of_their_writer(site) -> None:
    drafts = list(drafts_of(site))
    assert len(drafts) == 3
    assert {draft.release for draft in drafts} == {releases_of(site)[0].name}
    assert all(basis_of(draft, ON).canevas.parts for draft in drafts)
    rewritten = next(draft for draft in drafts if draft.local_texts)
    said = [
        section
        for section in piece_of(rewritten, ON).draft.walk()
        if section.trace and section.trace.is_local
    ]
    assert [section.trace.clause_id for section in said] == ["penalties-other"]


def test_the_catalogue_and_the_rights_are_those_of_a_new_site(site) -> None:
    assert compare(site) == []
    expected = service_acls(site)
    for name in ("propositions", "publications"):
        assert set(site[name].__acl__) == set(expected[site[name]])


def test_the_editor_keeps_what_an_editor_does(site) -> None:
    assert "ED05" in site["profils"]["editor"].functions
    assert "ED04" in site["profils"]["editorial-member"].functions


def test_a_profile_that_people_composed_is_left_alone(old_site, registry) -> None:
    site = old_site("2026_11_before_publications")
    site["profils"]["editor"].functions = ("ED01",)
    evolve(site, registry)
    assert site["profils"]["editor"].functions == ("ED01",)


def test_a_second_run_changes_nothing(site, registry) -> None:
    before = (releases_of(site)[0].created_at, len(site["profils"]), compare(site))
    evolve(site, registry)
    after = (releases_of(site)[0].created_at, len(site["profils"]), compare(site))
    assert before == after
