"""Text of the files people upload, each passage with the place where it stands.

``sniff`` tells what a file is from its content, never from its name; ``extract`` reads
it here; ``extract_apart`` reads it in a process of its own, whose time and memory are
bounded: what comes from outside is read that way.
"""

from sicp.engines.text_extraction.apart import extract_apart
from sicp.engines.text_extraction.apart import from_json
from sicp.engines.text_extraction.apart import to_json
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import ExtractionError
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.reading import READABLE
from sicp.engines.text_extraction.reading import extract
from sicp.engines.text_extraction.sniffing import KIND_TITLES
from sicp.engines.text_extraction.sniffing import sniff

__all__ = [
    "KIND_TITLES",
    "READABLE",
    "ExtractedText",
    "ExtractionError",
    "Passage",
    "extract",
    "extract_apart",
    "from_json",
    "sniff",
    "to_json",
]
