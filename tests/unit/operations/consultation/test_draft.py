"""What the writer says in a piece is kept, checked, journaled, and never lost."""

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.consultation.draft import choose_alternative
from sicp.operations.consultation.draft import clause_of
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import leave_out
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.journal import journal_of

OPEN = "execution-times"
FIXED = "price-contents"
OPTIONAL = "waste-management"


@pytest.fixture
def draft(consultation, doing):
    """A CCAP just begun."""
    return create_draft(consultation, "ccap-common-services", **doing.by)


@pytest.fixture
def stranger(doing):
    """Somebody who may do nothing here."""
    return {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}


def test_a_base_gives_no_piece(consultation, doing) -> None:
    with pytest.raises(InvalidInputError, match="draft-of-abstract"):
        create_draft(consultation, "ccap-works", **doing.by)
    assert list(consultation["pieces"]) == []


def test_a_piece_is_begun_once(consultation, draft, doing) -> None:
    assert create_draft(consultation, "ccap-common-services", **doing.by) is draft
    assert list(consultation["pieces"]) == ["ccap-common-services"]
    assert draft.created_by == "system"


def test_a_piece_is_not_begun_from_nothing(consultation, doing) -> None:
    for name in ("", "nothing", "../canevas", "é\x00"):
        with pytest.raises(InvalidInputError):
            create_draft(consultation, name, **doing.by)
    assert len(consultation["pieces"]) == 0


def test_answers_are_typed_and_kept(draft, doing) -> None:
    changes = save_answers(
        draft, {"insertion_facilitator": " Maison de l’emploi "}, **doing.by
    )
    assert changes == {"insertion_facilitator": (None, "Maison de l’emploi")}
    assert (
        save_answers(draft, {"insertion_facilitator": "Maison de l’emploi"}, **doing.by)
        == {}
    )
    save_answers(draft, {"insertion_facilitator": None}, **doing.by)
    assert "insertion_facilitator" not in draft.answers


def test_a_default_is_no_answer_of_the_writer(draft, doing) -> None:
    name, default = next(
        (v.name, v.meta["default"])
        for v in clause_of(draft, "renewal-tacit", doing.now).variables
        if v.meta.get("default") is not None
    )
    assert save_answers(draft, {name: default}, **doing.by) == {}
    assert save_answers(draft, {name: default + 1}, **doing.by)


def test_unknown_and_unreadable_answers_are_refused_whole(draft, doing) -> None:
    for values in (
        {"object": "Un autre objet"},
        {"insertion_facilitator": "A", "nobody": "B"},
        {"insertion_facilitator": "A", "review_share": "beaucoup"},
    ):
        with pytest.raises(InvalidInputError):
            save_answers(draft, values, **doing.by)
    assert dict(draft.answers) == {}


def test_two_people_on_two_questions_do_not_hinder_one_another(draft, doing) -> None:
    seen = draft.revision
    save_answers(draft, {"insertion_facilitator": "A"}, revision=seen, **doing.by)
    save_answers(draft, {"review_share": 20}, revision=seen, **doing.by)
    with pytest.raises(EditConflictError):
        save_answers(draft, {"insertion_facilitator": "B"}, revision=seen, **doing.by)
    assert draft.answers["insertion_facilitator"] == "A"
    save_answers(
        draft, {"insertion_facilitator": "B"}, revision=draft.revision, **doing.by
    )


def test_an_open_clause_takes_a_local_text_and_gives_it_back(draft, doing) -> None:
    set_local_text(draft, OPEN, "Sous **huit** jours.\n", **doing.by)
    assert draft.local_texts[OPEN] == "Sous **huit** jours."
    library_text = clause_of(draft, OPEN, doing.now).text
    set_local_text(draft, OPEN, library_text + "\n", **doing.by)
    assert OPEN not in draft.local_texts
    set_local_text(draft, OPEN, "Autre.", **doing.by)
    set_local_text(draft, OPEN, None, **doing.by)
    assert OPEN not in draft.local_texts


