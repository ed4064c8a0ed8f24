"""Text of plain text files."""

from typing import BinaryIO

from sicp.engines.text_extraction.passage import LONGEST_TEXT
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather


def extract_txt(file: BinaryIO) -> ExtractedText:
    """Read a text, in UTF-8 or else in the western code of Windows."""
    content = file.read(4 * LONGEST_TEXT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = enumerate(text.splitlines(), 1)
    return gather("txt", (Passage(f"ligne {n}", line.strip()) for n, line in lines))
