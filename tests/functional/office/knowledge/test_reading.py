"""What could not be read is told to who manages the base, and read again."""

from typing import Any

from pyramid.traversal import resource_path

from sicp.cli.background import work_off
from tests.functional.office.knowledge.test_file import join
from tests.unit.engines.text_extraction import files

READINGS = "/connaissances/lectures"


def rows(page: Any) -> list[str]:
    """Return the rows of the list."""
    return [tr.get_text(" ", strip=True) for tr in page.html.select("tbody tr")]


def test_failures_are_listed_and_read_again(app_keeper, served, made) -> None:
    assert "Tous les fichiers qui ont un texte sont lus." in app_keeper.get(READINGS)
    for name, content in (
        ("L2999-10", files.pdf_of_images()),
        ("lots", files.docx("Un texte.")),
    ):
        join(app_keeper, resource_path(made[name]), content, f"{name}.pdf", status="*")
    assert "Fichiers en attente de lecture" in app_keeper.get(READINGS)
    work_off(served.registry)
    page = app_keeper.get(READINGS)
    (row,) = rows(page)
    assert "L2999-10.pdf" in row
    assert "Aucun texte à lire" in row
    form = page.forms[0] if "rows" in page.forms[0].fields else page.forms[1]
    form = next(f for f in page.forms.values() if "rows" in f.fields)
    nothing = form.submit("action", value="retry", status=303).follow()
    assert "Cochez des fichiers." in nothing.text
    form["rows"] = True
    page = form.submit("action", value="retry", status=303).follow()
    assert "Fichiers qui seront relus" in page.text
    assert rows(page) == []
    work_off(served.registry)
    page = app_keeper.get(READINGS)
    assert len(rows(page)) == 1
    form = next(f for f in page.forms.values() if "all" in f.fields)
    page = form.submit("all", status=303).follow()
    assert "Fichiers qui seront relus" in page.text
    app_keeper.get(READINGS)


def test_a_key_that_is_nothing_reads_nothing(app_keeper) -> None:
    page = app_keeper.get(READINGS)
    token = page.html.select_one("input[name=csrf_token]")["value"]
    sent = {"csrf_token": token, "rows": "2026-x", "action": "retry"}
    page = app_keeper.post(READINGS, sent, status=303).follow()
    assert "Cochez des fichiers." in page.text
