"""The file of a sheet: who may put it, what is refused, what people read of it."""

import hashlib
from io import BytesIO

import pytest

from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.file import remove_file
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.reading import state_title
from sicp.operations.reading import text_of
from sicp.operations.reading import waiting_keys
from sicp.operations.upload import Upload
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
