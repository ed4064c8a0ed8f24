"""Text of the files people upload, each passage with the place where it stands.

``sniff`` tells what a file is from its content, never from its name. ``read_apart``
reads it in a process of its own, whose time and memory are bounded, and tells how it
ended: what comes from outside is read that way. ``extract`` reads it here.
"""

from sicp.engines.text_extraction.apart import DEFAULT_SECONDS
from sicp.engines.text_extraction.apart import LARGEST_FILE
from sicp.engines.text_extraction.apart import extract_apart
from sicp.engines.text_extraction.apart import read_apart
from sicp.engines.text_extraction.kept import from_json
from sicp.engines.text_extraction.kept import to_json
from sicp.engines.text_extraction.metadata import Metadata
from sicp.engines.text_extraction.metadata import metadata_of
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.reading import READABLE
from sicp.engines.text_extraction.reading import Reading
from sicp.engines.text_extraction.reading import extract
from sicp.engines.text_extraction.reading import read
from sicp.engines.text_extraction.sniffing import KIND_TITLES
from sicp.engines.text_extraction.sniffing import kind_of
from sicp.engines.text_extraction.sniffing import sniff
from sicp.engines.text_extraction.state import TextState

__all__ = [
    "DEFAULT_SECONDS",
    "KIND_TITLES",
    "LARGEST_FILE",
    "READABLE",
    "ExtractedText",
    "ExtractionError",
    "Metadata",
    "Passage",
    "Reading",
    "TextState",
    "extract",
    "extract_apart",
    "from_json",
    "kind_of",
    "metadata_of",
    "read",
    "read_apart",
    "sniff",
    "to_json",
]
