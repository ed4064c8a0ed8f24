"""Joined files: who may, what is refused, what is kept of each."""

import hashlib
from io import BytesIO

import pytest

from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.consultation.attachment import add_attachment
from sicp.operations.consultation.attachment import attachments_of
from sicp.operations.consultation.attachment import move_attachment
from sicp.operations.consultation.attachment import remove_attachment
from sicp.operations.consultation.attachment import replace_attachment
from sicp.operations.consultation.consultation import change_state
from sicp.operations.document.coherence import report_of
from sicp.operations.reading import text_of
from sicp.operations.upload import Upload
from tests.unit.engines.text_extraction import files

TEXT = b"La dur\xc3\xa9e du march\xc3\xa9 est de 99 mois."
NOBODY = Actor("personne", "", frozenset())


def upload(content: bytes = TEXT, name: str = "cctp.txt") -> Upload:
    """Send a file."""
    return Upload(BytesIO(content), name)


@pytest.fixture
def join(consultation, doing):
    """Give a function that joins a text."""

    def join_it(content: bytes = TEXT, title: str = "", name: str = "cctp.txt"):
        sent = upload(content, name)
        return add_attachment(consultation, sent, title, "cctp", **doing.by)

    return join_it


def test_a_consultation_of_before_has_no_piece(consultation) -> None:
    assert "annexes" not in consultation
    assert attachments_of(consultation) == []


def test_a_file_is_hashed_sniffed_and_read_once(join, consultation) -> None:
    piece = join()
    version = piece.current
    assert attachments_of(consultation) == [piece]
    assert (piece.title, version.number, version.kind) == ("cctp", 1, "txt")
    assert version.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert (version.size, version.text_state) == (len(TEXT), "done")
    said = [q.text for q in text_of(version).passages]
    assert said == ["La durée du marché est de 99 mois."]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\m\\cctp.txt", "cctp.txt"),
        ("../../etc/passwd", "passwd"),
        ("cc\u202etp\x00.txt", "cctp.txt"),
        ("", "document"),
        ("a" * 400 + ".txt", "a" * 251 + ".txt"),
    ],
)
def test_the_name_of_a_file_is_never_a_path(join, name, kept) -> None:
    assert join(name=name).current.file_name == kept


def test_a_locked_or_unread_file_is_kept_with_its_reason(join) -> None:
    piece = join(files.pdf_of_images(), name="scan.pdf")
    assert piece.current.text_state == "failed"
    assert "que des images" in piece.current.text_reason
    assert text_of(piece.current) is None
    plan = join(b"AC1032 plan", name="plan.dwg")
    assert (plan.current.text_state, plan.current.text_reason) == ("none", "")


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"\x7fELF", b"<svg/>"])
def test_what_is_empty_or_a_program_is_refused(join, consultation, content) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        join(content)
    assert refusal.value.field == "file"
    assert attachments_of(consultation) == []


def test_versions_are_kept_and_a_twin_is_refused(join, doing) -> None:
    piece = join()
    replace_attachment(piece, upload(b"Autre texte."), **doing.by)
    assert [v.number for v in piece.versions] == [1, 2]
    with pytest.raises(InvalidInputError, match="attachment-same"):
        replace_attachment(piece, upload(b"Autre texte."), **doing.by)


def test_an_order_is_given_and_a_name_is_never_used_twice(
    join, consultation, doing
) -> None:
    first, second, third = join(title="a"), join(title="b"), join(title="c")
    move_attachment(third, -1, actor=doing.actor, now=doing.now)
    move_attachment(first, -1, actor=doing.actor, now=doing.now)
    assert [q.title for q in attachments_of(consultation)] == ["a", "c", "b"]
    remove_attachment(second, **doing.by)
    remove_attachment(join(title="d"), **doing.by)
    assert join(title="e").__name__ == "5"
    assert [q.title for q in attachments_of(consultation)] == ["a", "c", "e"]


def test_nobody_without_the_right_joins_anything(join, consultation, doing) -> None:
    piece = join()
    by = {**doing.by, "actor": NOBODY}
    with pytest.raises(NotAllowedError):
        add_attachment(consultation, upload(), "", "cctp", **by)
    with pytest.raises(NotAllowedError):
        replace_attachment(piece, upload(b"Autre."), **by)
    with pytest.raises(NotAllowedError):
        remove_attachment(piece, **by)
    with pytest.raises(NotAllowedError):
        move_attachment(piece, 1, actor=NOBODY, now=doing.now)
    with pytest.raises(NotAllowedError):
        report_of(None, consultation, doing.now.date(), actor=NOBODY)


def test_no_piece_is_taken_away_after_the_definition(join, consultation, doing) -> None:
    piece = join()
    change_state(consultation, "abandon", reason="Besoin disparu", **doing.by)
    with pytest.raises((StateError, NotAllowedError)):
        remove_attachment(piece, **doing.by)


def test_the_report_reads_what_was_kept(join, site, consultation, doing) -> None:
    join(title="CCTP")
    on = doing.now.date()
    report = report_of(site, consultation, on, actor=doing.actor)
    assert "duration" in {f.subject for f in report.findings}
    assert "CCTP" in {piece.title for piece in report.read}
    assert report.unread == ()
