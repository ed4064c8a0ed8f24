"""The writer takes what the clausier brings, or leaves it and says why."""

import re

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.release import FORCED
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import set_local_text
from tests.conftest import all_powerful
from tests.factories.release import publish
from tests.functional.conftest import log_in

OPEN = "execution-times"
FIXED = "price-contents"
CCAP = "ccap-common-services"


def words(page) -> str:
    """Return the words of the page."""
    text = re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))
    return text.replace("\xa0", " ")


@pytest.fixture
def by(site, served):
    """The system itself acts."""
    actor = all_powerful(site)
    return {"actor": actor, "now": clock.now(), "registry": served.registry}


@pytest.fixture
def draft(site, by):
    """The CCAP of the cleaning of schools."""
    consultation = next(
        item
        for body in site["consultations"].values()
        for year in body.values()
        for item in year.values()
        if "Nettoyage des locaux" in item.object
    )
    found = create_draft(consultation, CCAP, **by)
    transaction.commit()
    return found


@pytest.fixture
def path(draft) -> str:
    """The address of the piece."""
    consultation = draft.__parent__.__parent__
    year = consultation.__parent__
    body = year.__parent__.__name__
    name = consultation.__name__
    return f"/consultations/{body}/{year.__name__}/{name}/pieces/{CCAP}/"


@pytest.fixture
def release(site, by, draft):
    """A publication that proposes one clause and imposes another."""
    publish(site, by, FIXED, "C’est imposé à tous.", FORCED)
    found = publish(site, by, OPEN, "Le calendrier est remis.")
    transaction.commit()
    return found


def test_the_writer_is_told_wherever_he_looks(app_writer, path, release) -> None:
    pieces = path.removesuffix(f"{CCAP}/")
    for address in (path, pieces):
        said = words(app_writer.get(address))
        assert f"Le clausier {release.name} concerne cette pièce : 1 changement" in said
        assert "Imposé : " in said
    assert "Pièces à reprendre" in words(app_writer.get("/"))


def test_he_applies_and_the_document_changes(app_writer, path, release, site) -> None:
    assert "Le calendrier est remis." not in app_writer.get(path)
    page = app_writer.get(path).click("Voir les changements")
    said = words(page)
    assert "Le calendrier est remis." in said
    assert "C’est imposé à tous." in said
    assert "Le texte est plus clair." in said
    page = page.forms["form"].submit("save", status=303).follow()
    assert "Changements appliqués" in page
    assert "Le calendrier est remis." in page
    assert "concerne cette pièce" not in words(page)
    history = app_writer.get(path.split("pieces")[0] + "historique")
    assert "a repris une pièce sur le clausier" in words(history)
    assert "Pièces à reprendre" not in words(app_writer.get("/"))
    assert "suit déjà" in words(app_writer.get(path + "reprise"))


def test_to_leave_he_says_why(app_writer, path, release, site, draft) -> None:
    form = app_writer.get(path + "reprise").forms["form"]
    form[f"form-choice-clause-{OPEN}"] = "leave"
    page = form.submit("save", status=422)
    assert "Dites pourquoi" in words(page)
    assert page.html.select_one(f"#form-reason-clause-{OPEN}-item.has-error")
    form = page.forms["form"]
    assert form[f"form-choice-clause-{OPEN}"].value == "leave"
    form[f"reason-clause-{OPEN}"] = "Le marché est particulier."
    page = form.submit("save", status=303).follow()
    assert "Le calendrier est remis." not in page
    transaction.begin()
    assert draft.declined[f"clause-{OPEN}"].by == "redacteur"


def test_his_own_text_stays_and_he_is_told(app_writer, path, site, by, draft) -> None:
    set_local_text(draft, OPEN, "Mon texte à moi.", **by)
    publish(site, by, OPEN, "Le calendrier est remis.")
    transaction.commit()
    page = app_writer.get(path + "reprise")
    assert "votre texte est gardé" in words(page)
    page = page.forms["form"].submit("save", status=303).follow()
    assert "Mon texte à moi." in page


def test_a_colleague_who_writes_meanwhile_loses_nothing(
    app_writer, path, release, site, by, draft
) -> None:
    form = app_writer.get(path + "reprise").forms["form"]
    transaction.begin()
    set_local_text(draft, OPEN, "Écrit entre-temps.", **by)
    transaction.commit()
    page = form.submit("save", status=409)
    assert "relisez" in words(page)
    page = page.forms["form"].submit("save", status=303).follow()
    assert "Écrit entre-temps." in page


def test_a_newer_publication_is_shown_before(
    app_writer, path, release, site, by
) -> None:
    form = app_writer.get(path + "reprise").forms["form"]
    transaction.begin()
    publish(site, by, "waste-management", "Encore une phrase.")
    transaction.commit()
    page = form.submit("save", status=409)
    assert "Une autre version du clausier" in words(page)


def test_who_only_reads_sees_but_does_not_act(
    served, database, app_manager, app_writer, path, release
) -> None:
    reader = log_in(served, "beneficiaire")
    reader.get(path + "reprise", status=403)
    log_in(served, "redacteur.numerique").get(path + "reprise", status=403)


def test_what_is_not_ours_is_refused(app_writer, path, release) -> None:
    form = app_writer.get(path + "reprise").forms["form"]
    sent = dict(form.submit_fields())
    app_writer.post(path + "reprise", {**sent, "choice-clause-zzz": "x"}, status=422)
    app_writer.post(path + "reprise", {**sent, "revision": "x"}, status=422)
    app_writer.post(path + "reprise", {**sent, "release": "1900.1"}, status=409)
