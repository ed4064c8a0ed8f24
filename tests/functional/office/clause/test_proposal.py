"""A proposal of the committee: opened, discussed, voted, decided, by whom it may be."""

import re
from typing import Any

import pytest
import transaction
from webtest import TestApp

from sicp import clock
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.user.profile import create_profile
from tests.conftest import all_powerful
from tests.factories.release import adopt_new
from tests.functional.conftest import log_in
from tests.functional.office.conftest import person

CLAUSE = "/clausier/penalites/retard/penalties-late-fixed/"


@pytest.fixture
def app_editor(served: Any, database: Any) -> TestApp:
    """Who keeps the clausier."""
    return log_in(served, "editeur")


@pytest.fixture
def app_lawyer(served: Any, database: Any) -> TestApp:
    """A member of the committee."""
    return log_in(served, "comite.juridique")


@pytest.fixture
def app_buyer(served: Any, database: Any) -> TestApp:
    """Another member."""
    return log_in(served, "comite.achats")


@pytest.fixture
def app_follower(served: Any, site: Any) -> TestApp:
    """Who follows the proposals without keeping the clausier nor voting."""
    registry = served.registry
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": registry}
    create_profile(site, "Suivi du comité", ["ED03"], **by)
    name = next(n for n, p in site["profils"].items() if p.title == "Suivi du comité")
    person(site, registry, "suivi", name, site["organisation"]["region-ile-des-alpes"])
    return log_in(served, "suivi")


@pytest.fixture
def examined(site: Any) -> str:
    """The address of the proposal under examination."""
    return address(site, "review")


@pytest.fixture
def written(site: Any) -> str:
    """The address of the proposal being written."""
    return address(site, "draft")


def address(site: Any, state: str) -> str:
    """Return the address of a proposal of the demonstration in that state."""
    name = next(
        n for n, item in site["propositions"].items() if proposal_state(item) == state
    )
    return f"/propositions/{name}/"


def proposal(site: Any, path: str) -> Any:
    """Return the proposal as it is now stored."""
    transaction.begin()
    return site["propositions"][path.strip("/").split("/")[-1]]


def words(page: Any) -> str:
    """Return the words of a page, without no-break spaces."""
    return re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))


class TestList:
    def test_tabs_count_what_stands_where(self, app_lawyer) -> None:
        page = app_lawyer.get("/propositions/")
        tabs = re.sub(r"\s+", " ", page.html.select_one(".tabs").get_text(" "))
        assert "En rédaction 1" in tabs
        assert "En examen 1" in tabs
        assert "Adoptées 1" in tabs
        assert "Closes 0" in tabs

    def test_what_is_examined_comes_first_with_its_votes(self, app_lawyer) -> None:
        said = words(app_lawyer.get("/propositions/"))
        assert "1 sur 3" in said
        assert "quorum : 2" in said
        assert "Julien Sarrasin" in said

    def test_filters_keep_what_answers(self, app_lawyer) -> None:
        query = {"etat": "redaction", "texte": "emballages", "demande": "creation"}
        assert "Reprise des emballages" in app_lawyer.get("/propositions/", query)
        none = app_lawyer.get("/propositions/", {**query, "demande": "retirement"})
        assert "Aucune proposition ne répond" in none

    @pytest.mark.parametrize(
        "query", ["etat=<x>", "sort=-nothing", "page=-4", "auteur=%00", "sort=-votes"]
    )
    def test_any_address_is_answered(self, app_lawyer, query) -> None:
        assert app_lawyer.get(f"/propositions/?{query}").status_int == 200

    def test_who_only_follows_is_not_offered_to_propose(
        self, app_lawyer, app_follower
    ) -> None:
        assert "Proposer une clause" in app_lawyer.get("/propositions/")
        assert "Proposer une clause" not in app_follower.get("/propositions/")


