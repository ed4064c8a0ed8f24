"""The clausier is read in French by those who draft, and by nobody else."""

import re

import transaction
from pyramid.traversal import resource_path

from sicp import clock
from sicp.operations.clause.library import clause_called
from tests.functional.conftest import log_in

REVISABLE = "/clausier/prix/variation-des-prix/price-revisable/"


def words(page) -> str:
    """Return the words of the page."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


def test_families_and_themes_lead_to_clauses(app_writer) -> None:
    page = app_writer.get("/clausier/")
    assert "Variation des prix" in page
    page = page.click("^Prix$", href="/clausier/prix/$")
    assert "Fondement" in page.click("^Prix révisables$")


def test_a_clause_shows_titles_instead_of_names(app_writer) -> None:
    said = words(app_writer.get(REVISABLE))
    assert "quand la variation des prix est « Prix révisables »" in said
    assert "Part fixe de la formule (%)" in said
    assert "Articles R2112-13 et R2112-14" in said
    assert "CCAP – services courants" in said
    assert "Prix fermes actualisables" in said
    assert "{" not in said


def test_every_clause_can_be_read(app_writer) -> None:
    library = app_writer.get("/clausier/")
    links = {a["href"] for a in library.html.select(".theme-list a")}
    assert len(links) > 50
    for link in sorted(links):
        page = app_writer.get(link)
        assert "{" not in words(page)
        assert page.html.select(".clause-sheet")


def test_clauses_are_found_by_words_and_by_article(app_writer) -> None:
    assert "Pénalités de retard" in app_writer.get(
        "/clausier/", {"q": "pénalités retard"}
    )
    assert "Prix révisables" in app_writer.get("/clausier/?q=r2112-14")
    assert "Aucune clause" in app_writer.get("/clausier/", {"q": "<script>zzz"})


def test_an_older_version_is_told_as_such(app_writer, site) -> None:
    clause = site["clausier"]["prix"]["variation-des-prix"]["price-revisable"]
    data = {**clause.current.data, "text": "Les prix suivent l’indice."}
    clause.add_version(data, "editeur", clock.now())
    transaction.commit()
    assert "Les prix suivent l’indice." in app_writer.get(REVISABLE)
    old = app_writer.get(REVISABLE + "?version=1")
    assert "Vous lisez la version 1" in words(old)
    assert "Part fixe" in old
    app_writer.get(REVISABLE + "?version=9", status=404)


def test_who_drafts_nothing_does_not_enter(served, database, app_beneficiary) -> None:
    for app in (app_beneficiary, log_in(served, "lecteur")):
        for place in ("/clausier/", "/clausier/prix/", REVISABLE):
            app.get(place, status=403)


def test_what_was_said_of_a_clause_is_reached_from_it_by_the_committee(
    served, database, site, app_writer
) -> None:
    place = resource_path(clause_called(site, "penalties-procedure"))
    said = words(log_in(served, "comite.achats").get(place))
    assert "Propositions et discussions" in said
    assert "commentaires : 3" in said
    # A writer does not follow the committee.
    assert "Propositions et discussions" not in words(app_writer.get(place))


def test_what_the_application_brought_is_not_laid_on_an_account(
    app_writer, site
) -> None:
    place = resource_path(clause_called(site, "penalties-procedure"))
    assert "par le système" in words(app_writer.get(place))
    clause = clause_called(site, "penalties-procedure")
    data = {**clause.current.data, "note": "À relire."}
    clause.add_version(data, "system", clock.now())
    transaction.commit()
    compared = words(app_writer.get(place + "/comparaison"))
    assert "par system" not in compared
    assert "par le système" in compared


def test_a_clause_of_one_version_is_compared_with_nothing(app_writer, site) -> None:
    place = resource_path(clause_called(site, "penalties-late-fixed"))
    page = app_writer.get(place + "/comparaison")
    assert "Cette clause n’a qu’une version" in words(page)
    assert "suivi des modifications" not in words(page)
