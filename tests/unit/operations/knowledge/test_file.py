"""The file of a sheet: who may put it, what is refused, what people read of it."""

import hashlib
from io import BytesIO

import pytest

from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.operations.knowledge.file import offered_title
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.file import remove_file
from sicp.operations.knowledge.file import take_file_title
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import write_sheet
from sicp.operations.reading import metadata_of
from sicp.operations.reading import note_reading
from sicp.operations.reading import read_waiting
from sicp.operations.reading import state_title
from sicp.operations.reading import text_of
from sicp.operations.reading import waiting_keys
from sicp.operations.upload import Upload
from tests.unit.engines.text_extraction import described
from tests.unit.engines.text_extraction import files

TEXT = b"La dur\xc3\xa9e du march\xc3\xa9 est de quatre ans."


def upload(content: bytes = TEXT, name: str = "modele.txt") -> Upload:
    """Send a file."""
    return Upload(BytesIO(content), name)


def test_a_file_is_hashed_told_by_its_content_and_waits_to_be_read(world) -> None:
    sheet = world.draft(text="", kind="model")
    file = put_file(sheet, upload(name="C:\\x\\../modele.pdf"), **world.by)
    assert (file.file_name, file.kind, file.size) == ("modele.pdf", "txt", len(TEXT))
    assert file.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert (file.text_state, text_of(file)) == ("pending", None)
    assert state_title(file) == "text-pending"
    assert len(waiting_keys(world.site)) == 1


def test_an_image_is_told_to_have_no_text_without_waiting(world) -> None:
    sheet = world.draft(kind="file")
    file = put_file(sheet, upload(b"\x89PNG\r\n\x1a\n..", "plan.png"), **world.by)
    assert (file.kind, file.text_state) == ("png", "unreadable")
    assert state_title(file) == "Type de fichier non lu"
    assert waiting_keys(world.site) == []


def test_people_read_a_file_once_it_is_published(world) -> None:
    sheet = world.draft(text="", kind="model")
    first = put_file(sheet, upload(), **world.by)
    publish_sheet(sheet, **world.by)
    assert sheet.current.file is first
    put_file(sheet, upload(b"Un autre texte."), **world.by)
    assert sheet.current.file is first
    remove_file(sheet, **world.by)
    assert (sheet.current.file, sheet.working.file) == (first, None)
    with pytest.raises(StateError, match="sheet-file-none"):
        remove_file(sheet, **world.by)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"<html><script>alert(1)</script></html>",
        b"<svg/>",
        b"#!/bin/sh",
        files.zipped_parts({"word/document.xml": "<a/>", "word/vbaProject.bin": "x"}),
        files.zipped_parts({"a.txt": "x"}),
    ],
)
def test_what_is_empty_or_a_program_is_refused(world, content) -> None:
    sheet = world.draft(kind="file")
    with pytest.raises(InvalidInputError) as refusal:
        put_file(sheet, upload(content, "document.docx"), **world.by)
    assert refusal.value.field == "file"
    assert sheet.working.file is None


def test_the_same_file_twice_and_no_file_are_refused(world) -> None:
    sheet = world.draft(kind="file")
    put_file(sheet, upload(), **world.by)
    with pytest.raises(InvalidInputError, match="sheet-file-same"):
        put_file(sheet, upload(name="autre.txt"), **world.by)
    with pytest.raises(InvalidInputError, match="attachment-file-needed"):
        put_file(sheet, None, **world.by)


def test_a_file_too_large_is_refused(world, monkeypatch) -> None:
    class _Small:
        attachment_megabytes = 0

    monkeypatch.setattr(world.by["registry"], "site_settings", _Small())
    sheet = world.draft(kind="file")
    with pytest.raises(InvalidInputError, match="attachment-too-large"):
        put_file(sheet, upload(), **world.by)