class TestOpening:
    def test_a_new_clause_is_proposed_from_its_theme(self, app_editor, site) -> None:
        page = app_editor.get("/propositions/nouvelle?place=penalites/retard")
        form = page.forms["form"]
        assert form["place"].value == "penalites/retard"
        form["title"] = "Pénalité de courtoisie"
        form["text"] = "Le titulaire salue."
        made = form.submit("propose", status=303).follow()
        assert "Pénalité de courtoisie" in made
        assert "Le titulaire salue." in made
        assert made.request.path.endswith("/modifier")

    def test_a_title_is_needed_and_nothing_is_lost(self, app_editor) -> None:
        form = app_editor.get("/propositions/nouvelle").forms["form"]
        form["text"] = "Un texte sans titre."
        page = form.submit("propose", status=422)
        assert "Un texte sans titre." in page

    def test_a_clause_is_amended_once_at_a_time(self, app_editor) -> None:
        page = app_editor.get(CLAUSE)
        form = next(f for f in page.forms.values() if f.action.endswith("/proposer"))
        first = form.submit(status=303).location
        assert form.submit(status=303).location == first
        assert "Voir la proposition en cours" in app_editor.get(CLAUSE)

    def test_a_retirement_needs_a_reason_and_tells_who_calls(self, app_editor) -> None:
        page = app_editor.get(CLAUSE + "retirer")
        assert "Des canevas l’appellent encore" in words(page)
        refused = page.forms["form"].submit("propose", status=422)
        form = refused.forms["form"]
        form["reason"] = "Doublon."
        made = form.submit("propose", status=303).follow()
        assert "retire la clause du clausier" in words(made)
        again = app_editor.get(CLAUSE + "retirer").forms["form"]
        again["reason"] = "Doublon."
        assert "déjà ouverte" in words(again.submit("propose", status=422))


class TestPage:
    def test_the_difference_shows_words_struck_and_added(
        self, app_lawyer, examined
    ) -> None:
        page = app_lawyer.get(examined)
        struck = " ".join(item.get_text() for item in page.html.select("del"))
        added = " ".join(item.get_text() for item in page.html.select("ins"))
        assert "quinze" in struck
        assert "mois" in added

    def test_a_comment_stands_beside_its_passage(self, app_lawyer, examined) -> None:
        page = app_lawyer.get(examined)
        beside = [row for row in page.html.select(".passage") if row.select(".thread")]
        assert len(beside) == 1
        assert "un mois" in beside[0].select_one(".passage-text").get_text()
        assert "Je préfère un seul délai" in beside[0].get_text()

    def test_a_passage_that_vanished_is_told(self, app_lawyer, examined, site) -> None:
        item = proposal(site, examined)
        item.data = {**item.data, "text": "Plus rien de ce texte."}
        transaction.commit()
        said = words(app_lawyer.get(examined))
        assert "Passages qui ne sont plus dans le texte" in said

    def test_a_version_published_meanwhile_is_told(
        self, app_lawyer, examined, site
    ) -> None:
        item = proposal(site, examined)
        item.base_version = 0
        transaction.commit()
        assert "depuis : relisez" in words(app_lawyer.get(examined))

    def test_what_the_writer_meets_is_put_to_the_committee_too(
        self, app_lawyer, written, site
    ) -> None:
        item = proposal(site, written)
        question = {"name": "who", "title": "Qui reprend ?", "type": "text"}
        item.data = {**item.data, "variables": [question], "note": "Selon le lot."}
        transaction.commit()
        said = words(app_lawyer.get(written))
        assert "Nature facultative" in said
        assert "Engagements environnementaux et sociaux › Environnement" in said
        assert "Qui reprend ?" in said
        assert "Selon le lot." in said


class TestPlacing:
    @pytest.fixture
    def adopted(self, site, served) -> str:
        registry = served.registry
        by = {"actor": all_powerful(site), "now": clock.now(), "registry": registry}
        made = adopt_new(site, by, "Bilan de fin de période")
        transaction.commit()
        return f"/propositions/{made.__name__}/"

    def test_a_new_clause_adopted_leads_to_the_canevas(
        self, app_editor, adopted, site
    ) -> None:
        assert "placez-la dans un canevas" in words(app_editor.get(adopted))
        clause_id = proposal(site, adopted).clause_id
        template = site["canevas"]["letter-award"]
        parts = [*template.data["parts"], {"clause": clause_id}]
        template.edit({**template.data, "parts": parts}, "editeur", clock.now())
        transaction.commit()
        said = words(app_editor.get(adopted))
        assert "placez-la" not in said
        assert f"À leur publication : {template.title}" in said


