"""The sheet of metadata that goes with files: rows of XLSX, ODS or CSV; lines of JSON.

Workbooks come from outside: they are read in a process apart.
"""

import csv
import json
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sicp.engines.bulk.record import Fault
from sicp.engines.bulk.record import Record
from sicp.engines.bulk.record import record_of
from sicp.engines.text_extraction import ExtractedText
from sicp.engines.text_extraction import ExtractionError
from sicp.engines.text_extraction import extract_apart

LONGEST_LINE = 8 * 1024 * 1024
_LARGEST_CSV = 64 * 1024 * 1024
_SNIFFED = 4096


def read_lines(path: Path) -> Iterator[Record | Fault]:
    """Read lines of JSON, each a thing to take."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            where = f"ligne {number}"
            if len(line) > LONGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = file.readline(LONGEST_LINE)
                yield Fault(where, _TOO_LONG)
            elif line.strip():
                yield _line(line, where)


def read_table(path: Path, kind: str) -> Iterator[Record | Fault]:
    """Read the rows of a table whose first row names the columns.

    Raises:
        ExtractionError: it cannot be read.
    """
    rows = _csv_rows(path) if kind == "csv" else _book_rows(path, kind)
    names: list[str] = []
    for where, cells in rows:
        if not names:
            names = cells
        elif any(cells):
            yield record_of(dict(zip(names, cells, strict=False)), where)


def _line(line: bytes, where: str) -> Record | Fault:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return Fault(where, _NOT_JSON)
    if not isinstance(told, Mapping):
        return Fault(where, _NOT_OBJECT)
    return record_of(told, where)


def _book_rows(path: Path, kind: str) -> Iterator[tuple[str, list[str]]]:
    text: ExtractedText = extract_apart(path, kind)
    if text.is_cut:
        raise ExtractionError(_CUT)
    first = text.passages[0].heading if text.passages else ""
    for passage in text.passages:
        if passage.heading == first:
            yield passage.place, passage.text.split("\t")


def _csv_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    if path.stat().st_size > _LARGEST_CSV:
        raise ExtractionError(_CUT)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    head = text[:_SNIFFED].split("\n", 1)[0]
    mark = max(";,\t", key=head.count)
    reader: Any = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    try:
        for row in reader:
            yield f"ligne {reader.line_num}", [cell.strip() for cell in row]
    except csv.Error as error:
        raise ExtractionError(_BAD_CSV) from error


_TOO_LONG = "Cette ligne est trop longue : 8 Mo au plus."
_NOT_JSON = "Cette ligne n’est pas du JSON."
_NOT_OBJECT = "Cette ligne ne donne pas de noms (un objet JSON est attendu)."
_CUT = "La feuille de métadonnées est trop longue."
_BAD_CSV = "La feuille de métadonnées (CSV) est endommagée."
