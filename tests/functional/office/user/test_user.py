"""Accounts are listed, opened, changed and closed within one's perimeter."""

import pytest
import transaction

from sicp import clock
from sicp.operations.index import compare
from sicp.operations.index import rebuild
from sicp.operations.user.right import actor_for
from sicp.operations.user.user import Wanted
from sicp.operations.user.user import list_users

#: Every page of an account.
PAGES = (
    "",
    "modifier",
    "affecter",
    "fin-affectation?id=x",
    "suppleant",
    "mot-de-passe",
)


def names(page):
    """Return the names of the list."""
    return [cell.get_text(strip=True) for cell in page.html.select("tbody th")]


def test_the_administrator_of_the_site_sees_all(app_admin, site) -> None:
    page = app_admin.get("/utilisateurs/")
    assert len(names(page)) == len(site["utilisateurs"])
    assert "Bastien Chappuis" in names(page)


def test_a_referent_sees_those_of_his_direction_only(app_referent) -> None:
    assert names(app_referent.get("/utilisateurs/")) == [
        "Françoise Aubry",
        "Lucie Perrin",
        "Marie Brunet",
        "Thomas Garin",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("texte=brun", ["Marie Brunet"]),
        ("texte=MARIE+bru", ["Marie Brunet"]),
        ("texte=fran%C3%A7oise", ["Françoise Aubry"]),
        ("texte=oeuvrard", ["Marc Œuvrard"]),
        ("texte=redacteur.lac", ["Bastien Chappuis"]),
        ("texte=personne", []),
        ("etat=ferme", []),
    ],
)
def test_the_list_is_searched(app_admin, query, expected) -> None:
    assert names(app_admin.get(f"/utilisateurs/?{query}")) == expected


def test_the_list_is_filtered_by_entity_and_sorted(app_admin, lycees) -> None:
    query = f"entite={lycees.__oid__}&sort=-nom"
    assert names(app_admin.get(f"/utilisateurs/?{query}")) == [
        "Thomas Garin",
        "Marie Brunet",
        "Lucie Perrin",
        "Françoise Aubry",
    ]


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=" + "9" * 30, "page=%C2%B2", "sort=x", "entite=x", "etat=x"],
)
def test_a_strange_address_shows_the_list(app_admin, query) -> None:
    app_admin.get(f"/utilisateurs/?{query}", status=200)


def test_an_account_is_opened_without_any_right(app_admin, site, lycees) -> None:
    form = app_admin.get("/utilisateurs/nouveau").forms["form"]
    form["login"] = "Jeanne.Duval"
    form["title"] = "Jeanne Duval"
    form["email"] = "jeanne@example.org"
    form["home"] = str(lycees.__oid__)
    page = form.submit("save", status=303).follow()
    assert "le compte n’a aucun droit" in page
    transaction.begin()
    made = site["utilisateurs"]["jeanne.duval"]
    assert (made.home, made.assignments) == (lycees.__oid__, ())
    assert names(app_admin.get("/utilisateurs/?texte=duval")) == ["Jeanne Duval"]
    assert compare(site) == []


def test_what_is_wrong_is_said_at_the_field(app_admin, lycees) -> None:
    form = app_admin.get("/utilisateurs/nouveau").forms["form"]
    form["login"], form["title"], form["email"] = (
        "redacteur",
        "Autre",
        "pas une adresse",
    )
    form["home"] = str(lycees.__oid__)
    page = form.submit("save", status=422)
    assert "Écrivez une adresse électronique" in page
    form = page.forms["form"]
    form["email"] = ""
    page = form.submit("save", status=422)
    assert (
        "Cet identifiant est déjà pris."
        in page.html.select_one("#form-login-item").get_text()
    )


def test_a_closed_account_no_longer_enters(app_admin, app_writer, site) -> None:
    form = app_admin.get("/utilisateurs/redacteur/modifier").forms["form"]
    form["form-is_active"] = "false"
    form.submit("save", status=303)
    app_writer.get("/", status=303)
    transaction.begin()
    assert compare(site) == []
    assert names(app_admin.get("/utilisateurs/?etat=ferme")) == ["Marie Brunet"]


def test_one_does_not_close_his_own_account(app_admin) -> None:
    form = app_admin.get("/utilisateurs/admin/modifier").forms["form"]
    form["form-is_active"] = "false"
    page = form.submit("save", status=422)
    assert "On ne ferme pas son propre compte." in page


@pytest.mark.parametrize("page", PAGES)
def test_the_accounts_of_another_body_do_not_exist(app_lake_admin, page) -> None:
    app_lake_admin.get(f"/utilisateurs/redacteur/{page}", status=404)
    if "?" not in page:
        app_lake_admin.get(f"/utilisateurs/redacteur.lac/{page}", status=200)


@pytest.mark.parametrize(
    "page", ["modifier", "mot-de-passe", "lien-mot-de-passe", "fin-suppleance"]
)
def test_the_accounts_of_another_body_are_not_changed(app_lake_admin, page) -> None:
    token = app_lake_admin.get("/utilisateurs/nouveau").forms["form"]["csrf_token"]
    posted = {"csrf_token": token.value}
    app_lake_admin.post(f"/utilisateurs/redacteur/{page}", posted, status=404)


def test_a_list_never_tells_of_another_body(app_lake_admin, lycees) -> None:
    assert set(names(app_lake_admin.get("/utilisateurs/"))) == {
        "Bastien Chappuis",
        "Chef.Lac",
    }
    asked = f"entite={lycees.__oid__}"
    page = app_lake_admin.get(f"/utilisateurs/?{asked}")
    assert "Marie Brunet" not in page
    assert "lycées" not in page


def test_an_account_is_not_sent_to_another_body(app_lake_admin, site, lycees) -> None:
    form = app_lake_admin.get("/utilisateurs/redacteur.lac/modifier").forms["form"]
    form["home"].force_value(str(lycees.__oid__))
    form.submit("save", status=422)
    transaction.begin()
    home = site.__objectmap__.object_for(site["utilisateurs"]["redacteur.lac"].home)
    assert home.body().title == "Syndicat mixte du lac de Grande-Eau"


def test_who_keeps_no_account_sees_none(app_writer, app_beneficiary) -> None:
    for app in (app_writer, app_beneficiary):
        app.get("/utilisateurs/", status=403)
        app.get("/utilisateurs/admin/", status=403)


def test_a_list_and_the_pages_agree_for_everyone(site) -> None:
    """What the list shows is what the pages open: no leak by a side door."""
    rebuild(site)
    assert compare(site) == []
    now = clock.now()
    for login in site["utilisateurs"]:
        actor = actor_for(site, login, now)
        listed = {user.login for user in list_users(site, actor, Wanted()).users}
        assert listed == {
            "admin": set(site["utilisateurs"]),
            "referent": {"referent", "redacteur", "redacteur.service", "technicien"},
        }.get(login, set())