class TestDiscussion:
    def test_one_speaks_of_a_paragraph_without_scripts(
        self, app_lawyer, written
    ) -> None:
        form = app_lawyer.get(written).forms["comment"]
        passage = next(v for v, *_ in form["about"].options if v.startswith("passage:"))
        form["about"], form["text"] = passage, "Tous les passages ?"
        page = form.submit("comment", status=303).follow()
        beside = page.html.select(".passage .thread")
        assert "Tous les passages ?" in beside[0].get_text()

    def test_one_speaks_of_words_and_of_a_property(self, app_lawyer, written) -> None:
        form = app_lawyer.get(written).forms["comment"]
        form["quote"], form["text"] = "réemploi ou de leur\nrecyclage", "Ou les deux ?"
        form.submit("comment", status=303)
        form["quote"], form["about"] = "", "property:condition"
        form["text"] = "Toujours ?"
        page = form.submit("comment", status=303).follow()
        assert "Sur : Condition" in words(page)
        assert "Ou les deux ?" in page.html.select_one(".passage .thread").get_text()

    def test_words_that_are_not_there_are_refused_and_kept(
        self, app_lawyer, written
    ) -> None:
        form = app_lawyer.get(written).forms["comment"]
        form["quote"], form["text"] = "jamais écrit", "Mon avis."
        page = form.submit("comment", status=422)
        assert "Ces mots ne sont pas dans le texte" in page
        assert "Mon avis." in page

    def test_one_answers_resolves_and_reopens(self, app_buyer, written, site) -> None:
        page = app_buyer.get(written)
        name = next(n for n in page.forms if str(n).startswith("answer-"))
        form = page.forms[name]
        refused = form.submit("answer", status=422)
        assert refused.html.select("details[open]")
        form["text"] = "Oui, à chaque fois."
        page = form.submit("answer", status=303).follow()
        assert "Oui, à chaque fois." in page
        for action, told in (("traiter", "Traité par Denis Achard"), ("rouvrir", "")):
            turn = next(
                f for f in page.forms.values() if f.action.endswith(f"/{action}")
            )
            page = turn.submit(status=303).follow()
            assert ("Traité par" in words(page)) is bool(told)
            assert told in words(page)
        assert len(proposal(site, written).comments) == 2

    def test_a_comment_that_is_not_there_is_refused(self, app_buyer, written) -> None:
        page = app_buyer.get(written)
        turn = next(f for f in page.forms.values() if f.action.endswith("/traiter"))
        turn["comment"] = "rien"
        turn.submit(status=400)
        app_buyer.post(
            f"{written}reponse?a=rien",
            {"csrf_token": turn["csrf_token"].value, "text": "x"},
            status=400,
        )


class TestVote:
    def test_a_vote_is_cast_then_changed(self, app_buyer, examined, site) -> None:
        form = app_buyer.get(examined).forms["vote"]
        form["vote-vote"] = "abstain"
        page = form.submit("cast", status=303).follow()
        assert "Votes reçus : 2 sur 3" in words(page)
        form = page.forms["vote"]
        assert form["vote-vote"].value == "abstain"
        form["vote-vote"], form["reason"] = "for", "Convaincu."
        form.submit("cast", status=303)
        assert proposal(site, examined).votes["comite.achats"].value == "for"

    def test_a_vote_against_needs_its_reason(self, app_buyer, examined, site) -> None:
        form = app_buyer.get(examined).forms["vote"]
        form["vote-vote"] = "against"
        page = form.submit("cast", status=422)
        assert page.html.select("#vote .field-error")
        assert "comite.achats" not in proposal(site, examined).votes

    def test_nobody_votes_on_what_is_not_examined(self, app_buyer, written) -> None:
        page = app_buyer.get(written)
        assert "vote" not in page.forms
        token = page.forms["logout"]["csrf_token"].value
        app_buyer.post(
            f"{written}vote", {"csrf_token": token, "vote": "for"}, status=403
        )


