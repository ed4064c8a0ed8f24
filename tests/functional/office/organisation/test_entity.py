"""An administrator looks at an entity; another body sees nothing of it."""

import pytest

from tests.functional.office.conftest import LYCEES


def test_an_administrator_sees_who_acts_there_and_what_is_below(app_admin) -> None:
    page = app_admin.get(LYCEES + "/")
    assert "Marie Brunet" in page
    assert "Rédacteur administratif" in page
    assert "Service maintenance des lycées" in page
    assert "Consultations confiées" in page
    assert "Avec celles des entités au-dessous" in page


def test_services_are_sorted_as_french_sorts_them(app_admin) -> None:
    rows = app_admin.get(LYCEES + "/").html.select("section:last-of-type tbody tr th")
    titles = [row.get_text(strip=True) for row in rows]
    assert titles.index("Service équipement pédagogique") < titles.index(
        "Service maintenance des lycées"
    )


def test_a_referent_looks_at_his_body_and_changes_nothing(app_referent) -> None:
    page = app_referent.get(LYCEES + "/")
    assert "Françoise Aubry" in page
    assert not page.html.select(".page-actions a, .page-actions button")
    for task in ("ajouter", "renommer", "deplacer", "fermer"):
        app_referent.get(f"{LYCEES}/{task}", status=403)


def test_a_referent_does_not_see_the_people_of_another_direction(app_referent) -> None:
    page = app_referent.get(
        "/organisation/region-ile-des-alpes/direction-du-patrimoine-et-de-l-immobilier/"
    )
    assert "Personnes affectées ici" not in page
    assert "Paul Vasseur" not in page


def test_an_account_out_of_sight_is_not_named(app_referent) -> None:
    """Paul Vasseur acts for the lycées, but belongs to the public procurement."""
    page = app_referent.get(LYCEES + "/")
    assert "Gestionnaire de procédure" in page
    assert "Paul Vasseur" not in page
    assert "Compte hors de votre périmètre" in page


def test_another_body_does_not_exist(app_lake_admin) -> None:
    top = app_lake_admin.get("/organisation/")
    assert "Syndicat mixte du lac" in top
    assert "Région Île-des-Alpes" not in top
    app_lake_admin.get("/organisation/region-ile-des-alpes/", status=404)
    app_lake_admin.get(LYCEES + "/", status=404)


@pytest.mark.parametrize("task", ["ajouter", "renommer", "deplacer", "fermer"])
def test_another_body_is_not_changed(app_lake_admin, task) -> None:
    app_lake_admin.get(f"{LYCEES}/{task}", status=403)


def test_who_administers_nothing_does_not_enter(app_writer, app_anonymous) -> None:
    app_writer.get("/organisation/", status=403)
    app_writer.get(LYCEES + "/", status=403)
    answer = app_anonymous.get("/organisation/", status=303)
    assert "/connexion" in answer.location
