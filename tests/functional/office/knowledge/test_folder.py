"""Walk the base: landing page, folders, lists; what one may not see is not there."""

import re
from typing import Any

from pyramid.traversal import resource_path


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