class TestDecisions:
    def test_a_text_with_a_fault_is_not_submitted(
        self, app_editor, written, site
    ) -> None:
        item = proposal(site, written)
        item.data = {**item.data, "text": "Voir {ref:nowhere|nulle part}."}
        transaction.commit()
        page = app_editor.get(written)
        assert "À corriger avant l’examen" in words(page)
        refused = page.forms["move-submit"].submit("move", status=409)
        assert "ne peut pas être soumis" in words(refused)
        assert "À corriger avant l’examen" in app_editor.get(f"{written}verification")
        assert proposal_state(proposal(site, written)) == "draft"

    def test_a_sound_text_is_submitted_to_the_members_of_the_day(
        self, app_editor, written, site
    ) -> None:
        assert "Rien à corriger" in app_editor.get(f"{written}verification")
        page = app_editor.get(written)
        page = page.forms["move-submit"].submit("move", status=303).follow()
        assert "Votes reçus : 0 sur 3" in words(page)
        members = {"editeur", "comite.achats", "comite.juridique"}
        assert set(proposal(site, written).electors) == members

    def test_a_text_is_adopted_only_once_voted(
        self, app_editor, app_buyer, examined, site
    ) -> None:
        page = app_editor.get(examined)
        assert "Le quorum n’est pas atteint : il manque un vote" in words(page)
        assert "move-adopt" not in page.forms
        token = page.forms["logout"]["csrf_token"].value
        sent = {"csrf_token": token, "__formid__": "move-adopt", "move": "move"}
        refused = app_editor.post(f"{examined}transition?vers=adopt", sent, status=409)
        assert "quorum" in words(refused)
        assert proposal_state(proposal(site, examined)) == "review"
        form = app_buyer.get(examined).forms["vote"]
        form["vote-vote"] = "for"
        form.submit("cast", status=303)
        page = app_editor.get(examined)
        assert "sont atteints" in words(page)
        page = page.forms["move-adopt"].submit("move", status=303).follow()
        assert "à la prochaine publication" in words(page)

    def test_a_refusal_needs_its_reason(self, app_editor, examined, site) -> None:
        page = app_editor.get(examined)
        refused = page.forms["move-refuse"].submit("move", status=422)
        form = refused.forms["move-refuse"]
        form["reason"] = "Trop long."
        page = form.submit("move", status=303).follow()
        assert "Trop long." in page
        assert proposal_state(proposal(site, examined)) == "refused"
        assert "Refusée" in words(app_editor.get("/propositions/?etat=closes"))

    def test_a_decision_of_another_state_is_refused(self, app_editor, written) -> None:
        token = app_editor.get(written).forms["logout"]["csrf_token"].value
        for name in ("adopt", "publish", "nothing"):
            url = f"{written}transition?vers={name}"
            app_editor.post(url, {"csrf_token": token}, status=409)

    def test_who_only_follows_comments_but_decides_nothing(
        self, app_follower, examined
    ) -> None:
        page = app_follower.get(examined)
        assert "comment" in page.forms
        assert "vote" not in page.forms
        assert not [name for name in page.forms if str(name).startswith("move-")]
        token = page.forms["logout"]["csrf_token"].value
        for url in (f"{examined}transition?vers=refuse", f"{examined}vote"):
            app_follower.post(url, {"csrf_token": token, "reason": "Non."}, status=403)


class TestRules:
    def test_the_editor_changes_them(self, app_editor, site) -> None:
        form = app_editor.get("/propositions/regles").forms["form"]
        form["quorum_percent"], form["form-majority"] = "60", "two_thirds"
        page = form.submit("save", status=303).follow()
        assert "Solange Meyer" in page
        transaction.begin()
        assert site["clausier"].quorum_percent == 60
        assert site["clausier"].majority == "two_thirds"

    def test_a_quorum_is_a_share_of_a_hundred(self, app_editor) -> None:
        form = app_editor.get("/propositions/regles").forms["form"]
        form["quorum_percent"] = "150"
        assert "entre 0 et 100" in form.submit("save", status=422)

    def test_a_member_reads_them(self, app_lawyer) -> None:
        page = app_lawyer.get("/propositions/regles")
        assert "50 % des membres doivent voter" in words(page)
        assert "form" not in page.forms


@pytest.mark.parametrize("who", ["redacteur", "beneficiaire", "lecteur"])
def test_writers_and_beneficiaries_see_no_proposal(served, database, site, who) -> None:
    app = log_in(served, who)
    for state in ("draft", "review", "adopted"):
        app.get(address(site, state), status=403)
    app.get("/propositions/", status=403)
    app.get("/propositions/regles", status=403)
    page = app.get("/clausier/penalites/application/penalties-procedure/", status="*")
    assert "proposition" not in (words(page) if page.status_int == 200 else "")


def test_the_home_page_tells_a_member_what_waits_for_his_vote(
    app_lawyer, app_buyer, examined
) -> None:
    waits = "Propositions qui attendent votre vote"
    assert waits not in words(app_lawyer.get("/"))
    page = app_buyer.get("/")
    assert waits in words(page)
    form = page.click(href=examined).forms["vote"]
    form["vote-vote"] = "for"
    form.submit("cast", status=303)
    assert waits not in words(app_buyer.get("/"))
