"""A piece of a consultation is written to a file."""

import zipfile

from sicp.cli.site import open_site
from sicp.operations.index import walk_consultations


def _reference():
    with open_site() as opened:
        return next(
            c.reference
            for c in walk_consultations(opened.root)
            if c.object.startswith("Nettoyage des locaux")
        )


def test_a_writer_gets_a_word_file(sicp, tmp_path):
    path = tmp_path / "rc.docx"
    words = ("draft", _reference(), "rc-open-call", "--output", path)
    result = sicp(*words, "--as", "redacteur")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(path) as package:
        text = package.read("word/document.xml").decode()
    assert "Nettoyage des locaux" in text


def test_who_does_not_see_the_consultation_gets_nothing(sicp, tmp_path):
    path = tmp_path / "rc.docx"
    words = ("draft", _reference(), "rc-open-call", "--output", path)
    assert sicp(*words, "--as", "redacteur.lac").exit_code == 1
    assert not path.exists()


def test_what_does_not_exist_is_said(sicp, tmp_path):
    output = ("--output", tmp_path / "x.docx", "--as", "redacteur")
    assert sicp("draft", _reference(), "none", *output).exit_code == 1
    assert sicp("draft", "1999-0001", "rc-open-call", *output).exit_code == 1


def test_only_word_and_pdf_are_written(sicp, tmp_path):
    words = ("draft", "2026-0001", "rc-open-call", "--output", tmp_path / "x.odt")
    assert sicp(*words, "--as", "redacteur").exit_code == 2
