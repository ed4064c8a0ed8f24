"""A piece follows the publication it was begun under, until its writer moves it."""

from datetime import timedelta

import pytest

from sicp.content_types.consultation.draft import Draft
from sicp.engines.drafting.draft import inlines_text
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.consultation.basis import basis_of
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.rebase import pending_changes
from sicp.operations.consultation.rebase import rebase
from sicp.operations.consultation.rebase import step_of
from sicp.operations.document.piece import piece_of
from sicp.operations.index import compare
from sicp.operations.journal import journal_of
from tests.factories.release import adopt
from tests.factories.release import edit_template
from tests.factories.release import publish
from tests.factories.release import publish_keys
from tests.factories.release import retire

OPEN = "execution-times"
FIXED = "price-contents"
CCAP = "ccap-common-services"


@pytest.fixture
def draft(consultation, doing):
    """A CCAP just begun."""
    return create_draft(consultation, CCAP, **doing.by)


def words(draft: Draft, doing) -> str:
    """Return all the words of a piece as it is read."""
    piece = piece_of(draft, doing.now.date())
    return " ".join(f"{inlines_text(s.title)} {s.blocks}" for s in piece.draft.walk())


def keys(draft: Draft, doing) -> list[str]:
    """Return the keys of what the piece may take."""
    return [item.key for item in pending_changes(draft, doing.now.date())]


def test_a_proposed_change_waits_for_the_writer(site, draft, doing) -> None:
    before = words(draft, doing)
    publish(site, doing.by, OPEN, "Nouvelle phrase.")
    assert words(draft, doing) == before
    (change,) = pending_changes(draft, doing.now.date())
    assert (change.key, change.old, change.new) == (f"clause-{OPEN}", 1, 2)
    assert change.reason == "Le texte est plus clair."
    rebase(draft, {}, release=change.release, **doing.by)
    assert "Nouvelle phrase." in words(draft, doing)
    assert keys(draft, doing) == []
    assert compare(site) == []
    told = {entry["action"] for entry in journal_of(site, draft).newest(20)}
    assert "draft-rebased" in told


def test_a_forced_change_comes_by_itself_and_is_told(site, draft, doing) -> None:
    publish(site, doing.by, FIXED, "Phrase imposée.", FORCED)
    assert "Phrase imposée." in words(draft, doing)
    step = step_of(draft, doing.now.date())
    assert step.pending == ()
    (imposed,) = step.imposed
    assert (imposed.key, imposed.old, imposed.new) == (f"clause-{FIXED}", 1, 2)
    rebase(draft, {}, release=step.there.release, **doing.by)
    assert step_of(draft, doing.now.date()) is None
    assert "Phrase imposée." in words(draft, doing)


def test_what_is_for_new_pieces_is_never_offered(site, draft, doing) -> None:
    publish(site, doing.by, FIXED, "Phrase nouvelle.", NEVER)
    release = publish(site, doing.by, OPEN, "Autre phrase.")
    assert keys(draft, doing) == [f"clause-{OPEN}"]
    rebase(draft, {}, release=release.name, **doing.by)
    later = publish(site, doing.by, OPEN, "Encore une.")
    assert keys(draft, doing) == [f"clause-{OPEN}"]
    rebase(draft, {}, release=later.name, **doing.by)
    assert "Phrase nouvelle." not in words(draft, doing)
    assert "Encore une." in words(draft, doing)


def test_what_is_left_is_not_asked_again_until_it_changes_again(
    site, draft, doing
) -> None:
    first = publish(site, doing.by, OPEN, "Refusée.")
    left = {f"clause-{OPEN}": "Le marché est particulier."}
    assert rebase(draft, left, release=first.name, **doing.by) == ()
    assert draft.declined[f"clause-{OPEN}"].reason == "Le marché est particulier."
    publish(site, doing.by, FIXED, "Autre.", FORCED)
    assert keys(draft, doing) == []
    assert "Refusée." not in words(draft, doing)
    publish(site, doing.by, OPEN, "Meilleure.")
    assert keys(draft, doing) == [f"clause-{OPEN}"]


def test_a_change_proposed_then_kept_for_new_pieces_is_still_offered(
    site, draft, doing
) -> None:
    publish(site, doing.by, OPEN, "Deuxième.")
    release = publish(site, doing.by, OPEN, "Troisième.", NEVER)
    (change,) = pending_changes(draft, doing.now.date())
    assert change.new == 2
    rebase(draft, {}, release=release.name, **doing.by)
    assert "Deuxième." in words(draft, doing)
    assert "Troisième." not in words(draft, doing)


def test_the_writers_own_text_stays(site, draft, doing) -> None:
    set_local_text(draft, OPEN, "Mon texte.", **doing.by)
    release = publish(site, doing.by, OPEN, "Nouvelle phrase.")
    (change,) = pending_changes(draft, doing.now.date())
    assert change.is_rewritten
    rebase(draft, {}, release=release.name, **doing.by)
    assert draft.local_texts[OPEN] == "Mon texte."
    assert "Mon texte." in words(draft, doing)


