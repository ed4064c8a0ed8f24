"""What a clause rests on and refers to leads to the knowledge base, and stays right."""

from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path
from webtest import TestApp

from sicp import clock
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.link import cited_by
from sicp.operations.knowledge.place import move_items
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from tests.conftest import all_powerful
from tests.functional.conftest import log_in

ARTICLE = "L2112-2"
CLAUSE = "penalties-procedure"


@pytest.fixture
def by(served: Any, site: Any) -> dict[str, Any]:
    """What operations ask for; the system acts."""
    registry = served.registry
    return {"actor": all_powerful(site), "now": clock.now(), "registry": registry}


@pytest.fixture
def sheet(site: Any, by: dict[str, Any]) -> Any:
    """A published sheet."""
    wanted = SheetInput("Appliquer une pénalité", "<p>Le contradictoire.</p>", {})
    made = create_sheet(site["connaissances"], "practice", wanted, **by)
    publish_sheet(made, **by)
    transaction.commit()
    return made


@pytest.fixture
def app_editor(served: Any, database: Any) -> TestApp:
    """Who keeps the clausier."""
    return log_in(served, "editeur")


def address(site: Any) -> str:
    """Return where the clause is."""
    return resource_path(clause_called(site, CLAUSE))


def led(page: Any) -> dict[str, str]:
    """Return where the links of a page lead, by their words."""
    return {a.get_text(): a["href"] for a in page.html.select("main a[href]")}


def test_the_articles_a_clause_rests_on_are_opened_from_it(
    app_writer, site, by
) -> None:
    page = app_writer.get(led(app_writer.get(address(site)))[ARTICLE])
    assert (
        page.html.h1.get_text().strip()
        == article_called(site, ARTICLE, by["actor"]).title
    )


def test_a_sheet_is_pasted_by_its_address_and_kept_by_its_number(
    app_editor, site, by, sheet
) -> None:
    proposal = propose_amendment(site, "price-revisable", **by)
    transaction.commit()
    path = f"/propositions/{proposal.__name__}/modifier"
    form = app_editor.get(path).forms["form"]
    pasted = f"http://localhost/connaissances/{sheet.__name__}/"
    form.fields["title"][-1].force_value("Comment faire")
    form.fields["url"][-1].force_value(pasted)
    page = form.submit("save", status=303).follow()
    transaction.begin()
    proposal = site["propositions"][proposal.__name__]
    (link,) = proposal.data["links"]
    assert link == {"title": "Comment faire", "url": f"sicp:sheet/{sheet.__oid__}"}
    shown = page.forms["form"].fields["url"][0].value
    assert shown == f"http://localhost/connaissances/~{sheet.__oid__}"
    # Saved again, it is still the same link; moved, the sheet is still found.
    page.forms["form"].submit("save", status=303)
    transaction.begin()
    assert site["propositions"][proposal.__name__].data["links"] == [link]
    folder = create_folder(site["connaissances"], "Pénalités", **by)
    move_items([site["connaissances"].numbers[sheet.__oid__]], folder, **by)
    transaction.commit()
    read = app_editor.get(f"/propositions/{proposal.__name__}/")
    opened = app_editor.get(led(read)["Comment faire"])
    assert "Appliquer une pénalité" in opened.html.h1.get_text()
    assert "Pages utiles" in read.text


def test_a_clause_tells_its_sheet_that_it_is_cited(app_editor, site, by, sheet) -> None:
    clause = clause_called(site, CLAUSE)
    link = {"title": "Comment faire", "url": f"sicp:sheet/{sheet.__oid__}"}
    data = {**clause.current.data, "links": [link]}
    clause.add_version(data, "editeur", clock.now())
    transaction.commit()
    assert clause in cited_by(sheet, by["actor"]).places
    sheet_url = led(app_editor.get(address(site)))["Comment faire"]
    assert sheet_url.endswith("/connaissances/appliquer-une-penalite")


def test_a_sheet_that_is_gone_is_told_as_such(app_editor, site) -> None:
    clause = clause_called(site, CLAUSE)
    link = {"title": "Fiche disparue", "url": "sicp:sheet/12"}
    clause.add_version({**clause.current.data, "links": [link]}, "", clock.now())
    transaction.commit()
    page = app_editor.get(address(site))
    assert "Fiche disparue" not in led(page)
    assert "fiche retirée ou réservée" in page.text