@pytest.mark.parametrize(
    ("clause", "text", "said"),
    [
        (FIXED, "Autre texte", "fixe"),
        ("nobody", "Autre texte", "canevas"),
        ("award-criteria", "Autre texte", "canevas"),
        (OPEN, "Un **gras ouvert", "ligne 1"),
        (OPEN, "Durée : {durations}.", "durations"),
        (OPEN, "{if durations filled: oui}", "durations"),
        (OPEN, "Voir {ref:nobody|rien}.", "nobody"),
        (OPEN, "x" * 50_001, "trop long"),
    ],
)
def test_a_local_text_that_cannot_stand_is_refused(
    draft, doing, clause, text, said
) -> None:
    with pytest.raises(InvalidInputError) as told:
        set_local_text(draft, clause, text, **doing.by)
    assert said in told.value.message.interpolate()
    assert dict(draft.local_texts) == {}


def test_a_local_text_may_name_rows_and_other_clauses(draft, doing) -> None:
    text = (
        "Voir {ref:invoicing|les factures}, {plural:lots|le lot|les lots}.\n\n"
        "| Lot |\n|---{lots}|\n| {lot.object} |"
    )
    set_local_text(draft, OPEN, text, **doing.by)
    assert draft.local_texts[OPEN] == text


@given(text=st.text(max_size=80))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_local_text_is_kept_or_refused_in_french(draft, doing, text) -> None:
    refused = ""
    try:
        set_local_text(draft, OPEN, text, **doing.by)
    except InvalidInputError as refusal:
        refused = refusal.field
    assert refused in {"", "text"}


def test_a_text_written_meanwhile_is_not_overwritten(draft, doing) -> None:
    seen = draft.revision
    set_local_text(draft, OPEN, "Premier.", revision=seen, **doing.by)
    with pytest.raises(EditConflictError):
        set_local_text(draft, OPEN, "Second.", revision=seen, **doing.by)
    assert draft.local_texts[OPEN] == "Premier."


def test_only_optional_clauses_are_left_out(draft, doing) -> None:
    leave_out(draft, OPTIONAL, is_left_out=True, **doing.by)
    leave_out(draft, OPTIONAL, is_left_out=True, **doing.by)
    assert draft.left_out == {OPTIONAL}
    leave_out(draft, OPTIONAL, is_left_out=False, **doing.by)
    assert draft.left_out == frozenset()
    with pytest.raises(InvalidInputError):
        leave_out(draft, FIXED, is_left_out=True, **doing.by)


def test_a_choice_is_one_of_its_group(draft, doing) -> None:
    seen = draft.revision
    choose_alternative(draft, "price-form", "price-mixed", revision=seen, **doing.by)
    assert draft.choices["price-form"] == "price-mixed"
    with pytest.raises(EditConflictError):
        choose_alternative(draft, "price-form", "price-unit", revision=seen, **doing.by)
    for group, clause in (("price-form", "price-firm"), ("", FIXED), ("x", "x")):
        with pytest.raises(InvalidInputError):
            choose_alternative(draft, group, clause, **doing.by)


def test_nobody_else_writes(consultation, draft, stranger) -> None:
    for attempt in (
        lambda: create_draft(consultation, "ae-services", **stranger),
        lambda: save_answers(draft, {"insertion_facilitator": "A"}, **stranger),
        lambda: set_local_text(draft, OPEN, "A", **stranger),
        lambda: leave_out(draft, OPTIONAL, is_left_out=True, **stranger),
        lambda: choose_alternative(draft, "price-form", "price-unit", **stranger),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_frozen_piece_does_not_change(draft, doing) -> None:
    draft.frozen_at = doing.now
    with pytest.raises(StateError):
        save_answers(draft, {"insertion_facilitator": "A"}, **doing.by)


def test_each_act_is_in_the_journal_of_the_consultation(
    site, consultation, draft, doing
) -> None:
    save_answers(draft, {"insertion_facilitator": "A"}, **doing.by)
    acts = [entry["action"] for entry in journal_of(site, consultation).newest(50)]
    assert {"draft-created", "draft-saved"} <= set(acts)
