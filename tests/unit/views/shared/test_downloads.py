"""Files are given with a safe French name, and never run by the browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.views.shared.downloads import disposition
from sicp.views.shared.downloads import file_answer
from sicp.views.shared.downloads import safe_name


def test_a_file_is_kept_and_never_sniffed() -> None:
    answer = file_answer(b"PK", "RC_2026-0001.docx")
    assert answer.body == b"PK"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.content_type.endswith("wordprocessingml.document")


def test_an_unknown_kind_is_only_bytes() -> None:
    assert file_answer(b"", "page.html").content_type == "application/octet-stream"


def test_accents_are_told_twice() -> None:
    assert disposition("Règlement – été.pdf") == (
        'attachment; filename="Reglement  ete.pdf"; '
        "filename*=UTF-8''R%C3%A8glement%20%E2%80%93%20%C3%A9t%C3%A9.pdf"
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b;c\r\nX: y.pdf', "a_b;c X_ y.pdf"),
        ("   ", "document"),
        ("con\u202efdp.exe", "con_fdp.exe"),
        ("a" * 200 + ".docx", "a" * 145 + ".docx"),
        ("a." + "b" * 200, "a." + "b" * 148),
    ],
)
def test_a_name_is_made_safe(name, kept) -> None:
    assert safe_name(name) == kept


@given(st.text())
def test_no_name_breaks_the_header(name) -> None:
    answer = file_answer(b"", name)
    told = answer.headers["Content-Disposition"]
    assert told.isascii()
    assert told.count('"') == 2
    assert not set("\r\n\x00") & set(told)
