"""The right sheet beside the right field, stage and clause, for who may read it."""

from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp.operations.clause.library import clause_called
from sicp.operations.consultation.draft import create_draft
from sicp.operations.index import walk_consultations
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.help import Helps
from sicp.operations.knowledge.help import choose_helps
from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.publishing import retire_sheet
from tests.conftest import all_powerful
from tests.functional.conftest import log_in

LOTS = "Allotir, ou dire pourquoi l’on n’allotit pas"


def shipped(site: Any, name: str) -> Any:
    """Return a sheet of the application by its name there."""
    base = site["connaissances"]
    return base.numbers[base.shipped[name]]


@pytest.fixture
def consultation(site: Any) -> Any:
    """One that the *rédacteur* of the lycées writes."""
    return next(
        c for c in walk_consultations(site) if c.object.startswith("Nettoyage des")
    )


def address(consultation: Any) -> str:
    """Return the address of a consultation."""
    return str(resource_path(consultation))


def test_a_field_of_the_form_shows_its_help(app_writer: Any, consultation: Any) -> None:
    page = app_writer.get(f"{address(consultation)}/formulaire/lots")
    links = page.html.select(".field-links a")
    assert LOTS in {link.contents[0].strip() for link in links}
    found = next(link for link in links if LOTS in link.text)
    assert app_writer.get(found["href"]).status_int == 200


def test_the_page_of_a_consultation_leads_to_the_sheets_of_its_stages(
    app_writer: Any, consultation: Any
) -> None:
    page = app_writer.get(f"{address(consultation)}/detail")
    titles = [s.text for s in page.html.select("aside summary, .aside-block summary")]
    assert "Définition" in titles
    assert "Attribution" in titles
    assert LOTS not in page.html.select_one(".aside-block details:not([open])").text


def test_a_clause_and_its_place_in_a_piece_lead_to_the_sheet(
    site: Any, by: dict[str, Any], served: Any, consultation: Any
) -> None:
    draft = create_draft(consultation, "rc-open-call", **by)
    transaction.commit()
    page = log_in(served, "redacteur").get(
        f"{address(consultation)}/pieces/{draft.__name__}"
    )
    panels = page.html.select(".why-helps")
    assert any("Choisir et pondérer les critères" in panel.text for panel in panels)
    clause = clause_called(site, "award-criteria")
    shown = log_in(served, "editeur").get(resource_path(clause))
    assert "Choisir et pondérer les critères" in shown.text


def test_who_may_not_read_the_sheet_is_not_told_of_it(
    site: Any, by: dict[str, Any], served: Any, consultation: Any
) -> None:
    place = f"{address(consultation)}/formulaire/lots"
    other = site["organisation"]["syndicat-du-lac"]
    closed = create_folder(
        site["connaissances"], "Réservé", **by, readers=[other.__oid__]
    )
    move_item(shipped(site, "allotir"), closed, **by)
    transaction.commit()
    assert LOTS not in log_in(served, "redacteur").get(place).text


def test_an_obsolete_sheet_helps_no_more(
    site: Any, by: dict[str, Any], served: Any, consultation: Any
) -> None:
    retire_sheet(shipped(site, "allotir"), "Récrite", **by)
    transaction.commit()
    page = log_in(served, "redacteur").get(f"{address(consultation)}/formulaire/lots")
    assert LOTS not in page.text


def test_who_keeps_the_base_chooses_what_a_sheet_helps_with(
    site: Any, app_keeper: Any, served: Any, consultation: Any
) -> None:
    sheet = shipped(site, "sourcing")
    page = app_keeper.get(f"/connaissances/~{sheet.__oid__}").follow()
    form = page.click("Aide en contexte").forms["form"]
    boxes = form.fields["checkbox"]
    assert {box._value for box in boxes if box.checked} == {"definition"}
    tick(form, "description")
    form["words"] = "retenue"
    found = form.submit("search", status=200).forms["form"]
    tick(found, "retention")
    found.submit("save", status=303)
    transaction.begin()
    assert set(sheet.helps) == {
        "field:description",
        "stage:definition",
        "clause:retention",
    }
    assert sheet.helps_by == "documentaliste"
    page = log_in(served, "redacteur").get(f"{address(consultation)}/formulaire/need")
    assert "Parler avec les entreprises" in page.text


def tick(form: Any, value: str) -> None:
    """Tick one box."""
    box = next(b for b in form.fields["checkbox"] if b._value == value)
    box.checked = True


def test_only_those_who_write_choose(site: Any, app_reader: Any) -> None:
    sheet = shipped(site, "sourcing")
    url = f"/connaissances/~{sheet.__oid__}"
    assert "Aide en contexte" not in app_reader.get(url).follow().text
    path = app_reader.get(url).location
    assert app_reader.get(f"{path}aide", status="*").status_int == 403


def test_what_does_not_exist_is_refused(site: Any, app_keeper: Any) -> None:
    sheet = shipped(site, "sourcing")
    path = app_keeper.get(f"/connaissances/~{sheet.__oid__}").location
    form = app_keeper.get(f"{path}aide").forms["form"]
    form.fields["checkbox"][0].checked = True
    form.fields["checkbox"][0]._value = "nowhere"
    answer = form.submit("save", status=422)
    assert answer.html.select(".field-error:not([hidden])")


def test_one_question_to_the_catalogue_serves_a_page(
    site: Any, by: dict[str, Any], consultation: Any
) -> None:
    article = article_called(site, "L2113-10", all_powerful(site))
    choose_helps(article, Helps(fields=("is_allotted",)), **by)
    catalog = site.business_catalog
    assert article.__oid__ in catalog["helps"]._fwd_index["field:is_allotted"]
