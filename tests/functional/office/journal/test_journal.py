"""The journal of administration tells what was done in one's perimeter."""

import transaction
from pyramid.traversal import resource_path

from sicp.operations.index import walk_consultations
from sicp.operations.journal import PAGE_SIZE
from tests.functional.conftest import log_in
from tests.functional.office.conftest import LYCEES


def rename(app, path, title):
    """Rename an entity."""
    form = app.get(f"{path}/renommer").forms["form"]
    form["title"] = title
    form.submit("save", status=303)


def first_row(page):
    """Return the cells of the latest entry."""
    row = page.html.select_one("tbody tr")
    return [cell.get_text(" ", strip=True) for cell in row.select("th, td")]


def test_the_latest_act_comes_first_in_words(app_admin) -> None:
    rename(app_admin, LYCEES, "Direction des lycées et du sport scolaire")
    row = first_row(app_admin.get("/journal/"))
    assert row[1:] == [
        "Hélène Dorval",
        "a renommé une entité",
        "Direction des lycées et du sport scolaire",
        "Direction des lycées",
    ]


def test_the_journal_is_paged(app_admin, site) -> None:
    page = app_admin.get("/journal/")
    count = 0
    while True:
        rows = page.html.select("tbody tr")
        count += len(rows)
        older = page.html.select_one('a[rel="next"]')
        if older is None:
            break
        assert len(rows) == PAGE_SIZE
        page = app_admin.get(older["href"])
    assert count == len(site["journal"])
    assert page.html.select_one('a[rel="prev"]')


def test_the_journal_is_filtered_by_act(app_admin) -> None:
    page = app_admin.get("/journal/?acte=substitute-named")
    assert [
        row.get_text() for row in page.html.select("tbody tr td:nth-of-type(2)")
    ] == ["a désigné un suppléant"]
    assert app_admin.get("/journal/?acte=inconnu&page=x", status=200)


def test_no_act_is_told_in_the_words_of_the_code(app_admin) -> None:
    page = app_admin.get("/journal/")
    while True:
        told = {c.get_text(strip=True) for c in page.html.select("td:nth-of-type(2)")}
        assert all(" " in text for text in told), told
        older = page.html.select_one('a[rel="next"]')
        if older is None:
            break
        page = app_admin.get(older["href"])


def test_another_body_reads_only_its_own(app_admin, app_lake_admin) -> None:
    rename(app_admin, LYCEES, "Direction des secrets")
    rename(app_lake_admin, "/organisation/syndicat-du-lac", "Syndicat du lac")
    page = app_lake_admin.get("/journal/")
    assert first_row(page)[3] == "Syndicat du lac"
    while True:
        assert "secrets" not in page
        assert "Marie Brunet" not in page
        assert "Direction des lycées" not in page
        older = page.html.select_one('a[rel="next"]')
        if older is None:
            break
        page = app_lake_admin.get(older["href"])


def test_who_does_not_administer_reads_nothing(
    app_writer, app_referent, app_anonymous
) -> None:
    app_writer.get("/journal/", status=403)
    app_referent.get("/journal/", status=403)
    app_anonymous.get("/journal/", status=303)


def test_an_act_says_where_it_was_done(app_admin, site, lycees) -> None:
    rename(app_admin, LYCEES, "Direction des lycées et du sport")
    transaction.begin()
    assert site["journal"].newest(1)[0]["place"] == lycees.__oid__


def test_what_a_substitute_does_is_marked(served, site) -> None:
    """Camille Rivoire has no right of her own on the lycées."""
    app = log_in(served, "suppleante")
    consultation = next(
        c for c in walk_consultations(site) if "Maintenance des cuisines" in c.object
    )
    path = resource_path(consultation)
    form = app.get(f"{path}/formulaire/need").forms["form"]
    form["description"] = "Entretien préventif et dépannage."
    form.submit("stay", status=303)
    page = app.get(f"{path}/historique")
    assert "Camille Rivoire, pour Marie Brunet" in page


def test_what_a_substitute_does_by_his_own_right_is_his(app_admin, site) -> None:
    form = app_admin.get("/utilisateurs/lecteur/suppleant").forms["form"]
    form["substitute"], form["ends_on"] = "admin", "31/12/2099"
    form.submit("save", status=303)
    rename(app_admin, LYCEES, "Direction des lycées et du sport")
    assert first_row(app_admin.get("/journal/"))[1] == "Hélène Dorval"
