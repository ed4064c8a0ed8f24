"""Two lawyers write one proposal at once: nothing of either is lost."""

from typing import Any

import pytest
import transaction

from sicp import clock
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import write_proposal
from sicp.operations.user.right import actor_for
from tests.functional.conftest import log_in

TEXT = "Un premier passage.\n\nUn deuxième passage.\n\nUn troisième passage.\n"


@pytest.fixture
def proposal(site: Any, served: Any) -> Any:
    """A proposal of three paragraphs."""
    now = clock.now()
    actor = actor_for(site, "editeur", now)
    by = {"actor": actor, "now": now, "registry": served.registry}
    proposal = propose_amendment(site, "price-revisable", **by)
    write_proposal(proposal, {**proposal.data, "text": TEXT}, **by)
    transaction.commit()
    return proposal


@pytest.fixture
def forms(served: Any, database: Any, proposal: Any) -> tuple[Any, Any]:
    """The form of one proposal, open in two browsers at once."""
    path = f"/propositions/{proposal.__name__}/modifier"
    return tuple(log_in(served, "editeur").get(path).forms["form"] for _ in range(2))


def stored(site: Any, proposal: Any) -> Any:
    """Return the proposal as it is stored now."""
    transaction.begin()
    return site["propositions"][proposal.__name__]


def words(page: Any) -> str:
    """Return the words of the page."""
    return " ".join(page.html.select_one("main").get_text(" ").split())


def clash(forms: tuple[Any, Any]) -> Any:
    """Save two texts that change one passage; return the page of the second."""
    one, two = forms
    one["text"] = TEXT.replace("deuxième", "autre")
    two["text"] = TEXT.replace("deuxième", "second")
    one.submit("save", status=303)
    return two.submit("save", status=409)


def test_changes_of_different_passages_are_joined(site, proposal, forms) -> None:
    one, two = forms
    one["text"] = TEXT.replace("premier", "tout premier")
    two["text"] = TEXT.replace("troisième", "dernier")
    two["note"] = "À relire."
    one.submit("save", status=303)
    page = two.submit("save", status=303).follow()
    assert "sont réunis et enregistrés" in page.text
    data = stored(site, proposal).data
    wanted = TEXT.replace("premier", "tout premier").replace("troisième", "dernier")
    assert data["text"].strip() == wanted.strip()
    assert data["note"] == "À relire."


def test_changes_of_one_passage_are_put_side_by_side(site, proposal, forms) -> None:
    page = clash(forms)
    said = words(page)
    assert "Un autre passage." in said
    assert "Un second passage." in said
    assert "Un premier passage." not in said
    assert "autre" in stored(site, proposal).data["text"]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", "Un second passage."),
        ("theirs", "Un autre passage."),
        ("both", "Un second passage.\n\nUn autre passage."),
        ("own", "Un tiers."),
    ],
)
def test_the_text_kept_is_the_one_chosen(site, proposal, forms, choice, kept) -> None:
    form = clash(forms).forms["merge"]
    form["choice-text.1"] = choice
    form["text-text.1"] = "Un tiers."
    form.submit(status=303)
    text = stored(site, proposal).data["text"]
    assert text.strip() == TEXT.replace("Un deuxième passage.", kept).strip()


def test_nothing_is_saved_before_every_choice(site, proposal, forms) -> None:
    form = clash(forms).forms["merge"]
    page = form.submit(status=409)
    assert "Choisissez, pour chaque point" in words(page)
    assert "second" not in stored(site, proposal).data["text"]


def test_a_third_writing_meanwhile_is_seen_before_it_is_replaced(
    site, proposal, forms, served
) -> None:
    form = clash(forms).forms["merge"]
    path = f"/propositions/{proposal.__name__}/modifier"
    third = log_in(served, "editeur").get(path).forms["form"]
    third["text"] = TEXT.replace("deuxième", "tiers")
    third.submit("save", status=303)
    form["choice-text.1"] = "mine"
    page = form.submit(status=409)
    assert "Un tiers passage." in words(page)
    assert "Un second passage." in words(page)
    assert "tiers" in stored(site, proposal).data["text"]


def test_a_property_both_changed_is_chosen(site, proposal, forms) -> None:
    one, two = forms
    one.fields["title"][0].force_value("Prix qui se révisent")
    two.fields["title"][0].force_value("Révision des prix")
    one.submit("save", status=303)
    page = two.submit("save", status=409)
    assert "Prix qui se révisent" in words(page)
    form = page.forms["merge"]
    form["choice-title"] = "theirs"
    form.submit(status=303)
    assert stored(site, proposal).data["title"] == "Prix qui se révisent"


def test_a_person_is_named_and_not_his_account(forms) -> None:
    one, two = forms
    one["owner"], two["owner"] = "editeur", "comite.achats"
    one.submit("save", status=303)
    said = words(two.submit("save", status=409))
    assert "Julien Sarrasin" in said
    assert "Denis Achard" in said
    assert "comite.achats" not in said


def test_a_text_of_one_s_own_that_cannot_be_read_is_kept(forms) -> None:
    form = clash(forms).forms["merge"]
    form["choice-text.1"] = "own"
    form["text-text.1"] = "Une {accolade"
    page = form.submit(status=409)
    assert page.forms["merge"]["text-text.1"].value == "Une {accolade"


@pytest.mark.parametrize("name", ["base", "mine"])
@pytest.mark.parametrize(
    "said", ["", "[]", "{", "{}", '{"title": 1}', '{"id": "x", "variables": 3}', "\x00"]
)
def test_what_no_page_of_ours_carries_is_refused(
    site, proposal, forms, name, said
) -> None:
    form = clash(forms).forms["merge"]
    before = stored(site, proposal).data
    form["choice-text.1"] = "mine"
    form[name].force_value(said)
    answer = form.submit(expect_errors=True)
    assert 400 <= answer.status_int < 500
    assert stored(site, proposal).data == before


def test_giving_up_goes_back_to_what_is_stored(forms) -> None:
    page = clash(forms)
    back = page.click("Abandonner ma saisie")
    assert "autre" in back.forms["form"]["text"].value
