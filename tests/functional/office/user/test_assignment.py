"""Profiles are given within one's perimeter, and nobody raises himself."""

from datetime import timedelta

import pytest
import transaction

from sicp import clock
from sicp.clock import legal_day
from sicp.exceptions import NotAllowedError
from sicp.operations.user.assignment import assign
from sicp.operations.user.assignment import name_substitute
from sicp.operations.user.right import actor_for
from tests.functional.office.conftest import person


def give(app, login, profile, entity, status=303):
    """Fill and send the form that assigns a profile."""
    form = app.get(f"/utilisateurs/{login}/affecter").forms["form"]
    form["profile"].force_value(profile)
    form["entity"].force_value(str(entity.__oid__))
    return form.submit("save", status=status)


def held(site, login):
    """Return the profiles in force of an account."""
    transaction.begin()
    today = legal_day(clock.now())
    return [a.profile for a in site["utilisateurs"][login].assignments_on(today)]


def test_a_referent_assigns_in_his_direction(app_referent, site, lycees) -> None:
    answer = give(app_referent, "technicien", "reader", lycees)
    assert "Le profil est affecté." in answer.follow()
    assert "reader" in held(site, "technicien")


def test_a_referent_assigns_nowhere_else(app_referent, site, lycees) -> None:
    for entity in (
        lycees.__parent__,
        site["organisation"],
        *lycees.__parent__.values(),
    ):
        if entity is not lycees:
            give(app_referent, "technicien", "reader", entity, status=422)
    assert "reader" not in held(site, "technicien")


def test_a_referent_makes_no_administrator(app_referent, site, lycees) -> None:
    page = app_referent.get("/utilisateurs/technicien/affecter")
    offered = {value for value, *_rest in page.forms["form"]["profile"].options}
    assert "administrator" not in offered
    assert "administrative-writer" in offered
    give(app_referent, "technicien", "administrator", lycees, status=422)
    give(app_referent, "referent", "administrator", lycees, status=422)
    assert "administrator" not in held(site, "referent")


def test_the_operation_itself_refuses_to_raise(site, lycees, served) -> None:
    now = clock.now()
    by = {"actor": actor_for(site, "referent", now), "now": now}
    by["registry"] = served.registry
    user = site["utilisateurs"]["referent"]
    with pytest.raises(NotAllowedError):
        assign(site, user, "administrator", lycees, legal_day(now), **by)


def test_an_account_of_another_body_is_not_filled(app_lake_admin, site, served) -> None:
    """Even at an entity of one's own, whoever guessed the login."""
    now = clock.now()
    by = {"actor": actor_for(site, "chef.lac", now), "now": now}
    by["registry"] = served.registry
    place = site["organisation"]["syndicat-du-lac"]
    user = site["utilisateurs"]["redacteur"]
    with pytest.raises(NotAllowedError):
        assign(site, user, "reader", place, legal_day(now), **by)


def test_an_assignment_ends_and_stays_in_the_history(app_admin, site) -> None:
    page = app_admin.get("/utilisateurs/redacteur/")
    form = page.click("Mettre fin", index=0).forms["form"]
    form["ends_on"] = f"{legal_day(clock.now()) - timedelta(days=1):%d/%m/%Y}"
    page = form.submit("save", status=303).follow()
    assert "Passée" in page
    assert held(site, "redacteur") == []


def test_an_assignment_is_not_given_twice(app_admin, lycees) -> None:
    page = give(app_admin, "redacteur", "administrative-writer", lycees, status=422)
    assert "Cette affectation existe déjà" in page


def test_dates_in_the_wrong_order_are_refused(app_admin, lycees) -> None:
    form = app_admin.get("/utilisateurs/technicien/affecter").forms["form"]
    form["profile"] = "reader"
    form["entity"] = str(lycees.__oid__)
    form["starts_on"], form["ends_on"] = "15/03/2027", "14/03/2027"
    assert "La fin précède le début." in form.submit("save", status=422)


def test_nobody_takes_his_own_administration_away(app_admin, site) -> None:
    page = app_admin.get("/utilisateurs/admin/")
    form = page.click("Mettre fin").forms["form"]
    assert "On ne se retire pas soi-même" in form.submit("save", status=422)


def test_a_referent_does_not_end_what_he_could_not_give(
    app_referent, site, served, lycees
) -> None:
    person(site, served.registry, "chef.lycees", "administrator", lycees)
    page = app_referent.get("/utilisateurs/chef.lycees/")
    assert "Mettre fin" not in page
    held_id = site["utilisateurs"]["chef.lycees"].assignments[0].id
    path = f"/utilisateurs/chef.lycees/fin-affectation?id={held_id}"
    app_referent.get(path).forms["form"].submit("save", status=422)
    assert held(site, "chef.lycees") == ["administrator"]


def test_an_unknown_assignment_is_not_found(app_admin) -> None:
    app_admin.get("/utilisateurs/redacteur/fin-affectation?id=zzz", status=404)
    app_admin.get("/utilisateurs/redacteur/fin-affectation", status=404)


def test_an_administrator_names_and_ends_a_substitute(app_admin, site) -> None:
    form = app_admin.get("/utilisateurs/gestionnaire/suppleant").forms["form"]
    form["substitute"] = "Marc Œuvrard"
    form["ends_on"] = f"{legal_day(clock.now()) + timedelta(days=5):%d/%m/%Y}"
    page = form.submit("save", status=303).follow()
    assert "Marc Œuvrard" in page
    ending = next(f for f in page.forms.values() if "fin-suppleance" in f.action)
    ending.submit(status=303)
    transaction.begin()
    assert site["utilisateurs"]["gestionnaire"].substitutions == ()


def test_a_body_administrator_does_not_replace_one_of_the_top(
    app_region_admin, site, served
) -> None:
    """A substitute holds all the rights of the absent: that would be a ladder."""
    app_region_admin.get("/utilisateurs/admin/", status=200)
    form = app_region_admin.get("/utilisateurs/admin/suppleant").forms["form"]
    form["substitute"], form["ends_on"] = "chef.region", "31/12/2099"
    page = form.submit("save", status=422)
    assert "Cette personne tient des droits hors de votre périmètre" in page
    now = clock.now()
    by = {"actor": actor_for(site, "chef.region", now), "now": now}
    by["registry"] = served.registry
    admin, today = site["utilisateurs"]["admin"], legal_day(now)
    with pytest.raises(NotAllowedError):
        name_substitute(site, admin, "chef.region", today, today, **by)
