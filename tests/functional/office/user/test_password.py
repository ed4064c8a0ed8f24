"""Somebody else's password: given for one use, mailed, and never a ladder."""

import pytest
import transaction

from sicp.operations.demonstration import PASSWORD
from tests.functional.conftest import Browser
from tests.functional.conftest import confirmed
from tests.functional.office.conftest import person

NEW = "Un-refuge-au-bord-du-lac"


def give_password(app, login):
    """Ask for a temporary password; return the page that shows it."""
    page = app.get(f"/utilisateurs/{login}/mot-de-passe")
    form = next(f for f in page.forms.values() if f.action.endswith("/mot-de-passe"))
    return confirmed(form.submit(), status=200)


def enter(app, login, password, status):
    """Log in."""
    form = app.get("/connexion").forms["form"]
    form["login"], form["password"] = login, password
    return form.submit("enter", status=status)


def test_a_temporary_password_only_opens_the_page_of_choice(
    app_admin, app_anonymous
) -> None:
    page = give_password(app_admin, "redacteur")
    assert page.headers["Cache-Control"] == "no-store"
    given = page.html.select_one(".secret code").get_text()
    assert given not in app_admin.get("/utilisateurs/redacteur/")
    enter(app_anonymous, "redacteur", PASSWORD, 401)
    choice = enter(app_anonymous, "redacteur", given, 303)
    assert "/nouveau-mot-de-passe" in choice.location
    app_anonymous.get("/", status=303)
    form = choice.follow().forms["form"]
    form["password"] = NEW
    form.submit("save", status=303)
    enter(app_anonymous, "redacteur", NEW, 303)
    app_anonymous.get("/", status=200)


def test_it_opens_no_page_in_a_browser_where_another_is_logged_in(
    app_admin, app_beneficiary
) -> None:
    page = give_password(app_admin, "redacteur")
    given = page.html.select_one(".secret code").get_text()
    token = app_beneficiary.get("/mon-suppleant").forms["form"]["csrf_token"].value
    posted = {"login": "redacteur", "password": given, "csrf_token": token}
    posted["__formid__"] = "form"
    answer = app_beneficiary.post("/connexion", posted, status=303)
    assert "/nouveau-mot-de-passe" in answer.location


def test_a_link_is_mailed(app_admin, site) -> None:
    page = app_admin.get("/utilisateurs/redacteur/mot-de-passe")
    form = next(f for f in page.forms.values() if "lien" in f.action)
    page = form.submit(status=303).follow()
    assert "redacteur@ile-des-alpes.example" in page
    transaction.begin()
    assert site["utilisateurs"]["redacteur"].reset_digest


def test_without_an_address_no_link_is_offered(app_admin, site, served, lycees) -> None:
    person(site, served.registry, "sans.adresse", "reader", lycees)
    page = app_admin.get("/utilisateurs/sans.adresse/mot-de-passe")
    assert "aucun lien ne peut partir" in page


@pytest.mark.parametrize("page", ["mot-de-passe", "modifier"])
def test_a_body_administrator_does_not_take_the_top_in_hand(
    app_region_admin, site, page
) -> None:
    """The home of the site's administrator is in the Region; what he holds is not."""
    shown = app_region_admin.get("/utilisateurs/admin/")
    assert "Mot de passe" not in shown
    token = app_region_admin.get("/utilisateurs/nouveau").forms["form"]["csrf_token"]
    before = site["utilisateurs"]["admin"].password_hash
    email = site["utilisateurs"]["admin"].email
    posted = {
        "csrf_token": token.value,
        "title": "Hélène Dorval",
        "email": "pirate@example.org",
        "home": str(site["utilisateurs"]["admin"].home),
        "form-is_active": "true",
    }
    app_region_admin.post(f"/utilisateurs/admin/{page}", posted, status="4*")
    transaction.begin()
    assert site["utilisateurs"]["admin"].password_hash == before
    assert site["utilisateurs"]["admin"].email == email


def test_the_substitute_of_the_top_is_out_of_reach_too(
    app_region_admin, app_admin, site
) -> None:
    form = app_admin.get("/mon-suppleant").forms["form"]
    form["substitute"], form["ends_on"] = "lecteur", "31/12/2099"
    form.submit("save", status=303)
    app_region_admin.get("/utilisateurs/lecteur/mot-de-passe", status=403)
    app_region_admin.get("/utilisateurs/redacteur/mot-de-passe", status=200)


def test_a_referent_keeps_no_password(app_referent) -> None:
    app_referent.get("/utilisateurs/technicien/mot-de-passe", status=403)


def test_one_changes_his_own_password_elsewhere(app_admin, served) -> None:
    page = app_admin.get("/utilisateurs/admin/mot-de-passe")
    form = next(f for f in page.forms.values() if f.action.endswith("/mot-de-passe"))
    confirmed(form.submit(), status=400)
    enter(Browser(served), "admin", PASSWORD, 303)