def test_who_does_not_write_puts_nothing(world, region) -> None:
    sheet = world.draft(kind="file")
    reader = world.person("lecteur", "reader", region["body"])
    with pytest.raises(NotAllowedError):
        put_file(sheet, upload(), **reader)
    writer = world.person("autrice", "editor", region["body"])
    with pytest.raises(StateError, match="sheet-held"):
        put_file(sheet, upload(), **writer)
    put_file(sheet, upload(), **world.by)
    with pytest.raises(StateError, match="sheet-held"):
        remove_file(sheet, **writer)


def test_a_text_read_again_by_the_committee_keeps_its_file(world) -> None:
    sheet = world.draft()
    submit_sheet(sheet, **world.by)
    with pytest.raises(StateError, match="sheet-in-review"):
        put_file(sheet, upload(), **world.by)


def titled(world, sheet, title: str = "Règlement type"):
    """Put a file of this title on a sheet, and read it."""
    content = described.docx(title=title, author="Jeanne Martin")
    file = put_file(sheet, upload(content, "modele.docx"), **world.by)
    (key,) = waiting_keys(world.site)
    note_reading(world.site, key, read_waiting(world.site, key))
    return file


def test_a_file_says_nothing_of_itself_before_it_was_read(world) -> None:
    sheet = world.draft(kind="model")
    file = put_file(sheet, upload(described.docx(title="Règlement")), **world.by)
    assert metadata_of(file).title == ""
    assert offered_title(sheet, world.by["actor"]) == ""
    with pytest.raises(StateError, match="sheet-file-untitled"):
        take_file_title(sheet, **world.by)


def test_a_draft_takes_the_title_of_its_file(world) -> None:
    sheet = world.draft(kind="model")
    file = titled(world, sheet)
    assert metadata_of(file).author == "Jeanne Martin"
    assert offered_title(sheet, world.by["actor"]) == "Règlement type"
    revision = sheet.working.revision
    take_file_title(sheet, **world.by)
    assert (sheet.title, sheet.working.title) == ("Règlement type",) * 2
    assert offered_title(sheet, world.by["actor"]) == ""
    # Who typed meanwhile is told, and nothing typed is lost.
    with pytest.raises(EditConflictError):
        write_sheet(sheet, SheetInput("Autre"), revision=revision, **world.by)


def test_people_read_the_title_of_the_file_once_it_is_published(world) -> None:
    sheet = world.sheet("Fiche", kind="practice", audience="Acheteurs")
    titled(world, sheet)
    take_file_title(sheet, **world.by)
    assert (sheet.title, sheet.working.title) == ("Fiche", "Règlement type")
    publish_sheet(sheet, **world.by)
    assert sheet.title == "Règlement type"


def test_a_title_too_long_for_a_sheet_is_cut_between_two_words(world) -> None:
    sheet = world.draft(kind="model")
    titled(world, sheet, "règlement " * 24)
    taken = take_file_title(sheet, **world.by)
    assert len(taken) <= 200
    assert taken.endswith("règlement…")


def test_who_does_not_write_takes_no_title(world, region) -> None:
    sheet = world.draft(kind="model")
    titled(world, sheet)
    reader = world.person("lecteur", "reader", region["body"])
    assert offered_title(sheet, reader["actor"]) == ""
    with pytest.raises(NotAllowedError):
        take_file_title(sheet, **reader)
    writer = world.person("autrice", "editor", region["body"])
    assert offered_title(sheet, writer["actor"]) == ""
    with pytest.raises(StateError, match="sheet-held"):
        take_file_title(sheet, **writer)
    submit_sheet(sheet, **world.by)
    assert offered_title(sheet, world.by["actor"]) == ""
    with pytest.raises(StateError, match="sheet-in-review"):
        take_file_title(sheet, **world.by)


def test_a_file_read_before_says_nothing_of_itself(world) -> None:
    """The attribute is missing from what an older release stored."""
    sheet = world.draft(kind="model")
    file = titled(world, sheet)
    del file.metadata
    assert metadata_of(file).title == ""
    assert text_of(file).passages[0].text == "Des mots."
    assert offered_title(sheet, world.by["actor"]) == ""
