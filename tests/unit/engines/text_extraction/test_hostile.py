"""Whatever the file, reading it ends, in a clear state, within its bounds."""

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.text_extraction import LARGEST_FILE
from sicp.engines.text_extraction import TextState
from sicp.engines.text_extraction import read
from sicp.engines.text_extraction import read_apart
from sicp.engines.text_extraction.bounded import MEMORY
from tests.unit.engines.text_extraction import hostile

_SECONDS = 4.0
#: What a busy machine adds to the time a process is given.
_MARGIN = 10.0
_MEGABYTE = 1024 * 1024
#: What the application itself may grow by, the text read included.
_GROWTH = 64 * _MEGABYTE

BROKEN, CUT, EMPTY = TextState.BROKEN, TextState.CUT, TextState.EMPTY
READ, LOCKED, LARGE = TextState.READ, TextState.LOCKED, TextState.TOO_LARGE
UNREADABLE = TextState.UNREADABLE
#: A bomb may meet the bound of memory or that of time first.
STOPPED = {BROKEN, LARGE, TextState.TOO_LONG}

FILES: dict[str, tuple[Callable[[], bytes], set[TextState]]] = {
    "entities": (hostile.laughs, {BROKEN}),
    "a file of the server": (lambda: hostile.external("file:///etc/passwd"), {BROKEN}),
    "a page elsewhere": (lambda: hostile.external("http://127.0.0.1:9/"), {BROKEN}),
    "late entities": (hostile.entities_after_a_long_comment, STOPPED),
    "flat bomb": (lambda: hostile.flat_bomb(300), {LARGE}),
    "nested bomb": (hostile.nested_bomb, {READ}),
    "sizes told too small": (lambda: hostile.lying_sizes(10), {BROKEN}),
    "sizes told too large": (lambda: hostile.lying_sizes(4 * 10**9), {LARGE}),
    "ten gigabytes told": (hostile.declared_ten_gigabytes, {LARGE}),
    "overlapping parts": (hostile.overlapping, STOPPED),
    "a hundred thousand parts": (lambda: hostile.many_entries(100_000), {LARGE}),
    "names that wander": (hostile.wandering_names, {READ}),
    "deep document": (lambda: hostile.deep(100_000), STOPPED),
    "tables in tables": (lambda: hostile.deep_tables(80), {READ, CUT}),
    "endless title": (hostile.long_heading, STOPPED | {CUT}),
    "endless sheet": (hostile.endless_sheet, STOPPED | {READ, CUT}),
    "endless strings": (lambda: hostile.many_strings(2_000_000), STOPPED),
    "one string everywhere": (
        lambda: hostile.one_string_everywhere(100_000),
        STOPPED | {CUT},
    ),
    "repeated cells": (hostile.repeated_cells, {CUT}),
    "pages in a circle": (hostile.pages_in_a_circle, {BROKEN, EMPTY}),
    "a million pages": (hostile.a_million_pages, {CUT}),
    "deep pages": (lambda: hostile.deep_pages(5000), {BROKEN, EMPTY}),
    "stream bomb": (lambda: hostile.stream_bomb(300), STOPPED | {EMPTY}),
    "stream bomb in a stream": (
        lambda: hostile.stream_bomb(300, twice=True),
        STOPPED | {EMPTY},
    ),
    "drawings in drawings": (hostile.form_laughs, STOPPED),
    "noise": (lambda: bytes(n * 7919 % 251 for n in range(99_999)), {UNREADABLE}),
    "zeros": (lambda: bytes(4096), {UNREADABLE}),
    "nothing": (lambda: b"", {UNREADABLE, EMPTY}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_a_clear_state(name, tmp_path) -> None:
    make, states = FILES[name]
    path = tmp_path / "fichier"
    path.write_bytes(make())
    before, begun = _own_memory(), time.monotonic()
    reading = read_apart(path, seconds=_SECONDS)
    assert time.monotonic() - begun < _SECONDS + _MARGIN
    assert _own_memory() - before < _GROWTH
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 <= MEMORY
    assert reading.state in states
    assert (reading.text is not None) == reading.state.has_text
    assert bool(reading.message) == (reading.state is not READ)
    assert [item.name for item in tmp_path.iterdir()] == ["fichier"]


def test_nothing_of_the_server_is_in_the_text(tmp_path) -> None:
    for content in (hostile.external("file:///etc/passwd"), hostile.wandering_names()):
        path = tmp_path / "fichier"
        path.write_bytes(content)
        text = read_apart(path, seconds=_SECONDS).text
        said = "" if text is None else "\n".join(p.text for p in text.passages)
        assert "root:" not in said
        assert "échappé" not in said
    assert not Path("/tmp/escaped").exists()


def test_a_file_of_500_megabytes_is_not_even_opened(tmp_path) -> None:
    path = hostile.sparse(tmp_path / "plan.pdf", b"%PDF-1.4\n", 500 * _MEGABYTE)
    begun = time.monotonic()
    reading = read_apart(path)
    assert reading.state is LARGE
    assert time.monotonic() - begun < 1


def test_the_largest_file_taken_costs_the_application_nothing(tmp_path) -> None:
    path = hostile.sparse(tmp_path / "a.pdf", b"%PDF-1.4\n", LARGEST_FILE)
    before = _own_memory()
    assert read_apart(path, seconds=_SECONDS).state in STOPPED
    assert _own_memory() - before < _GROWTH


def test_a_pipe_nobody_writes_to_stops_nobody(tmp_path) -> None:
    os.mkfifo(tmp_path / "tuyau")
    assert read_apart(tmp_path / "tuyau").state is UNREADABLE


def test_a_pdf_is_locked_for_its_readers_only(tmp_path) -> None:
    path = tmp_path / "a.pdf"
    for user, state in (("secret", LOCKED), ("", READ)):
        path.write_bytes(hostile.protected_pdf(hostile.simple_pdf(), user, "RC4-128"))
        assert read_apart(path, seconds=_SECONDS).state is state


WORD = hostile.word_of(hostile.body(hostile.paragraph("Un texte de marché. " * 40)))
BOOK = hostile.book('<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>')
SOURCES = (WORD, hostile.simple_pdf(), BOOK)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(SOURCES),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=6),
    st.floats(0, 1),
)
def test_a_damaged_file_never_raises(source, changes, end) -> None:
    content = bytearray(source)
    for place, replaced in changes:
        at = int(place * len(content))
        content[at : at + len(replaced)] = replaced
    for whole in (bytes(content), bytes(content[: int(end * len(content))])):
        reading = read(whole)
        assert (reading.text is not None) == reading.state.has_text


def _own_memory() -> int:
    told = Path("/proc/self/statm").read_text(encoding="ascii")
    return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE")
