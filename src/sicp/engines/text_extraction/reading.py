"""The reader of each kind of file."""

from collections.abc import Callable
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO
from typing import NamedTuple

from sicp.engines.text_extraction.metadata import Metadata
from sicp.engines.text_extraction.package import DAMAGED
from sicp.engines.text_extraction.package import LOCKED
from sicp.engines.text_extraction.package import TOO_LARGE
from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.pdf import extract_pdf
from sicp.engines.text_extraction.plain import extract_html
from sicp.engines.text_extraction.plain import extract_txt
from sicp.engines.text_extraction.slides import extract_odp
from sicp.engines.text_extraction.slides import extract_pptx
from sicp.engines.text_extraction.sniffing import KIND_TITLES
from sicp.engines.text_extraction.sniffing import is_package
from sicp.engines.text_extraction.sniffing import kind_of
from sicp.engines.text_extraction.spreadsheet import extract_ods
from sicp.engines.text_extraction.spreadsheet import extract_xlsx
from sicp.engines.text_extraction.state import TextState
from sicp.engines.text_extraction.word import extract_docx
from sicp.engines.text_extraction.word import extract_odt

READERS: Mapping[str, Callable[[BinaryIO], ExtractedText]] = {
    "docx": extract_docx,
    "odt": extract_odt,
    "xlsx": extract_xlsx,
    "ods": extract_ods,
    "pptx": extract_pptx,
    "odp": extract_odp,
    "pdf": extract_pdf,
    "txt": extract_txt,
    "html": extract_html,
}
#: Kinds whose text can be read; of the others the file alone is kept.
READABLE = frozenset(READERS) | {"locked"}
#: Kinds of another age, and what to save them as.
_SAVE_AS = {
    "doc": ".docx, .odt ou PDF",
    "rtf": ".docx, .odt ou PDF",
    "xls": ".xlsx ou .ods",
    "ppt": ".pptx ou .odp",
}
NOT_READ = "Le texte de ce type de fichier ne se lit pas."
NO_TEXT = "Le fichier ne contient aucun texte à lire."
PARTLY = (
    "Une partie du texte n’est pas lue : le document est trop long, ou endommagé "
    "par endroits."
)


class Reading(NamedTuple):
    """How the reading of a file ended.

    ``text`` is None where nothing was read; ``message`` says why to the person, and is
    empty where everything was. ``metadata`` is what the file says of itself, as far as
    it was asked.
    """

    state: TextState
    text: ExtractedText | None
    message: str
    metadata: Metadata = Metadata()


def read(file: BinaryIO | bytes, kind: str = "") -> Reading:
    """Read a file, and tell how it ended; nothing is raised, whatever the file."""
    try:
        text = extract(file, kind)
    except ExtractionError as error:
        return Reading(error.state, None, str(error))
    if not text.passages:
        return Reading(TextState.EMPTY, None, NO_TEXT)
    if text.is_cut:
        return Reading(TextState.CUT, text, PARTLY)
    return Reading(TextState.READ, text, "")


def extract(file: BinaryIO | bytes, kind: str = "") -> ExtractedText:
    """Read the text of a file; its kind is sniffed when it is not given.

    Raises:
        ExtractionError: it cannot be read, or it is not of this kind; its ``state``
            tells which.
    """
    source = BytesIO(file) if isinstance(file, bytes) else file
    try:
        return _reader(source, kind)(source)
    except ExtractionError:
        raise
    except MemoryError as error:
        raise ExtractionError(TOO_LARGE, TextState.TOO_LARGE) from error
    # The libraries raise whatever a broken file makes them stumble on.
    except Exception as error:
        raise ExtractionError(DAMAGED) from error


def _reader(source: BinaryIO, kind: str) -> Callable[[BinaryIO], ExtractedText]:
    found = kind_of(source)
    if found == "locked":
        raise ExtractionError(LOCKED, TextState.LOCKED)
    if kind and found != kind:
        told = KIND_TITLES.get(kind, kind)
        message = f"Le contenu du fichier n’est pas du type annoncé ({told})."
        raise ExtractionError(message)
    if found in READERS:
        return READERS[found]
    if not found and is_package(source):
        _look_into(source)
    raise ExtractionError(_not_read(found), TextState.UNREADABLE)


def _look_into(source: BinaryIO) -> None:
    """Tell a damaged package, or one too large to be looked into, from a mere ZIP."""
    with opened(source):
        source.seek(0)


def _not_read(kind: str) -> str:
    if kind not in _SAVE_AS:
        return NOT_READ
    title, other = KIND_TITLES[kind], _SAVE_AS[kind]
    return f"Le texte de ce type de fichier ({title}) ne se lit pas : {other} se lit."
