"""Profiles and functions: read by some, composed at the top, exported."""

import csv
import io
import zipfile

import pytest
import transaction

from sicp import clock
from sicp.exceptions import NotAllowedError
from sicp.operations.user.profile import set_functions
from sicp.operations.user.right import Actor
from sicp.roles import FUNCTIONS
from sicp.roles import PROFILES
from sicp.roles import principal_at


def matrix_form(app):
    """Return the form of the matrix."""
    page = app.get("/profils/")
    return next(f for f in page.forms.values() if f.action.endswith("enregistrer"))


def tick(form, value, checked):
    """Tick or untick one box of the matrix."""
    box = next(b for b in form.fields["held"] if b._value == value)
    box.checked = checked


def test_the_matrix_shows_every_function_and_profile(app_admin) -> None:
    page = app_admin.get("/profils/")
    assert len(page.html.select("table.matrix tbody td")) == len(FUNCTIONS) * len(
        PROFILES
    )
    for item in FUNCTIONS:
        assert item.code in page
    for title in ("Rédaction administrative", "Gestion de la procédure"):
        assert title in page


def test_the_boxes_are_saved_and_noted(app_admin, site) -> None:
    form = matrix_form(app_admin)
    tick(form, "reader:GP21", checked=True)
    tick(form, "reader:CS01", checked=False)
    page = form.submit(status=303).follow()
    assert "Profils changés" in page
    transaction.begin()
    assert set(site["profils"]["reader"].functions) == {"FS01", "GP21"}
    noted = site["journal"].newest(1)[0]
    assert noted["details"] == {"added": ["GP21"], "removed": ["CS01"]}
    assert "ajout de GP21" in app_admin.get("/journal/")


def test_a_change_counts_at_the_next_request(app_admin, app_writer) -> None:
    app_writer.get("/consultations/nouvelle", status=200)
    form = matrix_form(app_admin)
    tick(form, "administrative-writer:RA01", checked=False)
    form.submit(status=303)
    app_writer.get("/consultations/nouvelle", status=403)


def test_a_save_over_another_change_is_refused(app_admin, site) -> None:
    mine, theirs = matrix_form(app_admin), matrix_form(app_admin)
    tick(theirs, "reader:GP21", checked=True)
    theirs.submit(status=303)
    tick(mine, "reader:GP20", checked=True)
    assert "a été changé depuis" in mine.submit(status=409)
    transaction.begin()
    assert "GP20" not in site["profils"]["reader"].functions


def test_others_read_and_change_nothing(app_referent, site) -> None:
    page = app_referent.get("/profils/")
    assert not page.html.select("table.matrix input")
    token = app_referent.get("/mon-suppleant").forms["form"]["csrf_token"].value
    posted = {"csrf_token": token, "profile": "direction-referent"}
    app_referent.post("/profils/enregistrer", posted, status=403)
    app_referent.get("/profils/nouveau", status=403)
    app_referent.get("/profils/reader/", status=403)
    transaction.begin()
    assert "AD02" in site["profils"]["direction-referent"].functions


def test_an_administrator_of_one_body_does_not_compose(app_region_admin) -> None:
    """Profiles are shared by all bodies: who changes one changes the others' rights."""
    page = app_region_admin.get("/profils/")
    assert not page.html.select("table.matrix input")
    app_region_admin.get("/profils/reader/", status=403)


def test_a_writer_does_not_read_profiles(app_writer) -> None:
    app_writer.get("/profils/", status=403)
    app_writer.get("/profils/profils.csv", status=403)
    app_writer.get("/profils/profils.xlsx", status=403)


def test_nobody_locks_himself_out(app_admin, site) -> None:
    form = matrix_form(app_admin)
    tick(form, "administrator:AD03", checked=False)
    form.submit(status=400)
    transaction.begin()
    assert "AD03" in site["profils"]["administrator"].functions


def test_nobody_raises_himself_by_his_profile(site, served) -> None:
    """He composes profiles, and holds no account: he makes no keeper of accounts."""
    top = site["organisation"].__oid__
    principals = frozenset({principal_at("AD03", top)})
    composer = Actor("composer", "", principals)
    by = {"actor": composer, "now": clock.now(), "registry": served.registry}
    profile = site["profils"]["reader"]
    set_functions(profile, {"CS01", "RA01"}, **by)
    with pytest.raises(NotAllowedError):
        set_functions(profile, {"CS01", "AD01"}, **by)


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"profile": "inconnu"},
        {"profile": "reader", "held": "administrator:AD01"},
        {"profile": "reader", "held": "reader:ZZ99", "revision-reader": "1"},
        {"profile": "reader", "held": "reader", "revision-reader": "²"},
    ],
)
def test_a_forged_matrix_is_refused(app_admin, site, posted) -> None:
    before = set(site["profils"]["reader"].functions)
    token = matrix_form(app_admin)["csrf_token"].value
    app_admin.post("/profils/enregistrer", {"csrf_token": token, **posted}, status="4*")
    transaction.begin()
    assert set(site["profils"]["reader"].functions) == before


def test_a_profile_is_made_from_another_and_edited(app_admin, site) -> None:
    form = app_admin.get("/profils/nouveau").forms["form"]
    form["title"], form["model"] = "Acheteur", "reader"
    page = form.submit("save", status=303).follow()
    transaction.begin()
    made = site["profils"]["acheteur"]
    assert set(made.functions) == set(site["profils"]["reader"].functions)
    form = page.forms["form"]
    form["title"] = "Acheteuse"
    next(b for b in form.fields["checkbox"] if b._value == "GP10").checked = True
    form.submit("save", status=303)
    transaction.begin()
    assert made.title == "Acheteuse"
    assert "GP10" in made.functions
    app_admin.get("/profils/nouveau").forms["form"]


def test_two_profiles_do_not_bear_one_name(app_admin) -> None:
    form = app_admin.get("/profils/nouveau").forms["form"]
    form["title"] = "consultation seule"
    assert "un nom que nul autre ne porte" in form.submit("save", status=422)


def test_the_matrix_is_exported_as_csv(app_admin, site) -> None:
    answer = app_admin.get("/profils/profils.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="profils.csv"'
    assert answer.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Code", "Fonction"]
    assert len(rows) == len(FUNCTIONS) + 1
    column = rows[0].index("Consultation seule")
    held = {row[0] for row in rows[1:] if row[column] == "X"}
    assert held == set(site["profils"]["reader"].functions)


def test_a_title_that_looks_like_a_formula_is_made_harmless(app_admin) -> None:
    form = app_admin.get("/profils/nouveau").forms["form"]
    form["title"] = "=1+1"
    form.submit("save", status=303)
    assert "'=1+1" in app_admin.get("/profils/profils.csv").body.decode("utf-8-sig")
    book = zipfile.ZipFile(io.BytesIO(app_admin.get("/profils/profils.xlsx").body))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_workbook_keeps_its_heads_in_sight(app_admin) -> None:
    answer = app_admin.get("/profils/profils.xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.body))
    assert b'state="frozen"' in book.read("xl/worksheets/sheet1.xml")
    texts = book.read("xl/sharedStrings.xml").decode()
    assert "Rédacteur administratif" in texts
    assert "Déclarer clos" in texts
