"""Usage of clauses: counts of everything, names of what one may open alone."""

import re
from typing import Any

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.library import clause_called
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import set_local_text
from tests.conftest import all_powerful
from tests.functional.conftest import log_in

CLAUSE = "consultation-files"
_TEXT = "Texte de la main du rédacteur."


@pytest.fixture
def rewriting(served: Any, site: Any) -> Any:
    """A piece in which a clause was rewritten, in the sight of its writers alone."""
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    consultation = next(
        item
        for body in site["consultations"].values()
        for year in body.values()
        for item in year.values()
        if item.object.startswith("Nettoyage des locaux")
    )
    draft = create_draft(consultation, "rc-open-call", **by)
    set_local_text(draft, CLAUSE, _TEXT, revision=draft.revision, **by)
    draft.local_authors = {CLAUSE: "redacteur"}
    transaction.commit()
    return draft


def words(page: Any) -> str:
    """Return the words of a page, without no-break spaces."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


def row_of(page: Any, title: str) -> str:
    """Return the row of a table that bears a title."""
    rows = page.html.select("tbody tr")
    found = next(row for row in rows if title in row.get_text())
    return re.sub(r"\s+", " ", found.get_text(" "))


def address(site: Any) -> str:
    """Return the address of the clause that was rewritten."""
    clause = clause_called(site, CLAUSE)
    theme = clause.__parent__
    return f"/clausier/{theme.__parent__.__name__}/{theme.__name__}/{CLAUSE}/"


def test_the_most_rewritten_comes_first(app_writer, rewriting) -> None:
    page = app_writer.get("/clausier/usages")
    first = page.html.select_one("tbody tr")
    assert first.select("td")[2].get_text(strip=True) == "1"
    assert first.select("td")[3].get_text(strip=True).startswith("100")


@pytest.mark.usefixtures("rewriting")
@pytest.mark.parametrize("sort", ["titre", "-taux", "pieces", "canevas", "nothing"])
def test_the_table_is_sorted_as_asked(app_writer, sort) -> None:
    page = app_writer.get(f"/clausier/usages?sort={sort}&page=2")
    assert page.html.select("tbody tr")


def test_who_may_open_the_piece_reads_its_name(app_writer, site, rewriting) -> None:
    page = app_writer.get(address(site))
    said = words(page)
    assert "Réécrite dans 1 (100 %)" in said
    assert "réécrite par Marie Brunet" in said
    assert page.click(rewriting.title, href="pieces").status_int == 200


def test_another_body_reads_the_count_without_any_name(
    served, database, site, rewriting
) -> None:
    reference = rewriting.__parent__.__parent__.reference
    for login in ("redacteur.lac", "redacteur.routes", "editeur"):
        said = words(log_in(served, login).get(address(site)))
        assert "Réécrite dans 1" in said
        assert reference not in said
        assert "Marie Brunet" not in said


def test_a_beneficiary_reads_no_usage(app_beneficiary) -> None:
    app_beneficiary.get("/clausier/usages", status=403)
