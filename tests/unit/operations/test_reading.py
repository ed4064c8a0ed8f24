"""Files wait, are read apart, and what fails is told to who keeps the base."""

from datetime import timedelta
from io import BytesIO

import pytest

from sicp.operations.consultation.attachment import add_attachment
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.file import remove_file
from sicp.operations.reading import failures
from sicp.operations.reading import is_failed
from sicp.operations.reading import note_reading
from sicp.operations.reading import read_waiting
from sicp.operations.reading import retry_reading
from sicp.operations.reading import state_title
from sicp.operations.reading import text_of
from sicp.operations.reading import waiting_keys
from sicp.operations.upload import Upload
from tests.conftest import NOW
from tests.unit.engines.text_extraction import files
from tests.unit.operations.knowledge.conftest import World

BROKEN = files.docx("Un texte.")[:-200]


@pytest.fixture
def world(site, doing) -> World:
    """An empty base."""
    return World(site, doing.by)


@pytest.fixture
def put(world):
    """Give a function that puts a file on a new sheet."""

    def put_it(content, name="fichier"):
        sheet = world.draft(kind="file")
        return sheet, put_file(sheet, Upload(BytesIO(content), name), **world.by)

    return put_it


def read_all(site):
    """Read all that waits."""
    for key in waiting_keys(site):
        assert note_reading(site, key, read_waiting(site, key))


def test_what_waits_is_read_the_oldest_first(world, put) -> None:
    _sheet, first = put(b"Un premier texte.")
    world.by["now"] = NOW + timedelta(seconds=1)
    _sheet, second = put(files.docx("Un second texte."))
    oldest = waiting_keys(world.site)[0]
    note_reading(world.site, oldest, read_waiting(world.site, oldest))
    assert (first.text_state, second.text_state) == ("read", "pending")
    read_all(world.site)
    assert [q.text for q in text_of(second).passages] == ["Un second texte."]
    assert waiting_keys(world.site) == []


def test_a_failure_is_told_with_its_reason_and_may_be_tried_again(world, put) -> None:
    sheet, file = put(files.pdf_of_images(), "scan.pdf")
    read_all(world.site)
    assert (state_title(file), is_failed(file)) == ("Aucun texte à lire", True)
    (failure,) = failures(world.site, world.by["actor"])
    assert (failure.sheet, failure.file) == (sheet, file)
    assert "que des images" in file.text_reason
    assert retry_reading(world.site, failure.key, now=NOW)
    assert not retry_reading(world.site, failure.key, now=NOW)
    assert (file.text_state, list(failures(world.site, world.by["actor"]))) == (
        "pending",
        [],
    )
    read_all(world.site)
    assert len(list(failures(world.site, world.by["actor"]))) == 1


def test_a_file_taken_off_or_thrown_away_is_no_failure_any_more(world, put) -> None:
    for _turn in range(2):
        put(files.pdf_of_images(), "scan.pdf")
    read_all(world.site)
    first, second = failures(world.site, world.by["actor"])
    remove_file(first.sheet, **world.by)
    remove_item(second.sheet, **world.by)
    assert list(failures(world.site, world.by["actor"])) == []


def test_what_another_read_meanwhile_is_not_noted_twice(world, put) -> None:
    put(b"Un texte.")
    (key,) = waiting_keys(world.site)
    reading = read_waiting(world.site, key)
    assert note_reading(world.site, key, reading)
    assert not note_reading(world.site, key, reading)
    assert read_waiting(world.site, key) is None


def test_a_large_piece_holds_no_request(site, consultation, doing) -> None:
    large = b"Un mot, puis un autre.\n" * 250_000
    piece = add_attachment(
        consultation, Upload(BytesIO(large), "cctp.txt"), "", "cctp", **doing.by
    )
    assert (piece.current.text_state, text_of(piece.current)) == ("pending", None)
    read_all(site)
    assert piece.current.text_state == "done"
    assert text_of(piece.current).is_cut
