"""The editor publishes after proof; others read; nobody learns of hidden pieces."""

import email
import re
from datetime import timedelta
from email import policy

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.release import FORCED
from sicp.operations.consultation.draft import create_draft
from tests.conftest import all_powerful
from tests.factories.release import adopt
from tests.factories.release import adopt_new
from tests.factories.release import carry
from tests.factories.release import edit_template
from tests.factories.release import publish
from tests.factories.release import rewritten
from tests.functional.conftest import log_in

OPEN = "execution-times"
CCAP = "ccap-common-services"
PREPARE = "/publications/preparer"


def words(page) -> str:
    """Return the words of the page."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


def mails_in(mails) -> list:
    """Read the mails of the queue and empty it."""
    found = []
    for path in sorted((mails / "new").glob("*")) if mails.exists() else []:
        found.append(email.message_from_bytes(path.read_bytes(), policy=policy.default))
        path.unlink()
    return found


@pytest.fixture
def by(site, served):
    """The system itself acts."""
    actor = all_powerful(site)
    return {"actor": actor, "now": clock.now(), "registry": served.registry}


@pytest.fixture
def app_editor(served, database):
    """An editor of the clausier."""
    return log_in(served, "editeur")


@pytest.fixture
def consultation(site):
    """The cleaning of schools."""
    return next(
        item
        for body in site["consultations"].values()
        for year in body.values()
        for item in year.values()
        if "Nettoyage des locaux" in item.object
    )


@pytest.fixture
def draft(consultation, by):
    """Its CCAP, begun by the writer."""
    found = create_draft(consultation, CCAP, **by)
    found.created_by = found.modified_by = "redacteur"
    transaction.commit()
    return found


@pytest.fixture
def waiting(site, by) -> str:
    """A proposal that the committee adopted."""
    for proposal in site["propositions"].values():
        if proposal.__workflow_state__["proposal"] == "adopted":
            proposal.__workflow_state__["proposal"] = "withdrawn"
    key = adopt(site, by, OPEN, "Le calendrier est remis au titulaire.")
    transaction.commit()
    return key


def prepared(app, key: str, note: str = "Les délais sont plus clairs."):
    """Fill the page that prepares a publication."""
    form = app.get(PREPARE).forms["form"]
    form[f"form-{key}"] = "proposed"
    form["note"] = note
    return form


def test_an_editor_publishes_what_waits_and_the_writer_is_told(
    app_editor, waiting, draft, site, mails
) -> None:
    mails_in(mails)
    page = app_editor.get(PREPARE)
    said = words(page)
    assert "Le calendrier est remis au titulaire." in said
    assert "pièces en cours concernées : 1" in said.replace("\xa0", " ")
    assert "Aucune anomalie" in said
    page = prepared(app_editor, waiting).submit("publish", status=303).follow()
    assert "Les délais sont plus clairs." in words(page)
    (mail,) = mails_in(mails)
    assert mail["To"] == "redacteur@ile-des-alpes.example"
    body = mail.get_content()
    assert "Le texte est plus clair." in body
    assert f"/pieces/{CCAP}/reprise" in body
    transaction.begin()
    assert len(site["publications"]) == 2


def test_checking_publishes_nothing(app_editor, waiting, site, mails) -> None:
    mails_in(mails)
    page = prepared(app_editor, waiting).submit("check")
    assert "Aucune anomalie" in words(page)
    transaction.begin()
    assert len(site["publications"]) == 1
    assert mails_in(mails) == []


def test_a_publication_to_come_is_told_with_its_day(
    app_editor, waiting, draft, mails
) -> None:
    mails_in(mails)
    day = clock.legal_day(clock.now()) + timedelta(days=30)
    form = prepared(app_editor, waiting)
    form["in_force_from"] = day.strftime("%d/%m/%Y")
    page = form.submit("publish", status=303).follow()
    assert "À venir" in words(page)
    (mail,) = mails_in(mails)
    assert day.strftime("%d/%m/%Y") in mail.get_content()


def test_who_lost_his_rights_or_has_no_address_is_not_told(
    app_editor, waiting, draft, site, mails
) -> None:
    mails_in(mails)
    draft.created_by, draft.modified_by = "beneficiaire", "gestionnaire"
    site["utilisateurs"]["gestionnaire"].email = ""
    transaction.commit()
    prepared(app_editor, waiting).submit("publish", status=303)
    assert mails_in(mails) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("note", "", "Dites aux rédacteurs"),
        ("in_force_from", "01/01/2020", "ne peut pas précéder"),
        ("in_force_from", "hier", "date"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_published(
    app_editor, waiting, site, name, value, said
) -> None:
    form = prepared(app_editor, waiting)
    form[name] = value
    page = form.submit("publish", status=422)
    assert said in words(page)
    transaction.begin()
    assert len(site["publications"]) == 1


def test_an_error_of_the_proof_stops_the_publication(
    app_editor, site, by, waiting
) -> None:
    data = rewritten(site, "price-contents", "Voir {ref:clause-perdue}.")
    proposal = propose_amendment(
        site, "price-contents", data=data, reason="Renvoi.", **by
    )
    key = carry(proposal, by)
    transaction.commit()
    page = app_editor.get(PREPARE)
    assert "ne peut pas être publié ainsi" in words(page)
    page = prepared(app_editor, key).submit("publish", status=422)
    assert "clause-perdue" in words(page)
    form = page.forms["form"]
    form[f"form-{key}"] = "wait"
    form.submit("publish", status=303)


def test_a_canevas_is_shown_with_what_changes(app_editor, site, by) -> None:
    edit_template(site, by, CCAP, "Dispositions premières")
    transaction.commit()
    assert "Dispositions premières" in words(app_editor.get(PREPARE))


def test_nothing_waiting_is_told(app_editor, site) -> None:
    for proposal in site["propositions"].values():
        proposal.__workflow_state__["proposal"] = "withdrawn"
    transaction.commit()
    assert "Rien n’attend" in words(app_editor.get(PREPARE))


def test_only_who_publishes_prepares(app_writer, app_beneficiary, waiting) -> None:
    app_writer.get(PREPARE, status=403)
    assert "Préparer" not in words(app_writer.get("/publications/"))
    app_beneficiary.get("/publications/", status=403)


def test_the_page_of_a_publication_shows_the_pieces_one_may_see(
    served, database, app_writer, site, by, draft
) -> None:
    release = publish(site, by, OPEN, "Une phrase.")
    transaction.commit()
    address = f"/publications/{release.name}/"
    page = app_writer.get(address)
    assert "À reprendre" in words(page)
    page = page.click("avant et après")
    assert "Une phrase." in words(page)
    stranger = log_in(served, "redacteur.numerique")
    said = words(stranger.get(address))
    assert "Nettoyage" not in said
    assert draft.__parent__.__parent__.reference not in said
    assert "Aucune des pièces que vous pouvez voir" in said


def test_an_imposed_change_is_told_as_such(app_writer, site, by, draft) -> None:
    release = publish(site, by, OPEN, "Une phrase.", FORCED)
    transaction.commit()
    assert "Imposée" in words(app_writer.get(f"/publications/{release.name}/"))


def test_the_first_publication_is_read(app_writer, site) -> None:
    (name,) = site["publications"]
    page = app_writer.get("/publications/").click(name)
    assert "Autres changements" in words(page)


def test_a_new_clause_is_told_in_words_and_leads_to_its_page(
    app_editor, site, by
) -> None:
    made = adopt_new(site, by, "Bilan de fin de période")
    transaction.commit()
    page = app_editor.get(PREPARE)
    said = words(page)
    assert "Durée et délais" in said
    assert "duree-et-delais" not in said
    assert "Lecteur : texte" in said
    form = page.forms["form"]
    form["note"] = "Un bilan est demandé."
    for name in form.fields:
        if name and name.startswith(("clause-", "template-")):
            form[name] = "proposed" if name.endswith(made.__name__) else "wait"
    page = form.submit("publish", status=303).follow()
    assert "Le bilan est remis à" in page.click("Bilan de fin de période")
