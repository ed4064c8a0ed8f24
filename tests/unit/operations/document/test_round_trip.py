"""A Word file brought back: told first, written once confirmed, all or nothing."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from lxml import etree

from sicp.engines.docx.elements import W
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import save_answers
from sicp.operations.document import produce
from sicp.operations.document.round_trip import apply_import
from sicp.operations.document.round_trip import drop_import
from sicp.operations.document.round_trip import receive_file
from sicp.operations.document.round_trip_account import account_of
from sicp.operations.document.round_trip_writing import Decisions
from sicp.operations.journal import journal_of
from tests.unit.engines.docx.word_edits import Edited

CCAP = "ccap-common-services"
OPEN = "execution-times#1"
OPTIONAL = "waste-management#1"


@pytest.fixture
def draft(consultation, doing):
    """A CCAP just begun."""
    return create_draft(consultation, CCAP, **doing.by)


@pytest.fixture
def word(site, consultation, draft, doing):
    """Its Word file, to edit."""
    data = produce(site, consultation, CCAP, extension="docx", **doing.by)
    return Edited(data)


def bring_back(draft, word, doing):
    """Bring a file back; return it and what it changes."""
    data = word if isinstance(word, bytes) else word.data
    kept = receive_file(draft, BytesIO(data), "CCAP relu.docx", **doing.by)
    return kept, account_of(draft, kept, actor=doing.actor, now=doing.now)


def rewrite(word, tag: str, text: str) -> None:
    """Type other words in the last paragraph of a clause."""
    texts = word.texts(word.clause(tag))
    for other in texts[1:]:
        other.text = ""
    texts[-1].text = text


def taking(account, *keys, **others):
    """Decide to take some offers, all of them when none is named."""
    every = (account.texts, account.values, account.removals, account.remarks)
    chosen = keys or [offer.key for offers in every for offer in offers]
    return Decisions(frozenset(chosen), **others)


def entries(site, consultation, action: str) -> list:
    """Return what the journal tells of one sort of act."""
    found = journal_of(site, consultation).newest(50)
    return [entry for entry in found if entry["action"] == action]


def test_a_file_nobody_touched_changes_nothing(draft, word, doing) -> None:
    kept, account = bring_back(draft, word, doing)
    assert account.is_empty
    assert account.lost == ()
    assert not account.is_late
    assert kept.made_at == doing.now
    assert draft.imports == (kept,)
    assert draft.revision == 1


def test_the_file_is_kept_as_it_came(site, consultation, draft, word, doing) -> None:
    data = word.data
    kept, _account = bring_back(draft, data, doing)
    with kept.file.open("r") as source:
        assert source.read() == data
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    (entry,) = entries(site, consultation, "draft-file-received")
    assert entry["details"]["sha256"] == kept.sha256


def test_a_rewritten_open_clause_is_shown_and_taken_once_confirmed(
    site, consultation, draft, word, doing
) -> None:
    rewrite(word, OPEN, "Le titulaire intervient sous huit jours.")
    kept, account = bring_back(draft, word, doing)
    (offer,) = account.texts
    assert offer.refusal == ""
    shown = "".join(run.text for row in offer.rows for run in row.new)
    assert "sous huit jours" in shown
    assert dict(draft.local_texts) == {}
    by = {"stamp": account.stamp, **doing.by}
    done = apply_import(draft, kept.id, taking(account), **by)
    assert "sous huit jours" in draft.local_texts["execution-times"]
    assert done.state == "applied"
    assert len(done.taken) == 1
    (entry,) = entries(site, consultation, "draft-file-applied")
    assert entry["details"]["taken"] == list(done.taken)
    with pytest.raises(StateError):
        apply_import(draft, kept.id, taking(account), **by)


def test_a_fixed_clause_is_told_and_never_taken(draft, word, doing) -> None:
    rewrite(word, "price-contents#1", "Les prix comprennent tout.")
    kept, account = bring_back(draft, word, doing)
    (offer,) = account.texts
    assert "Clause fixe" in offer.refusal.interpolate()
    with pytest.raises(InvalidInputError) as told:
        apply_import(draft, kept.id, taking(account), stamp=account.stamp, **doing.by)
    assert told.value.field == offer.key


def test_a_value_goes_back_to_the_form_once_confirmed(
    consultation, draft, word, doing
) -> None:
    for control in word.values("duration_months"):
        word.retype(control, "18 mois")
    kept, account = bring_back(draft, word, doing)
    offer = next(o for o in account.values if o.name == "duration_months")
    assert (offer.step, offer.refusal) == ("contract", "")
    assert consultation.answers["duration_months"] == 24
    decided = taking(account, offer.key)
    apply_import(draft, kept.id, decided, stamp=account.stamp, **doing.by)
    assert consultation.answers["duration_months"] == 18


def test_two_values_of_one_field_are_not_both_taken(
    consultation, draft, word, doing
) -> None:
    before = consultation.object
    first, second = word.values("object")
    word.retype(first, "Nettoyage des écoles")
    word.retype(second, "Nettoyage des gymnases")
    kept, account = bring_back(draft, word, doing)
    both = [o.key for o in account.values if o.name == "object"]
    assert len(both) == 2
    with pytest.raises(InvalidInputError):
        apply_import(
            draft, kept.id, taking(account, *both), stamp=account.stamp, **doing.by
        )
    assert consultation.object == before
    last = next(o for o in account.values if o.new == "Nettoyage des gymnases")
    decided = taking(account, last.key)
    apply_import(draft, kept.id, decided, stamp=account.stamp, **doing.by)
    assert consultation.object == "Nettoyage des gymnases"


def test_removed_clauses_are_left_out_or_asked_for_with_a_reason(
    draft, word, doing
) -> None:
    for tag in (OPTIONAL, "price-contents#1"):
        word.remove(word.clause(tag))
    kept, account = bring_back(draft, word, doing)
    optional = next(o for o in account.removals if o.is_optional)
    compulsory = next(o for o in account.removals if not o.is_optional)
    reasons = {compulsory.key: "Le prix est dit dans l’acte d’engagement"}
    decided = taking(account, optional.key, reasons=reasons)
    apply_import(draft, kept.id, decided, stamp=account.stamp, **doing.by)
    assert draft.left_out == {"waste-management"}
    (comment,) = draft.comments
    assert comment.about == "price-contents"
    assert "Le prix est dit" in comment.text


def test_text_added_between_clauses_is_given_to_an_open_one(draft, word, doing) -> None:
    word.add_after(word.clause(OPEN), "Un délai de grâce de deux jours court.")
    kept, account = bring_back(draft, word, doing)
    (offer,) = account.added
    assert offer.near == "execution-times"
    for host in ("price-contents", "nobody"):
        with pytest.raises(InvalidInputError):
            apply_import(
                draft,
                kept.id,
                Decisions(added={offer.key: host}),
                stamp=account.stamp,
                **doing.by,
            )
    decided = Decisions(added={offer.key: offer.near})
    apply_import(draft, kept.id, decided, stamp=account.stamp, **doing.by)
    assert draft.local_texts["execution-times"].endswith("deux jours court.")


def test_comments_of_the_file_become_comments_of_the_piece(draft, word, doing) -> None:
    root = etree.fromstring(
        f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="J. Roux">'
        "<w:p><w:r><w:t>Est-ce assez ?</w:t></w:r></w:p></w:comment></w:comments>"
    )
    word.add_part("comments", root)
    place = word.clause(OPEN).find(f".//{{{W}}}p")
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        mark = etree.SubElement(place, f"{{{W}}}{kind}")
        mark.set(f"{{{W}}}id", "7")
    kept, account = bring_back(draft, word, doing)
    (offer,) = account.remarks
    assert offer.author == "J. Roux"
    decided = taking(account, offer.key)
    apply_import(draft, kept.id, decided, stamp=account.stamp, **doing.by)
    assert "Est-ce assez" in draft.comments[0].text


def test_a_piece_changed_since_is_compared_again(draft, word, doing) -> None:
    rewrite(word, OPEN, "Le titulaire intervient sous huit jours.")
    kept, account = bring_back(draft, word, doing)
    later = {**doing.by, "now": doing.now + timedelta(hours=1)}
    save_answers(draft, {"insertion_facilitator": "A"}, **later)
    with pytest.raises(EditConflictError):
        apply_import(draft, kept.id, taking(account), stamp=account.stamp, **doing.by)
    again = account_of(draft, kept, actor=doing.actor, now=doing.now)
    assert again.is_late
    assert again.stamp != account.stamp


def test_a_dropped_file_is_kept_and_taken_no_more(draft, word, doing) -> None:
    kept, account = bring_back(draft, word, doing)
    assert drop_import(draft, kept.id, **doing.by).state == "dropped"
    assert len(draft.imports) == 1
    with pytest.raises(StateError):
        apply_import(draft, kept.id, Decisions(), stamp=account.stamp, **doing.by)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 1000])
def test_what_is_no_word_file_is_refused_and_not_kept(draft, doing, data) -> None:
    with pytest.raises(InvalidInputError):
        receive_file(draft, BytesIO(data), "a.docx", **doing.by)
    assert draft.imports == ()


def test_who_does_not_write_brings_nothing_back(draft, word, doing) -> None:
    nobody = {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}
    with pytest.raises(NotAllowedError):
        receive_file(draft, BytesIO(word.data), "a.docx", **nobody)


def test_a_frozen_piece_takes_nothing_back(draft, word, doing) -> None:
    kept, account = bring_back(draft, word, doing)
    draft.frozen_at = doing.now
    with pytest.raises(StateError):
        receive_file(draft, BytesIO(word.data), "a.docx", **doing.by)
    with pytest.raises(StateError):
        apply_import(draft, kept.id, Decisions(), stamp=account.stamp, **doing.by)
