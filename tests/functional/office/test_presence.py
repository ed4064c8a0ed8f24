"""Who edits learns who else has the page open; nobody else learns anything."""

from dataclasses import replace

import pytest

from tests.functional.conftest import log_in


@pytest.fixture
def kept(served, tmp_path, monkeypatch):
    """The file in which presence is kept."""
    path = tmp_path / "presence.sqlite"
    settings = replace(served.registry.site_settings, presence_file=str(path))
    monkeypatch.setattr(served.registry, "site_settings", settings)
    return path


@pytest.fixture
def form(site, served):
    """The address of the form of the first consultation."""
    return next(
        f"/consultations/{body.__name__}/{year.__name__}/{item.__name__}/formulaire"
        for body in site["consultations"].values()
        for year in body.values()
        for item in year.values()
        if "Nettoyage des locaux" in item.object
    )


def told(page):
    return [box.get_text(strip=True) for box in page.html.select(".alerts p")]


def test_the_second_who_opens_a_form_is_told_of_the_first(served, database, kept, form):
    first, second = log_in(served, "redacteur"), log_in(served, "redacteur.central")
    assert told(first.get(form)) == []
    (sentence,) = told(second.get(form))
    assert sentence.endswith("vient d’ouvrir cette page.")
    assert told(second.get(form.replace("/formulaire", "/detail"))) == []


def test_who_may_not_edit_is_neither_told_nor_noted(served, database, kept, form):
    writer, stranger = log_in(served, "redacteur"), log_in(served, "beneficiaire")
    writer.get(form)
    page = stranger.get(form, status=(403, 404))
    assert "ouvrir cette page" not in page.text
    assert told(writer.get(form)) == []


def test_nothing_is_kept_where_no_file_is_named(served, database, form):
    log_in(served, "redacteur").get(form)
    assert told(log_in(served, "redacteur.central").get(form)) == []
