"""Walk the base: landing page, folders, lists; what one may not see is not there."""

import re
from datetime import timedelta
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp.operations.knowledge.publishing import entrust_sheet
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import start_editing


def words(page: Any) -> str:
    """Return the words of a page, without no-break spaces."""
    return re.sub(r"\s+", " ", page.html.select_one("body").get_text(" "))


def rows(page: Any) -> list[str]:
    """Return the titles of a list, in their order."""
    return [
        row.select_one("th a").get_text(strip=True)
        for row in page.html.select("tbody tr")
    ]


def test_the_landing_page_says_what_the_base_holds(app_reader) -> None:
    page = app_reader.get("/connaissances/")
    said = words(page)
    assert "Textes de la Région" in said
    assert "Dernières publications" in said
    assert "Articles" in page.html.select_one("#by-kind").parent.get_text()
    assert "Seuils" in page.html.select_one("#by-theme").parent.get_text()
    assert page.html.select_one(".modules [aria-current]").get_text() == (
        "Base de connaissances"
    )


def test_the_latest_publications_are_those_last_published(
    app_reader, made, site, by
) -> None:
    later = {**by, "now": by["now"] + timedelta(days=2)}
    start_editing(made["decree"], **later)
    publish_sheet(made["decree"], **later)
    # Whoever answers for a sheet, its text is as old as before.
    last = {**by, "now": by["now"] + timedelta(days=3)}
    entrust_sheet(made["lots"], "documentaliste", None, **last)
    transaction.commit()
    page = app_reader.get("/connaissances/")
    cards = page.html.select(".card-block")
    card = next(c for c in cards if "Dernières publications" in c.get_text())
    lines = [line.get_text(" ") for line in card.select("li")]
    assert "Décret de l’essai" in lines[0]
    assert "dans 2 jours" in lines[0]
    assert "aujourd’hui" in next(line for line in lines if "Allotir" in line)


def test_a_reader_sees_nothing_of_a_closed_folder(app_reader, made) -> None:
    for path in (
        "/connaissances/",
        "/connaissances/?dessous=1&theme=strategie",
        "/connaissances/?texte=strategie",
        resource_path(made["L2999-10"]),
        "/connaissances/branche",
    ):
        said = app_reader.get(path).text
        assert "Contentieux réservé" not in said, path
        assert "Stratégie" not in said, path
        assert "ontentieuse" not in said, path


def test_an_agent_of_the_readers_sees_it(app_writer, made) -> None:
    assert "Contentieux réservé" in app_writer.get("/connaissances/").text
    page = app_writer.get(resource_path(made["secret"]))
    assert "stratégie secrète" in page.text


@pytest.mark.parametrize("place", ["", "fiches-de-la-region/", "corbeille/"])
@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=" + "9" * 500,
        "page=abc&sort=-nulle-part&columns=x&columns=titre",
        "sort=--&sorte=nulle&etat=nul&theme=%00&responsable=personne",
        "texte=" + "%C3%A9" * 3000,
        "texte=<script>alert(1)</script>&dessous=%E2%80%AE",
        "columns=relecture&columns=etat&sort=relecture",
    ],
)
def test_a_hostile_address_is_answered(app_keeper, place, query) -> None:
    page = app_keeper.get(f"/connaissances/{place}?{query}", status=200)
    assert "<script>alert" not in page.text


def test_a_list_is_narrowed_and_sorted_by_its_address(app_keeper, made) -> None:
    path = resource_path(made["texts"])
    every = rows(app_keeper.get(path + "?dessous=1&sort=-titre"))
    assert every == [
        "Décret de l’essai",
        "Article L2999-12",
        "Article L2999-11",
        "Article L2999-10",
    ]
    assert rows(app_keeper.get(path)) == ["Décret de l’essai"]
    one = app_keeper.get(path + "?dessous=1&texte=L2999-11&sorte=article")
    assert rows(one) == ["Article L2999-11"]
    chosen = app_keeper.get(path + "?columns=reference&dessous=1")
    assert [h.get_text(strip=True) for h in chosen.html.select("thead th")][1:] == [
        "Fiche",
        "Référence",
    ]


def test_a_branch_of_the_tree_holds_what_one_may_see(app_reader, made) -> None:
    branch = app_reader.get("/connaissances/branche")
    assert "Textes de la Région" in branch.text
    assert "Contentieux réservé" not in branch.text
    inner = app_reader.get(resource_path(made["code"]) + "/branche")
    assert "Section 1" in inner.text
    assert "<html" not in inner.text


def test_an_empty_folder_says_what_to_do(app_reader, app_keeper, made) -> None:
    path = resource_path(made["empty"])
    assert "Ce dossier est vide." in words(app_reader.get(path))
    assert app_keeper.get(path).html.select(".empty a.button-primary")
    assert not app_reader.get(path).html.select(".empty a")
