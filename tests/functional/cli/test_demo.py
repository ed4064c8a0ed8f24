"""The demonstration site is made by one command, once."""

import stat
from dataclasses import replace

import pytest

from sicp import clock
from sicp.cli.site import open_site
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.conditions import evaluate
from sicp.operations import demonstration
from sicp.operations.clause import library_of
from sicp.operations.consultation.upstream_form import findings_of
from sicp.operations.consultation.upstream_form import missing_fields
from sicp.operations.document import answers_for_drafting
from sicp.operations.document import drafting_fields
from sicp.operations.health import faults_of
from sicp.operations.index import walk_consultations
from sicp.operations.template import writers_canevas
from sicp.operations.user.account import LocalDirectory
from sicp.rules.finding import Severity
from tests.functional.cli.conftest import run_sicp


def test_the_accounts_are_told_with_their_password(sicp):
    output = sicp("demo", "--no-serve").output
    assert demonstration.PASSWORD in output
    for login in ("admin", "redacteur", "gestionnaire", "beneficiaire"):
        assert f"  {login} " in output


def test_made_again_it_changes_nothing(sicp, home):
    before = (home / "Data.fs").read_bytes()
    assert "there already" in sicp("demo", "--no-serve").output
    assert (home / "Data.fs").read_bytes() == before


def test_reset_begins_anew(sicp):
    sicp("user", "create", "passante", "Une passante")
    assert "passante" in sicp("user", "list").output
    assert sicp("demo", "--no-serve", "--reset").exit_code == 0
    assert "passante" not in sicp("user", "list").output


def test_the_secret_and_the_folder_are_private(home):
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600
    assert len((home / "secret").read_text().strip()) >= 32
    assert "secret =" not in (home / "site.ini").read_text()


def test_the_site_of_real_work_is_never_touched(tmp_path, monkeypatch):
    monkeypatch.setenv("SICP_VAR", str(tmp_path / "real"))
    assert run_sicp("user", "create", "chef", "La cheffe").exit_code == 0
    for options in ((), ("--reset",)):
        result = run_sicp("demo", "--no-serve", *options)
        assert result.exit_code == 1
        assert "real work" in result.output
    assert "chef" in run_sicp("user", "list").output


def test_printed_passwords_open_nothing_on_a_real_site(home):
    with open_site() as opened:
        site = opened.root
        for directory, expected in (
            (LocalDirectory(is_demonstration=True), "admin"),
            (LocalDirectory(is_demonstration=False), None),
        ):
            found = directory.authenticate(site, "admin", demonstration.PASSWORD)
            assert found == expected


@pytest.fixture
def site(home):
    with open_site() as opened:
        yield opened


def test_the_demonstration_is_sound(site):
    assert faults_of(site.root, site.registry) == []


def test_it_shows_two_bodies_and_a_large_organisation(site):
    region, other = sorted(
        site.root["organisation"].values(), key=lambda b: -len(list(b.descendants()))
    )
    kinds = [entity.kind for entity in region.descendants()]
    assert kinds.count("direction") >= 20
    assert kinds.count("service") >= 100
    assert len([e for e in other.values() if e.kind == "direction"]) == 2


def test_its_consultations_are_of_every_degree_and_of_two_years(site):
    found = list(walk_consultations(site.root))
    years = {c.__parent__.__name__ for c in found}
    complete = [c for c in found if not missing_fields(c)]
    assert len(found) >= 25
    assert len(years) >= 2
    assert len(complete) >= 10
    assert len(found) - len(complete) >= 5
    assert {c.__workflow_state__["consultation"] for c in found} == {
        "definition",
        "abandoned",
        "closed",
    }


def test_what_is_complete_breaks_no_rule(site):
    wrong = [
        (consultation.reference, finding.code)
        for consultation in walk_consultations(site.root)
        if not missing_fields(consultation)
        for finding in findings_of(consultation, site.root)
        if finding.severity is Severity.BLOCKING
    ]
    assert wrong == []


def test_every_canevas_has_a_complete_consultation_it_is_proposed_for(site):
    today = clock.legal_day(clock.now())
    fields = drafting_fields(today)
    complete = {
        consultation.reference: answers_for_drafting(site.root, consultation, {}, today)
        for consultation in walk_consultations(site.root)
        if not missing_fields(consultation)
    }
    unshown, wanting = [], []
    for canevas in writers_canevas(site.root):
        fitting = [
            reference
            for reference, answers in complete.items()
            if evaluate(canevas.applies, answers, fields)
        ]
        unshown += [] if fitting else [canevas.id]
        wanting += [
            (canevas.id, reference, said)
            for reference in fitting
            for said in wants_of(site.root, canevas, complete[reference], today)
        ]
    assert unshown == []
    assert wanting == []


def wants_of(root, canevas, answers, today):
    """Say what stands against a document, but for what its own clauses ask."""
    fields = drafting_fields(today)
    draft = assemble(canevas, library_of(root, today), answers, fields, on=today)
    yield from (problem.message for problem in draft.problems)
    yield from (asked.title for asked in draft.questions if not asked.is_variable)


def test_the_clause_library_and_the_canevas_are_there(site):
    assert len(site.root["clausier"]) > 5
    assert "rc-open-call" in site.root["canevas"]


def test_the_substitute_acts_for_the_absent_writer(site):
    actor = site.actor("suppleante")
    assert actor.on_behalf_of == ("redacteur",)


def test_the_demonstration_goes_only_into_an_empty_site(site):
    with pytest.raises(demonstration.StateError):
        demonstration.build(site.root, site.registry, clock.now())


def test_a_session_of_the_demonstration_ends_where_it_is_none(served, app_admin):
    before = served.registry.site_settings
    assert app_admin.get("/", status=200)
    served.registry.site_settings = replace(before, is_demonstration=False)
    try:
        assert app_admin.get("/").status_int in {302, 303, 401, 403}
    finally:
        served.registry.site_settings = before
