"""A frozen piece keeps its bytes, its words and its digest, whatever happens after."""

import hashlib

import pytest

from sicp.engines.drafting.draft import inlines_text
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.draft import choose_alternative
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import leave_out
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.rebase import rebase
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.document import produce
from sicp.operations.document import production
from sicp.operations.document.freeze import changed_since_frozen
from sicp.operations.document.freeze import freeze
from sicp.operations.document.freeze import intact_files
from sicp.operations.document.freeze import missing_of
from sicp.operations.document.freeze import unfreeze
from sicp.operations.document.piece import piece_of
from sicp.operations.document.production import frozen_file
from sicp.operations.journal import journal_of


@pytest.fixture
def draft(consultation, doing):
    """A complete acte d’engagement."""
    return create_draft(consultation, "ae-services", **doing.by)


@pytest.fixture
def quick(monkeypatch):
    """Make Word files alone, as where LibreOffice is not installed."""
    monkeypatch.setattr(production, "is_available", lambda: False)


@pytest.fixture
def frozen(draft, doing, quick):
    """The same, frozen."""
    freeze(draft, **doing.by)
    return draft


def words(draft, doing) -> str:
    """Return the titles and the beginning of each clause as the page shows them."""
    piece = piece_of(draft, doing.now.date())
    return " ".join(str(s.blocks) + inlines_text(s.title) for s in piece.draft.walk())


def entries(site, consultation, action: str) -> list:
    """Return what the journal tells of one sort of act."""
    found = journal_of(site, consultation).newest(50)
    return [entry for entry in found if entry["action"] == action]


def test_both_files_are_made_once_and_served_bit_for_bit(
    site, consultation, draft, doing
) -> None:
    freeze(draft, **doing.by)
    for extension in ("docx", "pdf"):
        data = produce(
            site, consultation, "ae-services", extension=extension, **doing.by
        )
        kept = frozen_file(draft, extension)
        assert hashlib.sha256(data).hexdigest() == kept.sha256
        assert len(data) == kept.size
        again = {**doing.by, "now": doing.now.replace(year=2027)}
        assert data == produce(
            site, consultation, "ae-services", extension=extension, **again
        )
    printed = produce(site, consultation, "ae-services", extension="pdf", **doing.by)
    assert b"<pdfaid:part>2</pdfaid:part>" in printed
    assert b"/StructTreeRoot" in printed
    assert intact_files(draft) == {"docx": True, "pdf": True}


def test_the_journal_keeps_the_digest_of_what_was_frozen(
    site, consultation, frozen, doing
) -> None:
    digest = frozen_file(frozen, "docx").sha256
    (entry,) = entries(site, consultation, "draft-frozen")
    assert entry["details"]["docx"] == digest
    assert frozen.frozen_by == doing.actor.login
    assert frozen.frozen_at == doing.now


def test_an_incomplete_piece_is_refused_and_told_what_is_missing(
    consultation, draft, doing, quick
) -> None:
    save_step(consultation, "need", {"object": None}, **doing.by)
    missing = missing_of(piece_of(draft, doing.now.date()))
    assert missing
    with pytest.raises(StateError) as told:
        freeze(draft, **doing.by)
    assert missing[0] in told.value.message.interpolate()
    assert draft.frozen_at is None
    assert draft.frozen_files == ()


def test_the_page_says_the_same_whatever_the_form_says_later(
    consultation, frozen, doing
) -> None:
    before = words(frozen, doing)
    save_step(consultation, "need", {"object": "Un tout autre objet"}, **doing.by)
    assert words(frozen, doing) == before
    assert "Un tout autre objet" not in before
    assert len(changed_since_frozen(frozen, doing.now.date())) == 1


WRITINGS = {
    "answer": lambda d, by: save_answers(d, {"review_share": 3}, **by),
    "choice": lambda d, by: choose_alternative(d, "g", "c", **by),
    "text": lambda d, by: set_local_text(d, "execution-times", "Autre.", **by),
    "left": lambda d, by: leave_out(d, "waste-management", is_left_out=True, **by),
    "rebase": lambda d, by: rebase(d, {}, release="2026.1", **by),
    "freeze": lambda d, by: freeze(d, **by),
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS.keys())
def test_nothing_is_written_in_a_frozen_piece(frozen, doing, write) -> None:
    revision = frozen.revision
    with pytest.raises(StateError):
        write(frozen, doing.by)
    assert frozen.revision == revision


def test_a_piece_changed_meanwhile_is_read_again_before_it_is_frozen(
    draft, doing, quick
) -> None:
    with pytest.raises(EditConflictError):
        freeze(draft, revision=draft.revision - 1, **doing.by)


def test_a_piece_is_opened_again_with_a_reason(
    site, consultation, frozen, doing
) -> None:
    digest = frozen_file(frozen, "docx").sha256
    for reason in ("", "   ", "x" * 2001):
        with pytest.raises(InvalidInputError):
            unfreeze(frozen, reason, **doing.by)
    unfreeze(frozen, "Une erreur sur le lot 2", **doing.by)
    assert frozen.frozen_at is None
    assert frozen.frozen_files == ()
    (entry,) = entries(site, consultation, "draft-unfrozen")
    assert entry["details"]["docx"] == digest
    assert entry["details"]["reason"] == "Une erreur sur le lot 2"
    with pytest.raises(StateError):
        unfreeze(frozen, "Encore", **doing.by)


def test_a_piece_stays_frozen_once_the_consultation_left_its_definition(
    site, consultation, frozen, doing
) -> None:
    change_state(consultation, "abandon", reason="Infructueuse", **doing.by)
    with pytest.raises((StateError, NotAllowedError)):
        unfreeze(frozen, "Trop tard", **doing.by)
    assert frozen.frozen_at == doing.now
    data = produce(site, consultation, "ae-services", extension="docx", **doing.by)
    assert hashlib.sha256(data).hexdigest() == frozen_file(frozen, "docx").sha256


def test_a_touched_file_is_discovered(frozen) -> None:
    with frozen.frozen_files[0].blob.open("w") as target:
        target.write(b"other bytes")
    assert intact_files(frozen) == {"docx": False}


def test_who_puts_no_piece_together_freezes_nothing(draft, doing, quick) -> None:
    nobody = {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}
    with pytest.raises(NotAllowedError):
        freeze(draft, **nobody)
    with pytest.raises(NotAllowedError):
        unfreeze(draft, "Pour voir", **nobody)
