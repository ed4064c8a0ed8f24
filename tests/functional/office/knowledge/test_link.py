"""Articles of law are links wherever they are shown, to who reads their sheets."""

from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.zone import set_readers
from tests.conftest import all_powerful

ESTIMATE = "L2123-1"


@pytest.fixture
def form(site: Any) -> str:
    """The address of the form of a consultation of the demonstration."""
    found = next(
        item
        for body in site["consultations"].values()
        for year in body.values()
        for item in year.values()
        if item.object.startswith("Nettoyage des locaux")
    )
    return f"{resource_path(found)}/formulaire/"


def law_links(page: Any) -> dict[str, str]:
    """Return the articles that are links on a page, with their addresses."""
    found = page.html.select("main a.law-link")
    return {link.get_text(strip=True): link["href"] for link in found}


@pytest.mark.parametrize("step", ["lots", "procedure"])
def test_the_articles_of_a_form_lead_to_their_sheets(app_writer, form, step) -> None:
    links = law_links(app_writer.get(form + step))
    assert links
    for number, address in links.items():
        assert number.replace(". ", "") in app_writer.get(address).text


def test_an_article_that_one_may_not_read_is_no_link(
    app_writer, form, site, by
) -> None:
    sheet = article_called(site, "L2113-10", all_powerful(site))
    before = law_links(app_writer.get(form + "lots"))
    assert resource_path(sheet) in before.values()
    top = sheet.__parent__
    while top.__parent__ is not site["connaissances"]:
        top = top.__parent__
    set_readers(top, [site["organisation"]["syndicat-du-lac"].__oid__], **by)
    transaction.commit()
    assert law_links(app_writer.get(form + "lots")) == {}


def test_a_clause_leads_to_the_articles_it_rests_on(app_editor) -> None:
    library = app_editor.get("/clausier/?q=L2123")
    assert "/connaissances/" in "".join(law_links(library).values())
