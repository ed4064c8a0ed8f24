"""The reader of each kind of file."""

from collections.abc import Callable
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO

from sicp.engines.text_extraction.package import LOCKED
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.pdf import extract_pdf
from sicp.engines.text_extraction.plain import extract_txt
from sicp.engines.text_extraction.sniffing import KIND_TITLES
from sicp.engines.text_extraction.sniffing import sniff
from sicp.engines.text_extraction.spreadsheet import extract_xlsx
from sicp.engines.text_extraction.word import extract_docx
from sicp.engines.text_extraction.word import extract_odt

READERS: Mapping[str, Callable[[BinaryIO], ExtractedText]] = {
    "docx": extract_docx,
    "odt": extract_odt,
    "xlsx": extract_xlsx,
    "pdf": extract_pdf,
    "txt": extract_txt,
}
#: Kinds whose text can be read; of the others the file alone is kept.
READABLE = frozenset(READERS) | {"locked"}


def extract(file: BinaryIO | bytes, kind: str = "") -> ExtractedText:
    """Read the text of a file; its kind is sniffed when it is not given.

    Raises:
        ExtractionError: it cannot be read, or it is not of this kind.
    """
    source = BytesIO(file) if isinstance(file, bytes) else file
    found = sniff(source)
    if found == "locked":
        raise ExtractionError(LOCKED)
    if kind and found != kind:
        told = KIND_TITLES.get(kind, kind)
        message = f"Le contenu du fichier n’est pas du type annoncé ({told})."
        raise ExtractionError(message)
    reader = READERS.get(found)
    if reader is None:
        raise ExtractionError("Le texte de ce type de fichier ne se lit pas.")
    return reader(source)
