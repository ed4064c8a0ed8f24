"""What a body tells of itself is checked before it goes into documents."""

import transaction

SETTINGS = "/organisation/region-ile-des-alpes/coordonnees"


def test_the_settings_of_a_body_are_changed_and_noted(app_admin, site) -> None:
    form = app_admin.get(SETTINGS).forms["form"]
    form["siret"] = "999 001 001 00018"
    form["signatory"] = "La présidente du conseil régional"
    form["form-buyer_kind"] = "central"
    page = form.submit("save", status=303).follow()
    assert "La présidente du conseil régional" in page
    transaction.begin()
    kept = site["organisation"]["region-ile-des-alpes"].settings
    assert kept["siret"] == "99900100100018"
    assert kept["buyer_kind"] == "central"
    assert site["journal"].newest(1)[0]["action"] == "body-described"


def test_a_wrong_siret_is_refused_at_its_field(app_admin, site) -> None:
    form = app_admin.get(SETTINGS).forms["form"]
    form["siret"] = "99900100100019"
    form["profile_url"] = "javascript:alert(1)"
    page = form.submit("save", status=422)
    assert "La clé de ce SIRET est fausse" in page
    assert "Écrivez une adresse complète" in page
    transaction.begin()
    kept = site["organisation"]["region-ile-des-alpes"].settings
    assert kept["siret"] == "99900100100018"


def test_another_body_keeps_its_settings(app_lake_admin, app_writer) -> None:
    app_lake_admin.get(SETTINGS, status=403)
    app_writer.get(SETTINGS, status=403)
    app_lake_admin.get("/organisation/syndicat-du-lac/coordonnees", status=200)
