"""Read a sheet: its fields, its links, its neighbours, who cites it, its file."""

import re
from io import BytesIO
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import clauses_of
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.reading import note_reading
from sicp.operations.reading import read_waiting
from sicp.operations.reading import waiting_keys
from sicp.operations.upload import Upload
from tests.conftest import all_powerful
from tests.factories.knowledge import CLAUSE
from tests.functional.office.knowledge.test_folder import words
from tests.unit.engines.text_extraction import files


def links(page: Any, within: str = "main") -> dict[str, str]:
    """Return the links of a part of a page: address by words."""
    found = page.html.select(f"{within} a[href]")
    return {link.get_text(" ", strip=True): link["href"] for link in found}


def test_an_article_shows_its_fields_and_leads_on(app_reader, made) -> None:
    page = app_reader.get(resource_path(made["L2999-11"]))
    assert "Code de la commande publique" in words(page)
    assert "Allotissement" in page.html.select_one(".sheet-facts").get_text()
    text = links(page, ".sheet-text")
    assert list(text) == ["L. 2999-10"]
    assert app_reader.get(text["L. 2999-10"]).html.h1.get_text(strip=True) == (
        "Article L2999-10"
    )


def test_an_article_has_its_neighbours_in_the_plan_of_its_code(
    app_reader, made
) -> None:
    middle = app_reader.get(resource_path(made["L2999-11"]))
    around = links(middle, ".sheet-neighbours")
    assert list(around) == ["Précédente Article L2999-10", "Suivante Article L2999-12"]
    first = links(app_reader.get(resource_path(made["L2999-10"])), ".sheet-neighbours")
    assert list(first)[-1] == "Suivante Article L2999-11"


def test_what_cites_an_article_is_counted_and_named(app_editor, made) -> None:
    page = app_editor.get(resource_path(made["L2999-10"]))
    # Two articles, the practice; the secret one is not of the editor's entity.
    assert "3 fiches" in words(page)
    everything = app_editor.get(resource_path(made["L2999-10"]) + "/liens")
    assert "Allotir à la Région" in words(everything)


def test_the_clauses_that_rest_on_an_article_are_counted(
    app_editor, app_beneficiary, made, site
) -> None:
    resting = [
        clause
        for clause in clauses_of(site["clausier"])
        if "L2123-1" in clause.current.data.get("legal_basis", ())
    ]
    assert resting
    path = resource_path(article_called(site, "L2123-1", all_powerful(site)))
    found = re.search(r"(\d+) clauses", words(app_editor.get(path)))
    assert int(found[1]) >= len(resting)
    # Who does not read the clausier is told of none.
    assert not re.search(r"\d clauses?", words(app_beneficiary.get(path)))


def test_counts_are_those_of_what_one_may_read(app_reader, app_writer, made) -> None:
    path = resource_path(made["L2999-10"])
    assert "3 fiches" in words(app_reader.get(path))
    assert "4 fiches" in words(app_writer.get(path))


def test_a_long_text_has_its_contents_and_its_themes(app_reader, made) -> None:
    page = app_reader.get(resource_path(made["lots"]))
    contents = links(page, ".sheet-contents")
    assert contents["Les exceptions"] == "#partie-2"
    assert page.html.select_one("h2#partie-2").get_text() == "Les exceptions"
    theme = links(page, ".sheet-themes")["Préparation"]
    assert "Allotir à la Région" in words(app_reader.get(theme))


def test_a_link_to_a_clause_is_none_to_who_does_not_read_it(
    app_editor, app_beneficiary, made, site
) -> None:
    path = resource_path(made["lots"])
    clause = clause_called(site, CLAUSE)
    address = resource_path(clause)
    assert address in "".join(links(app_editor.get(path), ".sheet-text").values())
    assert "une clause" not in links(app_beneficiary.get(path), ".sheet-text")


def test_an_obsolete_sheet_says_why(app_reader, made) -> None:
    page = app_reader.get(resource_path(made["old"]))
    assert "Remplacée par la fiche nouvelle." in words(page)


def test_a_draft_is_read_by_those_who_write(app_reader, app_editor, made) -> None:
    path = resource_path(made["draft"])
    refused = app_reader.get(path, status=403)
    assert "Fiche à écrire" not in refused.text
    assert "Brouillon" in words(app_editor.get(path))
    assert "Fiche à écrire" not in app_reader.get("/connaissances/fiches-de-la-region/")


def test_a_working_copy_is_told_to_those_who_write(
    app_reader, app_editor, made
) -> None:
    path = resource_path(made["lots"])
    assert "écrit cette fiche depuis" in words(app_editor.get(path))
    assert "écrit cette fiche depuis" not in words(app_reader.get(path))


@pytest.mark.parametrize(
    "page", ["", "liens", "fichier", "deplacer", "copier", "supprimer", "branche"]
)
@pytest.mark.parametrize("name", ["closed", "secret"])
def test_what_is_kept_for_others_says_nothing_of_itself(
    app_reader, made, name, page
) -> None:
    for address in (resource_path(made[name]), f"/connaissances/~{made[name].__oid__}"):
        answer = app_reader.get(f"{address}/{page}", expect_errors=True)
        assert answer.status_int in {403, 404}
        assert "tratégie" not in answer.text
        assert "Contentieux" not in answer.text


def test_nobody_is_sent_to_the_login_page(app_anonymous, made) -> None:
    answer = app_anonymous.get(resource_path(made["lots"]), status=303)
    assert "/connexion" in answer.location


def test_the_permanent_address_leads_to_the_place(app_reader, made) -> None:
    number = made["lots"].__oid__
    answer = app_reader.get(f"/connaissances/~{number}", status=302)
    assert answer.location.endswith(resource_path(made["lots"]) + "/")


@pytest.mark.parametrize("number", ["~", "~0", "~-1", "~9" * 30, "~1e9", "~%D9%A3"])
def test_a_number_that_is_none_is_not_found(app_reader, number) -> None:
    app_reader.get(f"/connaissances/{number}", status=404)


def test_a_file_is_taken_away_as_it_came(app_reader, made, by, site) -> None:
    data = files.docx("# Modèle", "Des mots.")
    sheet = made["draft"]
    put_file(sheet, Upload(BytesIO(data), '../"évil\n.docx'), **by)
    publish_sheet(sheet, **by)
    transaction.commit()
    path = resource_path(sheet)
    app_reader.get(path + "/apercu", status=404)
    key = waiting_keys(site)[-1]
    note_reading(site, key, read_waiting(site, key))
    transaction.commit()
    page = app_reader.get(path).click("Lire le texte")
    assert "Des mots." in words(page)
    answer = app_reader.get(path + "/fichier")
    assert answer.body == data
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    app_reader.get(path + "/fichier?version=9", status=404)
    app_reader.get(path + "/fichier?version=travail", status=404)
    app_reader.get(resource_path(made["lots"]) + "/fichier", status=404)
