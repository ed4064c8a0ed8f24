"""A workbook holds the texts it was given, and nothing else."""

import io
import zipfile

from sicp.engines.xlsx import write_long_table
from sicp.engines.xlsx import write_table


def sheet_of(content, name="xl/worksheets/sheet1.xml"):
    """Return one part of a workbook."""
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_texts_stay_texts() -> None:
    content = write_table("Feuille", [["Titre"], ["=1+1"], ["0012"], ["http://a.fr"]])
    sheet = sheet_of(content)
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    texts = sheet_of(content, "xl/sharedStrings.xml")
    assert all(text in texts for text in ("=1+1", "0012", "http://a.fr"))


def test_the_head_and_the_first_columns_stay_in_sight() -> None:
    sheet = sheet_of(write_table("Feuille", [["A", "B"], ["1", "2"]], frozen_columns=1))
    assert 'xSplit="1"' in sheet
    assert 'ySplit="1"' in sheet


def test_a_long_title_is_cut_to_what_a_sheet_bears() -> None:
    book = sheet_of(write_table("x" * 50, [["A"]]), "xl/workbook.xml")
    assert f'name="{"x" * 31}"' in book


def test_a_table_without_rows_is_a_workbook() -> None:
    assert "<sheetData" in sheet_of(write_table("Vide", []))


def test_a_long_table_is_written_row_by_row_and_its_texts_stay_texts():
    rows = ((f"Ligne {n}", "=1+1" if n % 2 else "0012") for n in range(2_000))
    with write_long_table("Longue", ["A", "B"], rows, [10, 20]) as file:
        sheet = sheet_of(file.read())
    assert sheet.count("<row ") == 2_001
    assert "=1+1" in sheet
    assert "<f>" not in sheet
    assert 'ySplit="1"' in sheet


def test_a_text_too_long_for_a_cell_is_cut():
    with write_long_table("Longue", ["A"], [["x" * 40_000]], [10]) as file:
        assert "x" * 32_767 in sheet_of(file.read())
