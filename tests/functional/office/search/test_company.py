"""The page of a company: who it is, and the consultations that name it."""

from typing import Any

import pytest
import transaction

from sicp import clock
from sicp import permissions as p
from sicp.operations.company import know_company
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from tests.conftest import all_powerful
from tests.functional.office.search.conftest import found

_SIRET = "73282932000074"


@pytest.fixture
def company(served: Any, site: Any) -> Any:
    """The holder of a contract of the Region."""
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    made = know_company(site, _SIRET, "SIRET", "Dupont & Filles", **by)
    writer = actor_for(site, "redacteur", by["now"])
    region = site["consultations"]["region-ile-des-alpes"]
    everything = (made for year in region.values() for made in year.values())
    consultation = next(c for c in everything if may(writer, p.VIEW_DETAIL, c))
    consultation.award = {
        "holders": (
            {
                "identifier": _SIRET,
                "identifier_type": "SIRET",
                "name": made.title,
                "company": made.__oid__,
            },
        )
    }
    transaction.commit()
    return made


@pytest.fixture
def named(company: Any, site: Any) -> str:
    """What the page says of the consultation."""
    region = site["consultations"]["region-ile-des-alpes"]
    made = next(c for year in region.values() for c in year.values() if c.award)
    return f"{made.reference} {made.object}"


def test_a_company_found_leads_to_what_names_it(app_writer, company, named):
    results = app_writer.get("/recherche", {"q": _SIRET})
    assert "Dupont & Filles" in found(results)
    page = results.click("Dupont", index=0)
    assert page.html.h1.get_text(strip=True) == "Dupont & Filles"
    assert "732\xa0829\xa0320\xa000074" in page
    [row] = page.html.select("tbody tr")
    assert row.a.get_text() == named
    consultation = app_writer.get(row.a["href"], status=200)
    detail = consultation.goto("detail")
    assert detail.click("Dupont").request.path == page.request.path


def test_the_consultation_of_another_body_is_not_named(app_neighbour, company, named):
    page = app_neighbour.get(f"/entreprises/{company.__name__}/")
    assert named not in page
    assert "Aucune consultation que vous pouvez voir ne la nomme." in page


def test_a_wrong_number_and_no_name_are_told(app_writer, served, site):
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    made = know_company(site, "73282932000075", "SIRET", "", **by)
    transaction.commit()
    page = app_writer.get(f"/entreprises/{made.__name__}/")
    assert "Numéro mal formé" in page
    assert "Entreprise sans nom publié" in page


def test_all_companies_are_those_of_the_search(app_writer, company):
    page = app_writer.get("/entreprises/").follow()
    assert found(page) == ["Dupont & Filles"]


def test_a_name_with_quotes_is_a_question_like_another(app_writer, served, site):
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    made = know_company(site, "", "", 'SARL "Le Pin" - <b>', **by)
    transaction.commit()
    page = app_writer.get(f"/entreprises/{made.__name__}/")
    assert "<b>" not in page.html.h1.decode_contents()