def test_a_canevas_is_offered_and_may_be_left(site, draft, doing) -> None:
    template = edit_template(site, doing.by, CCAP, "Dispositions premières")
    clause = adopt(site, doing.by, OPEN, "Nouvelle phrase.")
    release = publish_keys(site, doing.by, {template: PROPOSED, clause: PROPOSED})
    assert keys(draft, doing) == [f"template-{CCAP}", f"clause-{OPEN}"]
    left = {f"template-{CCAP}": "Le plan est connu."}
    rebase(draft, left, release=release.name, **doing.by)
    assert "Dispositions premières" not in words(draft, doing)
    assert "Nouvelle phrase." in words(draft, doing)
    later = publish(site, doing.by, FIXED, "Encore.")
    assert keys(draft, doing) == [f"clause-{FIXED}"]
    rebase(draft, {}, release=later.name, **doing.by)
    assert "Dispositions premières" not in words(draft, doing)


def test_a_forced_canevas_comes_by_itself(site, draft, doing) -> None:
    template = edit_template(site, doing.by, CCAP, "Dispositions premières")
    publish_keys(site, doing.by, {template: FORCED})
    assert "Dispositions premières" in words(draft, doing)
    (imposed,) = step_of(draft, doing.now.date()).imposed
    assert imposed.key == f"template-{CCAP}"


def test_a_publication_to_come_changes_nothing_yet(site, draft, doing) -> None:
    day = doing.now.date() + timedelta(days=10)
    publish(site, doing.by, FIXED, "Demain.", FORCED, day)
    assert "Demain." not in words(draft, doing)
    assert "Demain." in str(basis_of(draft, day).library.clause(FIXED).text)


def test_a_retirement_is_for_new_pieces_only(site, draft, doing) -> None:
    key = retire(site, doing.by, FIXED)
    with pytest.raises(InvalidInputError, match="retirement-policy"):
        publish_keys(site, doing.by, {key: FORCED})
    before = words(draft, doing)
    release = publish_keys(site, doing.by, {key: NEVER})
    assert FIXED not in release.clauses
    assert words(draft, doing) == before
    later = publish(site, doing.by, OPEN, "Autre.")
    rebase(draft, {}, release=later.name, **doing.by)
    assert basis_of(draft, doing.now.date()).library.clause(FIXED) is not None


def test_an_abandoned_consultation_keeps_the_words_of_that_day(
    site, draft, doing
) -> None:
    publish(site, doing.by, FIXED, "Avant.", FORCED)
    change_state(
        draft.__parent__.__parent__, "abandon", reason="Sans objet", **doing.by
    )
    publish(site, doing.by, FIXED, "Après.", FORCED)
    said = words(draft, doing)
    assert "Avant." in said
    assert "Après." not in said
    with pytest.raises((NotAllowedError, StateError)):
        rebase(draft, {}, release="2026.3", **doing.by)


def test_to_leave_a_change_one_says_why(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    with pytest.raises(InvalidInputError, match="rebase-reason-needed") as refusal:
        rebase(draft, {f"clause-{OPEN}": " "}, release=release.name, **doing.by)
    assert refusal.value.field == f"clause-{OPEN}"
    with pytest.raises(InvalidInputError, match="rebase-change-unknown"):
        rebase(draft, {"clause-zzz": "x"}, release=release.name, **doing.by)
    assert draft.release != release.name


def test_who_may_not_write_moves_nothing(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    stranger = {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}
    with pytest.raises(NotAllowedError):
        rebase(draft, {}, release=release.name, **stranger)


def test_a_newer_publication_is_read_before_it_is_taken(site, draft, doing) -> None:
    first = publish(site, doing.by, OPEN)
    publish(site, doing.by, FIXED)
    with pytest.raises(StateError, match="rebase-newer"):
        rebase(draft, {}, release=first.name, **doing.by)


def test_somebody_who_writes_meanwhile_loses_nothing(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    read_at = draft.revision
    set_local_text(draft, OPEN, "Écrit entre-temps.", revision=read_at, **doing.by)
    with pytest.raises(EditConflictError, match="rebase-conflict"):
        rebase(draft, {}, release=release.name, revision=read_at, **doing.by)
    rebase(draft, {}, release=release.name, revision=draft.revision, **doing.by)
    assert draft.local_texts[OPEN] == "Écrit entre-temps."


def test_answers_typed_before_a_rebase_are_saved_after_it(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    read_at = draft.revision
    rebase(draft, {}, release=release.name, revision=read_at, **doing.by)
    set_local_text(draft, OPEN, "Écrit après.", revision=read_at, **doing.by)
    save_answers(draft, {}, revision=read_at, **doing.by)
    assert draft.local_texts[OPEN] == "Écrit après."


def test_two_writers_do_not_rebase_twice(site, draft, doing) -> None:
    release = publish(site, doing.by, OPEN)
    read_at = draft.revision
    rebase(draft, {}, release=release.name, revision=read_at, **doing.by)
    with pytest.raises(EditConflictError, match="rebase-conflict"):
        rebase(draft, {}, release=release.name, revision=read_at, **doing.by)
    assert rebase(draft, {}, release=release.name, **doing.by) == ()
