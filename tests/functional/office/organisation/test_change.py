"""The organisation lives: entities are added, renamed, moved, closed."""

import pytest
import transaction

from sicp import clock
from sicp import permissions as p
from sicp.operations.index import compare
from sicp.operations.index import walk_consultations
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from tests.functional.office.conftest import LYCEES

PATRIMOINE = "direction-du-patrimoine-et-de-l-immobilier"
UPKEEP = "service-maintenance-des-lycees"


def submit(app, path, status=303, **values):
    """Fill and send the form of a page."""
    form = app.get(path).forms["form"]
    for name, value in values.items():
        form[name] = value
    return form.submit("save", status=status)


def test_a_service_is_added_below_a_direction(app_admin, lycees) -> None:
    form = app_admin.get(LYCEES + "/ajouter").forms["form"]
    form["title"] = "  Service   numérique "
    form["form-kind"] = "service"
    page = form.submit("save", status=303).follow()
    assert "est créée." in page
    assert page.html.h1.get_text(strip=True) == "Service numérique"
    transaction.begin()
    made = lycees["service-numerique"]
    assert (made.title, made.kind) == ("Service numérique", "service")


def test_a_name_taken_is_refused_at_the_field(app_admin, lycees) -> None:
    before = set(lycees)
    form = app_admin.get(LYCEES + "/ajouter").forms["form"]
    form["title"] = "service restauration et hébergement"
    form["form-kind"] = "service"
    page = form.submit("save", status=422)
    assert (
        "Une entité porte déjà ce nom ici."
        in page.html.select_one("#form-title-item").get_text()
    )
    transaction.begin()
    assert set(lycees) == before


def test_only_who_keeps_the_top_adds_a_body(app_admin, app_region_admin, site) -> None:
    app_region_admin.get("/organisation/ajouter", status=403)
    submit(
        app_admin,
        "/organisation/ajouter",
        title="Lycée du Val",
        **{"form-kind": "body"},
    )
    transaction.begin()
    assert site["organisation"]["lycee-du-val"].kind == "body"


def test_a_renamed_entity_keeps_its_address(app_admin, lycees) -> None:
    submit(app_admin, LYCEES + "/renommer", title="Direction des lycées et du campus")
    page = app_admin.get(LYCEES + "/")
    assert page.html.h1.get_text(strip=True) == "Direction des lycées et du campus"


def test_the_case_of_a_name_may_change(app_admin) -> None:
    submit(app_admin, LYCEES + "/renommer", title="Direction des Lycées")


def test_moving_hands_consultations_over_and_says_how_many(
    app_admin, site, lycees
) -> None:
    service = lycees[UPKEEP]
    entrusted = [
        c for c in walk_consultations(site) if service.__oid__ in c.responsible
    ]
    now = clock.now()
    before = actor_for(site, "gestionnaire", now)
    assert entrusted
    target = site["organisation"]["region-ile-des-alpes"][PATRIMOINE]
    answer = submit(
        app_admin, f"{LYCEES}/{UPKEEP}/deplacer", target=str(target.__oid__)
    )
    assert f"Consultations dont les intervenants changent : {len(entrusted)}" in (
        answer.follow().text.replace("\xa0", " ")
    )
    transaction.begin()
    assert UPKEEP in target
    writer = actor_for(site, "redacteur", now)
    for consultation in entrusted:
        if len(consultation.responsible) == 1:
            assert not may(writer, p.VIEW_DETAIL, consultation)
            # Paul Vasseur keeps both directions: he loses nothing.
            assert may(before, p.VIEW_DETAIL, consultation)
    assert compare(site) == []


def test_only_places_that_take_the_entity_are_offered(app_admin, site) -> None:
    form = app_admin.get(f"{LYCEES}/deplacer").forms["form"]
    offered = {value for value, _chosen, _title in form["target"].options}
    top = site["organisation"]
    lake = top["syndicat-du-lac"]
    own = top["region-ile-des-alpes"]["direction-des-lycees"]
    refused = {top, lake, own, own[UPKEEP], own.__parent__}
    assert offered.isdisjoint(str(entity.__oid__) for entity in refused)


@pytest.mark.parametrize("target", ["999999", "", "zéro", "-1", "0", "1" * 400])
def test_a_forged_target_is_refused(app_admin, lycees, target) -> None:
    form = app_admin.get(f"{LYCEES}/{UPKEEP}/deplacer").forms["form"]
    form["target"].force_value(target)
    form.submit("save", status=422)
    transaction.begin()
    assert UPKEEP in lycees


def test_what_hinders_closing_is_listed(app_admin) -> None:
    page = app_admin.get(LYCEES + "/fermer")
    assert "Ce qui s’y oppose" in page
    assert "Service restauration et hébergement" in page
    refused = submit(app_admin, LYCEES + "/fermer", status=422)
    assert "Fermez ou déplacez d’abord" in refused


def test_consultations_out_of_sight_are_only_counted(app_admin) -> None:
    """The administrator keeps rights; he sees no consultation of the lycées."""
    page = app_admin.get(f"{LYCEES}/{UPKEEP}/fermer")
    assert "que vous ne voyez pas" in page
    assert "Maintenance des cuisines" not in page


def test_an_entity_closes_and_opens_again(app_admin, lycees) -> None:
    path = f"{LYCEES}/service-equipement-pedagogique"
    submit(app_admin, path + "/fermer")
    page = app_admin.get(path + "/")
    assert "Fermée" in page.html.select_one(".page-title").get_text()
    form = next(f for f in page.forms.values() if f.action.endswith("rouvrir"))
    form.submit(status=303)
    transaction.begin()
    assert lycees["service-equipement-pedagogique"].closed_on is None


def test_the_top_is_neither_renamed_nor_closed(app_admin) -> None:
    for task in ("renommer", "deplacer", "fermer"):
        app_admin.get(f"/organisation/{task}", status=404)


def test_nothing_changes_without_the_token(app_admin, lycees) -> None:
    app_admin.post(LYCEES + "/renommer", {"title": "Piratée"}, status=400)
    transaction.begin()
    assert lycees.title == "Direction des lycées"
